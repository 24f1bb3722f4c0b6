"""Which lines of a history a customer wants to see: a filter over postings and holds. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fulfillment.bank.amount_ranges import AmountRange
from fulfillment.bank.books import Hold, Posting
from fulfillment.bank.naming import match_merchant

Line = Posting | Hold


class Flow(StrEnum):
    """Which way the money went, and for what, as customers name it."""

    IN = "in"
    OUT = "out"
    PURCHASES = "purchases"
    SALARY = "salary"
    REFUNDS = "refunds"
    CASH = "cash"
    FEES = "fees"


_KINDS = {
    Flow.PURCHASES: frozenset({"card", "direct_debit"}),
    Flow.SALARY: frozenset({"salary"}),
    Flow.REFUNDS: frozenset({"refund"}),
    Flow.CASH: frozenset({"cash"}),
    Flow.FEES: frozenset({"fee"}),
}
_FLOWS = (
    (Flow.REFUNDS, r"refunds?|refunded|money back|reembols\w+|devoluci[oó]n(?:es)?|devolvieron"),
    (
        Flow.SALARY,
        r"paycheck|pay ?check|salary|wages|payday|been paid|got paid|get paid"
        r"|n[oó]minas?|sueldos?|salarios?|quincenas?|me pagaron",
    ),
    (Flow.CASH, r"cash|atm|efectivo|cajeros?"),
    (Flow.FEES, r"fees?|comisi[oó]n|comisiones|cargos? del banco|cargos? por servicio"),
    (Flow.PURCHASES, r"purchases?|bought|buy|compras?|compr[eé]|comprado"),
    (
        Flow.IN,
        r"deposits?|(?:came|come|coming|went|money) in(?:to)?|incoming|received|credits"
        r"|dep[oó]sitos?|depositaron|entradas?|entr[oó]|entraron|ingresos?|recib[ií]|abonos?",
    ),
    (
        Flow.OUT,
        r"withdrawals?|charges?|charged|debits|outgoing|taken from"
        r"|(?:came|come|went|going|money) out"
        r"|retiros?|cargos?|cobros?|cobraron|salidas?|sali[oó]|salieron|d[eé]bitos?",
    ),
)
_FLOW_WORDS = [(flow, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for flow, words in _FLOWS]
_BOTH_WAYS = re.compile(
    r"\bwithdrawals? and deposits?\b|\bin and out\b|\bretiros? y dep[oó]sitos?\b", re.IGNORECASE
)
_PENDING = re.compile(
    r"\b(?:pending|on hold|processing|(?:not|\w+n't) (?:yet )?(?:posted|cleared|booked)"
    r"|pendientes?|en proceso|retenid[oa]s?|sin registrar)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TransactionFilter:
    """Everything that is set must hold. `name` is a merchant or person as the customer says it.

    Money that moved between the customer's own accounts came in and went out of one account, not
    of all: without `own_transfers` it is neither.
    """

    name: str | None = None
    category: str | None = None
    amounts: AmountRange | None = None
    flow: Flow | None = None
    pending: bool = False
    own_transfers: bool = True

    @property
    def is_open(self) -> bool:
        """Whether every line fits."""
        return self == TransactionFilter()

    def wants(self, line: Line) -> bool:
        """Whether `line` is one of those that were asked for."""
        if self.pending and isinstance(line, Posting):
            return False
        if self.amounts is not None and not self.amounts.holds(line.amount):
            return False
        if self.category is not None and line.category != self.category:
            return False
        if self.flow is not None and not self._flows(line, self.flow):
            return False
        return self.name is None or _is_named(line, self.name)

    def _flows(self, line: Line, flow: Flow) -> bool:
        """A hold is money that is about to go out, as a purchase does."""
        if isinstance(line, Hold):
            return flow in (Flow.OUT, Flow.PURCHASES)
        if flow in _KINDS:
            return line.kind in _KINDS[flow]
        if line.kind == "transfer" and not self.own_transfers:
            return False
        return (line.amount.minor > 0) == (flow is Flow.IN)


def flow_said(sentence: str) -> Flow | None:
    """The way of the money that a sentence asks about: "deposits", "what did I buy"."""
    if _BOTH_WAYS.search(sentence):
        return None
    return next((flow for flow, words in _FLOW_WORDS if words.search(sentence)), None)


def pending_said(sentence: str) -> bool:
    """Whether a sentence asks for what is not booked yet."""
    return _PENDING.search(sentence) is not None


def moment_of(line: Line) -> datetime:
    """When a line was booked, or placed while it is pending."""
    return line.booked_at if isinstance(line, Posting) else line.placed_at


def names_of(line: Line) -> Iterable[str]:
    """What a line may be known by: the merchant, the other side, its text."""
    counterparty = line.counterparty if isinstance(line, Posting) else None
    return {name for name in (line.merchant, counterparty, line.description) if name}


def _is_named(line: Line, said: str) -> bool:
    return bool(match_merchant(said, names_of(line)).found)
