"""`python -m tests.integration.faults.outcomes`: a table of faults and what customers live through.

Money stories are told in conversation. A fault of the plan meets one step of one; then all is well
again, and the customer, who wants it done, says it once more, or begins again where told to. In the
end the accounts are as without the fault, or it is a break, and the exit status 1.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from fulfillment.store.auditing import audit
from fulfillment.store.loading import load_books
from fulfillment.store.reconciling import settle_doubts
from infra.faults import Fault, only
from infra.faults.plan import ClockStep, Plan, Planned, read_plan
from infra.pages import put_between
from tests.integration.faults.talking_bank import (
    TABLE,
    TalkingBank,
    clients_of,
    without_waiting,
)
from tests.simulation.dynamo import Table
from tests.simulation.endpoint import client_of
from tests.unit.bank.values import opening_books

DOCS = Path(__file__).parents[3] / "docs" / "reliability.md"
BEGIN, END = "<!-- python -m tests.integration.faults.outcomes -->", "<!-- end of outcomes -->"
_RECEIPT = re.compile(r"TR-[0-9A-HJKMNP-TV-Z]{8}")
_TIMES = 6
_PROVE = "What is your customer number"
_NOTHING = ("nothing has moved", "nothing was sent", "nothing was moved", "was not made")


@dataclass(frozen=True)
class Story:
    """What a customer wants; `confirmed` says whether it takes a yes."""

    name: str
    intent: str
    slots: Mapping[str, str]
    confirmed: bool = True


STORIES = (
    Story("payment", "SendMoney", {"amount": "$140.00", "payee": "Anna Kovacs",
                                   "sourceAccount": "Checking"}),
    Story("transfer", "TransferMoney", {"amount": "$25.00", "sourceAccount": "Savings",
                                        "destinationAccount": "Checking"}),
    Story("card bill", "PayCreditCard", {"portion": "other", "amount": "$50.00",
                                          "sourceAccount": "Savings"}),
    Story("card frozen", "FreezeCard", {"card": "Visa debit"}, confirmed=False),
)  # fmt: skip


class BrokenPromiseError(AssertionError):
    """Money is not where it should be, or somebody was told otherwise than it is."""


@dataclass
class Talk:
    """One telling. `met` is what was answered in the step that met the fault."""

    bank: TalkingBank
    story: Story
    met: str = ""
    said: list[str] = field(default_factory=list)
    """What was answered to each step, the first time."""
    before: int = 0
    """Movements that were there already."""

    def __post_init__(self) -> None:
        self.before = _movements(self.bank)

    def tell(
        self,
        step: int,
        dependency: str,
        plan: Callable[[int, str], Fault | None],
        clock: timedelta = timedelta(0),
    ) -> int:
        """Until it is done. Returns how many calls `dependency` had in that step, before which the
        clock steps by `clock`.
        """
        calls = 0
        for time in range(_TIMES):
            shown: Mapping[str, Any] | None = None
            for number in range(2 if self.story.confirmed else 1):
                if time == 0 and number == step:
                    self.bank.now += clock
                event = self._event(number, shown)
                if event is None:
                    break
                if time == 0 and number == step:
                    with self.bank.failing(dependency, plan) as sent:
                        shown = self.bank.say(event)
                    calls, self.met = len(sent), _in_words(shown)
                else:
                    shown = self.bank.say(event)
                if time == 0:
                    self.said.append(_RECEIPT.sub("", _text(shown)))
                self._true(shown)
                if _in_words(shown) == _STRANGER:
                    self.bank.proved_at = self.bank.now
                if shown is None or _in_words(shown) in (_AGAIN, _CHECKING):
                    # Said once more, as customers do; it cannot be done twice.
                    shown = self.bank.say(event)
                    self._true(shown)
            settle_doubts(self.bank.books().quotes, self.bank.now)
            if self._is_done():
                return calls
        raise BrokenPromiseError(f"{self.story.name}: not done after {_TIMES} times")

    def _event(self, number: int, shown: Mapping[str, Any] | None) -> dict[str, Any] | None:
        kind = "DialogCodeHook" if self.story.confirmed else "FulfillmentCodeHook"
        if number == 0:
            return self.bank.event(self.story.intent, self.story.slots, source=kind)
        if shown is None or shown["sessionState"]["dialogAction"]["type"] != "ConfirmIntent":
            return None
        state = shown["sessionState"]
        event = self.bank.event(
            self.story.intent, {}, source="FulfillmentCodeHook", confirmation="Confirmed",
            transcript="yes", session=state["sessionAttributes"],
        )  # fmt: skip
        event["sessionState"]["intent"]["slots"] = state["intent"]["slots"]
        return event

    def _true(self, shown: Mapping[str, Any] | None) -> None:
        """A receipt is in the books, and who is told that nothing moved has moved nothing."""
        said = _text(shown)
        made = _movements(self.bank) - self.before
        if _RECEIPT.search(said) and not made:
            raise BrokenPromiseError(f"{self.story.name}: told of a receipt that is not booked")
        if any(words in said for words in _NOTHING) and made:
            raise BrokenPromiseError(f"{self.story.name}: told that nothing moved, and it did")

    def _is_done(self) -> bool:
        if self.story.confirmed:
            return _movements(self.bank) > self.before
        return any(card.status == "frozen" for card in self.bank.books().cards("mira"))


_AS_EVER, _AGAIN, _CHECKING, _STRANGER, _SILENCE = (
    "as ever", "asked to say it again", "told that it is being looked up",
    "asked to sign in again", "no answer",
)  # fmt: skip


def _in_words(shown: Mapping[str, Any] | None) -> str:
    if shown is None:
        return _SILENCE
    said = _text(shown)
    if "you will not be charged twice" in said:
        return _CHECKING
    if _PROVE in said:
        return _STRANGER
    return _AGAIN if shown["sessionState"]["intent"]["state"] == "Failed" else _AS_EVER


def _text(shown: Mapping[str, Any] | None) -> str:
    return " ".join(m.get("content", "") for m in (shown or {}).get("messages", ()))


def _movements(bank: TalkingBank) -> int:
    return sum(partition.startswith("T#") for partition, _ in bank.table.items)


@cache
def _morning() -> Mapping[Any, Any]:
    table = Table(TABLE)
    load_books(client_of(table), TABLE, opening_books())
    return dict(table.items)


def fresh_bank() -> TalkingBank:
    """A bank of its own."""
    table = Table(TABLE)
    return first_morning(TalkingBank(table, clients_of(table)))


def first_morning(bank: TalkingBank) -> TalkingBank:
    """The bank as it was, and a new process; its clients stay, since they are dear to make."""
    bank.table.begin_again(_morning())
    return TalkingBank(bank.table, bank.clients)


def accounts_of(bank: TalkingBank) -> dict[str, tuple[int, int]]:
    """What each account has and holds; raises for books that are not whole."""
    violations = audit(bank.clients["dynamodb"], TABLE).violations
    if violations:
        raise BrokenPromiseError("; ".join(violations))
    return {one.account_id: (one.posted.minor, one.held.minor)
            for one in bank.books().accounts("mira")}  # fmt: skip


def outcomes(story: Story, planned: Planned, bank: TalkingBank) -> Counter[str]:
    """What the customer met, by the calls that a fault can meet. Raises for a broken promise."""
    calm = Talk(first_morning(bank), story)
    calm.tell(0, planned.dependency, lambda *_: None)
    accounts, movements = accounts_of(calm.bank), _movements(calm.bank)
    found: Counter[str] = Counter()
    for step in range(2 if story.confirmed else 1):
        for plan in _plans(planned, Talk(first_morning(bank), story).tell(
            step, planned.dependency, lambda *_: None)):  # fmt: skip
            talk = Talk(first_morning(bank), story)
            talk.tell(step, planned.dependency, plan)
            if talk.met == _AS_EVER and talk.said[step] != calm.said[step]:
                raise BrokenPromiseError(f"{story.name}, {planned}: told {talk.said[step]!r}")
            if (accounts_of(talk.bank), _movements(talk.bank)) != (accounts, movements):
                raise BrokenPromiseError(f"{story.name}, {planned}: the accounts differ")
            found[talk.met] += 1
    return found


def after_a_clock_step(story: Story, stepped: ClockStep, bank: TalkingBank) -> Counter[str]:
    """What the customer met, a count for each step before which the clock may step."""
    calm = Talk(first_morning(bank), story)
    calm.tell(0, "dynamodb", lambda *_: None)
    accounts, movements = accounts_of(calm.bank), _movements(calm.bank)
    found: Counter[str] = Counter()
    for step in range(2 if story.confirmed else 1):
        talk = Talk(first_morning(bank), story)
        talk.tell(step, "dynamodb", lambda *_: None, timedelta(seconds=stepped.seconds))
        if (accounts_of(talk.bank), _movements(talk.bank)) != (accounts, movements):
            raise BrokenPromiseError(f"{story.name}, {stepped}: the accounts differ")
        found[talk.met] += 1
    return found


def _plans(planned: Planned, calls: int) -> Iterator[Callable[[int, str], Fault | None]]:
    for number in range(calls):
        yield only(number, planned.fault)
    if planned.all_calls and calls:
        yield lambda _at, _operation: planned.fault


def as_table(plan: Plan, stories: Sequence[Story]) -> str:
    """Markdown: a row for each fault, a column for each story."""
    bank = fresh_bank()
    head = " | ".join(story.name for story in stories)
    lines = [f"| service | is | {head} |", "|---|---|" + "---|" * len(stories)]
    for planned in plan.faults:
        cells = [_cell(outcomes(story, planned, bank)) for story in stories]
        lines.append(f"| {planned.dependency} | {planned.named} | {' | '.join(cells)} |")
    for stepped in plan.clock:
        cells = [_cell(after_a_clock_step(story, stepped, bank)) for story in stories]
        lines.append(f"| the clock | {stepped.named} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _cell(found: Counter[str]) -> str:
    return ", ".join(f"{n} {what}" for what, n in found.most_common()) or "not asked"


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the table, or writes it into the docs."""
    parser = argparse.ArgumentParser(prog="python -m tests.integration.faults.outcomes")
    parser.add_argument("--plan", type=Path, help="another plan than the project's own")
    parser.add_argument("--update", action="store_true", help="write it into docs/reliability.md")
    given = parser.parse_args(argv)
    plan = read_plan(given.plan) if given.plan else read_plan()
    with without_waiting():
        try:
            table = as_table(plan, STORIES)
        except BrokenPromiseError as broken:
            sys.stderr.write(f"{broken}\n")
            return 1
    sys.stdout.write(table)
    if given.update:
        DOCS.write_text(put_between(DOCS.read_text(), BEGIN, END, f"\n{table}"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
