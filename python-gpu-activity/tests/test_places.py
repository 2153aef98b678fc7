import asyncio
from typing import Any, cast

import pytest

from autolift_device.pace import Pace
from autolift_device.places import Places

ANY = cast(Any, None)


def paced(*seconds: float) -> Pace:
    pace = Pace()
    for each in seconds:
        pace.add(each)
    return pace


def places_taken(pace: Pace) -> int:
    places = Places(4, 1, pace)
    taken = 0
    while places.try_reserve_slot(ANY) is not None:
        taken += 1
    return taken


def test_long_runs_are_taken_only_for_devices() -> None:
    assert places_taken(paced(30.0)) == 4


def test_before_the_first_run_has_ended_none_waits_on_deck() -> None:
    assert places_taken(paced()) == 4


def test_short_runs_are_made_ready_while_the_devices_are_busy() -> None:
    assert places_taken(paced(0.5)) == 5


def test_the_recent_runs_decide() -> None:
    assert places_taken(paced(0.5, *[60.0] * 20)) == 4
    assert places_taken(paced(60.0, *[0.5] * 60)) == 5


def test_who_waits_gets_the_place_that_is_given_back() -> None:
    async def scenario() -> None:
        places = Places(1, 1, paced(60.0))
        await places.reserve_slot(ANY)
        waiting = asyncio.create_task(places.reserve_slot(ANY))
        await asyncio.sleep(0)
        assert not waiting.done()
        await asyncio.to_thread(places.release_slot, ANY)
        await asyncio.wait_for(waiting, 10)

    asyncio.run(scenario())


def test_who_is_called_off_takes_no_place() -> None:
    async def scenario() -> None:
        places = Places(1, 1, paced(60.0))
        await places.reserve_slot(ANY)
        waiting = asyncio.create_task(places.reserve_slot(ANY))
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        places.release_slot(ANY)
        assert places.try_reserve_slot(ANY) is not None

    asyncio.run(scenario())
