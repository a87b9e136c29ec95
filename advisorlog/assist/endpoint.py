"""Where a language model is asked, and with which key. The key lives in memory only."""

import os
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from advisorlog.config import Assist
from advisorlog.errors import AdvisorlogError

KEY_VARIABLE = "ADVISORLOG_ASSIST_KEY"
KEYRING_SERVICE = "advisorlog"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible endpoint. `seconds` bound a whole task, `tokens` one answer."""

    url: str
    model: str
    seconds: int = 120
    tokens: int = 2000
    key: str = field(default="", repr=False)

    @property
    def host(self) -> str:
        """Host and port, as the user is told them; never the user part of an address."""
        parts = urlsplit(self.url)
        return f"{parts.hostname}:{parts.port}" if parts.port else parts.hostname or self.url

    @property
    def is_local(self) -> bool:
        return is_loopback(urlsplit(self.url).hostname or "")


def of_settings(assist: Assist) -> Endpoint:
    """The endpoint that the settings name. Raises AdvisorlogError where they name none, or one that can't be used."""
    if not assist.url:
        raise AdvisorlogError("No language model is set up", "`advisorlog assist setup` finds one on this machine")
    parts = urlsplit(assist.url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise AdvisorlogError(f"[assist] url is no address: {assist.url}", 'Like url = "http://127.0.0.1:8080/v1"')
    if parts.username or parts.password:
        raise AdvisorlogError("[assist] url holds a name or a password", f"Take it out, and set {KEY_VARIABLE}")
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise AdvisorlogError(f"Notes would go to {parts.hostname} unencrypted", "Use an address with https://")
    return Endpoint(assist.url, assist.model, assist.seconds, assist.tokens, key_for(parts.hostname))


def key_for(host: str) -> str:
    """The key from the environment, else from the system's keyring where that is installed; empty where there is none.

    OPENAI_API_KEY is for OpenAI's own host and goes to no other.
    """
    if key := os.environ.get(KEY_VARIABLE, "").strip():
        return key
    if host == "api.openai.com" and (key := os.environ.get("OPENAI_API_KEY", "").strip()):
        return key
    return "" if is_loopback(host) else _from_keyring(host)


def is_loopback(host: str) -> bool:
    """Whether an address never leaves this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _from_keyring(host: str) -> str:
    try:
        from keyring import get_password  # pyright: ignore[reportMissingModuleSource]
        from keyring.errors import KeyringError  # pyright: ignore[reportMissingModuleSource]
    except ImportError:
        return ""
    try:
        return get_password(KEYRING_SERVICE, host) or ""
    except KeyringError:
        return ""
