"""The page's own words are there in each language, and every one that is asked for."""

from __future__ import annotations

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.web.pages import STATIC

CHAT = STATIC / "chat"
CHANNEL = STATIC.parents[1] / "channels"


def words_of(file: str, name: str) -> dict[str, str]:
    """The words of an object literal, `name`, in a module of words."""
    text = (CHAT / "words" / file).read_text(encoding="utf-8")
    body = text.split(f"export const {name} = {{", 1)[1].split("};", 1)[0]
    return dict(re.findall(r'(\w+):\s+"((?:[^"\\]|\\.)*)",', body))


EN, ES = words_of("en.js", "en"), words_of("es.js", "es")


class _Marked(HTMLParser):
    """Elements of the page that are marked with the key of their words, and what they say."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[tuple[str, str]] = []
        self._key: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._key = given.get("data-words")
        for mark, attribute in (
            ("label", "aria-label"), ("title", "title"), ("placeholder", "placeholder"),
        ):  # fmt: skip
            key = given.get(f"data-words-{mark}")
            if key is not None:
                self.said.append((key, str(given.get(attribute))))

    def handle_data(self, data: str) -> None:
        if self._key is not None:
            self.said.append((self._key, data))
            self._key = None


def test_spanish_has_all_words_of_english_and_no_others() -> None:
    assert len(EN) > 40
    assert sorted(ES) == sorted(EN)
    assert [key for key in EN if EN[key] == ES[key] and key != "actions"] == []


@pytest.mark.parametrize("key", sorted(EN))
def test_both_languages_fill_in_the_same_things(key: str) -> None:
    assert set(re.findall(r"\{\w+\}", ES[key])) == set(re.findall(r"\{\w+\}", EN[key]))


def test_the_page_without_a_script_says_what_the_english_words_say() -> None:
    page = _Marked()
    page.feed((CHAT / "index.html").read_text(encoding="utf-8"))
    assert len(page.said) > 25
    assert [(key, said) for key, said in page.said if EN.get(key) != said] == []


def test_every_word_that_a_script_asks_for_is_there() -> None:
    asked: set[str] = set()
    for script in CHAT.glob("*.js"):
        text = script.read_text(encoding="utf-8")
        asked |= set(re.findall(r'\bwords\("(\w+)"', text))
        asked |= set(re.findall(r'"(suggest\w+|lead\w+)"', text))
    assert len(asked) > 15
    assert asked - set(EN) == set()


def test_whatever_the_channel_refuses_is_said_in_spanish_too() -> None:
    codes = {code for file in CHANNEL.rglob("*.py") for code in _codes(file)}
    assert "too_many_requests" in codes
    assert codes - set(words_of("es.js", "refusals")) == set()


def _codes(file: Path) -> list[str]:
    """The codes of the refusals that a module makes."""
    found = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            place = {"ChannelError": 1, "bad_request": 0}.get(node.func.id)
            if place is not None and len(node.args) > place:
                code = node.args[place]
                found += [code.value] if isinstance(code, ast.Constant) else []
    return [code for code in found if isinstance(code, str)]
