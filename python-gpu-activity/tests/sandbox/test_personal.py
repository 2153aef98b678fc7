"""What of a person's home a command sees: programs and caches, and no dot-entry that nobody vouches for."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from autolift_device.host import Host
from autolift_device.sandbox.personal import own_homes, personal_places
from autolift_device.sandbox.secrets import host_rules
from autolift_device.sandbox.view import settle
from conftest import BWRAP, Repository, Run, needs_bwrap, opened_host, request_for

SECRET = "a-key-of-the-user"
KEYS = [
    ".claude/.credentials.json",
    ".codex/auth.json",
    ".m2/settings.xml",
    ".boto",
    ".netrc",
    ".a-tool-of-next-year/token",
    ".cache/huggingface/token",
    ".cache/huggingface/stored_tokens",
    ".cargo/credentials.toml",
    ".julia/servers/x/auth.toml",
    ".local/share/keyrings/login.keyring",
    ".local/share/opencode/auth.json",
    ".local/state/log",
]
PROGRAMS = [
    ".cache/huggingface/hub/model",
    ".cargo/bin/tool",
    ".local/bin/tool",
    ".local/lib/python3/site-packages/x.py",
    ".local/share/uv/python",
    ".nvm/versions/node",
    ".pyenv/versions/3",
    ".venv/bin/python",
    "data/train.bin",
]


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Not below /tmp, of which a sandbox has its own."""
    folder = Path(tempfile.mkdtemp(dir="/var/tmp"))
    for name in [*KEYS, *PROGRAMS]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(SECRET)
    monkeypatch.setenv("HOME", str(folder))
    yield folder
    shutil.rmtree(folder)


def is_hidden(path: Path, places: list[str]) -> bool:
    return any(f"{path}/".startswith(f"{place}/") for place in places)


def test_every_dot_entry_is_hidden_but_programs_and_caches(home: Path) -> None:
    places = personal_places([str(home)])
    assert [name for name in KEYS if not is_hidden(home / name, places)] == []
    assert [name for name in PROGRAMS if is_hidden(home / name, places)] == []


def test_a_linked_entry_hides_what_it_leads_to_unless_everyone_needs_that(home: Path, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    vault.mkdir()
    for name, target in {
        ".keys": vault,
        ".all": home.parent,
        ".self": home,
        ".top": "/",
        ".bin": "/usr/bin",
    }.items():
        (home / name).symlink_to(target)
    places = personal_places([str(home)])
    assert str(vault) in places
    assert not {str(home.parent), str(home), "/", "/usr/bin"} & set(places)


def test_hashes_of_passwords_and_the_hosts_keys_are_hidden_where_they_are(home: Path) -> None:
    places = personal_places([str(home)])
    for path in ("/etc/shadow", "/etc/gshadow", "/etc/sudoers"):
        assert (path in places) == os.access(path, os.R_OK)


def test_the_homes_of_others_are_hidden_and_ones_own_is_not(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = ["me", "you"]
    module = "autolift_device.sandbox.personal"
    monkeypatch.setattr(f"{module}._names", lambda folder: people if folder == "/home" else [])
    monkeypatch.setattr(f"{module}._is_open", lambda path: path != "/home/closed")
    assert {"/home", "/root"} <= set(personal_places(["/home/me"]))
    people[1] = "closed"
    assert "/home" not in personal_places(["/home/me"])
    assert "/root" not in personal_places(["/root"])


def test_the_home_of_the_account_is_ones_own_too(home: Path) -> None:
    assert own_homes()[0] == str(home)
    assert len(own_homes()) == 2


def test_a_python_in_a_hidden_folder_is_shown(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prefix = home / ".a-tool-of-next-year"
    monkeypatch.setattr("sys.prefix", str(prefix))
    assert {rule.path: rule.kind for rule in settle(host_rules([]))}.get(str(prefix), "show") == "show"


def test_of_a_hidden_folder_on_the_search_path_only_the_programs_are_shown(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("bin", "lib"):
        (home / ".codex" / name).mkdir()
    monkeypatch.setenv("PATH", f"{home}/.codex/bin:/usr/bin:/bin")
    rules = {rule.path: rule.kind for rule in settle(host_rules([]))}
    assert [rules[f"{home}/.codex{name}"] for name in ("", "/bin", "/lib")] == ["hide", "show", "show"]


def test_a_folder_of_the_search_path_is_shown_wherever_it_is(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{home}/.codex:/usr/bin:/bin")
    rules = {rule.path: rule.kind for rule in settle(host_rules([]))}
    assert rules.get(f"{home}/.codex", "show") == "show"


@pytest.fixture
def host(home: Path, tmp_path: Path) -> Iterator[Host]:
    yield from opened_host(tmp_path, BWRAP)


@needs_bwrap
def test_a_candidate_reads_no_key_of_the_user_but_what_the_task_names(
    measure: Run, repository: Repository, home: Path
) -> None:
    files = " ".join(f"{home}/{name}" for name in [*KEYS, *PROGRAMS])
    command = f"for f in {files} $HOME/.boto; do grep -q {SECRET} $f 2>/dev/null && echo $f; done; echo end"
    report = measure(request_for(repository, repository.commit({}), command, {"run": {"read": ["~/.boto"]}}))
    found = [line.removeprefix(f"{home}/") for line in report.tail.splitlines()]
    assert found[:-2] == [".boto", *PROGRAMS]
    assert found[-2].endswith("/home/.boto")
    assert found[-1] == "end"


@needs_bwrap
def test_a_candidate_reads_no_hash_of_a_password(measure: Run, repository: Repository) -> None:
    places = "/etc/shadow* /etc/gshadow* /etc/sudoers /etc/sudoers.d/* /etc/ssh/ssh_host_*_key"
    command = f"cat {places} 2>/dev/null; wc -c /etc/passwd"
    report = measure(request_for(repository, repository.commit({}), command))
    assert report.tail.endswith("/etc/passwd")
    assert "\n" not in report.tail
