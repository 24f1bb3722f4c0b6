"""A bot of several languages: the main one is learned at once, the others when spoken to."""

from pathlib import Path
from threading import Thread

import pytest

from bot.definition.model import BotDefinition, BotLocale
from bot.nlu import Ears, UnsupportedSlotTypeError, ears, main_of, train
from bot.nlu.recogniser import TrainedRecogniser
from bot.nlu.training import is_learned
from tests.unit.nlu.bots import NOW, intent, locale


def _bot(*locale_ids: str) -> BotDefinition:
    said = {"es": ["hola"], "en": ["hello"]}
    locales = {name: locale([intent("Hi", said[name[:2]])], locale_id=name) for name in locale_ids}
    return BotDefinition("Bot", "BOTBOTBOTB", "DRAFT", 300, locales)


@pytest.fixture
def learned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The locales that were learned, in order."""
    names: list[str] = []

    def noted(one: BotLocale, cache_dir: Path | None, *, engine: str) -> TrainedRecogniser:
        names.append(one.locale_id)
        return train(one, cache_dir, engine=engine)

    monkeypatch.setattr(ears, "train", noted)
    return names


def test_a_locale_is_learned_once_and_not_before_it_is_spoken_to(learned: list[str]) -> None:
    heard = Ears(_bot("en_GB", "en_US", "es_US"))
    assert learned == ["en_US"]
    for _ in range(2):
        assert heard["es_US"].intents("hola", NOW)[0].name == "Hi"
    assert learned == ["en_US", "es_US"]
    assert (set(heard), len(heard)) == ({"en_GB", "en_US", "es_US"}, 3)


def test_two_who_speak_at_once_wait_for_one_learning(learned: list[str]) -> None:
    heard = Ears(_bot("en_US", "es_US"))
    speakers = [Thread(target=heard.get, args=("es_US",)) for _ in range(4)]
    for speaker in speakers:
        speaker.start()
    for speaker in speakers:
        speaker.join()
    assert learned == ["en_US", "es_US"]


def test_a_locale_that_the_bot_has_not_is_nobody() -> None:
    assert Ears(_bot("es_US")).get("fr_FR") is None


def test_a_slot_that_cannot_be_read_is_told_before_anybody_speaks() -> None:
    bot = _bot("en_US")
    bad = locale([intent("Pay", ["pay {x}"], {"x": "AMAZON.Nonsense"})], locale_id="es_US")
    with pytest.raises(UnsupportedSlotTypeError):
        Ears(BotDefinition("Bot", "BOTBOTBOTB", "DRAFT", 300, {**bot.locales, "es_US": bad}))


def test_the_main_locale_is_american_english_or_the_first() -> None:
    assert main_of(["en_GB", "en_US"]) == "en_US"
    assert main_of(["fr_FR", "es_US"]) == "fr_FR"
    assert main_of([]) == ""


def test_a_second_start_needs_no_samples_to_know_what_was_learned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    greeting = _bot("en_US").locales["en_US"]
    assert not is_learned(greeting, tmp_path)
    train(greeting, tmp_path)
    assert is_learned(greeting, tmp_path)
    monkeypatch.setattr("bot.nlu.training._samples", _no_samples)
    assert train(greeting, tmp_path).intents("hello", NOW)[0].name == "Hi"


def _no_samples(*_: object) -> list[object]:
    raise AssertionError("samples were made of a definition that was learned before")
