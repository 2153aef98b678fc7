"""Run by a Python at the end of its own start, in the sandbox of a run: imports, then waits to be let go.

The interpreter was started with the candidate's command and goes on with it by itself, so that nothing of
the script's world is imitated: `__main__`, arguments, tracebacks and exit codes are Python's own. Whatever
happens here, the interpreter must not go on before it is told to.

It imports nothing for itself that Python hasn't imported already: the script would find it there.
"""

import os
import sys
import time
from _frozen_importlib_external import PathFinder

_GPUS = ("/dev/nvidia", "/dev/dri/", "/dev/kfd", "/dev/dxg", "/dev/accel")


def _wait() -> "Exception | None":
    before = set(sys.modules)
    number, script, names = os.environ.pop("AUTOLIFT_GATE").split("\n")
    channel = int(number)
    os.set_inheritable(channel, False)
    _leave_no_trace()
    failure = _real_customization()
    why, seconds = _imported(names.split(","))
    why = why or _shadowed(script, before) or _gpu_in_use()
    if why:
        _say(channel, "cold " + " ".join(why.split())[:200])
        os._exit(0)
    _say(channel, f"ready {seconds:.6f}")
    os.environ.update(_told(channel))
    _say(channel, f"gone {time.monotonic():.6f}")
    os.close(channel)
    return failure


def _leave_no_trace() -> None:
    here = os.path.dirname(__file__)
    rest = os.environ.pop("PYTHONPATH").split(os.pathsep, 1)[1:]
    if rest:
        os.environ["PYTHONPATH"] = rest[0]
    sys.path.remove(here)
    sys.path_importer_cache.pop(here, None)


def _real_customization() -> "Exception | None":
    """What this file stands in front of; mostly there is none, and the import's failure is passed on."""
    del sys.modules["sitecustomize"]
    try:
        import sitecustomize  # noqa: F401
    except Exception as error:
        return error
    return None


def _imported(names: "list[str]") -> "tuple[str, float]":
    began = time.monotonic()
    for name in names:
        try:
            __import__(name)
        except BaseException as error:
            return f"import {name}: {type(error).__name__}: {error}", 0.0
    return "", time.monotonic() - began


def _shadowed(script: str, before: "set[str]") -> str:
    """A file beside the script that a cold run would import instead of what has been imported."""
    folder = os.path.dirname(os.path.abspath(script))
    found = {name.partition(".")[0] for name in sys.modules if name not in before}
    own = os.path.basename(script).partition(".")[0]
    try:
        for name in sorted(found.difference(sys.builtin_module_names)):
            spec = PathFinder.find_spec(name, [folder])
            if name == own or (spec is not None and spec.origin is not None):
                return "the checkout has its own " + name
    finally:
        sys.path_importer_cache.pop(folder, None)
    return ""


def _gpu_in_use() -> str:
    """No device is leased yet, and the variables that select one are not known."""
    try:
        handles = os.listdir("/proc/self/fd")
    except OSError:
        return ""
    for handle in handles:
        try:
            opened = os.readlink("/proc/self/fd/" + handle)
        except OSError:
            continue
        if opened.startswith(_GPUS):
            return "what was imported has opened " + opened
    return ""


def _told(channel: int) -> "dict[str, str]":
    """Variables that are only known now; the worker's end is closed when the run is not wanted any more."""
    text = b""
    while not text.endswith(b"\0\0"):
        part = os.read(channel, 65536)
        if not part:
            os._exit(0)
        text += part
    return dict(os.fsdecode(one).split("=", 1) for one in text.split(b"\0") if one)


def _say(channel: int, text: str) -> None:
    os.write(channel, (text + "\n").encode(errors="replace"))


try:
    _failure = _wait()
except BaseException as _error:
    os.write(2, f"warm start: {_error!r}\n".encode(errors="replace"))
    os._exit(70)
if _failure is not None:
    raise _failure
