"""Globs as the TypeScript side understands them (src/storage/git/editable-matcher.ts), on paths with slashes.

Both must agree to the last path, because the evaluator's hash covers what is not editable:
tests/fixtures/contract/globs.json is judged by both.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from ..failures import RefusedRequest

_NUMBERS = re.compile(r"(0|[1-9]\d*)\.\.(0|[1-9]\d*)$")
_LETTERS = re.compile(r"([a-z])\.\.([a-z])$")


def matcher(globs: Iterable[str]) -> Callable[[str], bool]:
    """True for a path that any of the globs matches; a path always matches itself."""
    given = list(globs)
    tests = [_compiled(glob) for glob in given]
    return lambda path: path in given or any(test.fullmatch(path) for test in tests)


@lru_cache(maxsize=1024)
def _compiled(glob: str) -> re.Pattern[str]:
    try:
        return re.compile(_translate(glob.removeprefix("./")), re.DOTALL)
    except (re.error, IndexError) as error:
        raise RefusedRequest("BadRequest", f"cannot understand the glob {glob!r}: {error}") from error


def _translate(pattern: str) -> str:
    if pattern == "**":
        return ".+"
    out, at = [], 0
    while at < len(pattern):
        text, at = _token(pattern, at)
        out.append(text)
    return "".join(out)


def _token(pattern: str, at: int) -> tuple[str, int]:
    """The regular expression of the token at this position, and the position behind it."""
    char = pattern[at]
    first = at == 0 or pattern[at - 1] == "/"
    if pattern.startswith("/**", at) and at + 3 == len(pattern):
        return "/.*", at + 3
    if first and pattern.startswith("**/", at):
        return "(?:.*/)?", at + 3
    if char == "*":
        end = at + len(pattern[at:]) - len(pattern[at:].lstrip("*"))
        alone = first and (end == len(pattern) or pattern[end] == "/")
        return ("[^/]+" if alone else "[^/]*"), end
    if char == "?":
        return "[^/]", at + 1
    if char == "[":
        return _class(pattern, at)
    if char == "{":
        return _alternatives(pattern, at)
    if char == "\\" and at + 1 < len(pattern):
        return re.escape(pattern[at + 1]), at + 2
    if char == "(" and ")" in pattern[at:]:
        end = pattern.index(")", at)
        return f"(?:{'|'.join(_translate(part) for part in pattern[at + 1 : end].split('|'))})", end + 1
    return re.escape(char), at + 1


def _class(pattern: str, at: int) -> tuple[str, int]:
    end = pattern.find("]", at + 2)
    if end < 0:
        return re.escape("["), at + 1
    inner = pattern[at + 1 : end]
    if inner.startswith("[:"):
        raise RefusedRequest("BadRequest", f"the glob {pattern!r} names a class of characters")
    negated = inner[0] == "^"
    body = inner[1:] if negated else inner
    body = re.sub(r"([\[\\&~|])", r"\\\1", body)
    return f"[{'^/' if negated else ''}{body}]", end + 1


def _alternatives(pattern: str, at: int) -> tuple[str, int]:
    depth, start, parts = 0, at + 1, []
    for end in range(at, len(pattern)):
        if pattern[end] == "{":
            depth += 1
        elif pattern[end] == "," and depth == 1:
            parts.append(pattern[start:end])
            start = end + 1
        elif pattern[end] == "}":
            depth -= 1
            if depth == 0:
                parts.append(pattern[start:end])
                return _group(parts), end + 1
    return re.escape("{"), at + 1


def _group(parts: list[str]) -> str:
    if len(parts) > 1:
        return f"(?:{'|'.join(_translate(part) for part in parts)})"
    if numbers := _NUMBERS.match(parts[0]):
        low, high = sorted((int(numbers[1]), int(numbers[2])))
        return f"(?:{'|'.join(str(number) for number in range(low, min(high, low + 1000) + 1))})"
    if letters := _LETTERS.match(parts[0]):
        return f"[{min(letters.groups())}-{max(letters.groups())}]"
    return re.escape("{" + parts[0] + "}")
