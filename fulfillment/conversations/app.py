"""Puts the conversations together: who is speaking, what they may ask, and who answers."""

from __future__ import annotations

from dataclasses import replace

from botocore.exceptions import BotoCoreError, ClientError

from fulfillment.conversations import small_talk, verification
from fulfillment.conversations.balance_besides import tell_the_balance_besides
from fulfillment.conversations.checking import tell_what_became_of_it
from fulfillment.conversations.deps import Deps
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.digressions import Digressions
from fulfillment.conversations.farewell import after_an_ending
from fulfillment.conversations.heeding_stories import answer_a_story, warn_of_stories
from fulfillment.conversations.keeping_secrets import take_out_secrets
from fulfillment.conversations.news import tell_the_news
from fulfillment.conversations.offer_outcomes import note_what_is_done
from fulfillment.conversations.proving import ask_who
from fulfillment.conversations.rights import notice_rights
from fulfillment.conversations.routes import conversations
from fulfillment.conversations.speaker import recognise
from fulfillment.conversations.switches import refuse_what_is_off
from fulfillment.conversations.taken_over import pass_on
from fulfillment.conversations.tips import tell_a_tip
from fulfillment.conversations.which_meant import ask_what_was_meant
from fulfillment.identity import anonymous
from fulfillment.lex import LexResolver, Message, Reply, Turn
from fulfillment.lex.resolver import Handler
from fulfillment.replies import Channel, channel_of, fit
from fulfillment.store.errors import (
    BooksBusyError,
    BooksUnreachableError,
    CustomerNotFoundError,
)


def build_app(deps: Deps) -> LexResolver:
    """The resolver with every conversation in it."""
    app = LexResolver()

    @app.middleware
    def fit_the_channel(turn: Turn, proceed: Handler) -> Reply:
        return _fitted(turn, proceed(turn))

    @app.middleware
    def know_the_customer(turn: Turn, proceed: Handler) -> Reply:
        """Identity comes from the signed token or the session's record, never from the caller."""
        now = deps.clock()
        # Whatever goes wrong on the way to an identity is answered as to nobody.
        stranger = Desk(deps, anonymous(turn.session_id), now, turn.locale, _channel(turn))
        stranger.seat(turn)
        speaker = recognise(deps, turn, now)
        stranger.serving(speaker.identity).seat(turn)
        return after_an_ending(turn, speaker.ending, proceed)

    app.middleware(take_out_secrets)
    app.middleware(tell_the_news)
    app.middleware(tell_a_tip)
    app.middleware(note_what_is_done)
    app.middleware(pass_on)
    app.middleware(tell_what_became_of_it)
    app.middleware(notice_rights)
    app.middleware(refuse_what_is_off)
    app.middleware(warn_of_stories)
    app.middleware(tell_the_balance_besides)

    @app.middleware
    def count_misunderstandings(turn: Turn, proceed: Handler) -> Reply:
        if turn.intent != "FallbackIntent":
            turn.session.pop(small_talk.FAILURES, None)
        return proceed(turn)

    answering = conversations()
    digressions = Digressions(answering)
    app.middleware(digressions.middleware)
    app.middleware(answer_a_story)
    app.middleware(ask_what_was_meant)
    app.middleware(verification.know_before_serving)
    app.include_router(answering)
    app.fallback(small_talk.not_yet)
    _answer_troubles(app)
    return app


def _answer_troubles(app: LexResolver) -> None:
    @app.exception_handler(CustomerNotFoundError)
    def unknown_customer(turn: Turn, _: Exception) -> Reply:
        """A genuine token of somebody who is no customer (any more)."""
        desk = _desk(turn)
        desk.serving(anonymous(turn.session_id)).seat(turn)
        return _fitted(turn, ask_who(turn))

    @app.exception_handler(BooksBusyError)
    def busy(turn: Turn, _: Exception) -> Reply:
        return _apology(turn, _desk(turn).say("common.busy"))

    @app.exception_handler(BooksUnreachableError)
    @app.exception_handler(ClientError)
    @app.exception_handler(BotoCoreError)
    def unreachable(turn: Turn, _: Exception) -> Reply:
        return _apology(turn, small_talk.trouble(turn))


def _desk(turn: Turn) -> Desk:
    return Desk.of(turn)


def _apology(turn: Turn, message: Message) -> Reply:
    """What an exception is answered with: middleware does not see it any more."""
    return _fitted(turn, turn.close(message, fulfilled=False))


def _fitted(turn: Turn, reply: Reply) -> Reply:
    return replace(reply, messages=fit(reply.messages, _channel(turn), turn.locale))


def _channel(turn: Turn) -> Channel:
    return channel_of(turn.event.input_mode, turn.event.request_attributes)
