"""Removes the folders of finished runs, off the runs' way."""

from concurrent.futures import ThreadPoolExecutor

from .scratch import Scratch


class Janitor:
    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="janitor")

    def remove(self, scratch: Scratch) -> None:
        self._thread.submit(scratch.close)

    def close(self) -> None:
        self._thread.shutdown(wait=True)
