"""A reply as lines of a terminal: messages, cards, numbered buttons."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass
from typing import TextIO

from bot.conversation.reply import Card, Reply

NAME = "Teller: "


@dataclass(frozen=True, slots=True)
class Style:
    """Colours, or none."""

    coloured: bool

    @classmethod
    def for_stream(cls, stream: TextIO) -> Style:
        """Colours on a terminal, unless NO_COLOR asks for none (no-color.org)."""
        return cls(stream.isatty() and not os.environ.get("NO_COLOR"))

    def prompt(self, text: str) -> str:
        return self._painted(text, "1;36")

    def name(self, text: str) -> str:
        return self._painted(text, "1;32")

    def quiet(self, text: str) -> str:
        return self._painted(text, "2")

    def strong(self, text: str) -> str:
        return self._painted(text, "1")

    def warning(self, text: str) -> str:
        return self._painted(text, "33")

    def _painted(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.coloured else text


def rendered(reply: Reply, style: Style) -> str:
    """The whole answer, ending in a line end. Buttons are numbered from 1 over all cards."""
    indent = " " * len(NAME)
    lines: list[str] = []
    for text in reply.texts:
        first, *rest = printable(text).split("\n")
        lines.append(style.name(NAME) + first)
        lines += [indent + line for line in rest]
    number = 1
    for card in reply.cards:
        # A card repeats the message beside it where it has nothing of its own to say.
        titled = not any(text.startswith(card.title.removesuffix("…")) for text in reply.texts)
        lines += [indent + line for line in _card(card, number, style, titled)]
        number += len(card.buttons)
    if reply.error is not None:
        lines.append(style.warning(printable(reply.error)))
    if not lines:
        lines.append(style.quiet("(no answer)"))
    return "\n".join(lines) + "\n"


def _card(card: Card, number: int, style: Style, titled: bool) -> list[str]:
    lines = [style.strong(printable(card.title))] if titled else []
    if card.subtitle:
        lines.append(style.quiet(printable(card.subtitle)))
    lines += [
        f"{style.prompt(f'[{place}]')} {printable(button.text)}"
        for place, button in enumerate(card.buttons, start=number)
    ]
    return lines


def printable(text: str) -> str:
    """`text` without control characters, so that no message can command the terminal."""
    return "".join(
        character
        for character in text
        if character in "\n\t"
        or unicodedata.category(character) not in ("Cc", "Cf", "Cs")
        or character in "\u200c\u200d"
    )
