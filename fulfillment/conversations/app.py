"""Puts the conversations together: who is speaking, what they may ask, and who answers."""

from __future__ import annotations

from dataclasses import replace

from botocore.exceptions import BotoCoreError, ClientError

from fulfillment.conversations import (
    about_the_talk,
    account_info,
    add_payee,
    balance_ahead,
    balances,
    cancel_payment,
    card_limits,
    cards,
    cases,
    charts,
    declined_card,
    disputes,
    explain_charge,
    freeze_account,
    investing,
    loans,
    lost_card,
    odd_charges,
    offer_consent,
    offers,
    other_services,
    pay_card,
    payees,
    plans,
    rights,
    schedule_changes,
    schedule_payment,
    send_money,
    service_requests,
    small_talk,
    spending,
    statements,
    subscriptions,
    transactions,
    transfer_money,
    travel_notices,
    verification,
    was_it_you,
)
from fulfillment.conversations.checking import tell_what_became_of_it
from fulfillment.conversations.deps import Deps
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.digressions import Digressions
from fulfillment.conversations.farewell import after_an_ending
from fulfillment.conversations.keeping_secrets import take_out_secrets
from fulfillment.conversations.news import tell_the_news
from fulfillment.conversations.proving import ask_who
from fulfillment.conversations.rights import notice_rights
from fulfillment.conversations.speaker import recognise
from fulfillment.conversations.switches import refuse_what_is_off
from fulfillment.conversations.taken_over import pass_on
from fulfillment.conversations.tips import tell_a_tip
from fulfillment.conversations.which_meant import ask_what_was_meant
from fulfillment.identity import anonymous
from fulfillment.lex import LexResolver, Message, Reply, Router, Turn
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
    app.middleware(pass_on)
    app.middleware(tell_what_became_of_it)
    app.middleware(notice_rights)
    app.middleware(refuse_what_is_off)

    @app.middleware
    def count_misunderstandings(turn: Turn, proceed: Handler) -> Reply:
        if turn.intent != "FallbackIntent":
            turn.session.pop(small_talk.FAILURES, None)
        return proceed(turn)

    conversations = Router()
    digressions = Digressions(conversations)
    for module in (
        small_talk, balances, transactions, spending, send_money, transfer_money, cards,
        disputes, cases, service_requests, account_info, freeze_account, pay_card, lost_card,
        declined_card, about_the_talk, explain_charge, rights, verification, schedule_payment,
        schedule_changes,
        add_payee, payees, cancel_payment, card_limits, was_it_you,
        subscriptions, balance_ahead, odd_charges, statements, travel_notices,
        offers, offer_consent, loans, plans, investing, charts,
        other_services,
    ):  # fmt: skip
        conversations.include_router(module.router)
    app.middleware(digressions.middleware)
    app.middleware(ask_what_was_meant)
    app.middleware(verification.know_before_serving)
    app.include_router(conversations)
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
