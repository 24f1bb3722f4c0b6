"""A talk on a scripted Lex, with an inbox that remembers what it was told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.channels import ChannelSettings, SigningKey
from bot.channels.chat import Chat
from bot.channels.doors import Doors
from bot.channels.lex import LexBot
from bot.channels.messages import SignIn
from bot.channels.rates import MemoryRates
from bot.channels.stream.frames import ErrorFrame, Hello, Say
from bot.channels.stream.inbox import BankSaid, InboxError, News
from bot.channels.stream.journal import Journal, MemoryJournal
from bot.channels.stream.talk import Talk
from bot.channels.tokens import Grant
from tests.unit.channels.conftest import AMELIA, SETTINGS, Clock, FixedKeys
from tests.unit.channels.fake_lex import ScriptedLex


@dataclass
class Board:
    """The bank's messages to one customer, numbered from 1; `heard` as the books keep it. `speaker`
    is who gave a code in the chat that nobody signed in to. `tips` are the numbers of those that
    wait while something is asked.
    """

    speaker: str | None = None
    said: list[str] = field(default_factory=list)
    heard: int = 0
    reads: int = 0
    down: bool = False
    tips: tuple[int, ...] = ()

    def read(
        self,
        session_id: str,
        identity: str | None,
        after: int,
        of: str | None,
        heard: int | None = None,
        asking: bool = False,
    ) -> News:
        assert session_id
        if self.down:
            raise InboxError("TimeoutError")
        self.reads += 1
        customer = AMELIA.id if identity else self.speaker
        if customer is None:
            return News(0)
        if of and of != customer:
            after, heard = 0, None
        self.heard = max(self.heard, heard or 0)
        known = max(after, self.heard)
        new = [
            BankSaid(n, "2026-11-23T12:00:00+00:00", [_text(words)])
            for n, words in enumerate(self.said, 1)
            if n > known
        ]
        if asking and new and new[-1].number in self.tips:
            return News(len(self.said) - 1, new[:-1], customer, waits=True)
        return News(len(self.said) if new else known, new, customer)

    def tell_in_a_turn(self) -> str:
        """What fulfillment puts before an answer."""
        news = " ".join(self.said[self.heard :])
        self.heard = len(self.said)
        return news


def _text(words: str) -> dict[str, Any]:
    return {"contentType": "PlainText", "content": words}


@dataclass
class Rehearsal:
    """Everything a test of the talk needs."""

    clock: Clock = field(default_factory=Clock)
    lex: ScriptedLex = field(default_factory=ScriptedLex)
    board: Board = field(default_factory=Board)
    journal: Journal = field(default_factory=MemoryJournal)
    settings: ChannelSettings = SETTINGS

    def __post_init__(self) -> None:
        keys = FixedKeys(SigningKey("k1", b"a key of more than thirty-two bytes, for tests"))
        self.ids = iter(range(1_000_000))
        self.chat = Chat(
            self.settings,
            LexBot(self.lex, self.settings),
            keys,
            self.clock,
            lambda: f"session-{next(self.ids):032}",
            Doors(None, {AMELIA.id: AMELIA}),
            MemoryRates(lambda: 0.0),
        )
        self.talk = Talk(self.chat, self.journal, self.board, self.clock)
        self.token = self.chat.sign_in(SignIn(customer="amelia")).access_token

    def come_in_as_nobody(self) -> None:
        """From now on the chat is one that nobody signed in to."""
        self.token = self.chat.sign_in(SignIn(anonymous=True)).access_token

    def enter(self, after: int | None = None) -> tuple[Grant, int]:
        return self.talk.enter(Hello(type="hello", token=self.token, after=after))

    def say(
        self,
        grant: Grant,
        text: str,
        said_id: str | None = None,
        typing: Callable[[], None] = lambda: None,
    ) -> ErrorFrame | None:
        said = Say(type="say", id=said_id or f"message-{next(self.ids)}", text=text)
        return self.talk.answer(grant, said, typing)

    def words(self, grant: Grant, after: int = 0) -> list[tuple[int, str]]:
        """What is on the line: number and first words of each frame."""
        found = self.talk.frames(grant, after)
        return [(one.number, one.frame["messages"][0]["content"]) for one in found]
