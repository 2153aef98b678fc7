"""Where a Python finds its packages, by its folders: to ask it, it would have to be run."""

import glob
import os

_OF_DISTRIBUTIONS = ("lib/python*/site-packages", "lib64/python*/site-packages", "lib/python*/dist-packages")


def package_folders(program: str) -> list[str]:
    """Of a virtual environment its own, and those of the Python below where it looks there too."""
    prefix = os.path.dirname(os.path.dirname(program))
    base = os.path.dirname(os.path.dirname(os.path.realpath(program)))
    settings = _settings(prefix)
    prefixes = [prefix] if settings else [prefix, base]
    if settings.get("include-system-site-packages") == "true":
        prefixes += [base, os.path.dirname(settings.get("home", "/"))]
    if "/usr" in prefixes:
        prefixes.append("/usr/local")
    patterns = [os.path.join(glob.escape(one), part) for one in prefixes for part in _OF_DISTRIBUTIONS]
    return sorted({os.path.realpath(path) for pattern in patterns for path in glob.glob(pattern)})


def runtime_of(program: str) -> tuple[str, list[str]]:
    """The version that its folder tells, and the files that most of a Python is in."""
    real = os.path.realpath(program)
    base = os.path.dirname(os.path.dirname(real))
    settings = _settings(os.path.dirname(os.path.dirname(program)))
    version = settings.get("version") or settings.get("version_info") or os.path.basename(real)
    return version, sorted(glob.glob(os.path.join(glob.escape(base), "lib*", "libpython*")))


def _settings(prefix: str) -> dict[str, str]:
    try:
        with open(os.path.join(prefix, "pyvenv.cfg"), encoding="utf-8", errors="replace") as file:
            pairs = [line.partition("=") for line in file]
    except OSError:
        return {}
    return {name.strip().lower(): value.strip() for name, _, value in pairs}
