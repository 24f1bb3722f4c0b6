import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.word_table import WordTable, word_table


def likeness(one: str, other: str) -> float:
    a, b = word_table().vectors([one.split(), other.split()])
    return float(a @ b)


def test_words_of_one_meaning_are_nearer_than_words_that_look_alike() -> None:
    assert likeness("freeze my card", "block the debit card") > likeness("freeze my card", "lizard")
    assert likeness("how much money do i have", "what is my balance") > likeness(
        "how much money do i have", "how is the weather"
    )


def test_a_word_is_cut_into_the_longest_pieces_and_strange_letters_are_left_out() -> None:
    rows = np.array([[2, 0], [0, 2], [127, 127]], np.int8)
    table = WordTable({"▁pay": 0, "roll": 1, "▁p": 2}, rows, np.ones(3, np.float32))
    assert table.cut("payroll") == [0, 1]
    assert table.cut("pay✓roll") == [0, 1]
    assert table.cut("🦄") == []
    assert np.allclose(table.vectors([["payroll"]])[0], 0.5**0.5)


def test_what_has_no_known_piece_means_nothing() -> None:
    assert not word_table().vectors([["🦄"], []]).any()


@given(st.lists(st.text(max_size=30), max_size=5))
def test_a_meaning_has_length_one_or_none(words: list[str]) -> None:
    [meaning] = word_table().vectors([words])
    length = float(meaning @ meaning)
    assert abs(length - 1) < 1e-5 or length == 0


def test_other_vectors_have_another_name_so_that_nothing_learned_with_them_is_reused() -> None:
    scales = np.ones(1, np.float32)
    names = {WordTable({"▁a": 0}, np.array([[n]], np.int8), scales).name for n in (1, 2)}
    assert len(names) == 2


def test_what_usual_sentences_have_in_common_is_taken_away() -> None:
    rows = np.array([[127, 0], [0, 127]], np.int8)
    pieces, scales = {"▁the": 0, "▁card": 1}, np.ones(2, np.float32)
    plain = WordTable(pieces, rows, scales)
    table = WordTable(pieces, rows, scales, [["the"], ["the", "card"]])
    said = [["the", "card"], ["card"]]
    assert table.vectors(said)[0] @ [0, 1] > plain.vectors(said)[0] @ [0, 1]
    assert table.name != plain.name
