"""`teller configuration`: everything that can be set, from the settings models and the templates.

Which function gets what is read from the templates, what a variable must be from the models; only
what it means is written here. A test fails when one of them has a name that another has not.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import fields
from functools import cache
from pathlib import Path

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from fulfillment import settings
from fulfillment.handlers.ledger_export import ExportSettings
from fulfillment.remediation.serving import RepairSettings
from infra.aws.bare import bare_resources
from infra.aws.stages import STAGES, Stage
from infra.aws.template import of_type
from infra.local.settings import (
    DEFAULT_CHAT_PER_MINUTE,
    DEFAULT_NLU,
    DEFAULT_PORT,
    DEFAULT_STATE_SECONDS,
)

PAGE = Path(__file__).resolve().parents[1] / "docs" / "configuration.md"
MODELS: tuple[type[BaseModel], ...] = (
    settings.Settings,
    settings.DeskSettings,
    settings.FeedSettings,
    settings.TopicSettings,
    settings.JobsSettings,
    ExportSettings,
    RepairSettings,
)
LAPTOP = {
    "TELLER_PORT": (str(DEFAULT_PORT), "port of the pages, Lex and the channel; AWS listens on the next"),
    "TELLER_HOME": (".teller", "folder of the local bank's data"),
    "TELLER_CLOCK": ("now", "ISO instant with an offset at which the bank's clock stands, for rehearsals"),
    "TELLER_NLU": (DEFAULT_NLU, "how sentences are understood: `light`, or `encoder` with `teller[nlu]`"),
    "TELLER_CHAT_PER_MINUTE": (str(DEFAULT_CHAT_PER_MINUTE), "messages that a customer may send in a minute"),
    "TELLER_FUNCTION_PROCESSES": ("twice the cores", "processes of one function that run at once, four at least"),
    "TELLER_STATE_SECONDS": (str(DEFAULT_STATE_SECONDS), "how old the embedded AWS's state on disk may get: what `kill -9` of it may cost"),
    "TELLER_CONVERSATION_LOGS": ("unset", "`true`: each turn is logged to `conversations.jsonl` in `TELLER_HOME`, as Lex logs it"),
    "TELLER_MODEL_PORT": ("chosen", "port of the fraud model's server; `teller run` tells its children"),
    "TELLER_PERSONALIZATION_PORT": ("chosen", "the same of the propensities' server"),
    "TELLER_OBSERVED_CALLS": ("unset", "folder in which `teller infra observe` has calls recorded"),
    "TELLER_TEST_LEARNED": ("unset", "folder in which test banks keep what they learned from one run to the next"),
    "TELLER_EXPORTS": ("unset", "folder of Lex exports that the suite replays, besides its own"),
    "TELLER_LIVE_BOTS": ("unset", "bots on a real account for tests marked `live`"),
}  # fmt: skip
"""What whoever runs Teller may set, with its default."""
FUNCTIONS = {
    "ACCOUNT_ID": "the account whose findings may be repaired; those of another are told",
    "BOT_ALIAS_ID": "the alias that customers reach",
    "BOT_ID": "the bot",
    "BREAK_GLASS": "beginnings of the names of users who are never locked out, with commas between",
    "CALLBACK_URL": "where an open chat is written to",
    "CHAT_INBOX": "the function that tells an open chat its news",
    "CHAT_TABLE": "the table of open chats",
    "CHAT_TOPIC_ARN": "the topic that wakes open chats",
    "DESK_EVENTS_URL": "the queue of events that the desk shows",
    "DESK_JOBS_URL": "the queue of work for the desk",
    "DRY_RUN": "`true`: a repair is reported and not made",
    "EVENT_BUS": "the bus of the bank's events; without it they go to the topic alone",
    "EVIDENCE_BUCKET": "where a repair keeps what it found and did",
    "EXPORT_BUCKET": "where the nightly export goes",
    "EXPORT_PREFIX": "beginning of the export's keys",
    "FEATURE_FLAGS": "the kill switches: `appconfig:APPLICATION/ENVIRONMENT/PROFILE` or `file:PATH`",
    "FEED_SECRET": "the secret with the card feed's two keys",
    "FRAUD_ENDPOINT": "the endpoint that judges payments; without it the copy in the function does",
    "PERSONALIZATION_ENDPOINT": "the endpoint that gives the chances of offers; without it what it would score is not offered",
    "LEDGER_KEY_ARN": "the key under which what is repaired is encrypted",
    "LOG_LEVEL": "`DEBUG`, `INFO`, `WARNING` or `ERROR`",
    "MAY_REPAIR": "beginnings of the names of resources that may be repaired, with commas between",
    "METRICS_NAMESPACE": "CloudWatch's namespace of the bank's own metrics",
    "OPERATIONS_TOPIC_ARN": "the topic of who is on call",
    "PHONE_TOPIC_ARN": "the topic of codes for customers' phones",
    "POWERTOOLS_SERVICE_NAME": "the function's name in its log lines",
    "SECURITY_TOPIC_ARN": "the topic of security events",
    "SESSION_TOKEN_SECRET": "the secret with the keys that sign a customer's identity",
    "SLACK_API_URL": "Slack's Web API, or what stands for it",
    "SLACK_SECRET": "the secret with Slack's signing secret and token",
    "STATEMENT_BUCKET": "where statement files lie; without it there are none",
    "SWITCHES_APPLICATION": "AppConfig's id of the kill switches",
    "SWITCHES_ENVIRONMENT": "AppConfig's id of the environment that customers meet",
    "SWITCHES_PROFILE": "AppConfig's id of the flags by intent",
    "SWITCHES_STRATEGY": "AppConfig's id of deploying at once",
    "TABLE_ARN": "the ledger's table, for its export",
    "TABLE_NAME": "the ledger's table",
    "TELLER_CLOCK": "fixes the bank's clock; never set in prod",
    "USER_POOL_CLIENT_ID": "the channel's client of the user pool",
    "USER_POOL_ID": "the user pool whose tokens the channel takes",
}
"""What a function's environment variable means."""
FILES = {
    "fulfillment/fraud/policy/policy.toml": "what a payment's score and the rules lead to",
    "fulfillment/alerts/desk.toml": "who decides on cases, and by which limits",
    "infra/aws/cost/prices.toml": "AWS's prices, each with its date",
    "infra/aws/cost/traffic.toml": "what the bill assumes of customers",
    "lex_definitions/overlays/en_GB.toml": "what British English says differently",
}
"""What is decided in a file of its own, and read by the code as it is."""


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the reference; with `--update` writes it to docs/configuration.md."""
    parser = argparse.ArgumentParser(
        prog="teller configuration", description="Everything that can be set, as a page."
    )
    parser.add_argument("--update", action="store_true", help="write docs/configuration.md")
    if parser.parse_args(argv).update:
        PAGE.write_text(reference(), "utf-8")
    else:
        sys.stdout.write(reference())
    return 0


def reference() -> str:
    """The page."""
    return "\n".join([*_laptop(), *_functions(), *_stages(), *_files(), ""])


def _laptop() -> Iterator[str]:
    yield "# Configuration\n"
    yield "`teller configuration --update` writes this page; a test fails when it is not what the code says.\n"
    yield "## On a laptop\n\nEnvironment variables. Nothing has to be set.\n"
    yield "| variable | default | meaning |\n|---|---|---|"
    yield from (f"| `{name}` | {default} | {why} |" for name, (default, why) in LAPTOP.items())


def _functions() -> Iterator[str]:
    yield "\n## Of the functions\n"
    yield "Environment variables that the templates set. A function that lacks one says so at its start and serves nothing.\n"
    yield "| variable | must be | functions | meaning |\n|---|---|---|---|"
    known = models_fields()
    for name, users in sorted(users_of_variables().items()):
        must = _must(known[name]) if name in known else "text"
        yield f"| `{name}` | {must} | {', '.join(sorted(users))} | {FUNCTIONS[name]} |"


def _must(field: FieldInfo) -> str:
    kind = getattr(field.annotation, "__name__", str(field.annotation)).replace("str | None", "str")
    said = {"str": "text", "bool": "`true` or `false`"}.get(kind, kind)
    for rule in field.metadata:
        shortest, pattern = getattr(rule, "min_length", 0), getattr(rule, "pattern", None)
        said += f" like `{pattern}`" if pattern else f", {shortest} or more" if shortest > 1 else ""
    if field.is_required():
        return said
    return f"{said}; default `{_written(field.default)}`" if field.default else f"{said} or none"


def _written(default: object) -> str:
    return str(default).lower() if isinstance(default, bool) else str(default)


def models_fields() -> dict[str, FieldInfo]:
    """The fields of all settings models, by their environment variable."""
    return {
        str(field.alias): field for model in MODELS for field in model.model_fields.values()
    }  # fmt: skip


@cache
def users_of_variables() -> dict[str, set[str]]:
    """Which functions the templates of prod give each variable, by the functions' names."""
    users: dict[str, set[str]] = {}
    for _, function in of_type(bare_resources(STAGES["prod"]), "AWS::Lambda::Function"):
        properties = function["Properties"]
        called = properties["FunctionName"].removeprefix("teller-")
        for name in properties.get("Environment", {}).get("Variables", {}):
            users.setdefault(name, set()).add(called)
    return users


def _stages() -> Iterator[str]:
    yield "\n## Of a stage\n"
    yield "`infra/aws/stages.py`, which says what each figure means.\n"
    yield f"| figure | {' | '.join(STAGES)} |\n|---|{'--:|' * len(STAGES)}"
    for field in fields(Stage):
        if field.name != "name":
            row = [str(getattr(stage, field.name)) for stage in STAGES.values()]
            yield f"| `{field.name}` | {' | '.join(row)} |"


def _files() -> Iterator[str]:
    yield "\n## In files of their own\n"
    yield "| file | decides |\n|---|---|"
    yield from (f"| [`{path}`](../{path}) | {why} |" for path, why in FILES.items())
