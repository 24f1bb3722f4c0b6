"""The trained ears inside the dialog engine: parts, spelling, and the customer's own clock."""

from dataclasses import replace
from datetime import UTC, datetime
from random import Random

import pytest

from bot.definition.model import BotLocale, Composition, SubSlot
from bot.engine.attention import TIME_ZONE
from bot.engine.effects import BotIdentity, TurnResult, UserInput
from bot.engine.session import DialogAction, Session
from bot.engine.stage import Stage
from bot.engine.turn import run_turn
from bot.nlu import train
from tests.unit.nlu.bots import intent, locale

_EVENING = datetime(2020, 11, 25, 3, 0, tzinfo=UTC)
_IDENTITY = BotIdentity("BOT0000001", "Small", "TSTALIASID", "TestBotAlias", "en_US", "DRAFT")


def _post_office() -> BotLocale:
    book = intent(
        "Book",
        ["book a delivery", "deliver it on {day}"],
        {"day": "AMAZON.Date", "name": "AMAZON.FirstName", "address": "AMAZON.City"},
    )
    parts = (SubSlot("city", "AMAZON.City"), SubSlot("state", "AMAZON.State"))
    whole = Composition("city AND state", parts)
    slots = tuple(
        replace(slot, composition=whole, type_name="AMAZON.City")
        if slot.name == "address"
        else slot
        for slot in book.slots
    )
    return locale([replace(book, slots=slots)])


def _hear(session: Session, text: str, attributes: dict[str, str] | None = None) -> Session:
    """The session after a turn that calls no hook."""
    bot = _post_office()
    stage = Stage(bot, _IDENTITY, train(bot), _EVENING, Random(1))
    turn = run_turn(stage, session, UserInput(text, attributes or {}))
    with pytest.raises(StopIteration) as end:
        next(turn)
    result: TurnResult = end.value.value
    return result.session


def _value(session: Session, slot: str, part: str | None = None) -> str | None:
    state = session.intent.slots.get(slot) if session.intent else None
    if state is not None and part:
        state = state.sub_slots.get(part)
    return state.value.interpreted if state and state.value else None


@pytest.mark.parametrize(
    ("attributes", "day"),
    [
        ({}, "2020-11-26"),
        ({TIME_ZONE: "America/New_York"}, "2020-11-25"),
        ({TIME_ZONE: "Asia/Tokyo"}, "2020-11-26"),
    ],
)
def test_tomorrow_is_the_day_after_the_customers_own_today(
    attributes: dict[str, str], day: str
) -> None:
    session = _hear(Session("a-session"), "deliver it on tomorrow", attributes)
    assert _value(session, "day") == day


def _asked_for(slot: str, style: str | None = None) -> Session:
    session = _hear(Session("a-session"), "deliver it on friday")
    return replace(session, action=DialogAction("ElicitSlot", slot, style=style))


def test_a_name_is_spelt_where_the_bot_asked_for_it_so() -> None:
    session = _hear(_asked_for("name", "SpellByWord"), "b as in boy o as in oscar b as in boy")
    assert _value(session, "name") == "bob"


def test_both_parts_of_an_address_are_taken_from_one_reply() -> None:
    session = _hear(_asked_for("address"), "Seattle, Washington please")
    assert _value(session, "address", "city") == "Seattle"
    assert _value(session, "address", "state") == "Washington"
