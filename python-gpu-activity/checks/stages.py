"""Run as a candidate: says when it got how far on its way to a first step of training.

`stages.py MODULE ...` imports them; with torch or mlx.core it then makes the device's context and computes.
"""

import time

first = time.time()

import importlib  # noqa: E402
import sys  # noqa: E402

modules = [importlib.import_module(name) for name in sys.argv[1:]]
imported = time.time()
for module in modules:
    if module.__name__ == "torch":
        where = "cuda" if module.cuda.is_available() else "cpu"
        module.zeros(1, device=where).sum().item()
    if module.__name__ == "mlx.core":
        module.eval(module.zeros(1))
context = time.time()
for module in modules:
    if module.__name__ == "torch":
        square = module.ones(256, 256, device=where)
        (square @ square).sum().item()
    if module.__name__ == "mlx.core":
        square = module.ones((256, 256))
        module.eval(square @ square)
    if module.__name__ == "numpy":
        square = module.ones((256, 256))
        (square @ square).sum()
computed = time.time()
print(
    f"METRIC:value=1\nMETRIC:first={first:.6f}\nMETRIC:imported={imported:.6f}\n"
    f"METRIC:context={context:.6f}\nMETRIC:computed={computed:.6f}"
)
