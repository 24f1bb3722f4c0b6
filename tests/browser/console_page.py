"""The test console as a developer uses it: say something, look inside the turn, try again."""

from __future__ import annotations

from collections.abc import Callable

from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select
from selenium.webdriver.support.wait import WebDriverWait

from tests.browser.chat_page import PATIENCE_S


class ConsolePage:
    """The page at `address`/console, in `driver`."""

    def __init__(self, driver: Chrome, address: str) -> None:
        self.driver = driver
        self.address = address

    def open(self) -> ConsolePage:
        """Load the page; ready when a session has begun."""
        self.driver.get(f"{self.address}/console")
        self.wait_until(lambda: self.session().startswith("console-"))
        return self

    def say(self, text: str) -> None:
        """Write `text`, send it with Enter, and wait for the turn."""
        self.one("#say").send_keys(text)
        self.after_turn(lambda: self.one("#say").send_keys(Keys.ENTER))

    def after_turn(self, act: Callable[[], object]) -> None:
        """Do `act` and wait until one more turn is shown and nothing is under way."""
        before = len(self.all(".turn"))
        act()
        self.wait_until(lambda: len(self.all(".turn")) > before and not self.busy())

    def run_again(self, act: Callable[[], object], turns: int) -> None:
        """Do `act`, which begins another session, and wait until it has so many turns."""
        session = self.session()
        act()
        self.wait_until(
            lambda: (
                self.session() != session and len(self.all(".turn")) == turns and not self.busy()
            )
        )

    def busy(self) -> bool:
        return self.one("#chat").get_attribute("data-waiting") == "true"

    def session(self) -> str:
        return self.one("#session-id").text

    def bubbles(self) -> list[str]:
        """Everything said and answered, in order."""
        return self.texts(".turn .bubble")

    def panel(self, title: str) -> str:
        """The text of the inspector's section of that title; empty when there is none."""
        return next((each.text for each in self.all(".panel") if each.text.startswith(title)), "")

    def headline(self) -> str:
        """The selected turn's intent, or AWS's name of its error."""
        return self.one(".headline h2").text

    def choose(self, setting: str, value: str) -> None:
        """Choose in one of the selectors above the conversation."""
        Select(self.one(setting)).select_by_value(value)

    def mode(self, name: str) -> None:
        """Go to `test` or `watch`."""
        self.one(f'.mode:has(input[value="{name}"])').click()

    def fold(self, title: str) -> str:
        """Open a fold of JSON and return its text."""
        fold = next(
            each
            for each in self.all(".json-fold")
            if each.find_element(By.TAG_NAME, "summary").text == title
        )
        fold.find_element(By.TAG_NAME, "summary").click()
        pre = fold.find_element(By.TAG_NAME, "pre")
        self.wait_until(lambda: bool(pre.text))
        return pre.text

    def one(self, selector: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def texts(self, selector: str) -> list[str]:
        return [element.text for element in self.all(selector)]

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Wait for the page, checking often, giving up after `PATIENCE_S`."""
        WebDriverWait(self.driver, PATIENCE_S, poll_frequency=0.05).until(lambda _: condition())
