"""`make pictures`: the README's pictures and its short film, of the real pages of a real bank.

A bank with a fixed clock is started, and a customer's conversation is held in Chromium; nothing is
painted by hand. Colours are reduced, so that all of it stays small.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
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
from tests.running_bank import RunningBank, start_bank

OUT = Path(__file__).resolve().parents[2] / "docs" / "pictures"
_COLOURS = 64
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
        film = list(_conversation(driver, bank))
        _save_film(film, out / "conversation.gif")
        _reduced(film[-1]).save(out / "chat.png", optimize=True)
        chromium.resize(driver, 1280, 800)
        _reduced(_analysts(driver, bank)).save(out / "analysts.png", optimize=True)
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


def _conversation(driver: Chrome, bank: RunningBank) -> Iterator[Image.Image]:
    """A balance, a sum, a payment, and a person asked for; a picture after each."""
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
    page.say("I want to talk to a person")
    yield _taken(driver)


def _analysts(driver: Chrome, bank: RunningBank) -> Image.Image:
    page = AnalystPage(driver, bank.endpoint).open()
    page.wait_until(lambda: bool(page.cases()))
    return _taken(driver)


def _console(driver: Chrome, bank: RunningBank) -> Image.Image:
    page = ConsolePage(driver, bank.endpoint).open()
    page.after_turn(lambda: page.say("send 50 dollars to Anna"))
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
