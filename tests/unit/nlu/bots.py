"""Small bots and readings to test with."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from bot.definition.model import BotLocale, Intent, Slot, SlotType, SlotTypeValue
from bot.engine.recogniser import SlotMatch
from bot.nlu.slot_reading import SlotReader
from bot.nlu.utterance import Utterance

NOW = datetime(2020, 11, 25, 10, 0, tzinfo=UTC)
"""A Wednesday: the day of the examples in the Lex V2 developer guide."""


def slot_type(
    name: str, values: Mapping[str, Sequence[str]], strategy: str = "ORIGINAL_VALUE"
) -> SlotType:
    listed = tuple(SlotTypeValue(value, tuple(synonyms)) for value, synonyms in values.items())
    return SlotType(name, None, listed, strategy)


def intent(name: str, utterances: Sequence[str], slots: Mapping[str, str] | None = None) -> Intent:
    own = tuple(
        Slot(slot, type_name, required=True, priority=order, prompt=None)
        for order, (slot, type_name) in enumerate((slots or {}).items())
    )
    return Intent(name, None, tuple(utterances), own)


def locale(
    intents: Sequence[Intent], types: Sequence[SlotType] = (), locale_id: str = "en_US"
) -> BotLocale:
    return BotLocale(locale_id, 0.4, {i.name: i for i in intents}, {t.name: t for t in types})


def reader_of(type_name: str, *types: SlotType, locale_id: str = "en_US") -> SlotReader:
    """A reader for a bot with one slot of the type."""
    asking = intent("Ask", ["ask {value}"], {"value": type_name})
    return SlotReader(locale([asking], types, locale_id))


def found_in(
    text: str, type_name: str, *types: SlotType, locale_id: str = "en_US"
) -> list[SlotMatch]:
    """The values of the type that stand in `text`."""
    spans = reader_of(type_name, *types, locale_id=locale_id).spans(
        type_name, Utterance.of(text, NOW)
    )
    return [span.match for span in spans]


def replied(
    text: str, type_name: str, *types: SlotType, locale_id: str = "en_US"
) -> SlotMatch | None:
    """The value of the type that `text` gives when it is asked for."""
    return reader_of(type_name, *types, locale_id=locale_id).reply(type_name, text, NOW)


ACCOUNTS = slot_type(
    "Account",
    {
        "checking": ["checking account", "current account"],
        "savings": ["savings account", "rainy day fund"],
        "tax savings": [],
    },
)
PEOPLE = slot_type("Person", {"Anna": [], "mom": ["my mother"], "Tom": ["Thomas"]})
GENRES = slot_type(
    "Genre", {"comedy": ["funny", "humorous"], "drama": [], "D.V.D.": []}, "TOP_RESOLUTION"
)


def bank() -> BotLocale:
    """A bank of four intents: two of them are told apart only by how their slots are used."""
    return locale(
        [
            intent(
                "Balance",
                [
                    "what's my balance",
                    "balance please",
                    "how much money do i have",
                    "how much is in my {account}",
                    "what is my {account} balance",
                    "show me {account}",
                    "how much is left in {account}",
                    "check my balance",
                ],
                {"account": "Account"},
            ),
            intent(
                "Move",
                [
                    "move money",
                    "move {amount} from {source} to {target}",
                    "move {amount} to my {target}",
                    "transfer {amount} from my {source} to my {target}",
                    "put {amount} into {target}",
                    "take {amount} out of {source}",
                    "i want to move money between my accounts",
                    "transfer money from {source} to {target}",
                ],
                {"amount": "AMAZON.Currency", "source": "Account", "target": "Account"},
            ),
            intent(
                "Pay",
                [
                    "pay someone",
                    "send money to {payee}",
                    "send {amount} to {payee}",
                    "send {payee} {amount}",
                    "pay {payee} {amount}",
                    "pay {payee} from {source}",
                    "i want to pay {payee}",
                    "i owe {payee} {amount}",
                ],
                {"amount": "AMAZON.Currency", "payee": "Person", "source": "Account"},
            ),
            intent(
                "Freeze",
                [
                    "freeze my card",
                    "lock my card",
                    "i lost my card",
                    "block my card please",
                    "my card is gone",
                    "please stop my card",
                    "put a hold on my card",
                    "disable the card",
                ],
            ),
        ],
        [ACCOUNTS, PEOPLE],
    )
