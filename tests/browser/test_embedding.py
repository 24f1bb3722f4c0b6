"""The chat on a bank's own page, by one script tag, under that page's strict policy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome, Keys
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.web import page_routes
from tests.browser import chromium
from tests.browser.chat_page import ChatPage
from tests.browser.conftest import page_app
from tests.browser.serving import served
from tests.unit.channels.fake_lex import ScriptedLex

pytestmark = pytest.mark.browser
AXE = Path(__file__).parents[1] / "clients" / "js" / "node_modules" / "axe-core" / "axe.min.js"


def host_page(chat: str, accent: str, looks: str = "") -> Starlette:
    """A page of the bank's that allows what the chat's origin has, and nothing inline."""
    policy = f"default-src 'none'; script-src {chat}; frame-src {chat}"

    async def page(_: Request) -> Response:
        return HTMLResponse(
            "<!doctype html><html lang=en><title>The bank</title><main><h1>The bank</h1></main>"
            f'<script src="{chat}/static/embed/teller.js" data-accent="{accent}"'
            f' data-label="Chat with us" {looks}></script></html>',
            headers={"Content-Security-Policy": policy},
        )

    return Starlette(routes=[Route("/", page)])


@contextmanager
def embedded(
    lex: ScriptedLex, allowed: bool = True, accent: str = "#d8324a", looks: str = ""
) -> Iterator[str]:
    """The address of a page of another origin that holds the chat."""
    app = page_app(lex)
    with served(app) as chat, served(host_page(chat, accent, looks)) as bank:
        origins = (bank.replace("127.0.0.1", "localhost"),) if allowed else ("https://other.test",)
        app.router.routes[:] = [
            *page_routes(embedded_in=origins),
            *(one for one in app.router.routes if getattr(one, "path", "") == "/chat"),
        ]
        yield origins[0] if allowed else bank


def open_chat(driver: Chrome) -> ChatPage:
    """Press the button, and step into the frame."""
    shadow = driver.execute_script(
        "return [...document.body.children].find(one => one.shadowRoot).shadowRoot"
    )
    shadow.find_element("css selector", "button").click()
    frame = shadow.find_element("css selector", "iframe")
    driver.switch_to.frame(frame)
    page = ChatPage(driver, "")
    page.wait_until(lambda: page.shown("#welcome") or page.shown("#conversation"))
    return page


@pytest.mark.parametrize("width", [320, 1280])
def test_one_script_tag_puts_the_chat_on_a_bank_s_page(
    fresh: Chrome, lex: ScriptedLex, width: int
) -> None:
    with embedded(lex) as bank:
        chromium.resize(fresh, width, 700)
        fresh.get(bank)
        page = open_chat(fresh)
        page.sign_in("c-amelia")
        assert "Hello Amelia" in page.say("hi")[0]
        assert not page.shown(".wordmark")
        said = page.one("[data-from=customer] .bubble").value_of_css_property("background-color")
        assert said not in ("rgb(14, 91, 73)", "rgba(14, 91, 73, 1)")
        page.one("#say").send_keys(Keys.ESCAPE)
        fresh.switch_to.default_content()
        sticking_out = fresh.execute_script(
            "return document.documentElement.scrollWidth - innerWidth"
        )
        assert sticking_out <= 0
        assert chromium.complaints(fresh) == []
        fresh.get("about:blank")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_bank_s_page_says_the_theme_and_the_language(
    fresh: Chrome, lex: ScriptedLex, theme: str
) -> None:
    looks = f'data-theme="{theme}" data-language="es"'
    with embedded(lex, looks=looks) as bank:
        fresh.get(bank)
        page = open_chat(fresh)
        ground = page.one("body").value_of_css_property("background-color")
        assert ("246, 243, 235" in ground) == (theme == "light")
        assert (
            page.one("#welcome-title").text.replace("\n", " ") == "Su banco, en una conversación."
        )
        page.sign_in("c-amelia")
        page.say("hola")
        assert lex.turns[-1]["localeId"] == "es_US"
        assert violations(fresh) == []
        fresh.switch_to.default_content()
        shadow = fresh.execute_script(
            "return [...document.body.children].find(one => one.shadowRoot).shadowRoot"
        )
        assert shadow.find_element("css selector", "button").text == "Cerrar el chat"
        fresh.get("about:blank")


def test_a_page_that_is_not_the_bank_s_cannot_hold_the_chat(
    fresh: Chrome, lex: ScriptedLex
) -> None:
    with embedded(lex, allowed=False) as stranger:
        fresh.get(stranger)
        shadow = fresh.execute_script(
            "return [...document.body.children].find(one => one.shadowRoot).shadowRoot"
        )
        shadow.find_element("css selector", "button").click()
        fresh.switch_to.frame(shadow.find_element("css selector", "iframe"))
        assert fresh.find_elements("css selector", "#welcome") == []
        fresh.switch_to.default_content()
        assert any("frame-ancestors" in one for one in chromium.complaints(fresh))
        fresh.get("about:blank")


def violations(driver: Chrome) -> list[str]:
    """What axe-core finds against WCAG 2.2 AA on the page as it is."""
    if not AXE.exists():
        pytest.skip("NO AXE TEST WAS RUN: `make clients` installs axe-core")
    driver.execute_script(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = driver.execute_async_script(
        "const done = arguments[0];"
        "const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];"
        "axe.run(document, {runOnly: rules}).then(r => done(r.violations), e => done([{id: e}]))"
    )
    return [f"{one['id']}: {[node['target'] for node in one.get('nodes', ())]}" for one in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_against_wcag(page: ChatPage, scheme: str) -> None:
    chromium.prefer(page.driver, prefers_color_scheme=scheme, prefers_reduced_motion="reduce")
    page.people()
    assert violations(page.driver) == []
    page.sign_in("c-amelia")
    page.say("send 50 dollars to Anna")
    assert violations(page.driver) == []
    chromium.resize(page.driver, 320, 700)
    assert violations(page.driver) == []


@pytest.mark.parametrize("accent", ["#ffe600", "#d8324a"])
def test_any_colour_of_the_bank_s_can_be_read(fresh: Chrome, lex: ScriptedLex, accent: str) -> None:
    with embedded(lex, accent=accent) as bank:
        fresh.get(bank)
        page = open_chat(fresh)
        page.sign_in("c-amelia")
        page.say("send 50 dollars to Anna")
        assert violations(fresh) == []
        fresh.get("about:blank")
