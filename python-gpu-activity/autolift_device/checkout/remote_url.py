"""Which addresses git may be given, and how they are shown, as src/storage/git/remote-url.ts has it."""

import base64
import re
from urllib.parse import unquote, urlsplit

from ..failures import RefusedRequest

_SCP = re.compile(r"(?:[A-Za-z0-9_][\w.-]*@)?[A-Za-z0-9][\w.-]*:(?![:-])(?!//)\S+")
_SCHEMES = ("https", "http", "ssh", "file")
_ODD_HOST = re.compile(r"^-|[^\w.:-]")


def check_remote(remote: str) -> None:
    """Refuses what git would take for an option, or for a command to run (`ext::…`)."""
    if remote.startswith("/"):
        fine = "\0" not in remote and "\n" not in remote
    elif re.fullmatch(r"[a-z]+://\S+", remote):
        parts = urlsplit(remote)
        host, user = parts.hostname or "", unquote(parts.username or "")
        local = parts.scheme == "file"
        fine = parts.scheme in _SCHEMES and (host in ("", "localhost") if local else host != "")
        fine = fine and len(parts.path) > 1 and not _ODD_HOST.search(host) and not user.startswith("-")
    else:
        fine = _SCP.fullmatch(remote) is not None
    if not fine:
        raise RefusedRequest("BadRemote", f"{without_secrets(remote)!r} is no address of a git repository")


def without_secrets(text: str) -> str:
    """The same text without the passwords of the URLs in it."""
    text = re.sub(r"(\bhttps?://)[^\s/]*@", r"\1", text, flags=re.IGNORECASE)
    text = re.sub(r"(\b[a-z]+://[^\s/:@]*):[^\s/]*@", r"\1@", text, flags=re.IGNORECASE)
    return re.sub(r"(authorization: \w+ )\S+", r"\1***", text, flags=re.IGNORECASE)


def own_header(remote: str, own: str | None) -> str | None:
    """The header that opens the remote, where this host's own setting of the same URL holds a password."""
    if own is None or not re.match(r"https?://[^\s/]+@", own) or without_secrets(own) != remote:
        return None
    parts = urlsplit(own)
    secret = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}"
    return f"Authorization: Basic {base64.b64encode(secret.encode()).decode()}"
