"""The page in the languages of the bank: chosen, remembered, said with every message."""

from __future__ import annotations

import pytest
from selenium.webdriver.support.select import Select

from tests.browser.chat_page import ChatPage
from tests.unit.channels.fake_lex import ScriptedLex

pytestmark = pytest.mark.browser


def speak(page: ChatPage, locale: str) -> None:
    Select(page.one("#language")).select_by_value(locale)


def test_who_chooses_spanish_reads_and_speaks_spanish_from_then_on(
    page: ChatPage, lex: ScriptedLex
) -> None:
    speak(page, "es_US")
    page.sign_in("c-amelia")
    assert page.one("#greeting").text.endswith(", Amelia.")
    assert page.one("#greeting").text.startswith("Buen")
    assert page.one("html").get_attribute("lang") == "es-US"
    assert page.one("#say").accessible_name == "Mensaje para Teller"
    page.press("¿Cuál es mi saldo?")
    assert lex.turns[-1] | {"localeId": "es_US", "text": "¿Cuál es mi saldo?"} == lex.turns[-1]
    page.open()
    assert page.shown("#conversation")
    page.say("busy")
    assert page.failures() == ["Sin respuesta. Estoy un poco ocupado. Inténtelo de nuevo."]
    assert {turn["localeId"] for turn in lex.turns} == {"es_US"}


def test_the_language_changes_in_the_middle_of_a_chat_and_an_open_question_stays_answerable(
    page: ChatPage, lex: ScriptedLex
) -> None:
    page.sign_in("c-amelia")
    page.say("send 50 dollars to Anna")
    speak(page, "es_US")
    assert page.open_replies() == ["Yes send it", "No stop"]
    # Pressed in the language that it was asked in, where "yes" is a word.
    page.press("Yes send it")
    assert lex.turns[-1]["localeId"] == "en_US"
    page.say("gracias")
    assert lex.turns[-1]["localeId"] == "es_US"
    assert len({turn["sessionId"] for turn in lex.turns}) == 1
    bubbles = page.driver.find_elements("css selector", ".bubble")
    assert [one.get_attribute("lang") for one in bubbles if one.text] == [
        "en-US",
        "en-US",
        "en-US",
        "en-US",
        "es-US",
        "es-US",
    ]


def test_british_english_is_a_language_of_its_own(page: ChatPage, lex: ScriptedLex) -> None:
    speak(page, "en_GB")
    page.ask_anonymously()
    page.say("hi")
    assert lex.turns[-1]["localeId"] == "en_GB"
