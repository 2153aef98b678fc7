"""Reads the metric from a JSON file that a program left in its folder, and from nowhere else."""

import json
import os
from math import isfinite
from pathlib import Path
from typing import Any

from .metric import MOST_NAMES, Reading
from .open_inside import NotInside, open_inside

_LARGEST = 16 << 20


def read_json(folder: Path, file: str, key: str) -> Reading:
    """The number at the dotted key; sibling numbers are recorded too."""
    content, problem = _content(folder, file)
    if content is None:
        return Reading(None, "no_metric", problem)
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        return Reading(None, "no_metric", f"{file} is not JSON: {error}")
    value = _at(document, key)
    others = _numbers(document, key)
    if value is None:
        return Reading(None, "no_metric", f"{file} has no key {key}", others)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return Reading(None, "no_metric", f"{key} in {file} is not a number", others)
    number = _as_float(value)
    if not isfinite(number):
        return Reading(None, "not_finite", f"{key} in {file} is {number}", others)
    return Reading(number, "", "", others)


def _content(folder: Path, file: str) -> tuple[str | None, str]:
    """Text of a regular file inside the folder."""
    try:
        with os.fdopen(open_inside(folder, file), "rb") as opened:
            if os.fstat(opened.fileno()).st_size > _LARGEST:
                return None, f"{file} is larger than 16 MiB"
            return opened.read(_LARGEST).decode(), ""
    except NotInside as problem:
        return None, str(problem)
    except UnicodeDecodeError:
        return None, f"{file} is not UTF-8 text"
    except OSError as error:
        return None, f"{file} is a link or cannot be read ({error.strerror})"


def _at(document: Any, key: str) -> Any:
    if isinstance(document, dict) and key in document:
        return document[key]
    for part in key.split("."):
        if isinstance(document, dict):
            document = document.get(part)
        elif isinstance(document, list) and part.isdigit() and int(part) < len(document):
            document = document[int(part)]
        else:
            return None
    return document


def _numbers(document: Any, key: str) -> dict[str, float]:
    """Finite numbers on the top level, as secondary metrics."""
    if not isinstance(document, dict):
        return {}
    numbers = {
        name: _as_float(value)
        for name, value in document.items()
        if isinstance(value, (int, float))
        and not isinstance(value, bool)
        and name not in (key, "__proto__")
        and len(name) <= 100
    }
    return dict([(name, value) for name, value in numbers.items() if isfinite(value)][:MOST_NAMES])


def _as_float(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return float("inf")
