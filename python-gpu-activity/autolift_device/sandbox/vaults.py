"""Where the steward of this machine keeps holdouts: its folder, and what its steward.yaml names elsewhere."""

import os
import re
from pathlib import Path

# A comment, a quoted text, a plain one up to what ends it in braces, and the rest of its line. steward.yaml
# has no other absolute paths than those of vaults, so that a library that knows all of YAML isn't needed.
_SCALAR = re.compile(
    r"""(?:(?<=\s)|^)\#[^\n]*
      | "(?P<double>(?:[^"\\\n]|\\.)*)"
      | '(?P<single>(?:[^'\n]|'')*)'
      | (?:(?<=[\s:{\[,])|^)(?=(?P<line>/[^\n]*))(?P<plain>/[^\n,}\]]*)""",
    re.VERBOSE | re.MULTILINE,
)


def vault_places(stewards: list[str]) -> list[str]:
    """All folders below which a steward whose own folder is one of these finds vaults."""
    found: list[str] = []
    for steward in stewards:
        found += [steward, os.path.join(steward, "vaults"), *_elsewhere(Path(steward, "steward.yaml"))]
    return found


def _elsewhere(config: Path) -> list[str]:
    try:
        text = config.read_text(errors="surrogateescape")
    except OSError:
        return []
    named = [_path(match.groupdict("")) for match in _SCALAR.finditer(text)]
    return [path for path in named if path.startswith("/") and os.path.realpath(path) != "/"]


def _path(scalar: dict[str, str]) -> str:
    if scalar["double"]:
        return _unescaped(scalar["double"])
    if scalar["single"]:
        return scalar["single"].replace("''", "'")
    line, plain = (re.split(r"\s#", scalar[name])[0].strip() for name in ("line", "plain"))
    return line if os.path.exists(line) else plain


def _unescaped(text: str) -> str:
    def code(match: re.Match[str]) -> str:
        digits = match[1] or match[2] or match[3]
        return chr(int(digits, 16)) if digits else match[4]

    return re.sub(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U(000[0-9a-fA-F]{5})|(.))", code, text)
