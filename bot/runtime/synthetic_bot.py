"""Bots of any size to measure with: made from a seed, each intent with words of its own."""

from __future__ import annotations

from itertools import product
from random import Random

from bot.definition.model import (
    BotDefinition,
    BotLocale,
    Confirmation,
    Intent,
    Slot,
    SlotType,
    SlotTypeValue,
)
from bot.definition.speech import Message, MessageGroup, Prompt

_VERBS = (
    "order", "cancel", "change", "check", "book", "move", "track", "renew", "report", "return",
    "price", "compare", "insure", "repair", "rent", "sell", "describe", "measure", "print", "share",
    "lock", "split", "merge", "rate", "sign",
)  # fmt: skip
_THINGS = (
    "flight", "parcel", "pizza", "car", "hotel", "policy", "phone", "garden", "ticket", "meeting",
    "invoice", "doctor", "table", "lamp", "carpet", "boat", "library", "battery", "camera", "piano",
    "bicycle", "kitchen", "jacket", "window", "roof", "engine", "mirror", "bottle", "tent", "clock",
)  # fmt: skip
_LEADS = (
    "{verb} a {thing}", "i want to {verb} a {thing}", "please {verb} my {thing}",
    "can you {verb} the {thing}", "i need to {verb} {{count}} {thing}s", "{verb} {thing} now",
    "i would like to {verb} a {{colour}} {thing}", "help me {verb} my {thing}",
    "{verb} the {{colour}} {thing} for me", "how do i {verb} a {thing}",
    "is it possible to {verb} this {thing}", "{thing} to {verb}",
)  # fmt: skip
_COLOURS = ("red", "blue", "green", "black", "white", "orange", "purple", "silver")
MOST_INTENTS = len(_VERBS) * len(_THINGS)


def synthetic_locale(intents: int, seed: int = 7) -> BotLocale:
    """A locale of up to `MOST_INTENTS` intents, twelve utterances and two slots each."""
    pairs = list(product(_VERBS, _THINGS))
    Random(seed).shuffle(pairs)  # noqa: S311 - variety, not secrecy
    made = {f"{v.title()}{t.title()}": _intent(v, t) for v, t in pairs[:intents]}
    fallback = Intent("FallbackIntent", "AMAZON.FallbackIntent", (), ())
    colours = SlotType(
        "Colour", None, tuple(SlotTypeValue(c, ()) for c in _COLOURS), "TOP_RESOLUTION"
    )
    return BotLocale("en_US", 0.4, {**made, fallback.name: fallback}, {"Colour": colours})


def synthetic_bot(intents: int) -> BotDefinition:
    """The bot of that locale alone."""
    return BotDefinition(
        "Synthetic", "SYNTHETIC1", "DRAFT", 300, {"en_US": synthetic_locale(intents)}
    )


def conversations(locale: BotLocale, count: int, seed: int = 3) -> list[tuple[str, ...]]:
    """What customers say, by conversation: an intent's own words with a twist, values, a yes."""
    rng = Random(seed)  # noqa: S311 - variety, not secrecy
    named = [intent for intent in locale.intents.values() if not intent.is_fallback]
    return [_conversation(rng.choice(named), rng) for _ in range(count)]


def _conversation(intent: Intent, rng: Random) -> tuple[str, ...]:
    said = rng.choice(intent.utterances).replace("{count}", str(rng.randint(2, 9)))
    first = f"{rng.choice(('', 'hi, ', 'ok so '))}{said.replace('{colour}', rng.choice(_COLOURS))}"
    return first, str(rng.randint(2, 9)), rng.choice(_COLOURS), "yes"


def _intent(verb: str, thing: str) -> Intent:
    name = f"{verb.title()}{thing.title()}"
    slots = (
        Slot("count", "AMAZON.Number", True, 1, _prompt(f"How many {thing}s?")),
        Slot("colour", "Colour", True, 2, _prompt("Which colour?")),
    )
    utterances = tuple(lead.format(verb=verb, thing=thing) for lead in _LEADS)
    return Intent(name, None, utterances, slots, confirmation=Confirmation(_prompt("Sure?")))


def _prompt(text: str) -> Prompt:
    return Prompt((MessageGroup((Message("PlainText", text),)),), 2)
