"""A run's script, out of the checkout and out of the sandbox until the run is let go."""

import os

from ..checkout.materialise import Checkout, stamp


class HeldScript:
    def __init__(self, checkout: Checkout) -> None:
        self._checkout = checkout
        self._place = checkout.folder.parent / "script"
        self._script = ""

    def take(self, script: str) -> None:
        os.rename(self._checkout.folder / script, self._place)
        self._script = script

    def give_back(self) -> None:
        if self._script:
            path = self._checkout.folder / self._script
            os.rename(self._place, path)
            # a move is no change of the candidate's
            self._checkout.stamps[self._script] = stamp(os.lstat(path))
            self._script = ""
