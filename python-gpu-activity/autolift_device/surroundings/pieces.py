"""What in a shell command may be a path: to know which ones are, a shell would have to be run."""

import functools
import os
import re
import shlex

_DEEPEST = 5
_MOST = 400
_PARTS = re.compile(r"[=:,;{}`'\"\s]+")
_ASSIGNED = re.compile(r"(\w+)=(.*)", re.DOTALL)
_VARIABLE = re.compile(r"\$(?:(\w+)|\{(\w+)\})")
# what is left of `${name:-` and of `$(`
_LEADING = re.compile(r"^[-+?@$]+")


def words_of(command: str) -> list[str]:
    lexer = shlex.shlex(command, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    lexer.commenters = ""
    try:
        return list(lexer)
    except ValueError:
        return command.split()


@functools.lru_cache(maxsize=64)
def pieces_of(command: str, variables: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Words, those of quoted commands, and their parts; a variable that is not known is taken for `.`."""
    words = _nested(command, _DEEPEST)
    known = dict(variables)
    for word in words:
        if assigned := _ASSIGNED.fullmatch(word):
            known[assigned[1]] = _filled(assigned[2], known)
    found: dict[str, None] = {}
    for word in words:
        for text in (word, _filled(word, known), _filled(word, {})):
            for part in (text, *_PARTS.split(text)):
                # `-C/folder` is one word; `-` alone and options with a long name are no paths
                found |= dict.fromkeys((part, _LEADING.sub("", part), part[2:] if part[:1] == "-" else ""))
    return tuple(os.path.expanduser(piece) for piece in found if piece and "\0" not in piece)[:_MOST]


def _nested(text: str, depth: int) -> list[str]:
    found: list[str] = []
    for word in words_of(text):
        found.append(word)
        inner = word[2:] if word[:1] == "-" and len(word) > 2 else word
        if depth and (words_of(inner) != [word] or inner != word):
            found += _nested(inner, depth - 1)
    return found


def _filled(text: str, known: dict[str, str]) -> str:
    return _VARIABLE.sub(lambda match: known.get(match[1] or match[2], "."), text)
