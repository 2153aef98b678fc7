"""What no command may see of this host, and what it needs in spite of that."""

import glob
import os
import sys
import sysconfig
from pathlib import Path

from ..failures import RefusedRequest
from .environment import search_path
from .personal import own_homes, personal_places
from .vaults import vault_places
from .view import Rule

# bubblewrap takes 9000 arguments, three for each.
_MOST_HIDDEN = 2000
# Shown even where the folder around is hidden, as ~/.docker is for its keys.
_BESIDE_PROGRAMS = ("include", "lib", "lib64", "libexec", "share")
# /run has the sockets of other services; these parts of it hold only what programs are started with.
_HARMLESS = ("/run/current-system", "/run/opengl-driver")


def host_rules(private: list[Path]) -> list[Rule]:
    """Rules for any run that begins now: the worker's own folders, vaults and the user's keys are hidden.

    Of two for one path the later counts: around programs may be keys, in their own folders are none.
    """
    homes = own_homes()
    named = os.environ.get("AUTOLIFT_VAULTS")
    vaults = vault_places([*(f"{folder}/steward" for folder in private), *([named] if named else [])])
    secret = ["/run", *personal_places(homes), *map(str, private), *vaults]
    hidden = [Rule(os.path.realpath(path), "hide") for path in secret if os.path.exists(path)]
    in_others = [home for home in homes if home.startswith(("/home/", "/root/"))]
    programs = [os.path.realpath(part) for part in search_path().split(":") if os.path.isdir(part)]
    around, beside = _around(programs)
    return [
        *_shown([*in_others, *around]),
        *hidden,
        *_shown([sys.prefix, sys.base_prefix, *programs, *beside, *_HARMLESS]),
    ]


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


def _around(programs: list[str]) -> tuple[list[str], list[str]]:
    """Folders that programs load the rest of themselves from, and the parts of them for only that."""
    folders = [
        os.path.dirname(path) for path in programs if os.path.basename(path) in ("bin", ".bin", "shims")
    ]
    around = [folder for folder in dict.fromkeys(folders) if folder != "/"]
    return around, [f"{folder}/{name}" for folder in around for name in _BESIDE_PROGRAMS]


def _shown(paths: list[str]) -> list[Rule]:
    return [Rule(os.path.realpath(path), "show") for path in dict.fromkeys(paths) if os.path.exists(path)]
