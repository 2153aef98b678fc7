"""What examples/gpt trains on which device."""

import pytest


def test_every_device_has_a_size_and_more_memory_never_gets_a_smaller_model():
    import sizes

    for kind, memories in {
        "cpu": (0, 64),
        "apple": (8, 16, 36, 64, 128),
        "cuda": (6, 12, 24, 48, 80, 141),
    }.items():
        made = [sizes.size(kind, memory) for memory in memories]
        assert [size.depth for size in made] == sorted(size.depth for size in made)
        assert [size.context for size in made] == sorted(size.context for size in made)
        for size in made:
            assert size.width == sizes.HEAD * size.heads
            assert size.rounds >= 1


def test_the_dial_makes_it_deeper_and_wider_and_keeps_the_tokens_of_a_step():
    import sizes

    plain, deeper = sizes.size("cuda", 80), sizes.size("cuda", 80, deeper=8)
    assert (deeper.depth, deeper.width) == (2 * plain.depth, 2 * plain.width)
    assert deeper.sequences == plain.sequences // 4
    assert deeper.sequences * deeper.rounds == plain.sequences * plain.rounds
    assert sizes.size("cpu", 0, deeper=-9).depth == 1


def test_several_devices_share_the_tokens_of_a_step():
    import sizes

    one, eight = sizes.size("cuda", 40), sizes.size("cuda", 40, devices=4)
    assert one.rounds == 4 * eight.rounds


@pytest.mark.parametrize(
    ("device_class", "gigabytes"),
    [
        ("h100", 80),
        ("a100-40gb", 40),
        ("nvidia-h100-mig-1g.10gb", 10),
        ("rtx-4090", 24),
        ("rtx3090", 24),
        ("rtx3090ti", 24),
        ("rtx5090", 32),
        ("rtx3080-10gb", 10),
        ("v100", 32),
        ("v100-16gb", 16),
        ("l40s", 48),
        ("a100-pcie", 80),
        ("dgx-spark", 120),
        ("cpu", 7),
    ],
)
def test_the_class_says_how_much_memory_there_is_and_else_what_was_found(device_class, gigabytes):
    import sizes

    assert sizes.gigabytes_of(device_class, 7) == gigabytes


def test_a_cpu_never_trains_in_bf16_and_says_why():
    import sizes

    assert sizes.precision("cpu", "auto") == ("fp32", "")
    chosen, note = sizes.precision("cpu", "bf16")
    assert chosen == "fp32"
    assert "hundreds of times slower" in note
    assert sizes.precision("cuda", "auto") == ("bf16", "")
    assert sizes.precision("cuda", "bf16", supported=False)[0] == "fp32"
    with pytest.raises(ValueError, match="auto, bf16 or fp32"):
        sizes.precision("cpu", "fp8")


@pytest.mark.parametrize(
    ("name", "teraflops"),
    [
        ("NVIDIA H100 80GB HBM3", 989),
        ("NVIDIA H100 PCIe", 756),
        ("NVIDIA A100-SXM4-40GB", 312),
        ("NVIDIA H100 80GB HBM3 MIG 3g.40gb", 989 * 3 / 7),
        ("NVIDIA GeForce RTX 4090", 165.2),
        ("NVIDIA GeForce RTX 3090 Ti", None),
        ("Apple M3 Max", None),
    ],
)
def test_peaks_are_known_by_name_and_none_is_guessed(name, teraflops):
    import sizes

    assert sizes.peak_flops(name) == (None if teraflops is None else pytest.approx(teraflops * 1e12))
