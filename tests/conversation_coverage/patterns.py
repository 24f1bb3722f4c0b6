"""The patterns of a conversation, and what in a file shows that an intent went through one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.conversation_coverage.steps import Step, turns_by_intent

MONEY = (
    "SendMoney", "TransferMoney", "PayCreditCard", "SchedulePayment", "ChangeScheduledPayment",
    "CancelScheduledPayment", "CancelPayment",
)  # fmt: skip
"""Whatever moves money, or says what will."""

Shows = Callable[[Step], str | None]
"""The intent that a step shows the pattern of, if it shows it of any."""


def _in(folder: str, *, goes_on: bool = False, messages: int = 1) -> Shows:
    """A turn in that folder that expects its intent; `goes_on`: in the midst of that very task."""

    def shows(step: Step) -> str | None:
        if step.folder != folder or step.messages < messages:
            return None
        return step.intent if not goes_on or step.before == step.intent else None

    return shows


def _ends_in(intent: str) -> Shows:
    """A task is open, and the turn is expected to be taken for `intent` and to move nothing."""

    def shows(step: Step) -> str | None:
        return step.before if step.intent == intent and step.moves_nothing else None

    return shows


def _spoken_in(locale: str) -> Shows:
    return lambda step: step.intent if step.locale == locale else None


def _by(channel: str) -> Shows:
    return lambda step: step.intent if step.channel == channel else None


def _changes_language(step: Step) -> str | None:
    goes_on = step.before == step.intent and step.begun_in != step.locale
    return step.intent if goes_on else None


PATTERNS: Mapping[str, tuple[str, Shows]] = {
    "validation": ("what cannot be is refused with its reason", _in("bad_input")),
    "correction": (
        "other figures in the midst of it are shown anew",
        _in("corrections", goes_on=True),
    ),
    "cancellation": ("a word stops it, and nothing moves", _ends_in("Cancel")),
    "digression": (
        "another question is answered, then it goes on where it was",
        _in("digressions", goes_on=True, messages=2),
    ),
    "context": ("what was shown or done before is meant by a word", _in("context")),
    "disambiguation": ("what may be meant is asked about", _in("disambiguation")),
    "repair": (
        "wait, why, again, nonsense: the question stays open",
        _in("repair", goes_on=True),
    ),
    "hand-off": ("a person is a word away", _ends_in("TalkToHuman")),
    "rights": ("a right that is invoked beside it opens a case", _in("rights", messages=2)),
    "proactive": ("news are told first, then it begins or goes on", _in("proactive", messages=2)),
    "change of language": ("it goes on in another language", _changes_language),
    "es_US": ("it is held in Spanish", _spoken_in("es_US")),
    "en_GB": ("it is held in British English", _spoken_in("en_GB")),
    "sms": ("by text message", _by("sms")),
    "voice": ("by voice", _by("voice")),
    "Slack": ("in Slack", _by("slack")),
}
"""What each is, and what shows it."""


def shown(pattern: str) -> dict[str, int]:
    """How many turns show `pattern`, by intent."""
    _, shows = PATTERNS[pattern]
    return turns_by_intent(shows)
