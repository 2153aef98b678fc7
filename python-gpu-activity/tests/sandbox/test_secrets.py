from pathlib import Path

import pytest

from autolift_device.sandbox.secrets import host_rules


def test_vaults_that_lie_outside_of_the_home_are_hidden_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vaults = (tmp_path / "vaults").resolve()
    vaults.mkdir()
    hidden = [rule.path for rule in host_rules([]) if rule.kind == "hide"]
    assert str(vaults) not in hidden
    monkeypatch.setenv("AUTOLIFT_VAULTS", str(vaults))
    assert str(vaults) in [rule.path for rule in host_rules([]) if rule.kind == "hide"]
