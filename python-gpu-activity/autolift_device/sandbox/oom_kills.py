"""Whether the kernel killed for want of memory: it counts, but tells nobody whom."""


def oom_kills() -> int:
    """Of this machine since its start; 0 where the kernel doesn't count them."""
    try:
        with open("/proc/vmstat", "rb", buffering=0) as file:
            counters = file.read().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in counters if line.startswith(b"oom_kill ")), 0)
