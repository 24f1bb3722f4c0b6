"""Slots that hold several values or parts, hinted values, spelt values."""

from dataclasses import replace

import pytest

from bot.definition.model import BotLocale, Composition, Slot, SubSlot
from bot.engine.recogniser import Attention, SlotMatch
from bot.nlu import train
from bot.nlu.recogniser import TrainedRecogniser
from bot.nlu.spelling_styles import spelt
from tests.unit.nlu.bots import NOW, intent, locale, slot_type

_TOPPINGS = slot_type(
    "Topping", {"pepperoni": [], "mushroom": [], "green pepper": ["capsicum"]}, "TOP_RESOLUTION"
)
_GATES = slot_type("Gate", {"north": ["the front"], "south": ["the front"]}, "TOP_RESOLUTION")
_ADDRESS = Composition(
    "(city AND state) OR zip",
    (
        SubSlot("city", "AMAZON.City"),
        SubSlot("state", "AMAZON.State"),
        SubSlot("zip", "AMAZON.AlphaNumeric"),
    ),
)


def _pizzeria() -> BotLocale:
    order = intent(
        "Order",
        ["order a pizza", "a pizza with {toppings}", "{toppings} pizza for {name}"],
        {"toppings": "Topping", "name": "AMAZON.FirstName", "code": "AMAZON.AlphaNumeric"},
    )
    deliver = intent(
        "Deliver",
        ["deliver it", "bring it to the {gate} gate"],
        {"gate": "Gate", "address": "Address"},
    )
    shaped = [replace(s, multiple=s.name == "toppings") for s in order.slots]
    where = [_composite(s) if s.name == "address" else s for s in deliver.slots]
    intents = [replace(order, slots=tuple(shaped)), replace(deliver, slots=tuple(where))]
    address = replace(slot_type("Address", {}, "CONCATENATION"), parts=())
    return locale(intents, [_TOPPINGS, _GATES, address])


def _composite(slot: Slot) -> Slot:
    return replace(slot, composition=_ADDRESS)


@pytest.fixture(scope="module")
def ears() -> TrainedRecogniser:
    return train(_pizzeria())


def _values(match: SlotMatch | None) -> list[str | None]:
    return [part.interpreted for part in match.parts] if match else []


@pytest.mark.parametrize(
    "said",
    [
        "pepperoni and mushrooms",
        "pepperoni, mushroom",
        "pepperoni mushroom",
        "Pepperoni & mushroom",
    ],
)
def test_the_values_of_a_list_are_parted_by_a_blank_a_comma_or_and(
    ears: TrainedRecogniser, said: str
) -> None:
    match = ears.slot(said, "Order", "toppings", NOW)
    assert _values(match) == ["pepperoni", "mushroom"]
    assert match is not None
    assert (match.original, match.interpreted, match.resolved) == (said, said, (said,))


def test_a_list_in_a_first_sentence_is_filled(ears: TrainedRecogniser) -> None:
    [top, *_] = ears.intents("a pizza with pepperoni, capsicum and mushrooms", NOW)
    assert top.name == "Order"
    assert _values(top.slots["toppings"]) == ["pepperoni", "green pepper", "mushroom"]
    assert top.slots["toppings"].original == "pepperoni, capsicum and mushrooms"


def test_one_value_is_no_list(ears: TrainedRecogniser) -> None:
    match = ears.slot("mushroom", "Order", "toppings", NOW)
    assert match is not None
    assert (match.interpreted, match.parts) == ("mushroom", ())


def _part(ears: TrainedRecogniser, said: str, name: str) -> str | None:
    match = ears.slot(said, "Deliver", f"address.{name}", NOW)
    return match.interpreted if match else None


def test_the_parts_of_a_composite_are_found_in_one_reply(ears: TrainedRecogniser) -> None:
    said = "it's Seattle, Washington 98101"
    found = [_part(ears, said, name) for name in ("city", "state", "zip")]
    assert found == ["Seattle", "Washington", "98101"]


def test_what_is_left_of_the_reply_is_the_part_that_no_list_has(ears: TrainedRecogniser) -> None:
    said = "Walla Walla, Oregon"
    assert [_part(ears, said, name) for name in ("city", "state", "zip")] == [
        "Walla Walla",
        "Oregon",
        None,
    ]


def test_a_single_part_is_read_by_its_own_type(ears: TrainedRecogniser) -> None:
    assert _part(ears, "98101", "zip") == "98101"
    assert _part(ears, "Walla Walla", "city") == "Walla Walla"


def test_a_hint_settles_which_of_two_values_is_meant(ears: TrainedRecogniser) -> None:
    plain = ears.slot("the front", "Deliver", "gate", NOW)
    hinted = ears.slot(
        "the front", "Deliver", "gate", NOW, Attention(hints={("Deliver", "gate"): ("south",)})
    )
    assert plain is not None
    assert plain.resolved == ("north", "south")
    assert hinted is not None
    assert hinted.resolved == ("south", "north")


def test_a_hinted_name_is_a_sure_value(ears: TrainedRecogniser) -> None:
    hints = Attention(hints={("Order", "name"): ("Xiu Lan",)})
    match = ears.slot("for xiu lan please", "Order", "name", NOW, hints)
    assert match == SlotMatch("xiu lan", "xiu lan", ("xiu lan",))
    [top, *_] = ears.intents("pepperoni pizza for xiu lan", NOW, None, hints)
    assert top.slots["name"].known


def test_a_hint_is_no_value_of_a_closed_type(ears: TrainedRecogniser) -> None:
    hints = Attention(hints={("Order", "toppings"): ("pineapple",), ("Nowhere", "x"): ("y",)})
    assert ears.slot("pineapple", "Order", "toppings", NOW, hints) is None


@pytest.mark.parametrize(
    ("said", "style", "name"),
    [
        ("x i u l a n", "SpellByLetter", "xiulan"),
        ("X, I, U, double L", "SpellByLetter", "XIULL"),
        ("b as in boy o as in oscar b as in boy", "SpellByWord", "bob"),
        ("b for boy, o like oscar, b", "SpellByWord", "bob"),
        ("p as in knife a n", "SpellByWord", "pan"),
        ("bravo oscar bravo", "SpellByWord", "bob"),
        ("Maria", "SpellByLetter", "Maria"),
        ("Maria", "Default", "Maria"),
    ],
)
def test_a_name_may_be_spelt_where_the_session_asks_for_it(
    ears: TrainedRecogniser, said: str, style: str, name: str
) -> None:
    match = ears.slot(said, "Order", "name", NOW, Attention(style=style))
    assert match is not None
    assert (match.interpreted, match.original) == (name, said)


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("j o at example dot com", None),
        ("j o at e x dot c o m", "jo@ex.com"),
        ("a b dash one two", "ab-12"),
        ("a underscore b", "a_b"),
    ],
)
def test_marks_and_digits_are_spelt_too(said: str, value: str | None) -> None:
    assert spelt(said, "SpellByLetter") == value


def test_only_some_types_are_spelt(ears: TrainedRecogniser) -> None:
    style = Attention(style="SpellByLetter")
    match = ears.slot("mushroom", "Order", "toppings", NOW, style)
    assert match is not None
    assert match.interpreted == "mushroom"
