"""What a repair is: it looks, acts if it must, and says how it could be undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from botocore.exceptions import ClientError

State = dict[str, Any]
"""What was looked at, as plain data that can be kept as evidence."""


class RefusedError(Exception):
    """The repair cannot be done here without doing harm; the message says why, in words."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call of an AWS API, as data: by such calls a repair is undone."""

    service: str
    operation: str
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> State:
        return {
            "service": self.service,
            "operation": self.operation,
            "parameters": dict(self.parameters),
        }


class Repair(Protocol):
    """One thing put right. Every method may raise botocore's own errors."""

    @property
    def action(self) -> str:
        """What it does, in a few words for people."""

    def look(self) -> State:
        """The state of what it is about. Changes nothing."""

    def is_well(self, state: State) -> bool:
        """Whether there is nothing to do; after `act` it must hold."""

    def act(self, state: State) -> None:
        """Puts it right, so that it is never weaker than `state` in any respect."""

    def undo(self, state: State) -> list[Call]:
        """What would bring `state` back; an empty list where nothing can."""


def if_there(
    ask: Callable[..., Mapping[str, Any]], *absent: str, **parameters: Any
) -> Mapping[str, Any] | None:
    """The answer of an AWS call, or None when it fails with one of `absent`, the codes that say
    that there is no such thing.
    """
    try:
        return ask(**parameters)
    except ClientError as error:
        if error.response["Error"]["Code"] not in absent:
            raise
        return None


class Clients(Protocol):
    """AWS clients by the name of their service, made when they are first asked for."""

    def __call__(self, service: str) -> Any: ...


def undone(calls: list[Mapping[str, Any]], clients: Clients) -> None:
    """Carries out what evidence says of undoing, in its order."""
    for call in calls:
        getattr(clients(call["service"]), call["operation"])(**call["parameters"])
