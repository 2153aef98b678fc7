"""`autolift-device`: serve this host's devices, or tell what they are."""

import argparse
import asyncio
import contextlib
import json
import logging
import os
import re
import sys
from pathlib import Path

from .borrowed.duration import duration
from .borrowed.settings import read_stay
from .borrowed.visit import visiting
from .connection import Connecting, ConnectionMistake
from .devices.discovery import NoSuchDevices, discover
from .probe import probe
from .s3_place import BadSetting, read_artifacts
from .worker import WorkerOptions, serve


def main(arguments: list[str] | None = None) -> int:
    given = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    # Temporal's SDK writes a stack trace for each failed attempt; activity.py says the same in a line.
    logging.getLogger("temporalio").setLevel(logging.ERROR)
    try:
        served = discover(given.device_class, given.devices)
    except NoSuchDevices as error:
        print(f"autolift-device: {error}", file=sys.stderr)
        return 2
    if given.probe:
        print(json.dumps(probe(served, given.plain)))
        return 0
    try:
        setting = given.artifacts or os.environ.get("AUTOLIFT_ARTIFACTS")
        stay = read_stay(given, setting)
        for warning in served.warnings:
            logging.getLogger("autolift_device").warning(warning)
        own = contextlib.nullcontext(given.home or _default_home())
        with visiting() if stay else own as home:
            options = WorkerOptions(
                devices=served.devices,
                home=home,
                artifacts=read_artifacts(setting, home),
                plain=given.plain,
                stay=stay,
                connecting=Connecting(given.temporal, given.namespace),
            )
            return asyncio.run(serve(options))
    except (BadSetting, ConnectionMistake) as error:
        print(f"autolift-device: {error}", file=sys.stderr)
        return 2


def _default_home() -> Path:
    """As the control side has it."""
    data = os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share")
    return Path(os.environ.get("AUTOLIFT_HOME") or f"{data}/autolift")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="autolift-device", description="autolift's device worker")
    parser.add_argument(
        "--class",
        dest="device_class",
        help="serve this class alone, or gpu for every GPU; default: every class that is found here",
    )
    parser.add_argument(
        "--devices",
        type=_count,
        help="how many; without --class, how many CPUs beside all GPUs; default: all GPUs, one CPU",
    )
    parser.add_argument(
        "--home",
        type=Path,
        help="folder for scratch space, locks and fetched commits; default: AUTOLIFT_HOME",
    )
    parser.add_argument(
        "--artifacts",
        "--blobs",
        metavar="STORE",
        help="where logs go: a folder, or s3://bucket/prefix?endpoint=URL; default: AUTOLIFT_ARTIFACTS",
    )
    parser.add_argument("--plain", action="store_true", help="do not use bubblewrap")
    parser.add_argument("--temporal", help="host:port; else Temporal's own configuration is used")
    parser.add_argument("--namespace")
    parser.add_argument(
        "--borrowed",
        action="store_true",
        help="a host that may vanish: all that is written lies in one folder below TMPDIR, gone at the end",
    )
    parser.add_argument(
        "--for",
        dest="serve_for",
        type=duration,
        metavar="TIME",
        help="a borrowed host leaves after so long (90s, 30m, 4h); no run begins that could not end before",
    )
    parser.add_argument(
        "--until-idle",
        type=duration,
        metavar="TIME",
        help="a borrowed host leaves after so long without work",
    )
    parser.add_argument("--probe", action="store_true", help="print devices and sandbox as JSON, then end")
    return parser


def _count(text: str) -> int | None:
    if text == "all":
        return None
    if not re.fullmatch(r"[0-9]{1,4}", text) or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError(f'"{text}" must be all, or a number between 1 and 256')
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
