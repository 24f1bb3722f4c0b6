"""Grants beside deeds: a right that no code was seen to use, and a deed that no right covers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.aws.checks.findings import Finding
from infra.aws.rights.actions import actions_of
from infra.aws.template import Json, of_type

OBSERVED = Path(__file__).with_name("observed.json")
BY_THE_SERVICE = {
    "ItsOwnLogs": "Lambda writes a function's log in the function's name",
    "ItsOwnTraces": "so it does with traces",
    "ItsOwnDeadLetters": "and with events that failed",
    "WhatHasChanged": "the event source mapping reads the stream",
    "WhichStreamsThereAre": "the event source mapping asks which there are",
    "WhatWasGivenUp": "the event source mapping writes to its failure queue",
    "ItsQueues": "the event source mapping takes and deletes messages",
    "WhereTheyGo": "DynamoDB writes an export in the name of who asked for it",
    "TheKillSwitches": "AppConfig is not on a laptop, where a file stands for it",
}
"""Statements, by their id, of what is done in a function's name and not by its code."""

UNSEEN = {
    "teller-chat-stream": "a WebSocket's connections are in no emulator here: its code is played"
    " over doubles (tests/integration/channels), so its rights are as written and not as seen",
    "teller-chat-edge/lex:GetSession": "what an open chat knows when its language changes: played over"
    " a double of Lex (tests/unit/channels/test_languages.py)",
    "teller-fulfillment/s3:GetObject": "customers fetch their statements by links that it signs: S3"
    " asks for its right then, and no code of its own does",
    "teller-desk/dynamodb:ConditionCheckItem": "a transfer between own accounts that was held:"
    " released by the same code that the chat pays with, where it was seen",
    "teller-scheduler/dynamodb:ConditionCheckItem": "the same, for a scheduled transfer",
}
"""Rights, of a function or one of them, that no test run can show, each with the reason."""


def read_observed(path: Path = OBSERVED) -> dict[str, frozenset[str]]:
    """The actions that each function was seen to do, by the function's name."""
    found: dict[str, list[str]] = json.loads(path.read_text())
    return {name: frozenset(actions) for name, actions in found.items()}


def observed_in(lines: Iterable[str]) -> dict[str, set[str]]:
    """What the recorder's lines tell, by the function's name."""
    found: dict[str, set[str]] = {}
    for line in lines:
        name, service, operation, parts = line.rstrip("\n").split("\t")
        found.setdefault(name, set()).update(actions_of(service, operation, parts))
    return found


@dataclass(frozen=True, slots=True)
class Granted:
    """What a function's code may do, and what is done in its name by services."""

    code: frozenset[str]
    services: frozenset[str]


def granted_in(resources: Mapping[str, Json]) -> dict[str, Granted]:
    """What each function may do, by the function's name; denials grant nothing."""
    policies: dict[str, list[Json]] = {}
    for _, policy in of_type(resources, "AWS::IAM::ManagedPolicy", "AWS::IAM::Policy"):
        for role in policy["Properties"].get("Roles", ()):
            document = policy["Properties"]["PolicyDocument"]
            policies.setdefault(role.get("Ref", ""), []).extend(document["Statement"])
    granted: dict[str, Granted] = {}
    for _, function in of_type(resources, "AWS::Lambda::Function"):
        properties = function["Properties"]
        role = properties["Role"].get("Fn::GetAtt", [""])[0]
        mine: dict[bool, set[str]] = {True: set(), False: set()}
        for statement in policies.get(role, ()):
            if statement["Effect"] == "Allow":
                by_service = statement.get("Sid") in BY_THE_SERVICE
                mine[by_service].update(_listed(statement["Action"]))
        granted[properties["FunctionName"]] = Granted(frozenset(mine[False]), frozenset(mine[True]))
    return granted


def _listed(actions: Any) -> list[str]:
    return [actions] if isinstance(actions, str) else list(actions)


def compared(
    granted: Mapping[str, Granted], observed: Mapping[str, frozenset[str]]
) -> list[Finding]:
    """A finding for each difference, in either direction, and for a reason that nothing needs."""
    found = []
    for name, actions in granted.items():
        seen = observed.get(name, frozenset())
        found += [
            Finding("rights", "granted-and-never-used", name, action)
            for action in sorted(actions.code - seen)
            if name not in UNSEEN and f"{name}/{action}" not in UNSEEN
        ]
        found += [
            Finding("rights", "used-and-not-granted", name, action)
            for action in sorted(seen - actions.code - actions.services)
        ]
        found += [
            Finding("rights", "said-to-be-unseen-and-seen", name, action)
            for action in sorted(seen)
            if f"{name}/{action}" in UNSEEN
        ]
    return found
