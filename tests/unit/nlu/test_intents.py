from functools import cache

import pytest

from bot.nlu import UnsupportedSlotTypeError, train
from bot.nlu.recogniser import TrainedRecogniser
from tests.unit.nlu.bots import NOW, bank, intent, locale, slot_type


@cache
def ears() -> TrainedRecogniser:
    return train(bank())


def slots_of(text: str, name: str) -> dict[str, str | None]:
    best = ears().intents(text, NOW)[0]
    assert best.name == name
    return {slot: match.interpreted for slot, match in best.slots.items()}


def test_a_sample_utterance_wins_outright_whatever_its_case_and_marks() -> None:
    best, second = ears().intents("What’s my BALANCE?!", NOW)[:2]
    assert (best.name, best.score) == ("Balance", 1.0)
    assert second.score < 1.0


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("whats my blance", "Balance"),
        ("how much do i have left", "Balance"),
        ("plz lock my card", "Freeze"),
        ("i have lost my card", "Freeze"),
        ("can you freeze the card for me", "Freeze"),
        ("i'd like to move some money", "Move"),
        ("lemme pay tom", "Pay"),
        ("snd money to mom", "Pay"),
    ],
)
def test_other_words_typos_and_shorthand_are_understood(said: str, name: str) -> None:
    best = ears().intents(said, NOW)[0]
    assert (best.name, best.score >= 0.4) == (name, True)


@pytest.mark.parametrize(
    "said",
    ["the weather in lisbon", "zxcvb qwerty", "🦄🦄", "sing a song", "which dinosaurs could fly"],
)
def test_what_the_bot_never_learned_stays_below_the_threshold(said: str) -> None:
    assert all(candidate.score < 0.4 for candidate in ears().intents(said, NOW))


def test_nothing_said_gives_no_candidates() -> None:
    assert ears().intents("  ?! ", NOW) == []


def test_only_eligible_intents_are_candidates() -> None:
    names = [c.name for c in ears().intents("freeze my card", NOW, {"Balance", "Move"})]
    assert sorted(names) == ["Balance", "Move"]


@pytest.mark.parametrize(
    "said",
    [
        "move 100 from checking to savings",
        "Please move $100 from my checking to my savings",
        "trasnfer 100 dollars from checking to savings pls",
        "could you move a hundred from checking to savings?",
    ],
)
def test_two_slots_of_one_type_land_by_the_words_around_them(said: str) -> None:
    assert slots_of(said, "Move") == {
        "amount": "USD 100.00",
        "source": "checking",
        "target": "savings",
    }


def test_slots_of_one_type_land_right_in_an_order_no_sample_has() -> None:
    filled = slots_of("to savings from checking please transfer 20 bucks", "Move")
    assert (filled["source"], filled["target"]) == ("checking", "savings")


@pytest.mark.parametrize(
    ("said", "payee"),
    [
        ("send 50 dollars to Anna", "Anna"),
        ("send fifty bucks to Anna Kowalska", "Anna Kowalska"),
        ("send Zbigniew $50", "Zbigniew"),
        ("pay Blue Bottle 50 please", "Blue Bottle"),
        ("i owe tom 50", "tom"),
    ],
)
def test_a_value_that_no_list_has_is_taken_from_the_pattern(said: str, payee: str) -> None:
    filled = slots_of(said, "Pay")
    assert filled["amount"] == "USD 50.00"
    assert (filled["payee"] or "").lower() == payee.lower()


def test_a_value_on_trust_is_marked_as_such() -> None:
    best = ears().intents("send 50 to Zbigniew", NOW)[0]
    assert best.slots["amount"].known
    assert not best.slots["payee"].known


def test_an_amount_is_never_part_of_a_name() -> None:
    assert slots_of("pay Zbigniew 20", "Pay") == {"payee": "Zbigniew", "amount": "USD 20.00"}


def test_a_reply_to_a_prompt_is_read_for_that_slot() -> None:
    match = ears().slot("from my savings account please", "Pay", "source", NOW)
    assert match is not None
    assert match.resolved == ("savings",)


@pytest.mark.parametrize("said", ["freeze my card", "what's my balance"])
def test_another_intents_own_words_are_no_value(said: str) -> None:
    assert ears().slot(said, "Pay", "payee", NOW) is None


def test_an_unknown_slot_has_no_value() -> None:
    assert ears().slot("50", "Pay", "nothing", NOW) is None


def test_a_slot_type_that_cannot_be_read_is_named() -> None:
    strange = locale([intent("Ask", ["ask {x}"], {"x": "AMAZON.Actor"})])
    with pytest.raises(UnsupportedSlotTypeError, match=r"Ask\.x: AMAZON\.Actor"):
        train(strange)


def test_a_bot_with_one_intent_and_a_bot_with_none_are_learned() -> None:
    alone = train(locale([intent("Hi", ["hello", "hi there"])]))
    assert alone.intents("hello", NOW)[0].score == 1.0
    assert train(locale([])).intents("hello", NOW) == []


def test_two_intents_may_share_a_slot_that_only_one_fills() -> None:
    sizes = slot_type("Size", {"small": [], "large": []}, "TOP_RESOLUTION")
    cafe = locale(
        [
            intent("Order", ["i want a {size} coffee", "one {size} coffee"], {"size": "Size"}),
            intent("Price", ["how much is a {size} coffee"], {"size": "Size"}),
        ],
        [sizes],
    )
    best = train(cafe).intents("how much is a large coffee", NOW)[0]
    assert (best.name, best.slots["size"].interpreted) == ("Price", "large")
