"""One simulated bank: its table, its functions, its clocks, and everyone who acts on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

import jwt
from botocore.exceptions import ConnectTimeoutError

from fulfillment.bank.books import Hold
from fulfillment.bank.money import Money
from fulfillment.bank.new_payees import most_for_new
from fulfillment.bank.standing import Standing
from fulfillment.bank.step_up import most_without_code
from fulfillment.conversations.app import build_app
from fulfillment.identity import SessionTokenKeys
from fulfillment.lex import LexResolver
from fulfillment.store.chance import Chance
from fulfillment.store.errors import BooksError
from fulfillment.store.loading import load_books
from fulfillment.store.rates import RateTable
from fulfillment.store.sending import Patience
from tests.simulation import town
from tests.simulation.auditor import Auditor
from tests.simulation.dynamo import Table
from tests.simulation.faults import Weather
from tests.simulation.judges import Theme, assessor
from tests.simulation.ledger import Ledger
from tests.simulation.operations import WatchedBooks
from tests.simulation.plain import OUTSIDE, PlainAccount, PlainCard, PlainPayee
from tests.simulation.proofs import Telephones, WatchedDeps
from tests.simulation.stage import Stage
from tests.simulation.watching import Watcher
from tests.simulation.wire import Wire

TABLE = "teller-books"
_SHARDS = 16
_SKEWS = (0, 0, 0, 2, -2, 40, -40, 300, -300)
"""Seconds by which a function's clock may be off."""


@dataclass
class KeyRing:
    """Secrets Manager with the key that signs identities: the current one and the one before."""

    rng: Random
    keys: list[tuple[str, str]] = field(default_factory=lambda: [_key(0)])

    def rotate(self) -> None:
        self.keys.append(_key(len(self.keys)))

    def get_secret_value(self, *, SecretId: str, VersionStage: str) -> Any:  # noqa: N803
        """As botocore's client does it; now and then the service cannot be reached."""
        if self.rng.random() < 0.02:
            raise ConnectTimeoutError(endpoint_url=SecretId)
        back = 1 if VersionStage == "AWSCURRENT" else 2
        kid, key = self.keys[-min(back, len(self.keys))]
        return {"SecretString": f'{{"kid": "{kid}", "key": "{key}"}}'}


def _key(number: int) -> tuple[str, str]:
    return f"k{number}", f"{number:04d}" * 16


@dataclass(eq=False)
class Bank:
    """Everything of one seed. `told` collects what customers were told, for the end."""

    seed: int
    rng: Random
    stage: Stage
    table: Table
    auditor: Auditor
    wire: Wire
    ring: KeyRing
    books: WatchedBooks
    phones: Telephones
    functions: list[tuple[LexResolver, timedelta]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    """Fulfillment events that were sent, for those who send them again."""
    _ids: int = 0

    @property
    def theme(self) -> Theme:
        return Theme.of(self.seed)

    @property
    def ledger(self) -> Ledger:
        return self.auditor.ledger

    def new_id(self) -> str:
        """Ids in the order of asking: the same in every replay."""
        self._ids += 1
        return f"{self._ids:06x}-{self.seed}"

    def identity(self, customer_id: str, session_id: str) -> str:
        """What the channel signs for a customer's turn."""
        kid, key = self.ring.keys[-1]
        issued = int(self.stage.now.timestamp())
        claims = {
            "iss": "teller-channel", "aud": "teller-fulfillment", "sub": customer_id,
            "sid": session_id, "lvl": 2, "iat": issued, "exp": issued + 300, "jti": f"j-{issued}",
            "auth_time": int(town.DAWN.timestamp()),
        }  # fmt: skip
        return jwt.encode(claims, key, "HS256", {"kid": kid})

    def invoke(self, event: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """One invocation of the fulfillment function: its answer, or None for its own fault."""
        app, skew = self.rng.choice(self.functions)
        actor = self.stage.actor
        if actor is not None:
            actor.skew = skew
        try:
            return app.resolve(event)
        except AssertionError:
            raise
        except Exception as error:  # as the Lambda handler does, which answers with an apology
            self.stage.say(f"turn failed: {type(error).__name__}: {error}")
            if not isinstance(error, BooksError):
                raise
            return None


def build(
    seed: int,
    *,
    trace: Callable[[str], None] | None = None,
    condition_of: Callable[..., Any] | None = None,
    table: Table | None = None,
    weather: Weather | None = None,
) -> Bank:
    """A bank on its first morning, and nobody acting yet; in any weather, unless one is given."""
    rng = Random(f"story {seed}")
    stage = Stage(rng, town.DAWN, trace)
    table = table or Table(TABLE)
    table.now = lambda: stage.now.timestamp()
    opened = town.opening_books()
    limits = town.limits(seed)
    ledger = Ledger(
        limits.ceiling, lambda currency: most_without_code(currency, Standing()), most_for_new
    )
    for account in opened.accounts:
        ledger.accounts[account.customer_id, account.account_id] = PlainAccount(
            account.kind, account.posted.currency, account.status,
            account.posted.minor, account.held.minor, account.credit_limit.minor,
        )  # fmt: skip
        ledger.bank[f"{OUTSIDE} {account.posted.currency}"] -= account.posted.minor
    for card in opened.cards:
        ledger.cards[card.customer_id, card.card_id] = PlainCard(card.account_id, card.status)
    for payee in opened.payees:
        ledger.payees[payee.customer_id, payee.payee_id] = PlainPayee(
            payee.target, payee.active, payee.new_until
        )
    auditor = Auditor(table, ledger)
    dice = Random(f"weather {seed}")
    wire = Wire(stage, table, auditor, Weather(), dice, turn=seed // len(Theme))
    load_books(wire.client(), TABLE, opened)
    for rate in town.opening_rates():
        RateTable(wire.client(), TABLE).put(rate)
        ledger.rates[rate.sells, rate.buys][rate.since] = rate.value
    auditor.begin()
    if condition_of is not None:
        table.condition_of, wire.asks_origins = condition_of, True
        table.asked = getattr(condition_of, "begin", table.asked)
    drawn = Weather.drawn(dice)
    wire.weather = weather or drawn
    if weather is None:
        table.index_lags = lambda: dice.random() < 0.2
    watcher = Watcher(stage, auditor.compare)
    phones = Telephones(dice)
    bank = Bank(seed, rng, stage, table, auditor, wire, KeyRing(dice), None, phones)  # type: ignore[arg-type]  # filled below
    bank.books = WatchedBooks(
        wire.client(),
        TABLE,
        standing_limits=limits,
        patience=Patience(sleep=stage.pause, jitter=lambda ceiling: dice.uniform(0, ceiling)),
        # Few of the bank's shards, so that payments meet at them.
        chance=Chance(shard=lambda _: dice.randrange(_SHARDS), new_id=bank.new_id),
        watcher=watcher,
    )
    judge = assessor(rng, seed)
    for _ in range(2):
        keys = SessionTokenKeys(bank.ring, "session-key", lambda: stage.now.timestamp())
        deps = WatchedDeps(
            bank.books, keys, stage.clock, bank.new_id, phones=phones, new_code=phones.new_code,
            assessor=lambda: judge, watcher=watcher,
        )  # fmt: skip
        bank.functions.append((build_app(deps), timedelta(seconds=rng.choice(_SKEWS))))
    return bank


def merchant_hold(bank: Bank, customer_id: str, hold_id: str, minor: int, life: timedelta) -> Hold:
    """What a merchant asks to be held on a customer's debit card."""
    return Hold(
        customer_id=customer_id,
        account_id="checking",
        hold_id=hold_id,
        placed_at=bank.stage.clock(),
        expires_at=bank.stage.clock() + life,
        amount=Money(minor, "USD"),
        description="Corner Coffee",
        merchant="Corner Coffee",
        card_id=f"{customer_id}-card",
    )
