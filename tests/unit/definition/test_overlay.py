"""A locale that is another one with other words: what is said changes, what is meant does not."""

import json
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from bot.definition.commands.locale import main
from bot.definition.overlay import Overlay, OverlayError, overlaid

_HEAD = 'from = "en_US"\nto = "en_GB"\n[locale]\nname = "English (UK)"\nvoice = "Amy"\n'
_ROOT = PurePosixPath("Bot/BotLocales/en_US")


def _message(text: str) -> dict[str, Any]:
    return {"plainTextMessage": {"value": text}}


FILES: dict[PurePosixPath, dict[str, Any]] = {
    _ROOT / "BotLocale.json": {
        "name": "English (US)",
        "identifier": "en_US",
        "voiceSettings": {"voiceId": "Danielle", "engine": "neural"},
    },
    _ROOT / "Intents/Order/Intent.json": {
        "name": "Order",
        "sampleUtterances": [
            {"utterance": "order checks for my {checking}"},
            {"utterance": "order cheques for my {checking}"},
            {"utterance": "unchecked checking account"},
        ],
    },
    _ROOT / "Intents/Order/Slots/checking/Slot.json": {
        "name": "checking",
        "prompt": {"message": _message("Checks for {checking}?"), "variations": None},
    },
    _ROOT / "SlotTypes/Account/SlotType.json": {
        "name": "Account",
        "slotTypeValues": [
            {"sampleValue": {"value": "checking"}, "synonyms": [{"value": "checking account"}]},
            {"sampleValue": {"value": "savings"}, "synonyms": None},
        ],
    },
}


def _made(overlay: str) -> dict[str, Any]:
    made = overlaid(FILES, Overlay.parse(_HEAD + overlay))
    return {str(place.relative_to("Bot/BotLocales/en_GB")): made[place] for place in made}


def _utterances(made: dict[str, Any]) -> list[str]:
    return [u["utterance"] for u in made["Intents/Order/Intent.json"]["sampleUtterances"]]


def test_the_locale_has_its_own_name_and_voice() -> None:
    locale = _made("")["BotLocale.json"]
    assert (locale["name"], locale["identifier"]) == ("English (UK)", "en_GB")
    assert locale["voiceSettings"] == {"voiceId": "Amy", "engine": "neural"}


def test_whole_words_are_swapped_the_longest_first_and_slots_keep_their_names() -> None:
    made = _made('[words]\nchecks = "cheques"\nchecking = "X"\n"checking account" = "current one"')
    assert _utterances(made) == ["order cheques for my {checking}", "unchecked current one"]


def test_an_intent_has_words_and_utterances_of_its_own() -> None:
    made = _made('[intents.Order]\nutterances = ["a new one"]\nwords = {checks = "cheques"}')
    assert _utterances(made)[-1] == "a new one"
    assert _utterances(made)[0] == "order cheques for my {checking}"


def test_a_message_is_replaced_whole() -> None:
    made = _made('[messages]\n"Checks for {checking}?" = "Cheques for {checking}?"')
    prompt = made["Intents/Order/Slots/checking/Slot.json"]["prompt"]
    assert prompt["message"] == _message("Cheques for {checking}?")


def test_a_type_gains_synonyms_and_keeps_its_values() -> None:
    made = _made('[types.Account]\nchecking = ["current", "checking account"]')
    one, other = made["SlotTypes/Account/SlotType.json"]["slotTypeValues"]
    assert one["sampleValue"] == {"value": "checking"}
    assert one["synonyms"] == [{"value": "checking account"}, {"value": "current"}]
    assert other["synonyms"] is None


@pytest.mark.parametrize(
    ("overlay", "fault"),
    [
        ("[intents.Gone]\nutterances = []", "en_US has no intent Gone"),
        ("[types.Gone]\nx = []", "en_US has no type Gone"),
        ("[types.Account]\nisa = []", "Account has no value 'isa'"),
        ('[messages]\n"Gone?" = "x"', "en_US has no message 'Gone?'"),
    ],
)
def test_an_overlay_does_not_outlive_what_it_is_about(overlay: str, fault: str) -> None:
    with pytest.raises(OverlayError, match=fault.replace("?", r"\?")):
        _made(overlay)


@pytest.mark.parametrize("text", ["", "from = 3", "no toml", 'from = "en_US"\nto = "x"'])
def test_what_is_no_overlay_is_refused(text: str) -> None:
    with pytest.raises(OverlayError):
        Overlay.parse(text)


def test_the_command_writes_what_is_missing_and_checks_what_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for place, content in FILES.items():
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text(json.dumps(content))
    manifest = {"metaData": {"schemaVersion": "1", "fileFormat": "LexJson", "resourceType": "BOT"}}
    (tmp_path / "Manifest.json").write_text(json.dumps(manifest))
    assert main([str(tmp_path)]) == 2
    (tmp_path / "overlays").mkdir()
    (tmp_path / "overlays/en_GB.toml").write_text(_HEAD)
    assert main([str(tmp_path), "--check"]) == 1
    assert main([str(tmp_path)]) == 0
    assert main([str(tmp_path), "--check"]) == 0
    left = tmp_path / "Bot/BotLocales/en_GB/Intents/Left/Intent.json"
    left.parent.mkdir(parents=True)
    left.write_text("{}")
    assert main([str(tmp_path), "--check", "--json"]) == 1
    assert "Left/Intent.json" in capsys.readouterr().out
