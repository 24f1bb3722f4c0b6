"""The real page on a real server, with a scripted Lex behind the channel, in Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from selenium.webdriver import Chrome
from starlette.applications import Starlette

from bot.channels import ChannelSettings, DemoCustomer, SigningKey, create_channel
from bot.web import page_routes
from tests.browser import chromium
from tests.browser.chat_page import ChatPage
from tests.browser.script import SCRIPT
from tests.browser.serving import served
from tests.unit.channels.fake_lex import ScriptedLex

PEOPLE = (
    DemoCustomer(id="c-amelia", name="Amelia Ward", description="Family of four, joint account"),
    DemoCustomer(id="c-diego", name="Diego Marín", description="Student, first card"),
    DemoCustomer(id="c-priya", name="Priya Nair", description="Freelance designer"),
    DemoCustomer(id="c-walter", name="Walter Osei", description="Retired teacher"),
    DemoCustomer(id="c-mei", name="Mei Tanaka", description="Runs a small bakery"),
)


class OneKey:
    """A single key, good for the whole test."""

    key = SigningKey("test", b"a key of more than thirty-two bytes, for tests")

    def current(self) -> SigningKey:
        return self.key

    def named(self, kid: str) -> SigningKey | None:
        return self.key if kid == self.key.kid else None


def _now() -> datetime:
    return datetime.now(UTC)


def page_app(lex: ScriptedLex, people: tuple[DemoCustomer, ...] = PEOPLE) -> Starlette:
    """The page and the channel, on a scripted Lex."""
    settings = ChannelSettings(
        bot_id="TELLERBOT0",
        bot_alias_id="TSTALIASID",
        token_secret="t",
        own_files=("https://files.bank.example/",),
    )
    return Starlette(
        routes=[*page_routes(), *create_channel(settings, lex, OneKey(), _now, people)]
    )


@pytest.fixture(scope="session")
def driver() -> Iterator[Chrome]:
    """One Chromium for the whole run; skips, and says what is missing, where there is none."""
    missing = chromium.missing()
    if missing:
        pytest.skip(f"NO BROWSER TEST WAS RUN: {', '.join(missing)} not installed")
    with chromium.browser() as driver:
        yield driver


@pytest.fixture
def fresh(driver: Chrome) -> Chrome:
    """The browser with nothing remembered, at desktop size, with no preference of its own."""
    driver.execute_cdp_cmd("Storage.clearDataForOrigin", {"origin": "*", "storageTypes": "all"})
    driver.get("about:blank")
    chromium.resize(driver, 1280, 800)
    chromium.prefer(driver, prefers_color_scheme="light", prefers_reduced_motion="reduce")
    chromium.complaints(driver)
    return driver


@pytest.fixture
def lex() -> ScriptedLex:
    return ScriptedLex(SCRIPT)


@pytest.fixture
def page(fresh: Chrome, lex: ScriptedLex) -> Iterator[ChatPage]:
    """The page, loaded; every test has a port, and so a storage, of its own."""
    with served(page_app(lex)) as address:
        yield ChatPage(fresh, address).open()
        fresh.get("about:blank")
