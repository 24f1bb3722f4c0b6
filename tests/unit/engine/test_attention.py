from datetime import UTC, datetime

import pytest

from bot.engine.attention import TIME_ZONE, attention_of, local_time
from bot.engine.session import DialogAction, Session

NOW = datetime(2020, 11, 25, 3, 0, tzinfo=UTC)


def test_hints_are_phrases_by_intent_and_slot_and_by_part() -> None:
    hints = {
        "slotHints": {
            "Pay": {
                "payee": {"runtimeHintValues": [{"phrase": "Zbigniew"}, {"phrase": "Xiu Lan"}]},
                "address": {"subSlotHints": {"city": {"runtimeHintValues": [{"phrase": "Perth"}]}}},
            }
        }
    }
    attention = attention_of(Session("a-session", runtime_hints=hints))
    assert attention.hints[("Pay", "payee")] == ("Zbigniew", "Xiu Lan")
    assert attention.hints[("Pay", "address.city")] == ("Perth",)


@pytest.mark.parametrize(
    "hints",
    [{}, {"slotHints": None}, {"slotHints": {"Pay": []}}, {"slotHints": {"Pay": {"payee": 3}}}],
)
def test_hints_of_another_form_are_passed_over(hints: dict[str, object]) -> None:
    found = attention_of(Session("a-session", runtime_hints=hints)).hints
    assert all(phrases == () for phrases in found.values())


def test_the_style_is_that_of_the_question() -> None:
    asked = Session("a-session", action=DialogAction("ElicitSlot", "name", style="SpellByLetter"))
    assert attention_of(asked).style == "SpellByLetter"
    assert attention_of(Session("a-session")).style is None


def test_the_day_is_that_of_the_zone_which_the_request_names() -> None:
    local = local_time(NOW, {TIME_ZONE: "America/New_York"})
    assert local.date().isoformat() == "2020-11-24"
    assert local == NOW


@pytest.mark.parametrize("zone", ["", "Nowhere/Atlantis", "../etc/passwd", "\0"])
def test_a_zone_that_does_not_exist_is_passed_over(zone: str) -> None:
    assert local_time(NOW, {TIME_ZONE: zone}) is NOW
