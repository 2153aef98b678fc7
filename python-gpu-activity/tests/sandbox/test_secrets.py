"""Vaults are hidden wherever they lie, from the first run that begins after they are there."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from autolift_device.host import Host
from autolift_device.sandbox.secrets import host_rules
from conftest import BWRAP, Repository, Run, needs_bwrap, opened_host, request_for

TRUTH = "the-answer-of-a-holdout"


@pytest.fixture
def away() -> Iterator[Path]:
    """Not below /tmp, of which a sandbox has its own."""
    folder = Path(tempfile.mkdtemp(dir="/var/tmp")).resolve()
    yield folder
    shutil.rmtree(folder)


def hidden(private: list[Path]) -> list[str]:
    return [rule.path for rule in host_rules(private) if rule.kind == "hide"]


def test_vaults_that_lie_outside_of_the_home_are_hidden_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vaults = (tmp_path / "vaults").resolve()
    vaults.mkdir()
    assert str(vaults) not in hidden([])
    monkeypatch.setenv("AUTOLIFT_VAULTS", str(vaults))
    assert str(vaults) in hidden([])


@pytest.mark.parametrize(
    "text",
    [
        "vaults: {{far: {0}, wide: {1}}}",
        "vaults:\n  far: {0} # don't tell\n  'wide': {1}\n",
        "withoutSandbox: run\nvaults:\n  far: '{0}'\n  wide: \"{1}\"\n",
        '{{"vaults":{{"far":"{0}","wide":"{1}"}}}}',
        "# it's /usr\nvaults:\n  far: >-\n    {0}\n  wide:\n    !!str {1}\n",
    ],
)
def test_what_steward_yaml_names_is_hidden_however_it_is_written(tmp_path: Path, text: str) -> None:
    far, wide = tmp_path.resolve() / "far", tmp_path.resolve() / "wide, and deep"
    steward = tmp_path / "home" / "steward"
    for folder in (far, steward):
        folder.mkdir(parents=True)
    if "{{" in text and '"' not in text:
        wide = wide.with_name("wide")
    wide.mkdir()
    (steward / "steward.yaml").write_text(text.format(far, wide))
    found = hidden([tmp_path / "home"])
    assert {str(far), str(wide)} <= set(found)
    assert "/usr" not in found


def test_a_steward_yaml_that_cannot_be_read_or_names_everything_hides_no_more(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "steward" / "steward.yaml").mkdir(parents=True)
    before = hidden([home])
    (home / "steward" / "steward.yaml").rmdir()
    (home / "steward" / "steward.yaml").write_text("vaults: {all: /, gone: /not/there}")
    assert hidden([home]) == before
    assert "/" not in before


def test_vaults_behind_a_link_are_hidden_where_they_are(tmp_path: Path) -> None:
    real = (tmp_path / "real").resolve()
    real.mkdir()
    (tmp_path / "home" / "steward").mkdir(parents=True)
    (tmp_path / "home" / "steward" / "vaults").symlink_to(real)
    assert str(real) in hidden([tmp_path / "home"])


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    yield from opened_host(tmp_path, BWRAP)


@needs_bwrap
def test_a_candidate_reads_no_vault_that_was_made_after_the_worker_had_started(
    measure: Run, repository: Repository, host: Host, away: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, far, open_to_all = away / "root", away / "far", away / "open"
    monkeypatch.setenv("AUTOLIFT_VAULTS", str(root))
    commit = repository.commit({})
    look = f"grep -rl {TRUTH} {away} | sort; echo end"
    assert measure(request_for(repository, commit, look)).tail == "end"
    for folder in (root / "vaults" / "curve", far, open_to_all):
        folder.mkdir(parents=True)
        (folder / "truth").write_text(TRUTH)
    assert measure(request_for(repository, commit, look)).tail == f"{far}/truth\n{open_to_all}/truth\nend"
    (root / "steward.yaml").write_text(f"vaults: {{far: {far}}}")
    assert measure(request_for(repository, commit, look)).tail == f"{open_to_all}/truth\nend"
