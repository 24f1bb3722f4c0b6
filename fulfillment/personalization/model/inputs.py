"""What a propensity is computed from: one definition, for training and for serving.

Age, sex, marital status, family, address and the length of a call are no inputs: they are
protected, stand for something protected, or are known only when the answer is. `FORBIDDEN` names
them, and a test keeps every list below free of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, log1p
from typing import Final

SCHEMA_VERSION: Final = 1
FORBIDDEN: Final = frozenset(
    {
        "duration", "age", "experience", "marital", "family", "gender", "sex", "dob", "zip code",
        "zip", "postcode", "profile", "name", "nationality", "fraud_scenario",
    }
)  # fmt: skip
"""Never an input, in lower case."""
NEVER_CONTACTED: Final = 999.0
"""How Bank Marketing writes `pdays` of a client who was not contacted before."""

Row = Mapping[str, object]


class InputError(ValueError):
    """A row lacks an input or has one that is no value of its kind; the message says which."""


@dataclass(frozen=True, slots=True)
class Number:
    """An input that is a finite number; `spread` are the columns that it becomes."""

    name: str
    spread: Callable[[float], tuple[float, ...]] = lambda value: (value,)

    def read(self, row: Row) -> float:
        """Its value in `row`. Raises `InputError`."""
        value = _present(row, self.name)
        try:
            number = float(value)  # type: ignore[arg-type]  # whatever it is, it is tried
        except (TypeError, ValueError):
            raise InputError(f"{self.name} is {value!r:.40}, which is not a number") from None
        if not isfinite(number):
            raise InputError(f"{self.name} is not a finite number")
        return number


@dataclass(frozen=True, slots=True)
class Kind:
    """An input that is one of a few words; a word that training has not seen is none of them."""

    name: str

    def read(self, row: Row) -> str:
        """Its value in `row`, as text. Raises `InputError`."""
        value = _present(row, self.name)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return str(value).strip()


Input = Number | Kind


def _calls(count: float) -> tuple[float, ...]:
    return min(count, 10.0), log1p(max(count, 0.0))


def _earlier(count: float) -> tuple[float, ...]:
    return (min(count, 4.0),)


def _days_since(days: float) -> tuple[float, ...]:
    """Whether there was a contact before, and how fresh it is, a month or more being stale."""
    if days >= NEVER_CONTACTED:
        return 0.0, 1.0
    return 1.0, min(days, 30.0) / 30.0


@dataclass(frozen=True, slots=True)
class Head:
    """A propensity: of which product, from which inputs, learnt from which column.

    `in_time`: rows come in the order of time, so that later ones judge what earlier ones taught.
    A head that is not `served` is trained for the report alone: it shows what cannot be told.
    """

    name: str
    inputs: tuple[Input, ...]
    target: str
    yes: str
    in_time: bool = False
    served: bool = True


_BANKING = (
    Number("Income"), Number("CCAvg"), Kind("Education"), Number("Mortgage"),
    Number("Online"), Number("CreditCard"),
)  # fmt: skip

_IN_LEDGER = (Number("Income"), Number("CCAvg"))
"""What a customer's own lines tell: money in, and spent by card."""
_CONTACTS = (
    Number("campaign", _calls), Number("previous", _earlier), Number("pdays", _days_since),
)  # fmt: skip

HEADS: Final[tuple[Head, ...]] = (
    Head(
        "term_deposit",
        (
            Kind("job"), Kind("default"), Kind("contact"), Kind("poutcome"), Kind("month"),
            *_CONTACTS, Number("emp.var.rate"), Number("euribor3m"), Number("nr.employed"),
        ),
        target="y",
        yes="yes",
        in_time=True,
    ),
    Head(
        "personal_loan",
        (*_BANKING, Number("Securities Account"), Number("CD Account")),
        target="Personal Loan",
        yes="1",
    ),
    Head(
        "personal_loan_from_ledger",
        (*_IN_LEDGER, Number("CreditCard")),
        target="Personal Loan",
        yes="1",
    ),
    Head(
        "certificate_of_deposit",
        (*_BANKING, Number("Securities Account"), Number("Personal Loan")),
        target="CD Account",
        yes="1",
    ),
    Head(
        "certificate_from_ledger",
        (*_IN_LEDGER, Number("CreditCard"), Number("Personal Loan")),
        target="CD Account",
        yes="1",
    ),
    Head(
        "securities_from_spending",
        (Number("Income"), Number("CCAvg"), Number("Mortgage")),
        target="Securities Account",
        yes="1",
        served=False,
    ),
    Head("credit_card_from_ledger", _IN_LEDGER, target="CreditCard", yes="1", served=False),
    Head(
        "term_deposit_from_contacts",
        (Kind("poutcome"), *_CONTACTS),
        target="y",
        yes="yes",
        in_time=True,
        served=False,
    ),
)  # fmt: skip


def head_named(name: str) -> Head:
    """Raises `InputError` for a name that no head has."""
    found = next((head for head in HEADS if head.name == name), None)
    if found is None:
        raise InputError(f"there is no propensity {name!r}")
    return found


def vector(head: Head, words: Mapping[str, Sequence[str]], row: Row) -> list[float]:
    """The columns of a row. `words` are the values that training saw of each kind, in order."""
    columns: list[float] = []
    for one in head.inputs:
        if isinstance(one, Number):
            columns += one.spread(one.read(row))
        else:
            said = one.read(row)
            columns += [float(said == word) for word in words[one.name]]
    return columns


def column_names(head: Head, words: Mapping[str, Sequence[str]]) -> list[str]:
    """What each column of `vector` is, as reports name it."""
    names: list[str] = []
    for one in head.inputs:
        if isinstance(one, Kind):
            names += [f"{one.name}={word}" for word in words[one.name]]
        else:
            width = len(one.spread(0.0))
            names += [one.name] if width == 1 else [f"{one.name}[{n}]" for n in range(width)]
    return names


def _present(row: Row, name: str) -> object:
    value = row.get(name)
    if value is None or value == "":
        raise InputError(f"the row lacks {name}")
    return value
