"""An environment that the evaluator's command comes to by a detour is pinned like one that it names."""

import os
from pathlib import Path

import pytest
from test_surroundings import Desk

from autolift_device.sandbox.view import Rule
from autolift_device.surroundings.surroundings import Surroundings

FORMS = [
    ". {venv}/bin/activate && python evaluate.py",
    "source {venv}/bin/activate; python evaluate.py",
    "cd tools && ../.hidden/bin/python e.py",
    "cd tools; cd deep; ../../.hidden/bin/python e.py",
    "PATH=.hidden/bin:$PATH python e.py",
    'export PATH="$PWD/.hidden/bin:$PATH"; python e.py',
    'PATH="$(pwd)/.hidden/bin:$PATH" python e.py',
    "PY={venv}/bin/python; $PY e.py",
    "V=.hid; ${{V}}den/bin/python e.py",
    "P={above}; $P/venv/bin/python e.py",
    'sh -c ".hidden/bin/python e.py"',
    "bash -c 'sh -c \"cd tools && ../.hidden/bin/python e.py\"'",
    "env -C tools ../.hidden/bin/python e.py",
    "env -Ctools ../.hidden/bin/python e.py",
    "env --chdir=tools ../.hidden/bin/python e.py",
    "env -S'.hidden/bin/python e.py'",
    "cd {venv}/bin && ./python e.py",
    "${{PY:-{venv}/bin/python}} e.py",
    "{above}/v*/bin/python e.py",
    "tools/py e.py",
]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path.resolve())


def named(desk: Desk, command: str, **environment: str) -> str:
    """The only way to the environment is the command's: its link is nested, or no folder of packages."""
    job = desk.job(command.format(venv=desk.folder / "venv", above=desk.folder), **environment)
    (job.folder / ".venv").unlink()
    (job.folder / "tools" / "deep").mkdir(parents=True)
    (job.folder / "tools" / "py").symlink_to("../.hidden/bin/python")
    (job.folder / ".hidden").mkdir()
    (job.folder / ".hidden" / "bin").symlink_to(desk.folder / "venv" / "bin")
    return Surroundings(desk.blobs).of(job)


@pytest.mark.parametrize("form", FORMS)
def test_a_changed_module_is_seen_however_the_command_comes_to_its_environment(desk: Desk, form: str) -> None:
    (desk.folder / "venv" / "bin" / "activate").write_text("")
    before = named(desk, form)
    assert named(desk, form) == before
    desk.write(desk.packages / "scorer" / "__init__.py", "SCALE = 1.2\n")
    assert named(desk, form) != before


def test_a_command_that_leads_nowhere_else_is_not_tied_to_the_environment(desk: Desk) -> None:
    before = named(desk, "sh -c 'cd tools && python3 e.py'")
    desk.write(desk.packages / "scorer" / "__init__.py", "SCALE = 1.2\n")
    assert named(desk, "sh -c 'cd tools && python3 e.py'") == before


def test_a_variable_of_the_task_counts_and_what_a_candidate_made_does_not(desk: Desk) -> None:
    venv = desk.folder / "venv"
    assert f"{desk.packages}/" in desk.listing(named(desk, "sh score.sh", PY=f"{venv}/bin/python"))
    for command in ("sh score.sh", "$AUTOLIFT_CANDIDATE/bin/python e.py"):
        of_candidate = named(desk, command, AUTOLIFT_CANDIDATE=str(venv))
        assert f"{desk.packages}/" not in desk.listing(of_candidate)


def test_an_environment_that_the_task_lends_counts_where_no_word_names_it(desk: Desk) -> None:
    assert f"{desk.packages}/" in desk.listing(desk.name("sh score.sh"))
    job = desk.job("sh score.sh")
    (job.folder / ".venv").unlink()
    assert f"{desk.packages}/" not in desk.listing(Surroundings(desk.blobs).of(job))
    job.rules.append(Rule(str(desk.folder / "venv"), "show"))
    assert f"{desk.packages}/" in desk.listing(Surroundings(desk.blobs).of(job))


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("__editable___foo_1_0_finder", "MAPPING: dict[str, str] = {{'foo': '{at}/foo', 'one': '{at}/one'}}"),
        (
            "__editable___foo_1_0_finder",
            "MAPPING = {{'one': '{at}/one'}}\nNAMESPACES: dict[str, list[str]] = {{'foo': ['{at}/foo']}}",
        ),
        ("_foo", "F.map_module('foo', '{at}/foo/__init__.py')\nF.map_module('one', '{at}/one.py')"),
    ],
)
def test_the_sources_of_an_editable_install_with_a_finder_count(desk: Desk, module: str, source: str) -> None:
    at = desk.folder / "src"
    for file in ("foo/__init__.py", "foo/deep/lib.py", "one.py", "foo/data.csv", "other.py"):
        desk.write(at / file, "1")
    desk.write(desk.packages / "foo.pth", f"import {module}; {module}.install()\n")
    desk.write(desk.packages / f"{module}.py", source.format(at=at))
    names = [desk.name()]
    assert f"{at}/foo/data.csv" not in desk.listing(names[0])
    assert f"{at}/other.py" not in desk.listing(names[0])
    for file in ("foo/deep/lib.py", "one.py"):
        desk.write(at / file, "2", os.stat(at).st_mtime_ns // 10**9)
        names.append(desk.name())
    assert len(set(names)) == 3


def test_a_source_that_the_task_lends_counts_though_it_lies_in_a_hidden_folder(desk: Desk) -> None:
    lent = desk.folder / "hidden" / "lent"
    desk.write(lent / "lib.py", "1")
    desk.write(desk.packages / "lent.pth", f"{lent}\n")
    job = desk.job()
    assert f"{lent}/" not in desk.listing(Surroundings(desk.blobs).of(job))
    job.rules.append(Rule(str(lent), "show"))
    assert f"{lent}/lib.py\t" in desk.listing(Surroundings(desk.blobs).of(job))


def test_a_folder_that_a_line_of_code_adds_counts(desk: Desk) -> None:
    desk.write(desk.folder / "src" / "lib.py", "1")
    desk.write(desk.packages / "x.pth", f"import sys; sys.path.insert(0, '{desk.folder}/src')\nimport (\n")
    assert f"{desk.folder}/src/lib.py\t" in desk.listing(desk.name())
