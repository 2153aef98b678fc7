"""What the model of examples/gpt can't read while it is scored."""

import subprocess
import sys
from pathlib import Path

import pytest

KERNEL = "import sys; sys.path.insert(0, {gpt!r}); import fence, pathlib; "
KERNEL += "done = fence.landlock([pathlib.Path({hidden!r})]);"


def said(code: str) -> str:
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    return ended.stdout + ended.stderr


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "val").mkdir()
    (tmp_path / "train").mkdir()
    for name in ("val", "train"):
        (tmp_path / name / "tokens.bin").write_text(f"text of {name}")
    (tmp_path / "link").symlink_to(tmp_path / "val")
    return tmp_path / "val", tmp_path / "train"


def test_all_that_is_beside_is_named_and_no_link(places):
    from fence import beside

    val, train = places
    found = beside([val])
    assert train in found
    assert val not in found
    assert not {path for path in found if path in val.parents or path.is_symlink()}


def test_the_kernel_keeps_native_code_from_hidden_files(places, gpt):
    val, train = places
    kernel = KERNEL.format(gpt=str(gpt), hidden=str(val))
    if "True" not in said(kernel + "print(done)"):
        pytest.skip("this kernel has no Landlock")
    read = "import subprocess; print(subprocess.run(['cat', {path!r}], capture_output=True, text=True))"
    assert "text of train" in said(kernel + read.format(path=str(train / "tokens.bin")))
    for way in (val, val.parent / "link"):
        assert "Permission denied" in said(kernel + read.format(path=str(way / "tokens.bin")))


def test_the_hook_keeps_python_from_hidden_files_and_from_programs(places, gpt):
    val, train = places
    hook = KERNEL.format(gpt=str(gpt), hidden=str(val)).replace("landlock", "hook")
    assert "text of train" in said(hook + f"print(open({str(train / 'tokens.bin')!r}).read())")
    for code in (
        f"open({str(val / 'tokens.bin')!r})",
        "import os; os.system('true')",
        "import socket; socket.socket()",
    ):
        assert "PermissionError: while it is scored, a model may not" in said(hook + code)
