"""Whether a task's own code knows a name, so that a candidate did not invent to print it."""

import re
import shlex
from collections.abc import Iterable

from ..checkout.materialise import LINK, SUBMODULE, Origin

_PROSE = (".md", ".rst", ".txt")
_SETTINGS = ("task.yaml", "task.yml")


def mentions(origins: Iterable[Origin], name: str, evaluator: str) -> bool:
    """As a whole word, in files that a run may be made of: not prose, nor the evaluator's own."""
    word = re.compile(rb"(?<!\w)" + re.escape(name.encode()) + rb"(?!\w)")
    apart = {*_words(evaluator), *_SETTINGS}
    return any(
        word.search(origin.objects.small(origin.entry.oid) or b"")
        for origin in origins
        if origin.entry.mode not in (LINK, SUBMODULE)
        and origin.entry.path not in apart
        and not origin.entry.path.lower().endswith(_PROSE)
    )


def _words(command: str) -> list[str]:
    try:
        words = shlex.split(command)
    except ValueError:
        words = command.split()
    return [word.removeprefix("./") for word in words]
