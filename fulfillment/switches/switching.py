"""Which intents are switched on: the kill switch, read from AppConfig or from a file.

A flag has the name of an intent and the schema of Powertools' feature flags, so a switch may also
hold for one channel or one locale alone. An intent without a flag is on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

ALWAYS_ON = frozenset({"FallbackIntent", "Cancel", "TalkToHuman"})
"""The ways out of a conversation: nobody may be left without one."""


class Switches(Protocol):
    """Which intents may be used now."""

    def is_on(self, intent: str, context: Mapping[str, str]) -> bool:
        """Whether `intent` may be used in `context` (`channel`, `locale`). Never raises."""


class AllOn:
    """Nothing is switched off."""

    def is_on(self, intent: str, context: Mapping[str, str]) -> bool:  # noqa: ARG002
        return True


class FlaggedSwitches:
    """Flags of one source, `file:PATH` or `appconfig:APPLICATION/ENVIRONMENT/PROFILE`.

    Powertools is loaded at the first question: it brings boto3, which no other part of a turn
    needs. A source that cannot be read leaves every intent as it was answered last, or on.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._flags: _Flags | None = None
        self._last: dict[str, bool] = {}

    def is_on(self, intent: str, context: Mapping[str, str]) -> bool:
        """See `Switches.is_on`."""
        if intent in ALWAYS_ON:
            return True
        if self._flags is None:
            from fulfillment.switches.flags import flags_of

            self._flags = flags_of(self._source)
        answer = self._flags.evaluate(intent, context)
        if answer is None:
            return self._last.get(intent, True)
        self._last[intent] = answer
        return answer


class _Flags(Protocol):
    def evaluate(self, name: str, context: Mapping[str, str]) -> bool | None: ...


def switches_of(source: str | None) -> Switches:
    """The switches that `source` keeps; without a source all is on.

    Raises ValueError for a source of another form.
    """
    if not source:
        return AllOn()
    kind, _, rest = source.partition(":")
    parts = rest.split("/")
    if not rest or kind not in ("file", "appconfig") or (kind == "appconfig" and len(parts) != 3):
        raise ValueError("FEATURE_FLAGS is file:PATH or appconfig:APPLICATION/ENVIRONMENT/PROFILE")
    return FlaggedSwitches(source)
