"""The extra is not there: one line with what to do."""

from advisorlog.errors import AdvisorlogError


class NotInstalled(AdvisorlogError):
    """What runs the model is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "Search by meaning needs an extra that is not installed (about 220 MB, no torch)",
            "`pip install '.[meaning]'` in the clone that you installed advisorlog from",
        )
