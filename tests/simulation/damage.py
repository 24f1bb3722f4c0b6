"""Books that are not whole: a stray record where a write goes, one that is gone, a wrong figure.

What a movement finds amiss must stop it: it never builds on damage, and never writes over a record.
What counts as damage is said here by what an item is, and not read off a write's own conditions: a
condition that were left out would be missed all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from fulfillment.bank.payments import PaymentKind
from tests.simulation.dynamo import Table
from tests.simulation.dynamo.evaluation import Item

_OVER, _FAR = "2026-01-01T00:00:00.000000Z", "2099-01-01T00:00:00.000000Z"
_FULL = "999999999"
_PAYMENTS = frozenset(str(kind) for kind in PaymentKind)
_LINES = ("E#", "Z#", "TM#", "TD#", "TP#", "TN#")
_SELDOM = {True: 1, False: 2}
"""How often what many movements have is damaged, and what few have."""
_NEVER_MADE_BY_A_CHANGE = frozenset("ABKQTP")
"""Things that a change of them must not bring into being: a counter may be."""


@dataclass(frozen=True)
class Damage:
    """One item as it is for a moment, None for gone, in place of what it was."""

    what: str
    key: tuple[str, str]
    before: Item | None
    during: Item | None

    @property
    def is_of_lines(self) -> bool:
        """Whether it is where every movement writes: there are many of those."""
        return self.key[1].startswith(_LINES) or self.key[0].startswith("BANK#")

    def done(self, table: Table) -> None:
        table.put_aside(self.key, self.during)

    def mended(self, table: Table) -> None:
        """Back to how it was, unless the write went through all the same."""
        if table.items.get(self.key) is self.during:
            table.put_aside(self.key, self.before)


@dataclass(frozen=True)
class _Write:
    """One write of a transaction, and what is there before it."""

    action: str
    request: Mapping[str, Any]
    key: tuple[str, str]
    before: Item | None
    corrects: bool
    pays_from: str
    """The account that the movement or schedule which is put beside it draws on, if one is."""

    @property
    def kind(self) -> str:
        return self.key[1].partition("#")[0]

    @property
    def names(self) -> Mapping[str, str]:
        names: Mapping[str, str] = self.request.get("ExpressionAttributeNames", {})
        return names

    @property
    def change(self) -> str:
        return str(self.request.get("UpdateExpression", ""))

    @property
    def becomes(self) -> str:
        """The state that an update sets, "" where it sets none."""
        values = self.request.get("ExpressionAttributeValues", {})
        for word in self.change.replace(",", " ").split("st = ")[1:2]:
            return str(values.get(word.split()[0], {}).get("S", ""))
        return ""

    def spoilt(self, what: str, **values: dict[str, str | bool]) -> Damage:
        return Damage(what, self.key, self.before, {**(self.before or {}), **values})


def drawn(found: Sequence[Damage], rng: Random) -> Damage:
    """Any of them: seldom of what many movements have."""
    return rng.choices(found, [_SELDOM[one.is_of_lines] for one in found])[0]


def damages_of(request: Mapping[str, Any], table: Table) -> list[Damage]:
    """Every damage that there can be to the records that a transaction is about to write."""
    writes = list(request.get("TransactItems", ()))
    pays_from = _pays_from(writes)
    corrects = any("of" in one["Put"]["Item"] for one in writes if "Put" in one)
    found: list[Damage] = []
    for item in writes:
        ((action, write),) = item.items()
        key = write.get("Key") or write["Item"]
        where = key["PK"]["S"], key["SK"]["S"]
        found += _of(_Write(action, write, where, table.items.get(where), corrects, pays_from))
    return found


def _pays_from(writes: list[Mapping[str, Any]]) -> str:
    put = (one["Put"]["Item"] for one in writes if "Put" in one)
    return next(
        (
            f"A#{item['src']['S']}"
            for item in put
            if item.get("kind", {}).get("S") in _PAYMENTS
            and (item["PK"]["S"].startswith("T#") or item["SK"]["S"].startswith("O#"))
        ),
        "",
    )


def _of(write: _Write) -> Iterator[Damage]:
    action, key, before = write.action, write.key, write.before
    if action == "Put":
        yield from _where_it_is_put(write)
        return
    if before is None:
        return
    if action == "Delete" or _must_be_there(write):
        yield Damage("a record is gone", key, before, None)
    yield from _BY_KIND.get(write.kind, _of_nothing)(write)


def _must_be_there(write: _Write) -> bool:
    """Of a quote that is gone it is rightly said that nothing was paid by it; what goes back to a
    payee's allowance is of a payment that was agreed long ago.
    """
    if write.becomes == "withdrawn" or (write.kind == "B" and not write.pays_from):
        return False
    if write.kind == "P":
        return "msgs" in write.change or "news :one" in write.change
    return write.kind in _NEVER_MADE_BY_A_CHANGE


def _of_nothing(_write: _Write) -> Iterator[Damage]:
    yield from ()


def _of_a_payee(write: _Write) -> Iterator[Damage]:
    if write.pays_from:
        yield write.spoilt("a payee was removed", active={"BOOL": False})
        yield write.spoilt("a payee is somebody else", target={"S": "021000021-0000"})
        if "#paid" in write.names:
            full: dict[str, Any] = {write.names["#paid"]: {"N": _FULL}}
            yield write.spoilt("a payee is new and has had its fill", new={"S": _FAR}, **full)


def _of_a_card(write: _Write) -> Iterator[Damage]:
    if write.becomes not in ("", "blocked"):
        yield write.spoilt("a card was blocked", st={"S": "blocked"})


def _of_a_record(write: _Write) -> Iterator[Damage]:
    yield write.spoilt("a movement came to nothing", st={"S": "expired"})


def _of_counters(write: _Write) -> Iterator[Damage]:
    if "lt" in (write.before or {}) and "lt = " in write.change:
        yield write.spoilt("something later was counted", lt={"N": "99999999999999"})


def _of_a_day(write: _Write) -> Iterator[Damage]:
    # What goes back to a day that is full is welcome.
    if ":most" in write.request.get("ExpressionAttributeValues", {}):
        for what in ("#spent", "#count"):
            full: dict[str, Any] = {write.names[what]: {"N": _FULL}}
            yield write.spoilt(f"a day that is full: {what}", **full)


def _of_a_person(write: _Write) -> Iterator[Damage]:
    if "msgs" in write.change:
        yield write.spoilt("another message was told", msgs={"N": "99999"})


def _where_it_is_put(write: _Write) -> Iterator[Damage]:
    (partition, sort), before = write.key, write.before
    if before is None:
        if partition.startswith("T#"):
            other = {**write.request["Item"], "cid": {"S": "nobody"}, "dg": {"S": "0" * 64}}
            yield Damage("another's movement has the id", write.key, None, other)
        else:
            stray: Item = {
                "PK": {"S": partition}, "SK": {"S": sort}, "stray": {"BOOL": True},
            }  # fmt: skip
            yield Damage("a stray record", write.key, None, stray)
        return
    if "ver" in before:
        yield write.spoilt("somebody else has changed it", ver={"N": "99999"})
    if sort.startswith("O#") and write.pays_from and before["st"]["S"] == "active":
        yield write.spoilt("a schedule was called off", st={"S": "cancelled"})


def _of_an_account(write: _Write) -> Iterator[Damage]:
    moves = "posted = posted +" in write.change or _takes(write)
    # What is corrected was of that currency when it was booked, and an account keeps its own.
    if (moves and not write.corrects) or write.action == "ConditionCheck":
        yield write.spoilt("an account is of another currency", ccy={"S": "GBP"})
    if moves and "held" not in write.change:
        yield write.spoilt("an account was closed", st={"S": "closed"})
    if write.key[1] == write.pays_from:
        yield write.spoilt("no account that pays", kind={"S": "credit_card"})
    if "held - " in write.change:
        yield write.spoilt("less is held than was promised", held={"N": "0"})
    if _takes(write):
        yield write.spoilt("less is there than was promised", avail={"N": "-9999999"})


def _takes(write: _Write) -> bool:
    """Whether a change leaves less available."""
    values = write.request.get("ExpressionAttributeValues", {})
    for sign in ("+", "-"):
        _, there, rest = write.change.partition(f"avail = avail {sign} ")
        if there:
            amount = int(values[rest.replace(",", " ").split()[0]]["N"])
            return (amount if sign == "+" else -amount) < 0
    return False


def _of_a_quote(write: _Write) -> Iterator[Damage]:
    if write.becomes in ("consumed", "agreed"):
        yield write.spoilt("a quote of another session", sid={"S": "a session that nobody has"})
    if "stepUp = " in write.change or write.becomes in ("consumed", "agreed"):
        yield write.spoilt("a quote of other figures", dg={"S": "0" * 64})
        yield write.spoilt("a quote that is over", exp={"S": _OVER})
        yield write.spoilt("a quote that was withdrawn", st={"S": "withdrawn"})
    if write.becomes in ("consumed", "agreed"):
        yield write.spoilt("a quote without its code", stepUp={"S": "required"})


def _of_a_code(write: _Write) -> Iterator[Damage]:
    if write.key[0].startswith("SESSION#") and write.becomes:
        yield write.spoilt("a code that is over", exp={"S": _OVER})
        yield write.spoilt("another code was sent", seal={"S": "k0:salt:0"})
        yield write.spoilt("a code that was used", st={"S": "used"})


def _of_a_score(write: _Write) -> Iterator[Damage]:
    if write.key[0].startswith("FS#") and "label" in write.change:
        yield write.spoilt("a verdict was learnt already", label={"S": "genuine"})


_BY_KIND = {
    "A": _of_an_account,
    "B": _of_a_payee,
    "Q": _of_a_quote,
    "K": _of_a_card,
    "T": _of_a_record,
    "F": _of_counters,
    "L": _of_a_day,
    "P": _of_a_person,
    "O": _of_a_code,
    "S": _of_a_score,
}
