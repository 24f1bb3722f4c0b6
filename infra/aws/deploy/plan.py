"""What a deployment and a teardown do, step by step, as values: to be read before they are run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from infra.aws.bundles import bundle_key, module_of
from infra.aws.lex_bot import archive, archive_key
from infra.aws.stages import Stage
from infra.aws.template import Resources, of_type

STACKS = ("bootstrap", "data", "models", "assistant", "channels", "security", "observability")
"""In the order in which they ask for each other's exports."""
Doing = Literal["synthesise", "deploy", "upload", "watch", "smoke", "delete", "forget", "refuse"]


@dataclass(frozen=True, slots=True)
class Step:
    """`what` is a stack's name, an object's key or a service's part; `why` for people."""

    doing: Doing
    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.doing:<10} {self.what:<58} {self.why}"


def deployment(stage: Stage, resources: Resources) -> Sequence[Step]:
    """From nothing, or from any release before, to a stage that answers."""
    modules = sorted(
        {
            module_of(one["Properties"]["Handler"])
            for _, one in of_type(resources, "AWS::Lambda::Function")
        }
    )
    uploads = [Step("upload", bundle_key(one), f"the code of {one}") for one in modules]
    return [
        Step("synthesise", stage.name, "the templates, by CDK"),
        Step("deploy", "teller-bootstrap", "the bucket that code comes from"),
        *uploads,
        Step("upload", archive_key(archive()), "the bot, as Lex imports it"),
        Step("watch", "config", "the role by which Config looks, which a stack makes once at most"),
        *(Step("deploy", f"teller-{name}", _WHY[name]) for name in STACKS[1:]),
        Step("watch", "inspector2", "scanning of functions, which no resource turns on"),
        Step("watch", "macie2", "a weekly look through the exports, which no resource makes"),
        Step("smoke", "live", "one conversation through the Lex runtime: the first message"),
    ]


_WHY = {
    "data": "keys, tables, secrets, the user pool",
    "models": "endpoints; empty until a model's image is named",
    "assistant": "functions and the bot; its alias turns when all is there",
    "channels": "the APIs, behind the firewall",
    "security": "who watches, and what repairs",
    "observability": "alarms, dashboards, budgets",
}


def teardown(stage: Stage) -> Sequence[Step]:
    """Back to an account in which nothing of the bank costs anything; refused where money is."""
    if stage.kept:
        return [Step("refuse", stage.name, "its stacks are protected: a ledger is not torn down")]
    return [
        Step("watch", "inspector2-off", "scanning of functions ends"),
        Step("watch", "budget-reversed", "what the budget's action has put on roles, taken off"),
        *(Step("delete", f"teller-{name}", "with every version in its buckets, and its backups")
          for name in reversed(STACKS)),
        Step("forget", "logs", "groups that services made in the stage's name meanwhile"),
    ]  # fmt: skip
