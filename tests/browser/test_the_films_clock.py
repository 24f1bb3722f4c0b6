"""The window that the pictures are taken of: its clock stands where the rehearsed bank's does."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.browser import chromium
from tests.browser.pictures import keep_the_banks_time
from tests.running_bank import REHEARSAL_CLOCK

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("driver")]
_NOW_AND_A_FRAME_LATER = """
const done = arguments[0], first = Date.now();
requestAnimationFrame(() => requestAnimationFrame(() =>
  done([first, Date.now(), new Date().getTime(), new Date(0).getTime()])));
"""


def test_what_is_said_and_what_is_pushed_have_the_same_time() -> None:
    stands = round(datetime.fromisoformat(REHEARSAL_CLOCK).timestamp() * 1000)
    # A browser of its own: the script stays in a window for good.
    with chromium.browser() as driver:
        keep_the_banks_time(driver)
        driver.get("data:text/html,<title>a page</title>")
        told = driver.execute_async_script(_NOW_AND_A_FRAME_LATER)
    assert told == [stands, stands, stands, 0]
