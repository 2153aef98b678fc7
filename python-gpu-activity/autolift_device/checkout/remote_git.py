"""Runs git against a remote: with the user's own configuration, and with nobody to ask."""

import functools
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Callable

from ..failures import InfrastructureFailure, Stopped
from ..host_name import host_name
from .remote_url import own_header, without_secrets

_FETCH_SECONDS = 600.0
_NAMED = {
    "PATH",
    "HOME",
    "USER",
    "LOGNAME",
    "XDG_CONFIG_HOME",
    "SSH_AUTH_SOCK",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
}
_GIT = {"GIT_SSH", "GIT_SSH_COMMAND", "GIT_ASKPASS", "GIT_CONFIG_GLOBAL", "GIT_SSL_CAINFO", "GIT_SSL_CAPATH"}
_PROXIES = {"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"}
_QUIET_SSH = "ssh -oBatchMode=yes -oConnectTimeout=20 -oUpdateHostKeys=no"
_CAUSES = (
    (
        r"could not read (username|password)|authentication failed|terminal prompts disabled"
        r"|permission denied \(|publickey|HTTP 40[13]|returned error: 40[13]",
        "refuses this host's user; give it credentials that work without a question",
    ),
    (r"host key verification failed", "has a host key that is not known here"),
    (
        r"does not appear to be a git repository|repository .*not found|returned error: 404"
        r"|no such file or directory",
        "has no such repository",
    ),
)


class GitFailed(Exception):
    """What git wrote to its standard error."""


def run_git(remote: str, arguments: list[str], stopped: Callable[[], bool]) -> str:
    """Its output. Killed when the run is stopped or ten minutes have passed."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            ["git", "-c", "gc.auto=0", "-c", "maintenance.auto=false", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=errors,
            env=_environment(remote),
            start_new_session=True,
        )
        end = time.monotonic() + _FETCH_SECONDS
        while True:
            try:
                code = process.wait(0.1)
                break
            except subprocess.TimeoutExpired:
                if not stopped() and time.monotonic() < end:
                    continue
                process.kill()
                process.wait()
                if stopped():
                    raise Stopped from None
                raise explained(remote, "git fetch took over ten minutes") from None
        told = errors if code != 0 else out
        told.seek(0)
        said = told.read().decode(errors="replace")
    if code != 0:
        raise GitFailed(said or f"git ended with {code}")
    return said


def explained(remote: str, said: str) -> InfrastructureFailure:
    """One message that names the remote and this host, and holds no secret."""
    what = next(
        (what for pattern, what in _CAUSES if re.search(pattern, said, re.IGNORECASE)), "can't be reached"
    )
    lines = [re.sub(r"^((fatal|error|remote):\s*)+", "", line).strip() for line in said.splitlines()]
    kept = [
        line for line in lines if line and not line.startswith(("Please make sure", "and the repository"))
    ]
    reason = without_secrets("; ".join(kept[:3]))[:300]
    message = f"the git remote {without_secrets(remote)} {what} (from {host_name()}: {reason})"
    return InfrastructureFailure("GitFetchFailed", message)


def _environment(remote: str) -> dict[str, str]:
    named = _NAMED | _GIT
    kept = {name: value for name, value in os.environ.items() if name in named or name.upper() in _PROXIES}
    settings = {"core.hooksPath": "/dev/null"}
    header = own_header(remote, os.environ.get("AUTOLIFT_GIT_REMOTE"))
    if header is not None:
        # an argument would be seen by everyone on the machine
        settings[f"http.{remote}.extraHeader"] = header
    made = {
        "GIT_TERMINAL_PROMPT": "0",
        "SSH_ASKPASS_REQUIRE": "never",
        "GCM_INTERACTIVE": "never",
        "GIT_ALLOW_PROTOCOL": "file:http:https:ssh",
        "GIT_CONFIG_COUNT": str(len(settings)),
        "LC_ALL": "C",
    }
    for number, (key, value) in enumerate(settings.items()):
        made |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    if not kept.keys() & {"GIT_SSH", "GIT_SSH_COMMAND"} and not _has_own_ssh():
        made["GIT_SSH_COMMAND"] = _QUIET_SSH
    return kept | made


@functools.cache
def _has_own_ssh() -> bool:
    """Whoever has configured ssh for git is left alone."""
    asked = ["git", "config", "--get", "core.sshCommand"]
    return subprocess.run(asked, cwd="/", stdin=subprocess.DEVNULL, capture_output=True).returncode == 0
