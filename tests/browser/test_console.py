"""The test console in Chromium, on a real bot with its code hook."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.request import urlopen

import pytest
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.by import By
from starlette.applications import Starlette

from bot.conversation.parser import parse
from bot.web.pages import CONSOLE_PAGE, page_routes
from tests.browser import chromium
from tests.browser.console_page import ConsolePage
from tests.browser.serving import served
from tests.unit.console.conftest import SECRET, Bench, Regulars

pytestmark = pytest.mark.browser


@pytest.fixture
def bench() -> Bench:
    return Bench(Regulars())


@pytest.fixture
def console(fresh: Chrome, bench: Bench) -> Iterator[ConsolePage]:
    app = Starlette(routes=[*bench.app.routes, *page_routes(CONSOLE_PAGE)])
    with served(app) as address:
        yield ConsolePage(fresh, address).open()
        fresh.get("about:blank")


def test_a_turn_opens_beside_the_conversation(console: ConsolePage) -> None:
    console.say("can I get a cappuccino")
    assert console.headline() == "OrderCoffee"
    assert "ElicitSlot · size" in console.one(".facts").text
    assert "cappuccino" in console.panel("Slots")
    assert "1 of 2 filled" in console.panel("Slots")
    assert "DialogCodeHook" in console.panel("Code hook")
    assert "Heard" in console.panel("Path of the dialog")
    assert '"inputTranscript": "can I get a cappuccino"' in console.fold("Request")


def test_a_candidate_tells_why_it_scored(console: ConsolePage) -> None:
    console.say("when do you open today")
    console.one(".candidate summary").click()
    console.wait_until(lambda: bool(console.all(".why")))
    why = console.one(".why").text
    assert "when do you open" in why
    assert [each.split("\n")[0] for each in console.texts(".why .word")] == [
        "when",
        "do",
        "you",
        "open",
        "today",
    ]


def test_a_button_of_a_card_is_sent(console: ConsolePage) -> None:
    console.say("can I get a short black")
    button = next(each for each in console.all(".reply:enabled") if each.text == "Large")
    console.after_turn(button.click)
    assert console.bubbles()[-1].startswith("A large espresso")
    assert console.all(".reply:enabled") == []


def test_attributes_go_with_the_next_turn_and_the_session_keeps_its_own(
    console: ConsolePage, bench: Bench
) -> None:
    console.one("#before summary").click()
    for name, value, place in (("tier", "gold", "session"), ("counter", "3", "request")):
        console.one(f"#{place}-attributes > .small-button").click()
        fields = console.all(f"#{place}-attributes input")
        fields[0].send_keys(name)
        fields[1].send_keys(value)
    console.say("can I get a short black")
    assert bench.hook.events[-1]["requestAttributes"] == {"counter": "3"}
    assert "gold" in console.panel("Attributes")
    console.say("hmm")
    assert bench.hook.events[-1]["sessionState"]["sessionAttributes"] == {"tier": "gold"}
    assert not bench.hook.events[-1].get("requestAttributes")


def test_a_replay_in_a_fresh_session_marks_what_came_out_otherwise(
    console: ConsolePage, bench: Bench
) -> None:
    console.say("when do you open")
    console.say("can I get a short black")
    console.run_again(console.one("#replay").click, turns=2)
    assert console.texts(".verdict") == ["as before", "as before"]
    bench.hook.advice = "Only tea today."
    console.run_again(console.one("#replay").click, turns=2)
    assert console.texts(".verdict")[0] == "as before"
    assert "difference" in console.texts(".verdict")[1]
    assert "Only tea today." in console.panel("Compared with")
    console.choose("#run", "0")
    assert console.all(".verdict") == []


def test_a_turn_is_edited_and_sent_again_behind_the_turns_before_it(
    console: ConsolePage,
) -> None:
    for text in ("when do you open", "can I get a short black", "large"):
        console.say(text)
    console.all(".edit")[1].click()
    field = console.one(".editor textarea")
    field.clear()
    field.send_keys("can I get a flat white")
    console.run_again(lambda: field.send_keys(Keys.ENTER), turns=2)
    assert console.texts(".bubble.said") == ["when do you open", "can I get a flat white"]
    assert console.texts(".verdict") == ["as before", "edited"]
    assert "flat white" in console.panel("Slots")


def test_the_conversation_is_saved_as_a_file(console: ConsolePage) -> None:
    console.say("when do you open")
    with urlopen(str(console.one("#export").get_attribute("href"))) as answer:
        assert "conversation.chat" in answer.headers["content-disposition"]
        conversation = parse(answer.read().decode())
    assert len(conversation.turns) == 1


def test_an_error_has_awss_name_and_the_failing_hook_is_shown(console: ConsolePage) -> None:
    console.say("x" * 1025)
    assert console.headline() == "ValidationException"
    console.say("when do you open")
    assert console.headline() == "OpeningHours"


def test_who_speaks_is_chosen_and_the_secret_stays_behind(
    console: ConsolePage, bench: Bench
) -> None:
    console.choose("#customer", "ana")
    console.say("can I get a short black")
    session = console.session()
    sent = bench.hook.events[-1]["requestAttributes"]["x-teller-identity"]
    assert sent == f"{SECRET} ana {session}"
    assert "(not shown)" in console.fold("Request")
    assert SECRET not in console.driver.page_source


def test_a_conversation_of_another_tab_is_watched(console: ConsolePage, bench: Bench) -> None:
    console.say("when do you open")
    console.mode("watch")
    bench.elsewhere("can I get a short black")
    console.wait_until(lambda: console.texts(".bubble.said") == ["can I get a short black"])
    bench.elsewhere("large")
    console.wait_until(lambda: len(console.all(".turn")) == 2)
    console.wait_until(lambda: "large" in console.panel("Slots"))
    assert console.all(".edit") == []
    console.mode("test")
    assert console.texts(".bubble.said") == ["when do you open"]


def test_a_new_session_starts_empty(console: ConsolePage) -> None:
    console.say("can I get a short black")
    console.run_again(console.one("#new-session").click, turns=0)
    assert console.one("#opening").is_displayed()
    console.say("hmm")
    assert console.headline() != "OrderCoffee"


def test_the_console_works_by_keyboard_alone(console: ConsolePage) -> None:
    body = console.one("body")
    console.say("when do you open")
    console.say("can I get a short black")
    assert console.headline() == "OrderCoffee"
    body.send_keys(Keys.ALT, Keys.ARROW_UP)
    console.wait_until(lambda: console.headline() == "OpeningHours")
    inspect = console.all(".inspect")[1]
    inspect.send_keys(Keys.ENTER)
    console.wait_until(lambda: console.headline() == "OrderCoffee")
    assert inspect.get_attribute("aria-pressed") == "true"


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_the_page_fits_the_screen(console: ConsolePage, width: int) -> None:
    chromium.resize(console.driver, width, 800)
    console.say("can I get a cappuccino")

    def overflow() -> list[int]:
        found: list[int] = console.driver.execute_script(
            "const page = document.documentElement;"
            "return [page.scrollWidth - innerWidth, page.scrollHeight - innerHeight,"
            " ...['#scroller', '#inspector'].map((name) => document.querySelector(name))"
            "   .map((part) => part.scrollWidth - part.clientWidth)];"
        )
        return found

    assert max(overflow()) <= 0
    if width < 896:
        console.one("#side-inspector").click()
        assert console.one("#inspector").is_displayed()
        assert not console.one("#chat").is_displayed()
        assert max(overflow()) <= 0


def test_every_control_has_a_name_and_nothing_is_complained_of(console: ConsolePage) -> None:
    console.say("can I get a short black")
    console.one("#before summary").click()
    for selector in ("#session-attributes", "#request-attributes"):
        console.one(f"{selector} > .small-button").click()
    controls = console.all("button, a, input, select, textarea, summary")
    shown = [each for each in controls if each.is_displayed()]
    assert [each.get_attribute("outerHTML") for each in shown if not each.accessible_name] == []
    assert console.one("[role=log]").find_elements(By.CSS_SELECTOR, ".turn")
    assert chromium.complaints(console.driver) == []
