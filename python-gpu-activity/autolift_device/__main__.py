"""`python -m autolift_device`: serve this host's devices, or tell what they are."""

import argparse
import asyncio
import json
import logging
import sys
from pathlib import Path

from .probe import probe
from .worker import WorkerOptions, serve


def main(arguments: list[str] | None = None) -> int:
    given = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    # Temporal's SDK writes a stack trace for each failed attempt; activity.py says the same in a line.
    logging.getLogger("temporalio").setLevel(logging.ERROR)
    if given.probe:
        print(json.dumps(probe(given.device_class, given.devices, given.plain)))
        return 0
    if given.home is None or given.blobs is None:
        print("autolift_device: --home and --blobs are needed to serve runs", file=sys.stderr)
        return 2
    options = WorkerOptions(
        device_class=given.device_class,
        devices=given.devices,
        home=given.home,
        blobs=given.blobs,
        plain=given.plain,
        address=given.temporal,
        namespace=given.namespace,
    )
    return asyncio.run(serve(options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="autolift_device", description="autolift's device worker")
    parser.add_argument("--class", dest="device_class", default="cpu", help="device class, e.g. cpu")
    parser.add_argument("--devices", type=_positive, default=1, help="runs at a time")
    parser.add_argument("--home", type=Path, help="folder for scratch space, locks and fetched repositories")
    parser.add_argument("--blobs", type=Path, help="folder of the content-addressed store for logs")
    parser.add_argument("--plain", action="store_true", help="do not use bubblewrap")
    parser.add_argument("--temporal", help="host:port; else Temporal's own configuration is used")
    parser.add_argument("--namespace")
    parser.add_argument("--probe", action="store_true", help="print devices and sandbox as JSON, then end")
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 256:
        raise argparse.ArgumentTypeError("must be between 1 and 256")
    return number


if __name__ == "__main__":
    sys.exit(main())
