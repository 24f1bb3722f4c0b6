"""The conversation behind the channel API: who may speak, in which session, and what comes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from threading import Lock
from typing import Protocol

from bot.channels.claims import TokenRejectedError
from bot.channels.doors import Doors
from bot.channels.errors import ChannelError, bad_request, not_signed_in
from bot.channels.keys import SigningKeys
from bot.channels.lex import LexBot
from bot.channels.messages import (
    LONGEST_TEXT,
    Reply,
    SignedIn,
    SignIn,
    Spoken,
    reply_from_lex,
    with_secret_removed,
)
from bot.channels.rates import Rates, require
from bot.channels.secrets_said import without_secrets
from bot.channels.settings import ChannelSettings
from bot.channels.tokens import (
    Grant,
    mint_access_token,
    mint_identity_token,
    read_access_token,
)


class Chat:
    """Every call may block on Secrets Manager or Lex, and raises `ChannelError` to refuse.

    Session ids are random, made here at each sign-in and new chat, and read back only from the
    signed access token: a client cannot choose or guess one.
    """

    def __init__(
        self,
        settings: ChannelSettings,
        bot: LexBot,
        keys: SigningKeys,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        doors: Doors,
        rates: Rates,
        ended: EndedSessions | None = None,
    ) -> None:
        self._settings = settings
        self._bot = bot
        self._keys = keys
        self._clock = clock
        self._new_id = new_id
        self._doors = doors
        self._rates = rates
        self._ended = EndedHere() if ended is None else ended

    def sign_in(self, request: SignIn) -> SignedIn:
        """A fresh session for who comes in, or for nobody in particular."""
        person = self._doors.person(request)
        now = self._clock()
        proved = min(now, person.signed_in_at or now) if person else now
        customer, name = (person.customer_id, person.name) if person else (None, None)
        ends = now + self._settings.access_lifetime
        return self._signed_in(Grant(customer, self._new_id(), ends, proved, name), now)

    def start_over(self, token: str) -> SignedIn:
        """A fresh session for the same person; it ends when the first one would have."""
        grant, now = self._grant(token)
        self._end(grant, now)
        return self._signed_in(replace(grant, session_id=self._new_id()), now)

    def sign_out(self, token: str) -> None:
        """End the session: neither its token nor what Lex remembers of it is of use any more."""
        self._end(*self._grant(token))

    def say(self, token: str, text: str, locale: Spoken | None = None) -> Reply:
        """What Teller answers to `text`, 1 to 1024 characters, in `locale` from now on."""
        grant = self.admit(token)
        self.check(grant, text)
        return self.answer(grant, text, locale)

    def admit(self, token: str) -> Grant:
        """Who speaks, by a token that is still good."""
        return self._grant(token)[0]

    def is_open(self, grant: Grant) -> bool:
        """Whether a session that was admitted still is: not expired, not signed out."""
        customer = grant.customer_id
        left = customer is not None and not self._doors.still_open_to(customer)
        ended = left or grant.session_id in self._ended
        return not ended and self._clock() < grant.expires_at

    def check(self, grant: Grant, text: str) -> None:
        """Refuse a message that is none, too long, or one of too many."""
        _check_text(text)
        who = grant.customer_id or f"session {grant.session_id}"
        require(self._rates, f"customer {who}", self._settings.customer_rate)

    def answer(self, grant: Grant, text: str, locale: str | None = None) -> Reply:
        """Lex's answer to a message that was checked; without a locale, in the chat's last."""
        said = without_secrets(text)
        answer = self._bot.say(grant.session_id, said.text, self.identity(grant), locale)
        reply = reply_from_lex(answer, grant.session_id, self._settings.own_files)
        if not said.had_secret:
            return reply
        return with_secret_removed(reply, said.text, self._bot.locale_of(grant.session_id))

    def identity(self, grant: Grant) -> str | None:
        """The signed token that tells fulfillment who speaks; None for nobody in particular."""
        lifetime = self._settings.identity_lifetime
        return mint_identity_token(
            grant, self._keys.current(), self._clock(), lifetime, self._new_id()
        )

    def _grant(self, token: str) -> tuple[Grant, datetime]:
        now = self._clock()
        try:
            grant = read_access_token(token, self._keys, now)
        except TokenRejectedError:
            raise not_signed_in() from None
        if not self.is_open(grant):
            raise not_signed_in()
        return grant, now

    def _signed_in(self, grant: Grant, now: datetime) -> SignedIn:
        customer = grant.customer_id
        return SignedIn(
            access_token=mint_access_token(grant, self._keys.current(), now, self._new_id()),
            expires_in=int((grant.expires_at - now).total_seconds()),
            customer=self._doors.shown(customer, grant.name) if customer else None,
        )

    def _end(self, grant: Grant, now: datetime) -> None:
        self._ended.add(grant, now)
        self._bot.forget(grant.session_id)


class EndedSessions(Protocol):
    """Sessions ended before their tokens expire, remembered until they do."""

    def __contains__(self, session_id: object) -> bool: ...

    def add(self, grant: Grant, now: datetime) -> None:
        """End the grant's session."""
        ...


class EndedHere:
    """Remembered by this process."""

    def __init__(self) -> None:
        self._expiry: dict[str, datetime] = {}
        self._lock = Lock()

    def __contains__(self, session_id: object) -> bool:
        return session_id in self._expiry

    def add(self, grant: Grant, now: datetime) -> None:
        """See `EndedSessions`; what has expired by `now` is forgotten on the way."""
        with self._lock:
            self._expiry = {sid: at for sid, at in self._expiry.items() if at > now}
            self._expiry[grant.session_id] = grant.expires_at


def _check_text(text: str) -> None:
    if not text:
        raise bad_request("empty_message", "Please write a message first.")
    if len(text) > LONGEST_TEXT:
        raise ChannelError(
            413,
            "message_too_long",
            f"That message is too long for me. Please keep it within {LONGEST_TEXT:,} characters.",
        )
