"""The customer's page, held in a real browser."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

import pytest
from selenium.webdriver import Chrome, Keys

from tests.browser import chromium
from tests.browser.chat_page import Card, ChatPage
from tests.browser.conftest import page_app
from tests.browser.script import SCRIPT
from tests.browser.serving import served
from tests.unit.channels.fake_lex import ScriptedLex, answer, lex_error, text

pytestmark = pytest.mark.browser


@pytest.fixture
def lex() -> ScriptedLex:
    return ScriptedLex(SCRIPT)


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


def test_a_conversation_with_cards_and_several_messages(page: ChatPage, lex: ScriptedLex) -> None:
    page.sign_in("c-amelia")
    assert page.say("hi") == ["Hello Amelia. What can I do for you?"]
    assert page.say("what's my balance") == ["You have four accounts. Which one?", "Which account?"]
    assert page.press("Rainy Day Savings") == [
        "Rainy Day Savings (••4021) has $12,480.16 available.",
        "$12,680.16 is posted; $200.00 of it is on hold until Tuesday.",
    ]
    assert [turn["text"] for turn in lex.turns] == ["hi", "what's my balance", "savings"]
    assert page.bubbles()[-3] == ("customer", "Rainy Day Savings")
    assert page.suggestions() == []


def test_quick_replies_close_once_they_are_answered(page: ChatPage) -> None:
    page.sign_in("c-amelia")
    page.say("send 50 dollars to Anna")
    assert page.open_replies() == ["Yes send it", "No stop"]
    page.press("Yes send it")
    assert page.open_replies() == []
    assert "Receipt" in page.bubbles()[-1][1]
    page.say("what's my balance")
    assert len(page.open_replies()) == 4
    page.say("hi")
    assert page.open_replies() == []


def test_a_suggestion_is_said_for_the_customer(page: ChatPage, lex: ScriptedLex) -> None:
    page.sign_in("c-amelia")
    page.press("What's my balance?")
    assert lex.turns[0]["text"] == "What's my balance?"
    assert page.focused() == "say"


def test_messages_are_shown_as_text_and_never_as_html(page: ChatPage, driver: Chrome) -> None:
    page.sign_in("c-amelia")
    said = "<b>bold</b> & <img src=x onerror=alert(1)>"
    answered = page.say(said)
    assert answered[0] == "I don't know <script>document.title='taken'</script>, sorry."
    assert page.bubbles()[0] == ("customer", said)
    assert page.cards() == [Card("<i>title</i>", "{{7*7}} &amp; <u>more</u>", ("<b>go</b>",))]
    assert driver.title == "Teller"
    assert page.driver.find_elements("css selector", "#transcript b, #transcript i") == []


def test_shift_enter_breaks_the_line_and_enter_sends(page: ChatPage, lex: ScriptedLex) -> None:
    page.sign_in("c-amelia")
    page.say("first\nsecond")
    assert lex.turns[0]["text"] == "first\nsecond"
    assert page.bubbles()[0] == ("customer", "first\nsecond")
    assert page.one("#say").get_attribute("value") == ""


def test_blank_messages_are_not_sent(page: ChatPage, lex: ScriptedLex) -> None:
    page.sign_in("c-amelia")
    page.one("#say").send_keys("   ", Keys.ENTER)
    assert not page.one("#send").is_enabled()
    assert page.bubbles() == []


def test_the_counter_appears_near_the_limit_and_stops_what_is_too_long(
    page: ChatPage, lex: ScriptedLex
) -> None:
    page.sign_in("c-amelia")
    page.paste("🌱" * 899)
    assert not page.shown("#counter")
    page.paste("🌱" * 1020)
    assert page.one("#counter").text == "4 left"
    page.paste("🌱" * 1026)
    assert page.one("#counter").text == "2 too many"
    page.one("#say").send_keys(Keys.ENTER)
    assert not page.one("#send").is_enabled()
    assert page.bubbles() == []
    page.paste("🌱" * 1024)
    page.answered_after(page.one("#send").click)
    assert lex.turns[0]["text"] == "🌱" * 1024


def test_typing_is_shown_and_nothing_else_is_sent_until_the_answer(
    page: ChatPage, lex: ScriptedLex
) -> None:
    asked, may_answer = threading.Event(), threading.Event()

    def slow() -> Mapping[str, Any]:
        asked.set()
        assert may_answer.wait(timeout=30)
        return answer(text("Here you are."))

    lex.script["slow"] = slow
    page.sign_in("c-amelia")
    field = page.one("#say")
    field.send_keys("slow", Keys.ENTER)
    assert asked.wait(timeout=30)
    assert page.waiting()
    assert page.shown("#typing")
    field.send_keys("impatient", Keys.ENTER)
    assert page.bubbles() == [("customer", "slow")]
    may_answer.set()
    page.wait_until(lambda: not page.waiting())
    assert not page.shown("#typing")
    assert page.bubbles()[-1] == ("teller", "Here you are.")
    assert field.get_attribute("value") == "impatient"
    assert len(lex.turns) == 1


def test_a_message_that_failed_can_be_tried_again(page: ChatPage, lex: ScriptedLex) -> None:
    page.sign_in("c-amelia")
    assert page.say("busy") == []
    assert page.failures() == ["Not answered. I'm a little busy. Please try again."]
    lex.script["busy"] = answer(text("Now I have time."))
    assert page.press("Try again") == ["Now I have time."]
    assert page.failures() == []
    assert page.bubbles() == [("customer", "busy"), ("teller", "Now I have time.")]


def test_a_quick_reply_that_failed_is_open_again(page: ChatPage, lex: ScriptedLex) -> None:
    page.sign_in("c-amelia")
    page.say("send 50 dollars to Anna")
    lex.script["yes"] = lex_error("InternalServerException")
    page.press("Yes send it")
    assert page.open_replies() == ["Yes send it", "No stop"]
    lex.script["yes"] = SCRIPT["yes"]
    page.press("Try again")
    assert page.open_replies() == []


def test_a_failure_that_will_not_pass_offers_no_retry(page: ChatPage) -> None:
    page.sign_in("c-amelia")
    page.say("broken")
    assert page.failures() == [
        "Not answered. I can't answer that right now. Our team needs to look at it."
    ]
    assert page.driver.find_elements("css selector", ".retry") == []


def test_a_server_that_is_gone_is_told_plainly(fresh: Chrome, lex: ScriptedLex) -> None:
    with served(page_app(lex)) as address:
        page = ChatPage(fresh, address).open()
        page.sign_in("c-amelia")
        page.say("hi")
    page.say("hi")
    assert page.failures() == ["Not answered. Teller can't be reached. Check your connection."]


def test_an_answer_without_words_does_not_leave_the_customer_waiting(page: ChatPage) -> None:
    page.sign_in("c-amelia")
    assert page.say("silence") == ["There was no answer to that. Try other words."]


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
    page.one("#say").send_keys("hi", Keys.ENTER)
    page.wait_until(lambda: page.shown("#welcome"))
    assert page.notice() == "Your session has ended. Please sign in again."
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


def test_the_theme_follows_the_system_until_somebody_chooses(page: ChatPage) -> None:
    def ground() -> str:
        return str(page.one("body").value_of_css_property("background-color"))

    light = ground()
    chromium.prefer(page.driver, prefers_color_scheme="dark", prefers_reduced_motion="reduce")
    dark = ground()
    assert light != dark
    page.one("#theme").click()
    assert ground() == light
    page.open()
    assert ground() == light


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_the_page_fits_the_screen_and_only_the_conversation_scrolls(
    page: ChatPage, width: int
) -> None:
    def overflow() -> list[int]:
        """How far the page, and the conversation in it, stick out: right and below."""
        found: list[int] = page.driver.execute_script(
            "const page = document.documentElement, log = document.querySelector('#scroller');"
            "return [page.scrollWidth - innerWidth, page.scrollHeight - innerHeight,"
            " log.scrollWidth - log.clientWidth];"
        )
        return found

    chromium.resize(page.driver, width, 700)
    page.people()
    assert max(overflow()) <= 0
    page.sign_in("c-amelia")
    page.say("send 50 dollars to Anna")
    page.say("w" * 300)
    assert max(overflow()) <= 0
    for control in ("#new-chat", "#theme", "#sign-out", "#send"):
        box = page.one(control).rect
        assert min(box["width"], box["height"]) >= 44, control
        assert box["x"] + box["width"] <= width, control


def test_the_page_works_by_keyboard_alone(page: ChatPage, lex: ScriptedLex) -> None:
    page.people()
    page.one('.person[data-customer="c-diego"]').send_keys(Keys.ENTER)
    page.wait_until(lambda: page.shown("#conversation"))
    assert page.focused() == "say"
    page.say("send 50 dollars to Anna")
    reply = page.driver.find_element("css selector", ".quick-reply")
    page.answered_after(lambda: reply.send_keys(Keys.SPACE))
    assert lex.turns[-1]["text"] == "yes"
    assert page.focused() == "say"


def test_a_screen_reader_can_follow_the_conversation(page: ChatPage) -> None:
    page.sign_in("c-amelia")
    log = page.one("#transcript")
    assert log.aria_role == "log"
    assert log.get_attribute("aria-live") == "polite"
    assert page.one("#say").accessible_name == "Message to Teller"
    assert page.one("#send").accessible_name == "Send"
    for control in ("#new-chat", "#theme", "#sign-out"):
        assert page.one(control).accessible_name
    page.say("send 50 dollars to Anna")
    spoken = [
        page.driver.execute_script("return arguments[0].textContent", label)
        for label in page.driver.find_elements("css selector", "#transcript .unseen")
    ]
    assert spoken == ["You said:", "Teller said:"]


def test_the_page_has_nothing_to_complain_of(page: ChatPage) -> None:
    page.sign_in("c-amelia")
    page.say("what's my balance")
    page.press("All accounts")
    page.sign_out()
    assert chromium.complaints(page.driver) == []
