"""Coming in, staying, starting over and leaving, on the real page."""

from __future__ import annotations

import pytest
from selenium.webdriver import Chrome

from tests.browser.chat_page import ChatPage
from tests.browser.conftest import page_app
from tests.browser.serving import served
from tests.unit.channels.fake_lex import ScriptedLex

pytestmark = pytest.mark.browser


def test_the_doors_show_the_people_of_the_demo_bank(page: ChatPage) -> None:
    assert page.people() == [
        "Amelia Ward",
        "Diego Marín",
        "Priya Nair",
        "Walter Osei",
        "Mei Tanaka",
    ]
    assert page.shown("#ask-anonymously")


def test_a_customer_signs_in_and_is_greeted_by_name(page: ChatPage) -> None:
    page.sign_in("c-amelia")
    assert "Amelia." in page.one("#greeting").text
    assert page.one("#who-name").text == "Amelia Ward"
    assert page.focused() == "say"
    assert len(page.suggestions()) >= 3


def test_a_reload_keeps_the_conversation_and_its_open_question(
    page: ChatPage, lex: ScriptedLex
) -> None:
    page.sign_in("c-amelia")
    page.say("hi")
    page.say("what's my balance")
    before = page.bubbles()
    page.open()
    assert page.bubbles() == before
    assert len(page.open_replies()) == 4
    page.press("Rainy Day Savings")
    assert len({turn["sessionId"] for turn in lex.turns}) == 1


def test_a_new_chat_is_a_new_session_of_the_same_customer(page: ChatPage, lex: ScriptedLex) -> None:
    page.sign_in("c-amelia")
    page.say("hi")
    page.new_chat()
    assert page.one("#who-name").text == "Amelia Ward"
    page.say("hi")
    assert len({turn["sessionId"] for turn in lex.turns}) == 2


def test_signing_out_leaves_nothing_behind(page: ChatPage, lex: ScriptedLex) -> None:
    page.sign_in("c-amelia")
    page.say("hi")
    page.sign_out()
    assert page.people()
    assert page.driver.execute_script("return sessionStorage.length + localStorage.length") == 0
    page.open()
    assert page.shown("#welcome")
    page.wait_until(lambda: lex.deleted == [lex.turns[0]["sessionId"]])


def test_an_ended_session_leads_back_to_the_doors_with_a_reason(page: ChatPage) -> None:
    page.sign_in("c-amelia")
    page.driver.execute_script(
        "const kept = JSON.parse(sessionStorage.getItem('teller.session'));"
        "kept.token = 'x.y.z'; sessionStorage.setItem('teller.session', JSON.stringify(kept));"
    )
    page.open()
    page.wait_until(lambda: page.shown("#welcome"))
    assert page.notice().startswith("Your session has ended")
    assert page.focused() == "welcome-title"


def test_an_anonymous_chat_says_what_it_cannot_do(page: ChatPage, lex: ScriptedLex) -> None:
    page.ask_anonymously()
    assert "not signed in" in page.one("#opening-lead").text
    assert not page.shown("#who")
    page.say("hi")
    assert "requestAttributes" not in lex.turns[0]
    page.one("#sign-in").click()
    assert page.people()


def test_without_a_demo_list_only_the_anonymous_door_is_there(
    fresh: Chrome, lex: ScriptedLex
) -> None:
    with served(page_app(lex, people=())) as address:
        page = ChatPage(fresh, address).open()
        page.wait_until(lambda: not page.shown("#people-area"))
        page.ask_anonymously()
        assert page.say("hi")
        fresh.get("about:blank")
