class _Model:
    path: str

class _Threads:
    n_threads: int

class CommonParams:
    model: _Model
    n_ctx: int
    n_parallel: int
    cpuparams: _Threads
    hostnames: list[str]
    port: int
    api_keys: list[str]

class Server:
    def __init__(self, params: CommonParams) -> None: ...
    @property
    def listening_address(self) -> str: ...
