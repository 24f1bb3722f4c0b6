"""The real page for every eye, hand and ear: themes, widths, keyboard, screen reader."""

from __future__ import annotations

import pytest
from selenium.webdriver import Keys

from tests.browser import chromium
from tests.browser.chat_page import ChatPage
from tests.unit.channels.fake_lex import ScriptedLex

pytestmark = pytest.mark.browser


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
    for control in ("#new-chat", "#language", "#theme", "#sign-out", "#send"):
        box = page.one(control).rect
        assert min(box["width"], box["height"]) >= 44, control
        assert box["x"] + box["width"] <= width, control


@pytest.mark.parametrize("width", [320, 390, 960, 1280, 1440])
def test_the_demonstrations_phone_never_lies_over_the_conversation(
    page: ChatPage, width: int
) -> None:
    """Opened, with a text and its people, as a code that was asked for opens it."""
    chromium.resize(page.driver, width, 700)
    page.sign_in("c-amelia")
    page.say("send 50 dollars to Anna")
    covered, right, inside = page.driver.execute_script(
        "const at = (id) => document.getElementById(id);"
        "const box = (one) => one.getBoundingClientRect();"
        "at('phone').hidden = false; at('phone-shell').open = true;"
        "for (const list of ['phone-texts', 'phone-people'])"
        "  for (let one = 0; one < 6; one += 1)"
        "    at(list).append(Object.assign(document.createElement('li'), {textContent: list}));"
        "const phone = box(at('phone'));"
        "const said = [...document.querySelectorAll('#scroller, #composer')]"
        "  .map((one) => box(one.querySelector('.column')));"
        "const seen = box(at('scroller'));"
        "return [said.some((one) => phone.left < one.right && phone.bottom > seen.top + 1),"
        "  phone.right, seen.height];"
    )
    assert not covered
    assert right <= width
    assert inside >= 150


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
    for control in ("#new-chat", "#language", "#theme", "#sign-out"):
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
