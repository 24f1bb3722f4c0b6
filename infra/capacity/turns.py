"""Says each kind of turn to the conversations, as Lex would, over a metered table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

import jwt

from fulfillment.conversations.app import build_app
from fulfillment.conversations.deps import Deps
from fulfillment.identity import SessionTokenKeys, TokenKey
from fulfillment.identity.token import REQUEST_ATTRIBUTE
from fulfillment.lex import LexResolver
from fulfillment.lex.testing import lex_event
from fulfillment.store.books import Books
from infra.capacity.history import CUSTOMER, NOW
from infra.capacity.meter import Meter

KEY = TokenKey("k1", "a key that signs nothing but the turns of this measurement, and no other")
_SESSION = "test-session"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of turn: its name, and the intent, words and slots that it is said with.

    One that `follows` goes on in the session of the one before it; a `confirmed` one is a yes.
    A `bounded` one reads as many lines as there are, up to a bound.
    """

    name: str
    intent: str
    words: str
    slots: Mapping[str, str] = field(default_factory=dict)
    follows: bool = False
    confirmed: bool = False
    bounded: bool = False


_PAYMENT = {"payee": "Anna", "amount": "50 dollars", "sourceAccount": "everyday checking"}
KINDS = (
    Kind("one balance", "CheckBalance", "balance of savings", {"account": "savings"}),
    Kind("all balances", "CheckBalance", "all my balances"),
    Kind("recent transactions", "ListTransactions", "my transactions"),
    Kind("the next page", "ShowMore", "show more", follows=True),
    Kind("what a charge is", "ExplainCharge", "what is it", {"charge": "the second one"}, True),
    Kind("search by merchant", "ListTransactions", "at shell", {"merchant": "Shell"}),
    Kind("search that finds nothing", "ListTransactions", "over $900,000", bounded=True),
    Kind("spending, a month", "GetSpending", "last month", {"period": "last month"}),
    Kind("spending, a year", "GetSpending", "this year", {"period": "this year"}),
    Kind("spending, ten days", "GetSpending", "last 10 days", {"period": "last 10 days"}),
    Kind("spending, a category", "GetSpending", "on dining", {"category": "dining"}),
    Kind("spending, a merchant", "GetSpending", "at shell", {"merchant": "Shell"}),
    Kind("spending, compared", "GetSpending", "last month compared to august",
         {"period": "last month"}),
    Kind("income, a year", "GetIncome", "this year", {"period": "this year"}),
    Kind("was I paid", "GetIncome", "was i paid yet"),
    Kind("card payment due", "GetPaymentDue", "when is my card due"),
    Kind("payment, its figures", "SendMoney", "send 50 dollars to anna", _PAYMENT),
    Kind("payment, confirmed", "SendMoney", "yes", _PAYMENT, follows=True, confirmed=True),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cost:
    """What a turn asked of the table, and whether it was answered."""

    kind: str
    calls: int
    read_units: int
    write_units: int
    items_read: int
    reply: str

    @property
    def units(self) -> tuple[str, int, int, int, int]:
        """All of it but the words of the reply, whose sums differ."""
        return self.kind, self.calls, self.items_read, self.read_units, self.write_units

    def as_json(self) -> dict[str, int | str]:
        return {
            "turn": self.kind,
            "calls": self.calls,
            "read_units": self.read_units,
            "write_units": self.write_units,
            "items_read": self.items_read,
        }


def measure(meter: Meter, table: str) -> Iterator[Cost]:
    """Every kind of turn, once, by the customer of `history`, in a session that is under way."""
    app = _app(meter, table)
    app.resolve(event_of(Kind("the first turn", "Welcome", "hi"), {}))
    session: dict[str, str] = {}
    for kind in KINDS:
        session = session if kind.follows else {}
        meter.reset()
        answer = app.resolve(event_of(kind, session))
        session = answer["sessionState"]["sessionAttributes"]
        said = [m["content"] for m in answer.get("messages", ()) if "content" in m]
        yield Cost(
            kind.name,
            sum(meter.calls.values()),
            meter.read_units,
            meter.write_units,
            meter.items_read,
            "\n".join(said),
        )


class _OneKey(SessionTokenKeys):
    """The key of this measurement, without Secrets Manager."""

    def __init__(self) -> None:
        """Nothing is read."""

    def keys(self) -> tuple[TokenKey, ...]:
        return (KEY,)


def _app(meter: Meter, table: str) -> LexResolver:
    numbers = count(1)
    deps = Deps(
        Books(meter.as_client(), table), _OneKey(), lambda: NOW, lambda: f"id-{next(numbers)}"
    )
    return build_app(deps)


def event_of(kind: Kind, session: Mapping[str, str]) -> dict[str, object]:
    """What Lex sends for this turn, with the attributes of a session that is under way."""
    pays = kind.intent == "SendMoney" and not kind.confirmed
    return lex_event(
        kind.intent,
        kind.slots,
        source="DialogCodeHook" if pays else "FulfillmentCodeHook",
        transcript=kind.words,
        session=session,
        attributes={REQUEST_ATTRIBUTE: _token()},
        confirmation="Confirmed" if kind.confirmed else "None",
    )


def _token() -> str:
    issued = NOW - timedelta(seconds=1)
    claims = {
        "iss": "teller-channel", "aud": "teller-fulfillment", "sub": CUSTOMER, "sid": _SESSION,
        "lvl": 2, "iat": int(issued.timestamp()), "exp": int(issued.timestamp()) + 300,
        "jti": "t-1", "auth_time": int(issued.timestamp()),
    }  # fmt: skip
    return jwt.encode(claims, KEY.secret, "HS256", {"kid": KEY.kid})
