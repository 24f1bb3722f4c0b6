"""Names of payees: none that hides something, none that passes for another unnoticed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fulfillment.bank.payee_names import NameProblem, looks_like, read_name, same_name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Bob", "Bob"),
        ("  Bob   Miller ", "Bob Miller"),
        ("Zoë Núñez-O'Brien", "Zoë Núñez-O'Brien"),
        ("Анна Ковач", "Анна Ковач"),
        ("Ａｎｎａ", "Anna"),
        ("7-Eleven", "7-Eleven"),
        ("Li Na 李娜", "Li Na 李娜"),
    ],
)
def test_a_name_is_kept_as_it_is_written(said: str, name: str) -> None:
    assert read_name(said) == name


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("", NameProblem.NO_NAME),
        ("12345678", NameProblem.NO_NAME),
        ("B", NameProblem.NO_NAME),
        ("Bob " * 20, NameProblem.NAME_TOO_LONG),
        ("Anna\u202e", NameProblem.UNCLEAR_NAME),
        ("An\u200bna", NameProblem.UNCLEAR_NAME),
        ("An\u00adna", NameProblem.UNCLEAR_NAME),
        ("Anna\x07", NameProblem.UNCLEAR_NAME),
        ("Аnna", NameProblem.UNCLEAR_NAME),
        ("Anna Lindqvіst", NameProblem.UNCLEAR_NAME),
        ("Αnna", NameProblem.UNCLEAR_NAME),
    ],
)
def test_a_name_that_hides_something_is_refused(said: str, problem: NameProblem) -> None:
    assert read_name(said) is problem


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bill", "BiII"),
        ("Carol", "Caro1"),
        ("Otto", "0tto"),
        ("Marnie", "Mamie"),
        ("COOP", "СООР"),
    ],
)
def test_a_name_that_only_looks_like_another_is_noticed(one: str, other: str) -> None:
    assert looks_like(one, other)
    assert looks_like(other, one)


@pytest.mark.parametrize(("one", "other"), [("Anna", "Hanna"), ("Bob", "Rob"), ("Noah", "Noa")])
def test_a_name_that_is_another_is_no_lookalike(one: str, other: str) -> None:
    assert not looks_like(one, other)


def test_case_and_spaces_make_no_other_name() -> None:
    assert same_name("anna  lindqvist", "Anna Lindqvist")
    assert not looks_like("ANNA", "Anna")


@given(st.text(max_size=80))
def test_a_name_that_is_read_reads_as_itself(said: str) -> None:
    name = read_name(said)
    if not isinstance(name, NameProblem):
        assert read_name(name) == name
