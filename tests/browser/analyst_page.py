"""The analysts' channel as an analyst uses it: a case comes, a button is pressed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select
from selenium.webdriver.support.wait import WebDriverWait

_Found = TypeVar("_Found")
PATIENCE_S = 60
"""How long to wait for the desk before giving up; it is never waited out when all is well."""


class AnalystPage:
    """`/analyst` of the bank at `address`, in the window of `driver` that is in front."""

    def __init__(self, driver: Chrome, address: str) -> None:
        self.driver = driver
        self.address = address

    def open(self) -> AnalystPage:
        """Load the page; ready when the people of the workspace are there."""
        self.driver.get(f"{self.address}/analyst")
        self.wait_until(lambda: bool(Select(self._one("#me")).options))
        return self

    def cases(self) -> list[str]:
        """What is written in each case's message, the oldest first."""
        return self._settled(lambda: [one.text for one in self._all("#messages article.message")])

    def case_saying(self, *words: str) -> str:
        """The message that says all of this, once there is one."""
        found: list[str] = []

        def there() -> bool:
            found[:] = [one for one in self.cases() if all(word in one for word in words)]
            return bool(found)

        self.wait_until(there)
        return found[-1]

    def press(self, label: str, case: str) -> None:
        """Press a button of the message that says `case`."""

        def pressed() -> bool:
            for message in self._all("#messages article.message"):
                if case not in message.text:
                    continue
                for button in message.find_elements(By.CSS_SELECTOR, ".slack-button"):
                    if button.text == label:
                        button.click()
                        return True
            return False

        self.wait_until(lambda: self._settled(pressed))
        confirm = self._one("#confirm-yes")
        if confirm.is_displayed():
            confirm.click()

    def reply(self, text: str, case: str) -> None:
        """Write in the thread of the message that says `case`."""

        def written() -> bool:
            for message in self._all("#messages article.message"):
                if case in message.text:
                    message.find_element(By.CSS_SELECTOR, ".reply input").send_keys(text)
                    return True
            return False

        self.wait_until(lambda: self._settled(written))
        # The page may have been drawn anew meanwhile: what is written stands in the field it has.
        self.driver.switch_to.active_element.send_keys(Keys.ENTER)

    def switch_fault(self, mode: str) -> None:
        """What is wrong with Slack from now on."""
        Select(self._one("#faults")).select_by_value(mode)

    def faults_hit(self) -> int:
        """How many calls the fault has met so far."""
        return int(
            self.driver.execute_async_script(
                "const done = arguments[0]; fetch('/analyst/api/state')"
                ".then(answer => answer.json()).then(state => done(state.faults.hit));"
            )
        )

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Wait for the page, checking often, giving up after `PATIENCE_S`."""
        WebDriverWait(self.driver, PATIENCE_S, poll_frequency=0.05).until(lambda _: condition())

    def _settled(self, look: Callable[[], _Found]) -> _Found:
        """What `look` finds on a page that is drawn anew now and then."""
        while True:
            try:
                return look()
            except StaleElementReferenceException:
                continue

    def _one(self, selector: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def _all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)
