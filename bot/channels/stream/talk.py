"""Carries out what a stream's client asks for: who speaks, one turn, and the bank's news.

Both edges call this, from a thread, since Lex, the inbox and a journal in a table block.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from bot.channels.chat import Chat
from bot.channels.errors import ChannelError
from bot.channels.stream import line as rules
from bot.channels.stream.closing import Close, StreamClosedError
from bot.channels.stream.frames import ErrorFrame, Hello, Say, error_frame, reply_body
from bot.channels.stream.inbox import BankSaid, Inbox, InboxError, News
from bot.channels.stream.journal import Journal, Numbered
from bot.channels.stream.line import Beginning, Line
from bot.channels.tokens import Grant

_LOG = logging.getLogger("teller.channel")
_TRIES = 20
"""Writes that others came before; each of them moved the line, so this is far beyond any case."""


_ASKING = "InProgress"
"""The state of Lex's intent while a question of it is open."""


class Talk:
    """`clock` gives aware instants. Every method may raise what the journal raises."""

    def __init__(
        self, chat: Chat, journal: Journal, inbox: Inbox, clock: Callable[[], datetime]
    ) -> None:
        self._chat = chat
        self._journal = journal
        self._inbox = inbox
        self._clock = clock

    def enter(self, hello: Hello) -> tuple[Grant, int]:
        """Who speaks, and the number after which this client has to be told everything.

        Raises `StreamClosedError` for a token that is not good.
        """
        try:
            grant = self._chat.admit(hello.token)
        except ChannelError:
            raise StreamClosedError(Close.SIGNED_OUT) from None
        line = self._journal.read(grant.session_id)
        if line is None:
            line = Line()
            self._write(grant, None, line)
        self.look(grant)
        # A client that is ahead of the line saw one that was lost: it begins anew.
        return grant, line.number if hello.after is None else min(hello.after, line.number)

    def require_open(self, grant: Grant) -> None:
        """Raises `StreamClosedError` when the session expired, or the customer signed out."""
        if not self._chat.is_open(grant):
            raise StreamClosedError(Close.SIGNED_OUT)

    def frames(self, grant: Grant, after: int) -> list[Numbered]:
        """What is on the session's line behind `after`.

        Raises `StreamClosedError` when the session has ended meanwhile.
        """
        self.require_open(grant)
        return self._journal.after(grant.session_id, after)

    def position(self, grant: Grant) -> int:
        """The number of the last frame on the session's line."""
        line = self._journal.read(grant.session_id)
        return line.number if line else 0

    def answer(self, grant: Grant, said: Say, typing: Callable[[], None]) -> ErrorFrame | None:
        """Say it, and put the answer on the line; `typing` is called once it is being answered.

        Returns the refusal to be sent, when there is one. Raises `StreamClosedError` when the
        session has ended meanwhile.
        """
        self.require_open(grant)
        try:
            self._chat.check(grant, said.text)
        except ChannelError as refused:
            return error_frame(said.id, refused)
        before, beginning = self._begun(grant, said.id)
        if beginning is Beginning.KNOWN:
            return None
        if beginning is Beginning.BUSY:
            return error_frame(said.id, _BUSY)
        typing()
        if before.unheard:
            self._tell_inbox(grant, before)
        refusal: ErrorFrame | None = None
        frames: list[dict[str, Any]] = []
        ending: Callable[[Line], Line] = partial(rules.failed, said_id=said.id)
        try:
            reply = self._chat.answer(grant, said.text, said.locale)
            frames = [reply_body(said.id, reply)]
            asking = reply.state == _ASKING
            ending = partial(rules.answered, said_id=said.id, asking=asking)
        except ChannelError as refused:
            refusal = error_frame(said.id, refused)
        except Exception as fault:
            # The type alone: an exception's text may hold what the customer wrote.
            _LOG.error("turn failed: %s", type(fault).__name__)
            refusal = error_frame(said.id, _FAULT)
        ended = self._change(grant, ending, frames)
        if ended.rung:
            self.look(grant)
        return refusal

    def seen(self, grant: Grant, number: int) -> None:
        """The customer has seen everything up to `number`: their next turn need not tell it."""
        line = self._journal.read(grant.session_id)
        after = rules.seen(line, number) if line else None
        if line is None or after is None or not self._write(grant, line, after):
            return
        self._tell_inbox(grant, line)

    def look(self, grant: Grant) -> None:
        """Put on the line what the bank has said since; during a turn, after it."""
        identity = self._chat.identity(grant)
        for _ in range(_TRIES):
            line = self._journal.read(grant.session_id)
            if line is None:
                return
            waits = rules.rung(line, self._clock())
            if waits is not None:
                if self._write(grant, line, waits):
                    return
                continue
            news = self._news(grant, identity, line)
            if news is None:
                return
            whose = news.customer or ""
            after = rules.told(line, len(news.said), news.number, whose, waits=news.waits)
            if after == line or self._write(grant, line, after, [_body(one) for one in news.said]):
                return

    def listener(self, grant: Grant) -> str | None:
        """The customer whose bell rings for this session: who signed in, else who was verified in
        conversation when the bank was last asked.
        """
        if grant.customer_id is not None:
            return grant.customer_id
        line = self._journal.read(grant.session_id)
        return (line.whose or None) if line else None

    def _begun(self, grant: Grant, said_id: str) -> tuple[Line, Beginning]:
        for _ in range(_TRIES):
            line = self._journal.read(grant.session_id)
            begun, beginning = rules.begin(line or Line(), said_id, self._clock())
            if beginning is not Beginning.STARTED or self._write(grant, line, begun):
                return line or Line(), beginning
        return Line(), Beginning.BUSY

    def _change(
        self, grant: Grant, change: Callable[[Line], Line], frames: Sequence[dict[str, Any]]
    ) -> Line:
        while True:
            line = self._journal.read(grant.session_id)
            after = change(line or Line())
            if self._write(grant, line, after, frames):
                return after

    def _write(
        self,
        grant: Grant,
        before: Line | None,
        after: Line,
        frames: Sequence[dict[str, Any]] = (),
    ) -> bool:
        return self._journal.write(grant.session_id, before, after, frames, grant.expires_at)

    def _news(self, grant: Grant, identity: str | None, line: Line) -> News | None:
        """The news; None while the inbox cannot be read: the next bell, or turn, will tell."""
        try:
            return self._inbox.read(
                grant.session_id, identity, line.bank, line.whose, asking=line.asking
            )
        except InboxError as fault:
            _LOG.warning("inbox not read: %s", fault)
            return None

    def _tell_inbox(self, grant: Grant, line: Line) -> None:
        identity, heard = self._chat.identity(grant), line.bank
        try:
            self._inbox.read(grant.session_id, identity, heard, line.whose, heard)
        except InboxError as fault:
            # It is told once more then, at the next turn: better twice than never.
            _LOG.warning("inbox not told: %s", fault)


def _body(said: BankSaid) -> dict[str, Any]:
    return {"type": "news", "at": said.at, "messages": list(said.messages)}


_BUSY = ChannelError(
    409, "one_at_a_time", "I'm still answering your last message.", retryable=True, retry_after=1
)
_FAULT = ChannelError(
    500,
    "internal_error",
    "Something went wrong on our side. Please try again in a moment.",
    retryable=True,
)
