"""Looks on at every write and every answer, and says what is wrong the moment it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from fulfillment.bank.payments import Refusal, Refused, TransferState, Unknown
from fulfillment.bank.scheduled_payments import ScheduledPayment
from fulfillment.store.schedule_items import read_schedule
from tests.simulation.along import out_of_date
from tests.simulation.damage import Damage
from tests.simulation.dynamo import Table
from tests.simulation.dynamo.model import Change
from tests.simulation.ledger import Ledger
from tests.simulation.plain import Held, Paid, Verdict
from tests.simulation.rules import BrokenError, keep_the_rules
from tests.simulation.watching import Watch

if TYPE_CHECKING:
    from tests.simulation.dynamo.evaluation import Item


@dataclass(eq=False)
class Auditor:
    """Knows the right answers (`ledger`) and the rules that no write may break, whoever made it."""

    table: Table
    ledger: Ledger
    said: Counter[str] = field(default_factory=Counter)
    """How often each kind of request came to each kind of answer: what the stories reach."""
    stream: list[Item] = field(default_factory=list)
    """Every item that was put, in the order of the writes: what the table's stream delivers."""
    total: Counter[str] = field(default_factory=Counter)
    _changes: list[Change] = field(default_factory=list)

    def begin(self) -> None:
        """From here on, every write is looked at."""
        self.table.committed = self._changes.extend
        self.total.update(self._sum_of(self.table.items.values()))

    # --- at the table ---

    def look_on(
        self,
        operation: str,
        request: Mapping[str, Any],
        watch: Watch,
        damage: Damage | None = None,
    ) -> Mapping[str, Any]:
        """Let the table answer, and judge what it did."""
        token = request.get("ClientRequestToken")
        repeated = self.table.was_sent(token)
        before = self._verdict(operation, watch)
        self._changes.clear()
        try:
            answer = self.table.call(operation, request)
        except ClientError as error:
            self._refused(error, watch, before, damage)
            raise
        changes = list(self._changes)
        self.stream += [c.after for c in changes if c.after is not None and c.before is None]
        if damage is not None:
            raise BrokenError(f"{watch.name}: wrote over damage ({damage.what} at {damage.key})")
        if changes:
            self._written(watch, before, changes)
        elif not repeated and not watch.written:
            watch.last = before
        return answer

    def _verdict(self, operation: str, watch: Watch) -> Verdict | None:
        if watch.judge is None:
            return None
        verdict = watch.judge(self.ledger)
        if operation != "transact_write_items" or not out_of_date(watch.along, self.table):
            return verdict
        if watch.out_of_date is not None:
            return Verdict(watch.out_of_date)
        return Verdict("out of date") if verdict.effect is not None else verdict

    def _refused(
        self, error: ClientError, watch: Watch, before: Verdict | None, damage: Damage | None
    ) -> None:
        code = error.response["Error"]["Code"]
        if code not in ("TransactionCanceledException", "ConditionalCheckFailedException"):
            raise BrokenError(f"{watch.name}: {code}: {error.response['Error']['Message']}")
        if damage is not None:
            # What was damaged is the first reason now, whatever else there is.
            watch.last = None
            return
        if before is None or watch.written:
            return
        if before.effect is not None and not watch.optimistic:
            raise BrokenError(f"{watch.name}: was refused, and should be {before.answer}")
        watch.last = watch.decided = before

    def _written(self, watch: Watch, verdict: Verdict | None, changes: list[Change]) -> None:
        if verdict is not None:
            if verdict.effect is None:
                raise BrokenError(
                    f"{watch.name}: was written, and the right answer is {verdict.answer}"
                )
            verdict.effect()
            watch.last, watch.written = verdict, True
        for change in changes:
            keep_the_rules(watch.name, change)
        before, after = (
            self._sum_of(item for c in changes if (item := getattr(c, side)) is not None)
            for side in ("before", "after")
        )
        self.total.update(after)
        self.total.subtract(before)
        if any(self.total.values()):
            raise BrokenError(f"{watch.name}: the books sum to {dict(self.total)}")
        self._compare_with_the_ledger(watch, changes)

    @staticmethod
    def _sum_of(items: Any) -> Counter[str]:
        """What the accounts and the bank's own shards have in all, for each currency."""
        total: Counter[str] = Counter()
        for item in items:
            partition, sort = item["PK"]["S"], item["SK"]["S"]
            if sort.startswith("A#") and "posted" in item:
                total[f"accounts {item['ccy']['S']}"] += int(item["posted"]["N"])
                total[item["ccy"]["S"]] += 0
            elif partition.startswith("BANK#") and sort == "S":
                total[f"accounts {partition.split('#')[2]}"] += int(item["posted"]["N"])
        return Counter({name: minor for name, minor in total.items() if minor})

    # --- the table and the ledger ---

    def _compare_with_the_ledger(self, watch: Watch, changes: list[Change]) -> None:
        owners = {
            c.key[0] for c in changes if c.key[0].startswith("C#") and c.key[1].startswith("A#")
        }
        for owner in owners:
            self.compare_accounts(watch.name, owner.partition("#")[2])
        for change in changes:
            if change.key[0].startswith("T#") and change.after is not None:
                name, state = change.key[0][2:], change.after["st"]["S"]
                known = self.ledger.movements.get(name)
                if known is None or known.state != state:
                    raise BrokenError(f"{watch.name}: transfer {name} is {state}, which is wrong")

            after: Any = change.after
            partition, sort = change.key
            if partition.startswith("C#") and sort.startswith("O#") and after is not None:
                self._compare_schedule(watch, read_schedule(after))

    def _compare_schedule(self, watch: Watch, stored: ScheduledPayment) -> None:
        right = self.ledger.schedules.get((stored.customer_id, stored.schedule_id))
        if right != stored:
            raise BrokenError(f"{watch.name}: a schedule is {stored}, and should be {right}")

    def compare_accounts(self, name: str, customer_id: str) -> None:
        """Every figure of a customer's accounts is the one that it should be."""
        for (owner, account_id), plain in self.ledger.accounts.items():
            if owner != customer_id:
                continue
            item = self.table.items[f"C#{owner}", f"A#{account_id}"]
            stored = (
                int(item["posted"]["N"]), int(item["held"]["N"]), item["st"]["S"],
            )  # fmt: skip
            right = plain.posted, plain.held, plain.status
            if stored != right:
                raise BrokenError(f"{name}: {owner}/{account_id} is {stored}, should be {right}")

    def compare_own_accounts(self) -> None:
        """The bank's own sides, and so its position in each currency, are what they should be."""
        stored: Counter[str] = Counter()
        for (partition, sort), item in self.table.items.items():
            if partition.startswith("BANK#") and sort == "S":
                _, side, currency, _ = partition.split("#")
                stored[f"{side.lower()} {currency}"] += int(item["posted"]["N"])
        for side in stored.keys() | self.ledger.bank.keys():
            right = self.ledger.bank[side]
            if stored[side] != right:
                raise BrokenError(f"the bank's {side} is {stored[side]}, and should be {right}")

    # --- answers ---

    def compare(self, watch: Watch, result: object) -> None:
        """The answer to a request is the one that was right when the table decided."""
        kind = watch.name.partition(" ")[0]
        if watch.damaged and not watch.written:
            self.said[f"{kind}: stopped by damage"] += 1
            return
        if isinstance(result, Unknown):
            self.said[f"{kind}: unknown"] += 1
            if not (watch.in_doubt or watch.may_not_know):
                raise BrokenError(f"{watch.name}: called unknown, and nothing was lost")
            return
        if watch.tells is None or result is None or watch.last is None:
            self.said[f"{kind}: done"] += 1
            return
        told, right = watch.tells(result), watch.last.answer
        if watch.in_doubt and not watch.written and _is_of_another(told) and _is_no(right):
            # After silence only the record is looked up, and it may be another's: a no is a no.
            right = told
        if watch.decided is not None and told == watch.decided.answer:
            # Between the refusal and a look at the record somebody else has done something.
            right = told
        self.said[f"{kind}: {_word(right)}"] += 1
        if _without_state(told) != _without_state(right):
            raise BrokenError(f"{watch.name}: was told {told}, and the right answer is {right}")


def _is_of_another(told: object) -> bool:
    return isinstance(told, Refused) and told.reason is Refusal.QUOTE_UNKNOWN


def _is_no(right: object) -> bool:
    return isinstance(right, Refused)


def _without_state(answer: object) -> object:
    """A hold may have gone on between the moment that decided and the look at its record."""
    if isinstance(answer, Paid | Held):
        return replace(answer, state=TransferState.PENDING)
    return answer


def _word(answer: object) -> str:
    if isinstance(answer, Paid):
        return "paid before" if answer.replayed else f"paid ({answer.state})"
    if isinstance(answer, Held):
        return f"{answer.state} before" if answer.replayed else answer.state
    reason = getattr(answer, "reason", None)
    return str(reason or type(answer).__name__)
