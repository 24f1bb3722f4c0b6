"""Messages stay within Lex's limits: 1,024 characters, five messages, five buttons of fifty."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fulfillment.lex import Button, Message, card, text
from fulfillment.lex.messages import MAX_CONTENT, clip, split, to_lex_messages


def kinds(*messages: Message) -> list[str]:
    return [message["contentType"] for message in to_lex_messages(messages)]


def test_short_text_is_one_plain_message() -> None:
    assert to_lex_messages((text(" Hello. "),)) == [
        {"contentType": "PlainText", "content": "Hello."}
    ]


def test_text_of_just_the_limit_is_not_cut() -> None:
    assert split("x" * MAX_CONTENT) == ["x" * MAX_CONTENT]


def test_long_text_is_cut_at_a_line_end_first() -> None:
    lines = [f"Line {number} says something. And more." for number in range(60)]
    pieces = split("\n".join(lines))
    assert "\n".join(pieces) == "\n".join(lines)
    assert all(piece.splitlines()[-1] in lines for piece in pieces)
    assert max(map(len, pieces)) <= MAX_CONTENT


def test_long_text_without_lines_is_cut_at_a_sentence_end() -> None:
    pieces = split("This is a sentence of some length. " * 60)
    assert all(piece.endswith("length.") and piece.startswith("This") for piece in pieces)


def test_long_text_without_sentences_is_cut_between_words() -> None:
    words = [f"word{number}" for number in range(400)]
    pieces = split(" ".join(words))
    assert " ".join(pieces).split() == words


def test_text_without_any_gap_is_cut_into_as_few_pieces_as_can_be() -> None:
    assert [len(piece) for piece in split("x" * 4000)] == [1024, 1024, 1024, 928]


@settings(max_examples=150)
@given(st.text(alphabet="ab .\n—é", max_size=4000))
def test_cutting_loses_nothing_but_gaps(content: str) -> None:
    pieces = split(content)
    assert "".join("".join(pieces).split()) == "".join(content.split())
    assert all(0 < len(piece) <= MAX_CONTENT for piece in pieces)


def units(content: str) -> int:
    """Lex counts UTF-16 code units."""
    return len(content.encode("utf-16-le")) // 2


def test_an_emoji_counts_as_two_characters() -> None:
    pieces = split("🎂" * MAX_CONTENT)
    assert [units(piece) for piece in pieces] == [MAX_CONTENT, MAX_CONTENT]


@settings(max_examples=150)
@given(st.text(max_size=120), st.integers(1, 60))
def test_clipping_never_exceeds_and_is_never_empty(content: str, limit: int) -> None:
    clipped = clip(content, limit)
    assert 1 <= units(clipped) <= limit
    if units(content.strip()) <= limit:
        assert clipped == (content.strip() or "…")


def test_clipping_cuts_at_a_word_where_one_ends_nearby() -> None:
    assert clip("Everyday Checking and more", 20) == "Everyday Checking…"
    assert clip("Everydaychecking andmore", 12) == "Everydayche…"


def test_a_card_has_a_title_a_subtitle_and_buttons() -> None:
    shown = card("Send?", [("Yes, send it", "yes"), ("No", "no")], "From savings")
    assert shown.buttons == (Button("Yes, send it", "yes"), Button("No", "no"))
    assert shown.to_lex() == {
        "contentType": "ImageResponseCard",
        "imageResponseCard": {
            "title": "Send?",
            "subtitle": "From savings",
            "buttons": [{"text": "Yes, send it", "value": "yes"}, {"text": "No", "value": "no"}],
        },
    }


def test_a_card_without_buttons_has_no_list_of_them() -> None:
    assert card("Send?", []).to_lex()["imageResponseCard"] == {"title": "Send?"}


def test_a_card_is_kept_within_its_limits() -> None:
    shown = card("t" * 300, [("b" * 60, "v" * 60)] * 7, "s" * 300).to_lex()["imageResponseCard"]
    assert (len(shown["title"]), len(shown["subtitle"]), len(shown["buttons"])) == (250, 250, 5)
    assert {len(part) for button in shown["buttons"] for part in button.values()} == {50}


def test_a_card_alone_gets_text_beside_it() -> None:
    first, second = to_lex_messages((card("Your accounts", [("Savings", "savings")]),))
    assert first == {"contentType": "PlainText", "content": "Your accounts"}
    assert second["contentType"] == "ImageResponseCard"


def test_five_messages_at_most_and_a_card_is_never_the_one_left_out() -> None:
    texts = [text(f"Line {number}") for number in range(9)]
    assert kinds(*texts) == ["PlainText"] * 5
    assert kinds(*texts, card("Which?", [("A", "a")])) == ["PlainText"] * 4 + ["ImageResponseCard"]


@pytest.mark.parametrize("blank", ["", " ", "\n\n"])
def test_blank_text_is_no_message(blank: str) -> None:
    assert kinds(text(blank), text("Hello.")) == ["PlainText"]
