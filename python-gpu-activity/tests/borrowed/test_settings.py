import argparse
from pathlib import Path

import pytest

from autolift_device.__main__ import main
from autolift_device.borrowed.duration import duration


@pytest.mark.parametrize(
    ("text", "seconds"), [("90s", 90), ("30m", 1800), ("5min", 300), ("1.5h", 5400), ("2 d", 172_800)]
)
def test_a_length_of_time_is_read_as_in_a_task(text: str, seconds: float) -> None:
    assert duration(text) == seconds


@pytest.mark.parametrize("text", ["4", "4 hours", "h", "-4h", "0m", "1h30m", "٣h", ""])
def test_what_is_no_length_of_time_is_told_how_to_write_one(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError) as refusal:
        duration(text)
    assert str(refusal.value) == f'"{text}" is not a length of time; write it like 90s, 30m or 4h'


@pytest.mark.parametrize("option", ["--for", "--until-idle"])
def test_an_option_with_a_bad_length_of_time_is_named(
    capsys: pytest.CaptureFixture[str], option: str
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--borrowed", option, "4"])
    assert end.value.code == 2
    assert f'argument {option}: "4" is not a length of time; write it like' in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--for", "4h"], "--for is for a host that leaves again: add --borrowed"),
        (["--until-idle", "30m"], "--until-idle is for a host that leaves again: add --borrowed"),
        (["--borrowed", "--home", "/x"], "--home: a borrowed host has a folder of its own below TMPDIR"),
        (
            ["--borrowed"],
            "AUTOLIFT_ARTIFACTS: a borrowed host keeps nothing, logs neither: name where they go",
        ),
        (["--borrowed", "--artifacts", "/no/such"], "AUTOLIFT_ARTIFACTS: there is no folder /no/such"),
        (["--borrowed", "--artifacts", "gs://logs"], "AUTOLIFT_ARTIFACTS: 'gs://logs' is neither"),
    ],
)
def test_what_a_borrowed_host_cannot_be_told_is_one_message(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    options: list[str],
    said: str,
) -> None:
    monkeypatch.delenv("AUTOLIFT_ARTIFACTS", raising=False)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    assert main(["--class", "cpu", *options]) == 2
    assert f"autolift-device: {said}" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
