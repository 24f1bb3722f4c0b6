"""Results to test with, made without a bot."""

from bot.evaluation.hearing import Candidate, Heard, SlotReading
from bot.evaluation.judging import ConversationResult, RowResult, judge
from bot.evaluation.test_set import Conversation, Expected, UserRow


def heard_as(intent: str | None, score: float | None = 0.9, **slots: str) -> Heard:
    others = (Candidate("Other", 0.1),)
    return Heard(
        intent,
        {name: SlotReading((value,)) for name, value in slots.items()},
        candidates=((Candidate(intent, score), *others) if intent else others),
        messages=("Hello.",),
    )


def row(text: str, intent: str = "", **slots: str) -> UserRow:
    intents = (intent,) if intent else ()
    return UserRow(1, text, Expected(intents, {name: (value,) for name, value in slots.items()}))


def result(text: str, wanted: str, actual: str, score: float | None = 0.9) -> RowResult:
    return judge(row(text, wanted), heard_as(actual, score))


def single(judged: RowResult) -> ConversationResult:
    return ConversationResult(Conversation((judged.row,)), (judged,))
