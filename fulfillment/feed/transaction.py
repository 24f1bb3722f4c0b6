"""One transaction of the feed, as it is sent: typed, and refused with the field at fault."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)

from fulfillment.bank.categories import CATEGORIES
from fulfillment.bank.money import Money

MAX_BYTES = 16 * 1024
MOST_MINOR = 10**11
"""A billion in a currency with cents: whatever is above it is a mistake of the sender."""
AHEAD = timedelta(minutes=10)
"""How far a sender's clock may be ahead of the bank's."""
LATE = timedelta(days=60)
"""How late a transaction may come: as long as the fraud features remember."""


def _known_category(value: str) -> str:
    if value not in CATEGORIES:
        raise ValueError(f"is none of {', '.join(sorted(CATEGORIES))}")
    return value


def _to_the_second(value: datetime) -> datetime:
    return value.astimezone(UTC).replace(microsecond=0)


Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._~+-]{1,64}$")]
Name = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f<>]*$"
    ),
]
Category = Annotated[str, AfterValidator(_known_category)]
At = Annotated[AwareDatetime, AfterValidator(_to_the_second)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Amount(_Part):
    """A positive amount in minor units (cents) of an ISO 4217 currency."""

    minor: int = Field(strict=True, gt=0, le=MOST_MINOR)
    currency: str = Field(pattern=r"^[A-Z]{3}$")

    @property
    def money(self) -> Money:
        return Money(self.minor, self.currency)


class _Transaction(_Part):
    """`id` is the sender's own and names this transaction for ever; `at` is when it took place."""

    id: Id
    at: At
    customer: Id
    amount: Amount
    category: Category | None = None

    @property
    def digest(self) -> str:
        """What this transaction says, as one SHA-256: the same id never says anything else."""
        return hashlib.sha256(self._said().encode()).hexdigest()

    def _said(self) -> str:
        return self.model_dump_json()

    @property
    def transfer_id(self) -> str:
        """The id of the movement in the books, which follows from the sender's."""
        return f"CX-{hashlib.sha256(self.id.encode()).hexdigest()[:24]}"


class CardPurchase(_Transaction):
    """A merchant asks for money by a card. `device` is a wallet or telephone, and `country` the ISO
    3166 code of where the card is used; each where it is known.
    """

    kind: Literal["card_purchase"]
    card: Id
    merchant: Name
    device: str = Field(default="", max_length=80, pattern=r"^[A-Za-z0-9._~+:-]*$")
    country: str = Field(default="", pattern=r"^([A-Z]{2})?$")

    def _said(self) -> str:
        # Who names no country says what was said before one could be named.
        return self.model_dump_json(exclude=None if self.country else {"country"})


class CardRefund(_Transaction):
    """A merchant gives money back to a card."""

    kind: Literal["card_refund"]
    card: Id
    merchant: Name


class DirectDebit(_Transaction):
    """A creditor collects from an account."""

    kind: Literal["direct_debit"]
    account: Id
    creditor: Name


class AccountCredit(_Transaction):
    """Money arrives on an account: wages, or any other payment."""

    kind: Literal["account_credit"]
    account: Id
    payer: Name
    purpose: Literal["salary", "payment"] = "payment"


FeedTransaction = CardPurchase | CardRefund | DirectDebit | AccountCredit
_ADAPTER: TypeAdapter[FeedTransaction] = TypeAdapter(
    Annotated[FeedTransaction, Field(discriminator="kind")]
)
_KINDS = frozenset({"card_purchase", "card_refund", "direct_debit", "account_credit"})


class InvalidTransactionError(ValueError):
    """What was sent is no transaction. `faults` name each field and what is wrong with it."""

    def __init__(self, faults: list[dict[str, str]]) -> None:
        super().__init__("; ".join(f"{one['field']}: {one['problem']}" for one in faults))
        self.faults = faults


def read_transaction(body: bytes | str, now: datetime) -> FeedTransaction:
    """The transaction in a JSON body. Raises `InvalidTransactionError`."""
    try:
        read = _ADAPTER.validate_json(body)
    except ValidationError as fault:
        errors = fault.errors(include_input=False, include_url=False)
        raise InvalidTransactionError(
            [{"field": _field(one["loc"]), "problem": one["msg"]} for one in errors]
        ) from None
    if read.at > now + AHEAD:
        raise InvalidTransactionError([{"field": "at", "problem": "is in the future"}])
    if read.at < now - LATE:
        problem = f"is more than {LATE.days} days ago"
        raise InvalidTransactionError([{"field": "at", "problem": problem}])
    return read


def _field(place: tuple[int | str, ...]) -> str:
    """Where in the body: a kind that pydantic puts in front names no field."""
    parts = place[1:] if place and place[0] in _KINDS else place
    return ".".join(map(str, parts)) or "body"
