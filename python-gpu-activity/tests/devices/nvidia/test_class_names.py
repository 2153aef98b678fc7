import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autolift_device.devices.nvidia.class_names import MODELS, class_of

MIB = 1 << 20
SEEN = [
    ("NVIDIA H100 80GB HBM3", 81559, "h100"),
    ("NVIDIA H100 PCIe", 81559, "h100-pcie"),
    ("NVIDIA H100 NVL", 95830, "h100-nvl"),
    ("NVIDIA H200", 143771, "h200"),
    ("NVIDIA H200 NVL", 143771, "h200-nvl"),
    ("NVIDIA GH200 480GB", 97871, "gh200"),
    ("NVIDIA GH200 144G HBM3e", 146831, "gh200-144gb"),
    ("NVIDIA A100-SXM4-80GB", 81920, "a100"),
    ("NVIDIA A100-SXM4-40GB", 40960, "a100-40gb"),
    ("NVIDIA A100 80GB PCIe", 81920, "a100-pcie"),
    ("NVIDIA A100-PCIE-40GB", 40960, "a100-pcie-40gb"),
    ("Tesla V100-SXM2-16GB", 16384, "v100-16gb"),
    ("Tesla T4", 15360, "t4"),
    ("NVIDIA A10G", 23028, "a10g"),
    ("NVIDIA L4", 23034, "l4"),
    ("NVIDIA L40S", 46068, "l40s"),
    ("NVIDIA B200", 183359, "b200"),
    ("NVIDIA GB10", None, "gb10"),
    ("NVIDIA GeForce RTX 3090", 24576, "rtx3090"),
    ("NVIDIA GeForce RTX 4090", 24564, "rtx4090"),
    ("NVIDIA GeForce RTX 4090 D", 24564, "rtx4090d"),
    ("NVIDIA GeForce RTX 4090", 49140, "rtx4090-48gb"),
    ("NVIDIA GeForce RTX 4090 Laptop GPU", 16376, "rtx4090-laptop-16gb"),
    ("NVIDIA GeForce RTX 5090", 32607, "rtx5090"),
    ("NVIDIA RTX PRO 6000 Blackwell Server Edition", 97887, "rtxpro6000-server"),
    ("NVIDIA RTX 6000 Ada Generation", 49140, "rtx6000-ada"),
    ("NVIDIA GeForce RTX 3080", 10240, "rtx3080-10gb"),
    ("NVIDIA GeForce RTX 3080", 12288, "rtx3080-12gb"),
    ("NVIDIA GeForce RTX 4070 Ti SUPER", 16376, "rtx4070tisuper-16gb"),
    ("NVIDIA Foo 9000", 48000, "foo-9000-47gb"),
    ("NVIDIA Foo 9000 48GB", 49140, "foo-9000-48gb"),
    ("Orin (nvgpu)", None, "orin"),
]


@pytest.mark.parametrize(("name", "mebibytes", "device_class"), SEEN, ids=[one[2] for one in SEEN])
def test_a_gpu_is_named_by_its_model_and_by_what_changes_its_speed(
    name: str, mebibytes: int | None, device_class: str
) -> None:
    assert class_of(name, mebibytes * MIB if mebibytes else None) == device_class


@pytest.mark.parametrize(
    ("profile", "device_class"),
    [("1g.10gb", "h100-1g.10gb"), ("1g.10gb+me", "h100-1g.10gb-me"), ("1c.3g.40gb", "h100-1c.3g.40gb")],
)
def test_a_slice_is_of_its_gpus_class_and_of_its_own_size(profile: str, device_class: str) -> None:
    assert class_of("NVIDIA H100 80GB HBM3", 9984 * MIB, profile) == device_class


@given(st.text(max_size=200), st.none() | st.integers(0, 2**40), st.text(max_size=40))
def test_any_name_makes_a_queue_that_a_task_can_ask_for(name: str, memory: int | None, profile: str) -> None:
    assert re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,62}", class_of(name, memory, profile))


def test_two_models_never_share_a_class() -> None:
    classes = [model.device_class for model in MODELS]
    assert len(set(classes)) == len(classes)
