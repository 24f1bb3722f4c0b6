"""The analysts' desk: cases from events that come twice and in any order, and impatient clicks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from fulfillment.alerts.case_desk import CaseDesk, Wish
from fulfillment.alerts.desk_policy import DeskPolicy, shipped_desk_policy
from fulfillment.alerts.events import SecurityEvent
from fulfillment.bank.analyst_cases import Act, DeskCase, DeskState
from fulfillment.bank.payments import TransferState
from fulfillment.store.errors import BooksError
from tests.simulation import town
from tests.simulation.bank import Bank
from tests.simulation.dynamo.evaluation import Item
from tests.simulation.staff import TROUBLE, quietly
from tests.simulation.stream import Reader

_ACTS = (
    Act.RELEASE, Act.RELEASE, Act.RELEASE, Act.DECLINE, Act.DECLINE, Act.NOT_FRAUD,
    Act.ASK_CUSTOMER, Act.TAKE_OVER, Act.HAND_BACK, Act.FREEZE_CARD, Act.CLOSE,
)  # fmt: skip
_TRIES = 3


def policy() -> DeskPolicy:
    """The shipped one, but that a release needs two people from 150 on."""
    return shipped_desk_policy().model_copy(update={"two_people": {"USD": 15_000, "EUR": 15_000}})


@dataclass
class Desk:
    """Two analysts, one queue of events and one of clicks; both deliver at least once."""

    bank: Bank
    reader: Reader
    clicks: int = 0
    _seen: int = 0
    _rules: DeskPolicy = field(default_factory=policy)

    @property
    def cases(self) -> CaseDesk:
        return CaseDesk(self.bank.books, self._rules, self.bank.stage.clock)

    def queue(self) -> None:
        """Events become cases."""
        rng, stage = self.bank.rng, self.bank.stage
        for _ in range(40):
            stage.pause(rng.choice([3, 10, 40]))
            topic = self.reader.topic
            while self._seen < len(topic):
                event = topic[self._seen]
                self._seen += 1
                for number in range(1 if rng.random() < 0.7 else 2):
                    stage.start(
                        f"event {event.id[:6]}.{number}",
                        lambda event=event: self._open(event),  # type: ignore[misc]  # bound now
                        after=rng.choice([0.0, 0.01, 1, 30]),
                    )

    def _open(self, event: SecurityEvent) -> None:
        for _ in range(_TRIES):
            try:
                self.cases.open(event)
            except TROUBLE:
                self.bank.stage.pause(5)
                continue
            return

    def analyst(self) -> None:
        """Decides, double-clicks, and is at a case at the same moment as a colleague."""
        rng, stage = self.bank.rng, self.bank.stage
        analysts = [one.slack_user for one in self._rules.analysts if one.role == "analyst"]
        for _ in range(30):
            stage.pause(rng.choice([2, 10, 40]))
            case = self._some_case()
            if case is None:
                continue
            self.clicks += 1
            wish = Wish(rng.choice(_ACTS), rng.choice(analysts), f"click-{self.clicks}")
            if rng.random() < 0.35:
                other = Wish(rng.choice(_ACTS), rng.choice(analysts), f"also-{self.clicks}")
                twice = rng.choice([wish, wish, other])
                stage.start(
                    "click again",
                    lambda case=case, twice=twice: self._click(case, twice),  # type: ignore[misc]  # bound now
                    after=rng.choice([0.0, 0.01, 2]),
                )
            if rng.random() < 0.1 and case.payment_id:
                held, now = case.payment_id, stage.clock()
                stage.start(
                    "called back",
                    lambda held=held, now=now: quietly(self.bank.books.holds.release, held, now),  # type: ignore[misc]  # bound now
                )
            self._click(case, wish)

    def _click(self, case: DeskCase, wish: Wish) -> None:
        """The queue delivers a click that failed again, as it was."""
        for _ in range(_TRIES):
            try:
                done = self.cases.carry_out(case, wish)
            except TROUBLE:
                self.bank.stage.pause(3)
                continue
            self.bank.auditor.said[f"desk: {wish.act} {done.refused or 'done'}"] += 1
            return

    def _some_case(self) -> DeskCase | None:
        customer = self.bank.rng.choice(town.CUSTOMERS)
        try:
            found = self.cases.cases.of_customer(customer)
        except (*TROUBLE, BooksError):
            return None
        open_ = [one for one in found if not one.state.is_final] or found
        return self.bank.rng.choice(open_) if open_ else None

    def tidy_up(self) -> None:
        """When the storm is over: each event has its case, and each case knows how it ended."""
        for event in self.reader.topic:
            self.cases.open(event)
        for customer in town.CUSTOMERS:
            for case in self.cases.cases.of_customer(customer):
                self.cases.lapse_if_over(case, f"lapse-{case.case_id}")


_ENDS = {DeskState.RELEASED: TransferState.POSTED, DeskState.DECLINED: TransferState.RELEASED}


def wrongs(bank: Bank) -> list[str]:
    """What is wrong with events, cases, scores and what is remembered, when a story is over."""
    items = list(bank.table.items.values())
    # What happens again at another time is the same event: its id says so.
    events = {
        one["SK"]["S"].rpartition("#")[2] for one in items if one["PK"]["S"].startswith("SECURITY#")
    }
    cases = [one for one in items if one["SK"]["S"].startswith("Y#")]
    wrong = []
    if len(events) != len(cases):
        wrong.append(f"{len(events)} events and {len(cases)} cases")
    for case in cases:
        state, held = DeskState(case["st"]["S"]), case["is_held"]["BOOL"]
        if not held:
            continue
        ended = bank.ledger.movements[case["pid"]["S"]].state
        if not state.is_final or _ENDS.get(state, ended) != ended:
            wrong.append(f"case {case['SK']['S']} is {state} of a payment that is {ended}")
    return wrong + _wrong_memories(items)


def _wrong_memories(items: list[Item]) -> list[str]:
    made: Counter[str] = Counter()
    called: Counter[str] = Counter()
    wrong = []
    verdicts = {
        one["PK"]["S"] for one in items if one["SK"]["S"].startswith("L#") and "verdict" in one
    }
    for score in items:
        if not score["PK"]["S"].startswith("FS#") or score["SK"]["S"] != "S":
            continue
        both = f"C#{score['cid']['S']}", score["cp"]["S"]
        made.update(both if score["dec"]["S"] != "block" else ())
        if "label" in score:
            called.update(f"{one} {score['label']['S']}" for one in both)
        if ("label" in score) != (score["PK"]["S"] in verdicts):
            wrong.append(f"{score['PK']['S']} has a verdict that was not learnt")
    for one in items:
        if one["SK"]["S"] != "F":
            continue
        name = one["PK"]["S"]
        if _sum(one, "pn") != made[name]:
            wrong.append(f"{name} counts {_sum(one, 'pn')} payments of {made[name]}")
        for letter, verdict in (("f", "fraud"), ("g", "genuine")):
            if _sum(one, letter) != called[f"{name} {verdict}"]:
                wrong.append(f"{name} counts {_sum(one, letter)} {verdict}")
    return wrong


def _sum(item: Item, name: str) -> int:
    """A counter, or all days of it."""
    days = (key for key in item if key == name or (key[:1] == name and key[1:].isdigit()))
    return sum(int(item[key]["N"]) for key in days)
