"""`make pictures`: the README's pictures and its short film, of the real pages of a real bank.

A bank with a fixed clock is started; a customer talks and an analyst decides, each in a window of
Chromium; nothing is painted by hand. Colours are reduced, so that all of it stays small.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from selenium.webdriver import Chrome

from tests.browser import chromium
from tests.browser.analyst_page import AnalystPage
from tests.browser.chat_page import ChatPage
from tests.browser.console_page import ConsolePage
from tests.running_bank import REHEARSAL_CLOCK, RunningBank, start_bank

OUT = Path(__file__).resolve().parents[2] / "docs" / "pictures"
_COLOURS = 128
_FRAME_MS, _LAST_MS = 1_600, 4_000
_FILM_WIDTH = 720


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 2 where there is no browser."""
    parser = argparse.ArgumentParser(prog="python -m tests.browser.pictures")
    parser.add_argument("-o", "--out", type=Path, default=OUT, metavar="DIR")
    out: Path = parser.parse_args(argv).out
    missing = chromium.missing()
    if missing:
        sys.stderr.write(f"pictures: {', '.join(missing)} not installed: make browser\n")
        return 2
    out.mkdir(parents=True, exist_ok=True)
    with _bank() as bank, chromium.browser() as driver:
        chromium.prefer(driver, prefers_color_scheme="light", prefers_reduced_motion="reduce")
        chromium.resize(driver, 960, 720)
        keep_the_banks_time(driver)
        film = list(_conversation(driver, bank))
        desk, told = _held_and_released(driver, bank)
        _save_film([*film, *told], out / "conversation.gif")
        _reduced(told[-1]).save(out / "chat.png", optimize=True)
        _reduced(desk).save(out / "analysts.png", optimize=True)
        _reduced(_console(driver, bank)).save(out / "console.png", optimize=True)
    for file in sorted(out.iterdir()):
        sys.stdout.write(f"{file.name}: {file.stat().st_size // 1024} KB\n")
    return 0


@contextmanager
def _bank() -> Iterator[RunningBank]:
    with TemporaryDirectory() as home:
        bank = start_bank(Path(home))
        try:
            yield bank
        finally:
            bank.stop()


def keep_the_banks_time(driver: Chrome) -> None:
    """The window's clock stands where the bank's does in a rehearsal: one that went on would show
    what is said later than what is pushed after it."""
    script = (
        "{ const Real = Date, stands = Real.parse('%s');"
        "window.Date = class extends Real {"
        "  constructor(...given) { given.length ? super(...given) : super(stands); }"
        "  static now() { return stands; } }; }"
    )
    driver.execute_cdp_cmd(
        "Page.addScriptToEvaluateOnNewDocument", {"source": script % REHEARSAL_CLOCK}
    )


def _conversation(driver: Chrome, bank: RunningBank) -> Iterator[Image.Image]:
    """A balance, a sum and a payment; a picture after each."""
    page = ChatPage(driver, bank.endpoint).open()
    page.people()
    yield _taken(driver)
    page.sign_in("amelia")
    for said in (
        "what's in my checking account?",
        "how much did I spend at Whole Foods last month",
        "send 50 dollars to Anna",
    ):
        page.say(said)
        yield _taken(driver)
    for pressed in ("Everyday Checking", "Yes, send it"):
        page.press(pressed)
        yield _taken(driver)


def _held_and_released(driver: Chrome, bank: RunningBank) -> tuple[Image.Image, list[Image.Image]]:
    """A payment is held, an analyst asks and releases: the desk's picture, and the customer's."""
    chat = ChatPage(driver, bank.endpoint)
    taken = []
    chat.say("send 1500 dollars to Marcus from everyday checking")
    taken.append(_taken(driver))
    chat.say("yes")
    taken.append(_taken(driver))
    customer = driver.current_window_handle
    driver.switch_to.new_window("window")
    keep_the_banks_time(driver)
    chromium.resize(driver, 1280, 800)
    desk = AnalystPage(driver, bank.endpoint).open()
    desk.case_saying("Payment held")

    def told(act: Callable[[], None]) -> None:
        """What the open chat shows once `act` at the desk has reached it."""
        analyst = driver.current_window_handle
        driver.switch_to.window(customer)
        before = len(chat.bubbles())
        driver.switch_to.window(analyst)
        act()
        driver.switch_to.window(customer)
        chat.wait_until(lambda: len(chat.bubbles()) > before)
        taken.append(_taken(driver))
        driver.switch_to.window(analyst)

    told(lambda: desk.press("Take over chat", "Payment held"))
    told(lambda: desk.reply("Hi Amelia, did Marcus ask you for this?", "Payment held"))
    analyst = driver.current_window_handle
    driver.switch_to.window(customer)
    chat.say("Yes, for the piano he sold me")
    taken.append(_taken(driver))
    driver.switch_to.window(analyst)
    desk.case_saying("for the piano he sold me")
    shown = _taken(driver)
    told(lambda: desk.press("Hand back chat", "Payment held"))
    told(lambda: desk.press("Release", "Payment held"))
    driver.close()
    driver.switch_to.window(customer)
    return shown, taken


def _console(driver: Chrome, bank: RunningBank) -> Image.Image:
    chromium.resize(driver, 1280, 800)
    page = ConsolePage(driver, bank.endpoint).open()
    page.choose("#customer", "amelia")
    page.say("send 50 dollars to Anna from checking")
    return _taken(driver)


def _taken(driver: Chrome) -> Image.Image:
    return Image.open(BytesIO(driver.get_screenshot_as_png())).convert("RGB")


def _reduced(picture: Image.Image) -> Image.Image:
    return picture.quantize(_COLOURS, dither=Image.Dither.NONE)


def _save_film(frames: Sequence[Image.Image], file: Path) -> None:
    height = round(_FILM_WIDTH * frames[0].height / frames[0].width)
    small = [_reduced(one.resize((_FILM_WIDTH, height))) for one in frames]
    durations = [_FRAME_MS] * (len(small) - 1) + [_LAST_MS]
    small[0].save(
        file, save_all=True, append_images=small[1:], duration=durations, loop=0, optimize=True
    )


if __name__ == "__main__":
    sys.exit(main())
