"""What no command may see of this host, and what it needs in spite of that."""

import glob
import os
import sys
import sysconfig
from pathlib import Path

from ..failures import RefusedRequest
from .environment import search_path
from .view import Rule

# fmt: off
PERSONAL = (
    ".ssh", ".aws", ".azure", ".config", ".gnupg", ".kube", ".docker", ".netrc", ".npmrc", ".pypirc",
    ".pgpass", ".git-credentials", ".gitconfig", ".password-store", ".kaggle", ".temporalio",
    ".cache/huggingface/token", ".huggingface", ".bash_history", ".zsh_history", ".python_history",
    ".psql_history", ".local/share/keyrings", ".mozilla", ".terraform.d", ".cargo/credentials.toml",
    ".env", ".envrc",
)
# fmt: on
# bubblewrap takes 9000 arguments, three for each.
_MOST_HIDDEN = 2000
# /run has the sockets of other services; these parts of it hold only what programs are started with.
_HARMLESS = ("/run/current-system", "/run/opengl-driver")


def host_rules(private: list[Path]) -> list[Rule]:
    """Rules that are the same for every run: the worker's own folders and the user's keys are hidden."""
    user = os.path.expanduser("~")
    secret = ["/run", *(os.path.join(user, name) for name in PERSONAL), *map(str, private)]
    needed = [sys.prefix, sys.base_prefix, *_programs(), *_HARMLESS]
    hidden = [Rule(os.path.realpath(path), "hide") for path in secret if os.path.exists(path)]
    return [*_shown(needed), *hidden]


def network_rules() -> list[Rule]:
    """Names are resolved by a file that often lies in /run."""
    return _shown([os.path.realpath("/etc/resolv.conf")])


def hidden_by_task(patterns: list[str]) -> tuple[list[Rule], list[str]]:
    """The task's own `hide` entries, and a note on each that is not there."""
    rules, notes = [], []
    for pattern in patterns:
        places = sysconfig.get_paths()
        wanted = os.path.expanduser(pattern.replace("{stdlib}", places["stdlib"]))
        found = glob.glob(wanted, recursive=True) if wanted.startswith("/") else []
        rules += [Rule(os.path.realpath(path), "hide") for path in found]
        if not found and not glob.has_magic(wanted):
            notes.append(f"hide: nothing at {pattern}")
    if len(rules) > _MOST_HIDDEN:
        raise RefusedRequest(
            "BadRequest", f"run.hide is {len(rules)} paths; name folders, at most {_MOST_HIDDEN}"
        )
    return rules, notes


def _programs() -> list[str]:
    """Folders of the search path, with the ones that programs there load the rest of themselves from."""
    parts = [os.path.realpath(part) for part in search_path().split(":") if os.path.isdir(part)]
    around = [os.path.dirname(part) for part in parts if os.path.basename(part) in ("bin", ".bin", "shims")]
    return [*parts, *(part for part in around if part != "/")]


def _shown(paths: list[str]) -> list[Rule]:
    return [Rule(os.path.realpath(path), "show") for path in dict.fromkeys(paths) if os.path.exists(path)]
