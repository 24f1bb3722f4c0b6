"""`python -m tests.fuzz.events --count 1000000`: mutated events against the function that talks.

The function stands over botocore's own client and the simulator's DynamoDB, in this process. An
event grows out of one that Lex would send and out of what was answered before, so that attributes,
contexts and quotes are real until they are changed. Whatever comes, there is an answer that Lex
takes, or the event is refused as none of Lex's; never an exception, never an apology for a fault of
ours, and the books balance. What did not hold is kept in `corpus/`, one event a file, and played
again by each run and by the tests.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from bot.definition import load
from fulfillment.lex.resolver import MalformedEventError
from fulfillment.store.auditing import audit
from infra.local.stack import ROOT
from tests.fuzz.mutations import mutated
from tests.fuzz.words import WORDS
from tests.integration.faults.outcomes import first_morning, fresh_bank
from tests.integration.faults.talking_bank import TABLE, TalkingBank, without_waiting
from tests.unit.lex.lex_rules import faults_of

CORPUS = Path(__file__).with_name("corpus")
_SPOKEN = ("en_US", "es_US", "en_GB")
_HOOKS = ("DialogCodeHook", "FulfillmentCodeHook")
_APOLOGIES = ("I can't reach the bank's books", "No logro comunicarme con los libros")
_A_MORNING = 2_000
"""Events until the bank is as it was again: cards freeze, money moves, stories would run dry."""
_REMEMBERED = 64


@dataclass
class Found:
    """What a run met."""

    events: int = 0
    refused: int = 0
    """As none of Lex's."""
    intents: Counter[str] = field(default_factory=Counter)
    faults: dict[str, Any] = field(default_factory=dict)
    """By what went wrong where: the first event that shows it."""
    seconds: float = 0.0

    def note(self, fault: str, event: Mapping[str, Any]) -> None:
        self.faults.setdefault(fault, event)


def fuzz(count: int, seed: int, limit_s: float | None = None) -> Found:
    """`count` events, or as many as `limit_s` allows; the same seed sends the same ones."""
    found, rng, began = Found(), Random(seed), time.monotonic()
    with without_waiting():
        bank = fresh_bank()
        for event in kept():
            _send(bank, _signed_anew(bank, event), found)
        events = _events(bank, rng)
        while found.events < count and (limit_s is None or time.monotonic() - began < limit_s):
            if found.events % _A_MORNING == _A_MORNING - 1:
                _audit(bank, found)
                bank = first_morning(bank)
                events = _events(bank, rng)
            event, remembered = next(events)
            answer = _send(bank, event, found)
            if answer is not None:
                remembered.append(_following(event, answer))
                del remembered[:-_REMEMBERED]
        _audit(bank, found)
    found.seconds = time.monotonic() - began
    return found


def kept() -> list[dict[str, Any]]:
    """The corpus: events that a run once failed on."""
    return [json.loads(path.read_text()) for path in sorted(CORPUS.glob("*.json"))]


def _signed_anew(bank: TalkingBank, event: Mapping[str, Any]) -> Mapping[str, Any]:
    """A kept event with an identity of now: signatures run out, and nobody would come past them."""
    attributes, fresh = event.get("requestAttributes"), bank.event("CheckBalance", {})
    if not isinstance(attributes, dict):
        return event
    return {**event, "requestAttributes": attributes | fresh["requestAttributes"]}


def keep(event: Mapping[str, Any]) -> Path:
    """Puts an event into the corpus."""
    text = json.dumps(event, indent=1)
    CORPUS.mkdir(exist_ok=True)
    path = CORPUS / f"{hashlib.sha256(text.encode()).hexdigest()[:12]}.json"
    path.write_text(text + "\n")
    return path


def _events(
    bank: TalkingBank, rng: Random
) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Mutated events, each with the list that takes what followed from it."""
    slots = {
        intent.name: [slot.name for slot in intent.slots]
        for intent in load(ROOT / "lex_definitions").locales["en_US"].intents.values()
    }
    remembered: list[dict[str, Any]] = []
    while True:
        seed = _said(bank, slots, rng)
        if remembered and rng.random() < 0.6:
            seed |= {"sessionState": rng.choice(remembered)}
        yield mutated(seed, remembered, rng), remembered


def _said(bank: TalkingBank, slots: Mapping[str, Sequence[str]], rng: Random) -> dict[str, Any]:
    """An event that Lex might send."""
    intent = rng.choice(sorted(slots))
    values = WORDS["en_US"].values
    given = {name: rng.choice(values.get(name, ["1", "yes", "12345678", "next friday"])) for name
             in slots[intent] if rng.random() < 0.7}  # fmt: skip
    return bank.event(
        intent, given, source=rng.choice(_HOOKS), locale=rng.choice(_SPOKEN),
        confirmation=rng.choice(("None", "None", "Confirmed", "Denied")),
        transcript=rng.choice(("yes", "no", "the second one", "dispute this", *given.values())),
        proposes=rng.choice((None, *slots[intent])),
    )  # fmt: skip


def _following(event: Mapping[str, Any], answer: Mapping[str, Any]) -> dict[str, Any]:
    """The session as Lex would send it in the next turn."""
    state = answer["sessionState"]
    return {**state, "intent": state.get("intent") or event["sessionState"]["intent"]}


def _send(bank: TalkingBank, event: Mapping[str, Any], found: Found) -> Mapping[str, Any] | None:
    found.events += 1
    try:
        answer = bank.say(event)
    except MalformedEventError:
        found.refused += 1
        return None
    except Exception as error:
        found.note(f"{type(error).__name__} at {_where(error)}", event)
        return None
    if answer is None:
        found.note("no answer", event)
        return None
    found.intents[str(event["sessionState"]["intent"]["name"])[:40]] += 1
    for fault in _refusals(answer):
        found.note(f"Lex would refuse: {fault}", event)
    for message in answer.get("messages", ()):
        if any(one in str(message.get("content")) for one in _APOLOGIES):
            found.note(f"an apology: {message['content'][:60]}", event)
    return answer


def _refusals(answer: Mapping[str, Any]) -> list[str]:
    try:
        return faults_of(dict(answer))
    except (KeyError, TypeError, AttributeError) as error:
        return [f"a part is not there or not what it is ({error})"]


def _where(error: Exception) -> str:
    """The last line of ours that it came through."""
    ours = [
        one for one in traceback.extract_tb(error.__traceback__) if "fulfillment" in one.filename
    ]
    return f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "no line of ours"


def _audit(bank: TalkingBank, found: Found) -> None:
    for violation in audit(bank.clients["dynamodb"], TABLE).violations:
        found.note(f"books: {violation}", {})


def main(argv: Sequence[str] | None = None) -> int:
    """Prints one JSON object; 1 when something did not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.events")
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, help="stop earlier, after so long")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="put what failed into the corpus")
    given = parser.parse_args(argv)
    found = fuzz(given.count, given.seed, given.seconds)
    for fault, event in found.faults.items():
        sys.stderr.write(f"{fault}\n")
        if given.keep and event:
            sys.stderr.write(f"  kept as {keep(event).name}\n")
    told = {
        "events": found.events, "seconds": round(found.seconds, 1),
        "per_s": round(found.events / found.seconds, 1), "refused_as_not_lexs": found.refused,
        "intents": len(found.intents), "faults": sorted(found.faults),
    }  # fmt: skip
    sys.stdout.write(json.dumps(told, indent=2) + "\n")
    return int(bool(found.faults))


if __name__ == "__main__":
    raise SystemExit(main())
