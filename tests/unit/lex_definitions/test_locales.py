"""Every language has the same bot: what fulfillment relies on is equal, what people read is not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.definition.commands.locale import differences, overlays
from bot.definition.overlay import Overlay, overlaid
from bot.definition.reading import read_export

DEFINITIONS = Path(__file__).resolve().parents[3] / "lex_definitions"
LOCALES = DEFINITIONS / "Teller/BotLocales"
MAIN = "en_US"
OTHERS = sorted(folder.name for folder in LOCALES.iterdir() if folder.name != MAIN)
SAID = {"sampleUtterances", "synonyms", "messageGroupsList", "messageGroups"}
_SLOT = re.compile(r"\{\w+\}")

each_locale = pytest.mark.parametrize("locale", OTHERS)


def _files(locale: str, pattern: str) -> dict[str, Any]:
    folder = LOCALES / locale
    return {
        str(path.relative_to(folder)): json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob(pattern))
    }


def _settings(content: Any) -> Any:
    """`content` without the words that people say and read."""
    if isinstance(content, dict):
        return {key: _settings(value) for key, value in content.items() if key not in SAID}
    if isinstance(content, list):
        return [_settings(value) for value in content]
    return content


def _message_groups(content: Any, path: str = "") -> Iterator[tuple[str, list[list[str]]]]:
    """Every list of message groups with where it stands: the texts of each group's choices."""
    if isinstance(content, dict):
        for key, value in content.items():
            if key in {"messageGroupsList", "messageGroups"}:
                yield (
                    f"{path}/{key}",
                    [
                        [
                            message["plainTextMessage"]["value"]
                            for message in (group["message"], *(group["variations"] or ()))
                        ]
                        for group in value
                    ],
                )
            else:
                yield from _message_groups(value, f"{path}/{key}")
    elif isinstance(content, list):
        for index, value in enumerate(content):
            yield from _message_groups(value, f"{path}/{index}")


def test_teller_speaks_three_languages() -> None:
    assert OTHERS == ["en_GB", "es_US"]


@each_locale
@pytest.mark.parametrize("pattern", ["Intents/**/*.json", "SlotTypes/**/*.json"])
def test_intents_slots_and_types_differ_in_words_alone(locale: str, pattern: str) -> None:
    ours, theirs = _files(MAIN, pattern), _files(locale, pattern)
    assert theirs.keys() == ours.keys()
    for path, content in ours.items():
        assert _settings(theirs[path]) == _settings(content), path


@pytest.mark.parametrize("overlay", overlays(DEFINITIONS), ids=lambda path: path.stem)
def test_what_an_overlay_makes_is_what_is_there(overlay: Path) -> None:
    """`teller lex locale lex_definitions` puts it right."""
    files = read_export(DEFINITIONS).files
    made = overlaid(files, Overlay.parse(overlay.read_text(encoding="utf-8")))
    assert differences(files, made) == []


@each_locale
def test_the_locale_listens_as_closely(locale: str) -> None:
    [ours], [theirs] = (_files(name, "BotLocale.json").values() for name in (MAIN, locale))
    assert theirs["identifier"] == locale
    assert theirs["nluConfidenceThreshold"] == ours["nluConfidenceThreshold"]
    assert theirs["voiceSettings"]["engine"] == ours["voiceSettings"]["engine"]


@each_locale
def test_every_message_has_its_groups_variations_and_placeholders(locale: str) -> None:
    theirs = _files(locale, "Intents/**/*.json")
    for path, content in _files(MAIN, "Intents/**/*.json").items():
        here, there = dict(_message_groups(content)), dict(_message_groups(theirs[path]))
        assert there.keys() == here.keys(), path
        for place, groups in here.items():
            assert [len(texts) for texts in there[place]] == [len(texts) for texts in groups]
            for ours, translated in zip(groups, there[place], strict=True):
                assert len(set(translated)) == len(translated), (path, place)
                named = {frozenset(_SLOT.findall(text)) for text in ours}
                assert {frozenset(_SLOT.findall(text)) for text in translated} == named, place


@each_locale
def test_every_slot_is_heard_in_an_utterance_of_every_language_or_of_none(locale: str) -> None:
    theirs = _files(locale, "Intents/*/Intent.json")
    for path, content in _files(MAIN, "Intents/*/Intent.json").items():
        assert _heard(theirs[path]) == _heard(content), path


def _heard(intent: dict[str, Any]) -> set[str]:
    utterances = intent["sampleUtterances"] or ()
    return {slot for one in utterances for slot in _SLOT.findall(one["utterance"])}


@pytest.mark.parametrize("locale", [MAIN, *OTHERS])
def test_every_intent_has_fifty_utterances(locale: str) -> None:
    few = {
        intent["name"]: len(intent["sampleUtterances"])
        for intent in _files(locale, "Intents/*/Intent.json").values()
        if intent["sampleUtterances"] is not None and len(intent["sampleUtterances"]) < 50
    }
    assert few == {}


@pytest.mark.parametrize("locale", [name for name in OTHERS if not name.startswith("en")])
def test_no_message_is_left_in_english(locale: str) -> None:
    theirs = _files(locale, "Intents/**/*.json")
    for path, content in _files(MAIN, "Intents/**/*.json").items():
        english = {text for _, groups in _message_groups(content) for g in groups for text in g}
        said = {text for _, groups in _message_groups(theirs[path]) for g in groups for text in g}
        assert not english & said, path
