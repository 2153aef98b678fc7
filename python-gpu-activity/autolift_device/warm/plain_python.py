"""Which commands can be started before their device is there, without a line of the candidate's being run."""

import os
import re
import shutil

from ..checkout.materialise import LINK, Checkout
from ..sandbox.sandbox import Job

_WORDS = re.compile(r"[\w./+:,@%=-]+(?: +[\w./+:,@%=-]+)*", re.ASCII)
_PYTHON = re.compile(r"python[\d.]*")
# a relative entry of any of these would have a Python load the candidate's files as it starts
_SEARCHED = (
    *("PATH", "PYTHONPATH", "PYTHONHOME", "PYTHONUSERBASE", "BASH_ENV"),
    *("LD_LIBRARY_PATH", "LD_PRELOAD", "LD_AUDIT", "DYLD_LIBRARY_PATH", "DYLD_INSERT_LIBRARIES"),
)
_SETS_VARIABLES = re.compile(
    rb"\benviron(?:b)?(?:\[[^\]\n]{1,200}\] ?=(?!=)|\.(?:update|setdefault|pop|clear)\b|[ ]?\|=)|\bputenv\b"
)
_MOST_READ = 1 << 20


class Cold(Exception):
    """Why a run cannot start warm."""


def script_of(job: Job, checkout: Checkout) -> str:
    """The script that a plain `python3 script.py ...` runs."""
    words = job.command.split()
    if not is_plain(job.command):
        raise Cold("the command is not a plain `python3 script.py ...`")
    script = os.path.normpath(words[1])
    if script not in checkout.origins or checkout.origins[script].entry.mode == LINK:
        raise Cold(f"{words[1]} is not a file of the checkout")
    for name in _SEARCHED:
        if not all(part.startswith("/") for part in re.split("[: ]", job.environment.get(name, "/"))):
            raise Cold(f"{name} may lead into the checkout")
    program = shutil.which(words[0], path=job.environment.get("PATH", ""))
    if "/" in words[0]:
        program = os.path.join(job.folder, words[0])
    room = os.path.realpath(job.folder)
    if program is None or not os.path.exists(program):
        raise Cold(f"there is no {words[0]}")
    if f"{os.path.realpath(os.path.dirname(program))}/".startswith(f"{room}/"):
        raise Cold(f"{words[0]} is a file of the checkout")
    with open(os.path.join(job.folder, script), "rb") as file:
        if _SETS_VARIABLES.search(file.read(_MOST_READ)):
            raise Cold(f"{script} sets environment variables, which imports made ahead would not see")
    return script


def is_plain(command: str) -> bool:
    """As `is-plain-python.ts` has it: nothing for a shell to do, a Python by name, a script, no options."""
    words = command.split()
    if len(words) < 2 or not _WORDS.fullmatch(command.strip()):
        return False
    return _PYTHON.fullmatch(os.path.basename(words[0])) is not None and not words[1].startswith("-")
