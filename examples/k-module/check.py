"""The run: refuses a pipeline with a missing, unknown or twice-named module or variant. It scores nothing."""

import sys
from pathlib import Path

VARIANTS = {
    "normaliser": {"batch", "layer", "group", "instance", "root_mean_square"},
    "encoder": {"recurrent", "convolutional", "attention", "state_space", "pooled"},
    "sampler": {"greedy", "beam", "nucleus", "temperature", "contrastive"},
    "scheduler": {"constant", "cosine", "linear", "stepwise", "cyclic"},
}


def read_pipeline(path: Path) -> dict[str, str]:
    """Lines of `module: variant`, which is all of YAML that this file needs."""
    pipeline: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        text = line.split("#")[0].strip()
        if not text:
            continue
        module, _, variant = (part.strip() for part in text.partition(":"))
        variant = variant.strip("\"'")
        if module not in VARIANTS or module in pipeline:
            sys.exit(f"unknown or repeated module: {module!r}")
        if variant not in VARIANTS[module]:
            sys.exit(f"{module} has no variant {variant!r}; it has {', '.join(sorted(VARIANTS[module]))}")
        pipeline[module] = variant
    if missing := VARIANTS.keys() - pipeline.keys():
        sys.exit(f"missing: {', '.join(sorted(missing))}")
    return pipeline


if __name__ == "__main__":
    for module, variant in read_pipeline(Path("pipeline.yaml")).items():
        print(f"{module} -> {variant}")
