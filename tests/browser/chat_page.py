"""The customer's page as a person uses it: sign in, say something, read the answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

PATIENCE_S = 20
"""How long to wait for the page before giving up; it is never waited out when all is well."""


@dataclass(frozen=True)
class Card:
    """A card as it is shown."""

    title: str
    subtitle: str
    replies: tuple[str, ...]


class ChatPage:
    """The page at `address`, in `driver`."""

    def __init__(self, driver: Chrome, address: str) -> None:
        self.driver = driver
        self.address = address

    def open(self) -> ChatPage:
        """Load the page; ready when one of its two screens is shown."""
        self.driver.get(self.address)
        self.wait_until(lambda: self.shown("#welcome") or self.shown("#conversation"))
        return self

    # The sign-in screen

    def people(self) -> list[str]:
        """The names on the cards, once they are there."""
        self.wait_until(lambda: bool(self._all(".people .person")))
        return self._texts(".people .person-name")

    def sign_in(self, customer_id: str) -> None:
        """Press the card of a demo customer and wait for the chat."""
        self.people()
        self.one(f'.person[data-customer="{customer_id}"]').click()
        self._until_in_chat()

    def ask_anonymously(self) -> None:
        """Press "Just ask a question" and wait for the chat."""
        self.one("#ask-anonymously").click()
        self._until_in_chat()

    def sign_out(self) -> None:
        """Sign out and wait for the sign-in screen."""
        self.one("#sign-out").click()
        self.wait_until(lambda: self.shown("#welcome"))

    def new_chat(self) -> None:
        """Begin a new chat and wait until it is empty."""
        self.one("#new-chat").click()
        self.wait_until(lambda: not self._all("#transcript .group"))

    def notice(self) -> str:
        """The message above the doors, empty when there is none."""
        return self.one("#notice").text

    # The conversation

    def say(self, text: str) -> list[str]:
        """Write `text` line by line, send it with Enter, and return what is answered."""
        field = self.one("#say")
        for number, line in enumerate(text.split("\n")):
            if number:
                field.send_keys(Keys.SHIFT, Keys.ENTER)
            field.send_keys(line)
        return self.answered_after(lambda: field.send_keys(Keys.ENTER))

    def paste(self, text: str) -> None:
        """Put `text` into the field at once, beyond what a driver can type (emoji too)."""
        self.driver.execute_script(
            "const field = document.getElementById('say'); field.value = arguments[0];"
            "field.dispatchEvent(new Event('input', {bubbles: true}));",
            text,
        )

    def press(self, label: str) -> list[str]:
        """Press an open quick reply, suggestion or "Try again"; returns what is answered."""
        button = next(
            found
            for found in self._all("#conversation .pill:enabled, #conversation .retry")
            if found.text == label
        )
        return self.answered_after(button.click)

    def answered_after(self, act: Callable[[], object]) -> list[str]:
        """The bubbles and card titles of the answer that `act` brings."""
        before = len(self._all("[data-from=teller]"))
        act()
        self.wait_until(
            lambda: (
                not self.waiting()
                and (len(self._all("[data-from=teller]")) > before or bool(self.failures()))
            )
        )
        answers = self._all("[data-from=teller]")[before:]
        return [
            piece.text
            for answer in answers
            for piece in answer.find_elements(By.CSS_SELECTOR, ".bubble, .card-title")
        ]

    def waiting(self) -> bool:
        """Whether an answer is awaited."""
        return self.one("#conversation").get_attribute("data-waiting") == "true"

    def bubbles(self) -> list[tuple[str, str]]:
        """Everything said, in order: ("customer" | "teller", text)."""
        return [
            (str(group.get_attribute("data-from")), bubble.text)
            for group in self._all("#transcript .group")
            for bubble in group.find_elements(By.CSS_SELECTOR, ".bubble")
        ]

    def cards(self) -> list[Card]:
        """Every card on the page, in order."""
        return [
            Card(
                title=card.find_element(By.CSS_SELECTOR, ".card-title").text,
                subtitle=" ".join(
                    line.text for line in card.find_elements(By.CSS_SELECTOR, ".card-subtitle")
                ),
                replies=tuple(
                    reply.text for reply in card.find_elements(By.CSS_SELECTOR, ".quick-reply")
                ),
            )
            for card in self._all("#transcript .card")
        ]

    def open_replies(self) -> list[str]:
        """The quick replies that can still be pressed."""
        return self._texts(".quick-reply:enabled")

    def suggestions(self) -> list[str]:
        """The chips of an empty chat."""
        return [chip.text for chip in self._all("#suggestions .pill") if chip.is_displayed()]

    def failures(self) -> list[str]:
        """What is said under messages that were not answered."""
        return self._texts(".failure > span")

    # The page

    def one(self, selector: str) -> WebElement:
        """The element that `selector` names."""
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def shown(self, selector: str) -> bool:
        """Whether that element is on screen."""
        return self.one(selector).is_displayed()

    def focused(self) -> str:
        """The id of the element that has the keyboard, or its classes when it has no id."""
        element = self.driver.switch_to.active_element
        return element.get_attribute("id") or element.get_attribute("class") or element.tag_name

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Wait for the page, checking often, giving up after `PATIENCE_S`."""
        WebDriverWait(self.driver, PATIENCE_S, poll_frequency=0.05).until(lambda _: condition())

    def _until_in_chat(self) -> None:
        self.wait_until(lambda: self.shown("#conversation") or bool(self.notice()))

    def _all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def _texts(self, selector: str) -> list[str]:
        return [element.text for element in self._all(selector)]
