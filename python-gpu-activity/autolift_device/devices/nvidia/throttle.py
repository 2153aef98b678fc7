"""Why a GPU's clocks are lower than they could be, as its driver's bits say it."""

_IDLE = 0x1
_BITS = {
    0x2: "application clocks",
    0x4: "power cap",
    0x8: "hardware slowdown",
    0x10: "sync boost",
    0x20: "thermal (software)",
    0x40: "thermal (hardware)",
    0x80: "power brake",
    0x100: "display clocks",
    0x200: "board limit",
    0x400: "reliability",
}


def reasons(bits: int) -> frozenset[str]:
    """An idle GPU's clocks are low too, which says nothing."""
    unknown = bits & ~(_IDLE | sum(_BITS))
    named = {name for bit, name in _BITS.items() if bits & bit}
    return frozenset(named | ({f"0x{unknown:x}"} if unknown else set()))
