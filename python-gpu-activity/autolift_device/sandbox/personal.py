"""Where people keep keys and histories: every dot-entry of a home that is not known to hold programs."""

import contextlib
import glob
import os
import pwd

# fmt: off
_PROGRAMS = frozenset((
    ".anaconda3", ".asdf", ".bun", ".cabal", ".cache", ".cargo", ".conda", ".deno", ".dotnet", ".elan",
    ".fnm", ".ghcup", ".goenv", ".guix-profile", ".jenv", ".julia", ".juliaup", ".keras", ".linuxbrew",
    ".local", ".mamba", ".micromamba", ".miniconda3", ".miniforge3", ".modular", ".n", ".nix-profile",
    ".nodenv", ".npm", ".nv", ".nvm", ".opam", ".pixi", ".pnpm", ".pnpm-store", ".pyenv", ".rbenv",
    ".rustup", ".rye", ".sdkman", ".stack", ".torch", ".triton", ".venv", ".virtualenvs", ".volta",
    ".yarn",
))
# What lies beside programs there, as globs.
_KEYS_AMONG_THEM = (
    ".cabal/config", ".cache/huggingface/*token*", ".cache/keyring*", ".cache/gh", ".cache/mozilla",
    ".cache/thunderbird", ".cache/evolution", ".cache/chromium", ".cache/google-chrome*",
    ".cache/BraveSoftware", ".cache/microsoft-edge*", ".cache/claude*", ".cache/codex*",
    ".cache/JetBrains", ".cache/*/credentials*", ".cargo/credentials*", ".conda/*token*",
    ".julia/servers", ".julia/logs", ".keras/kaggle*", ".npm/_logs", ".pixi/credentials*",
    ".rye/credentials*", ".stack/config.yaml",
)
_LOCAL_PROGRAMS = frozenset(("bin", "include", "lib", "lib64", "libexec", "man", "opt", "pipx", "share"))
_SHARED_PROGRAMS = frozenset((
    "cmake", "conda", "fnm", "fonts", "hatch", "icons", "juliaup", "locale", "man", "mamba",
    "micromamba", "mise", "nltk_data", "nvm", "pdm", "pipx", "pnpm", "pypoetry", "python", "rtx",
    "rustup", "uv", "virtualenv", "virtualenvs", "volta",
))
# fmt: on
_SYSTEM = (
    *("/etc/shadow*", "/etc/gshadow*", "/etc/sudoers*", "/etc/ssh/ssh_host_*_key", "/etc/security/opasswd"),
    *("/etc/krb5.keytab", "/etc/ssl/private"),
)
# A link to one of these is no place of the user's own.
_EVERYONES = ("/bin/", "/etc/", "/gnu/", "/lib", "/nix/", "/opt/", "/sbin/", "/snap/", "/usr/")


def own_homes() -> list[str]:
    """The one that the environment names, and the account's."""
    homes = [os.path.expanduser("~")]
    with contextlib.suppress(KeyError):
        homes.append(pwd.getpwuid(os.getuid()).pw_dir)
    return list(dict.fromkeys(os.path.realpath(home) for home in homes if os.path.isdir(home)))


def personal_places(homes: list[str]) -> list[str]:
    """What nobody but these users is to see, and not even what they start."""
    system = [path for pattern in _SYSTEM for path in glob.glob(pattern)]
    found = [path for path in [*system, *_of_others(homes)] if _is_open(path)]
    for home in homes:
        found += [path for path in _within(home) if _is_personal(path, homes)]
    return [os.path.realpath(path) for path in found]


def _within(home: str) -> list[str]:
    unknown = [name for name in _names(home) if name.startswith(".") and name not in _PROGRAMS]
    local = [name for name in _names(f"{home}/.local") if name not in _LOCAL_PROGRAMS]
    shared = [name for name in _names(f"{home}/.local/share") if name not in _SHARED_PROGRAMS]
    keys = [glob.glob(os.path.join(glob.escape(home), pattern)) for pattern in _KEYS_AMONG_THEM]
    return [
        *(f"{home}/{name}" for name in unknown),
        *(f"{home}/.local/{name}" for name in local),
        *(f"{home}/.local/share/{name}" for name in shared),
        *(path for some in keys for path in some),
    ]


def _names(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


def _is_personal(path: str, homes: list[str]) -> bool:
    """A link may lead to what everyone needs, or to a folder that the whole home is in."""
    real = os.path.realpath(path)
    around = any(f"{home}/".startswith(f"{real.rstrip('/')}/") for home in homes)
    return os.path.exists(real) and not around and not f"{real}/".startswith(_EVERYONES)


def _of_others(homes: list[str]) -> list[str]:
    """Other people's homes; as a whole, since each mount takes time and there may be hundreds."""
    people = [f"/home/{name}" for name in _names("/home")]
    others = [path for path in people if not any(f"{home}/".startswith(f"{path}/") for home in homes)]
    return [
        *(["/home"] if "/home" not in homes and any(map(_is_open, others)) else []),
        *(["/root"] if "/root" not in homes else []),
    ]


def _is_open(path: str) -> bool:
    """What this user cannot read needs no mount, of which each takes a run's time."""
    return os.access(path, os.R_OK) or (os.path.isdir(path) and os.access(path, os.X_OK))
