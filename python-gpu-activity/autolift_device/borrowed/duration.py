"""A length of time as a person types it; src/contract/units.ts reads the same words."""

import argparse
import re

_SECONDS = {"s": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0, "d": 86_400.0}


def duration(text: str) -> float:
    """ "90s", "30m", "1.5h" → seconds."""
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*", text, re.ASCII)
    seconds = float(match[1]) * _SECONDS.get(match[2], 0.0) if match else 0.0
    if seconds <= 0:
        raise argparse.ArgumentTypeError(f'"{text}" is not a length of time; write it like 90s, 30m or 4h')
    return seconds
