"""Which paths a command sees: the whole host read-only, but for rules where the deepest one wins."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["hide", "show", "write"]


@dataclass(frozen=True, slots=True)
class Rule:
    """What a path and all below it is: absent, as on the host but read-only, or writable.

    With a source, that folder takes its place.
    """

    path: str
    kind: Kind
    source: str = ""


def settle(rules: Iterable[Rule]) -> list[Rule]:
    """The rules that make a difference, outer ones first; of two for one path, the later counts."""
    by_path: dict[str, Rule] = {}
    for rule in rules:
        by_path[os.path.normpath(rule.path)] = rule
    kept: dict[str, Rule] = {}
    for path in sorted(by_path, key=lambda path: (path.count("/"), path)):
        rule, outer = by_path[path], _nearest(path, kept)
        absent = outer is not None and (outer.kind == "hide" or outer.source != "")
        needless = absent if rule.kind == "hide" else not absent and (outer is None or outer.kind == "show")
        if rule.kind == "write" or not needless:
            kept[path] = rule
    return list(kept.values())


def _nearest(path: str, kept: dict[str, Rule]) -> Rule | None:
    while path != "/":
        path = os.path.dirname(path)
        if path in kept:
            return kept[path]
    return None


def mount_arguments(rules: Iterable[Rule]) -> list[str]:
    """bwrap's options. What is hidden is sealed at the end: a writable hole would eat memory."""
    mounts: list[str] = []
    seals: list[str] = []
    for rule in settle(rules):
        if rule.kind != "hide":
            mounts += ["--bind" if rule.kind == "write" else "--ro-bind", rule.source or rule.path, rule.path]
        elif os.path.isdir(rule.path):
            mounts += ["--tmpfs", rule.path]
            seals += ["--remount-ro", rule.path]
        elif os.path.exists(rule.path):
            mounts += ["--ro-bind", "/dev/null", rule.path]
    return mounts + seals
