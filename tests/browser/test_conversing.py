"""Talking with Teller on the real page: answers, cards, quick replies, and what can go wrong."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

import pytest
from selenium.webdriver import Chrome, Keys

from tests.browser.chat_page import Card, ChatPage
from tests.browser.conftest import page_app
from tests.browser.script import SCRIPT
from tests.browser.serving import served
from tests.unit.channels.fake_lex import ScriptedLex, answer, lex_error, text

pytestmark = pytest.mark.browser


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


def test_a_statement_is_a_named_button_that_opens_it_in_a_tab_of_its_own(page: ChatPage) -> None:
    address = "https://files.bank.example/2026-11-23/f1.pdf?X-Sig=1"
    page.sign_in("c-amelia")
    said = page.say("my october statement")
    assert said == ["It is ready.", "October 2026 statement, Checking (PDF)"]
    link = page.one(".file-link")
    assert link.get_attribute("href") == address
    assert (link.get_attribute("target"), link.get_attribute("rel")) == (
        "_blank",
        "noopener noreferrer",
    )
    assert link.accessible_name == "Download October 2026 statement, Checking (PDF), in a new tab"


_SHOWS_A_CHART = """
const [address, done] = given;
const { tellerGroup } = await import("/static/chat/bubbles.js");
const content = new URL(address, location.href).href;
const said = [{ contentType: "Link", title: "Spending by category", content }];
const group = tellerGroup(said, Date.now(), () => {}, "en_US");
document.querySelector("main").append(group);
const shown = group.querySelector(".card-picture");
if (shown) await shown.decode().catch(() => new Promise((after) => setTimeout(after)));
const kept = group.querySelector(".card-picture");
done([kept?.alt ?? null, (kept?.naturalWidth ?? 0) > 0, group.querySelectorAll("a").length]);
"""


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("/static/shared/logo.svg", ["Spending by category", True, 1]),
        ("https://elsewhere.example/2026-11-23/c1.svg", [None, False, 1]),
        ("/static/shared/statement.pdf", [None, False, 1]),
    ],
)
def test_a_chart_of_where_pictures_may_come_from_is_shown_and_any_other_file_is_a_link(
    page: ChatPage, address: str, shown: list[object]
) -> None:
    page.sign_in("c-amelia")
    script = f"(async (...given) => {{{_SHOWS_A_CHART}}})(...arguments)"
    assert page.driver.execute_async_script(script, address) == shown


def test_an_address_that_is_not_the_bank_s_own_is_text_and_no_link(page: ChatPage) -> None:
    page.sign_in("c-amelia")
    assert page.say("a foreign statement")[-1] == "https://elsewhere.example/f1.pdf"
    assert page.say("a scripted statement")[-1] == "javascript:document.title='taken'"
    assert not page.driver.find_elements("css selector", ".file-link")
