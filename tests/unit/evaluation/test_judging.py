import pytest

from bot.evaluation.hearing import Heard, SlotReading, heard
from bot.evaluation.judging import holds, judge
from bot.evaluation.test_set import Expected, UserRow
from tests.unit.evaluation.rows import heard_as, row


def scalar(original: str, interpreted: str | None, *resolved: str) -> dict[str, object]:
    return {
        "shape": "Scalar",
        "value": {
            "originalValue": original,
            "interpretedValue": interpreted,
            "resolvedValues": list(resolved),
        },
    }


ANSWER = {
    "messages": [{"contentType": "PlainText", "content": "Which size?"}, {"contentType": "X"}],
    "sessionState": {
        "activeContexts": [{"name": "ordering", "timeToLive": {}, "contextAttributes": {}}],
        "intent": {
            "name": "OrderPizza",
            "slots": {
                "size": None,
                "when": scalar("tomorrow", "2026-11-24", "2026-11-24"),
                "toppings": {
                    "shape": "List",
                    "value": scalar("ham and olives", "ham and olives")["value"],
                    "values": [scalar("ham", "ham"), scalar("olives", "olive")],
                },
                "address": {"shape": "Composite", "subSlots": {"city": scalar("Leeds", "Leeds")}},
            },
        },
    },
    "interpretations": [
        {"intent": {"name": "OrderPizza"}, "nluConfidence": {"score": 0.87}},
        {"intent": {"name": "FallbackIntent"}},
    ],
}


def test_an_answer_of_the_runtime_is_read_whole() -> None:
    reading = heard(ANSWER)
    assert (reading.intent, reading.score) == ("OrderPizza", 0.87)
    assert reading.contexts == ("ordering",)
    assert reading.messages == ("Which size?", "")
    assert set(reading.slots) == {"when", "toppings", "address.city"}
    assert [c.score for c in reading.candidates] == [0.87, None]


@pytest.mark.parametrize(
    ("slot", "expected", "is_right"),
    [
        ("when", "Tomorrow", True),
        ("when", "2026-11-24", True),
        ("when", "11/24/26", True),
        ("when", "11/25/2026", False),
        ("toppings", "ham and olives", True),
        ("toppings", "olives, ham", True),
        ("toppings", "olive, ham", True),
        ("toppings", "ham", False),
        ("toppings", "ham, ham", False),
        ("address.city", "  leeds ", True),
        ("size", "large", False),
        ("size", "", True),
        ("when", "", False),
    ],
)
def test_a_slot_is_right_in_the_customers_words_or_resolved(
    slot: str, expected: str, is_right: bool
) -> None:
    assert holds(heard(ANSWER).slots.get(slot), (expected,)) is is_right


def test_only_what_the_row_names_is_judged() -> None:
    assert judge(row("hello"), heard_as("Anything", amount="5")).end_to_end == "Matched"


def test_any_of_several_right_intents_will_do() -> None:
    asked = UserRow(1, "move it", Expected(("SendMoney", "TransferMoney")))
    assert judge(asked, heard_as("TransferMoney")).intent == "Matched"
    assert judge(asked, heard_as("Help")).intent == "Mismatched"


def test_a_wrong_slot_fails_the_row_but_not_the_intent() -> None:
    judged = judge(row("send 5", "SendMoney", amount="5"), heard_as("SendMoney", amount="6"))
    assert (judged.intent, judged.slots, judged.end_to_end) == (
        "Matched",
        {"amount": "Mismatched"},
        "Mismatched",
    )


def test_an_expected_context_must_be_active() -> None:
    asked = UserRow(1, "hi", Expected(contexts=("ordering",)))
    assert judge(asked, heard(ANSWER)).contexts == "Matched"
    assert judge(asked, heard_as("Greet")).end_to_end == "Mismatched"


def test_a_refused_turn_is_an_execution_error_of_all_its_parts() -> None:
    judged = judge(row("send 5", "SendMoney", amount="5"), Heard(error="Boom: why"))
    assert {judged.intent, judged.end_to_end, *judged.slots.values()} == {"ExecutionError"}


def test_a_list_of_one_is_the_value_itself() -> None:
    one = SlotReading(("ham",), (SlotReading(("ham",)),))
    assert holds(one, ("ham",))
