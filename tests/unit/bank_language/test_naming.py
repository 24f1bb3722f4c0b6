"""What a customer says finds their own things, several where it is unclear, and no stranger."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fulfillment.bank.books import Account, AccountKind, Card, CardStatus, Payee
from fulfillment.bank.naming import (
    Match,
    another_card,
    match_account,
    match_card,
    match_merchant,
    match_payee,
)
from tests.unit.bank.values import DEBIT_CARD, account


def _account(name: str, last4: str, kind: AccountKind = AccountKind.CHECKING) -> Account:
    return replace(account(name, "10", kind=kind), name=name, last4=last4)


def _payee(name: str, nickname: str | None = None, number: str = "1001") -> Payee:
    return Payee("mira", name, name, nickname, "Harbor Trust", f"021000089-77{number}", True)


def _card(product: str, last4: str) -> Card:
    kind = "credit" if "credit" in product else "debit"
    return Card("mira", last4, "checking", kind, product, last4, CardStatus.ACTIVE)


ACCOUNTS = [
    _account("Everyday Checking", "4412"),
    _account("Rainy Day Savings", "7730", AccountKind.SAVINGS),
    _account("Tax Pot", "6612", AccountKind.SAVINGS),
    _account("Visa Platinum", "9021", AccountKind.CREDIT_CARD),
]
PAYEES = [
    _payee("Anna Lindqvist", None, "0934"),
    _payee("Grace Whitmore", "the babysitter"),
    _payee("Ngozi Okafor", "mom"),
    _payee("St. Luke's Parish"),
    _payee("Sofía Reyes"),
]
CARDS = [
    _card("Visa debit", "3358"),
    _card("Visa Platinum credit", "9021"),
    _card("Mastercard business credit", "5039"),
]
MERCHANTS = ["Whole Foods", "Trader Joe's", "Luigi's Pizza", "Target", "Amazon", "CVS"]


def _names(match: Match[Account] | Match[Payee]) -> list[str]:
    return [thing.name for thing in match.found]


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("checking", ["Everyday Checking"]),
        ("My CHECKING account", ["Everyday Checking"]),
        ("take it from checking please", ["Everyday Checking"]),
        ("chekcing account 4412", ["Everyday Checking"]),
        ("ｃｈｅｃｋｉｎｇ", ["Everyday Checking"]),
        ("chequing", ["Everyday Checking"]),
        ("checkng", ["Everyday Checking"]),
        ("yeah do it from the checkin acct", ["Everyday Checking"]),
        ("my savings acct", ["Rainy Day Savings", "Tax Pot"]),
        ("rainy day", ["Rainy Day Savings"]),
        ("rainy day fund", ["Rainy Day Savings"]),
        ("tax savings", ["Tax Pot"]),
        ("savings", ["Rainy Day Savings", "Tax Pot"]),
        ("the visa", ["Visa Platinum"]),
        ("my credit card", ["Visa Platinum"]),
        ("ending 4412", ["Everyday Checking"]),
        ("the 7730 one", ["Rainy Day Savings"]),
        ("••••9021", ["Visa Platinum"]),
        ("savings ending in 6612", ["Tax Pot"]),
        ("savings ending in 4412", []),
        ("the account ending 1234", []),
        ("joint checking", []),
        ("gold", []),
        ("", []),
        ("the", []),
        ("!?", []),
        ("\U0001f4b8", []),
    ],
)
def test_an_account_is_found_by_what_customers_call_it(said: str, names: list[str]) -> None:
    assert _names(match_account(said, ACCOUNTS)) == names


@pytest.mark.parametrize(
    "said", ["all", "all my accounts", "everything", "all of them", "the lot", "all my balances"]
)
def test_all_accounts_are_meant(said: str) -> None:
    match = match_account(said, ACCOUNTS)
    assert match.all_of_them
    assert len(match.found) == len(ACCOUNTS)


def test_all_of_a_kind_are_not_all() -> None:
    match = match_account("both savings accounts", ACCOUNTS)
    assert match.all_of_them
    assert _names(match) == ["Rainy Day Savings", "Tax Pot"]


def test_both_of_four_is_a_question() -> None:
    match = match_account("both", ACCOUNTS)
    assert not match.all_of_them
    assert len(match.found) == 4


def test_all_of_what_is_not_there_is_nothing() -> None:
    assert match_account("all my loans and bonds", ACCOUNTS) == Match(())


def test_an_account_whose_name_begins_with_all_is_one_account() -> None:
    weather = _account("All Weather Savings", "1111", AccountKind.SAVINGS)
    assert match_account("all weather savings", [*ACCOUNTS, weather]).one == weather


def test_a_whole_name_outweighs_the_kind_of_another_account() -> None:
    plain, joint = _account("Checking", "0001"), _account("Joint Checking", "0002")
    assert match_account("checking", [plain, joint]).one == plain
    assert match_account("our joint account", [plain, joint]).one == joint


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Anna", "Anna Lindqvist"),
        ("anna lindqvist", "Anna Lindqvist"),
        ("to Anna's account", "Anna Lindqvist"),
        ("my friend Anna", "Anna Lindqvist"),
        ("Lindqvist", "Anna Lindqvist"),
        ("anna ending 0934", "Anna Lindqvist"),
        ("the babysitter", "Grace Whitmore"),
        ("my sitter Grace", "Grace Whitmore"),
        ("my mother", "Ngozi Okafor"),
        ("st lukes", "St. Luke's Parish"),
        ("Sofia", "Sofía Reyes"),
        ("SOFÍA REYES", "Sofía Reyes"),
    ],
)
def test_a_payee_is_found_by_name_nickname_or_number(said: str, name: str) -> None:
    match = match_payee(said, PAYEES)
    assert match.one is not None
    assert match.one.name == name


@pytest.mark.parametrize("said", ["Hanna", "Anna Smith", "Annna", "Anna Lindquist", "Gracie"])
def test_a_payee_who_is_only_similar_is_near_and_never_found(said: str) -> None:
    match = match_payee(said, PAYEES)
    assert match.found == ()
    assert match.one is None
    assert len(match.near) == 1


@pytest.mark.parametrize("said", ["Zoltan", "Ann", "everyone", "all", "", "and", "ending 9999"])
def test_a_stranger_is_nobody(said: str) -> None:
    assert match_payee(said, PAYEES) == Match(())


def test_two_payees_of_one_name_are_both_found() -> None:
    annas = [_payee("Anna Berg", None, "0982"), _payee("Anna Kowalska", None, "0147")]
    assert match_payee("anna", annas).found == tuple(annas)
    assert match_payee("anna", annas).one is None
    assert match_payee("Anna Kowalska", annas).one == annas[1]
    assert match_payee("the Anna ending 0982", annas).one == annas[0]
    assert match_payee("Anna Novak", annas) == Match((), near=tuple(annas))


@pytest.mark.parametrize(
    ("said", "last4s"),
    [
        ("debit card", ["3358"]),
        ("my visa debit", ["3358"]),
        ("visa", ["3358", "9021"]),
        ("mastercard", ["5039"]),
        ("business card", ["5039"]),
        ("company card", ["5039"]),
        ("the one ending 9021", ["9021"]),
        ("gold card", []),
    ],
)
def test_a_card_is_found_by_brand_kind_or_number(said: str, last4s: list[str]) -> None:
    assert [card.last4 for card in match_card(said, CARDS).found] == last4s


def test_all_my_cards_are_all_cards() -> None:
    assert match_card("all my cards", CARDS).all_of_them


@pytest.mark.parametrize(
    ("said", "merchants"),
    [
        ("whole foods", ["Whole Foods"]),
        ("Whole Foods Market", ["Whole Foods"]),
        ("wholefoods", ["Whole Foods"]),
        ("trader joes", ["Trader Joe's"]),
        ("Luigi's", ["Luigi's Pizza"]),
        ("Luigi’s pizza", ["Luigi's Pizza"]),
        ("cvs", ["CVS"]),
        ("amazon and target", ["Amazon", "Target"]),
        ("Nowhere Books", []),
    ],
)
def test_a_merchant_is_found_as_the_bank_writes_it(said: str, merchants: list[str]) -> None:
    assert list(match_merchant(said, MERCHANTS).found) == merchants


@given(st.text(max_size=60))
def test_no_text_raises_and_only_own_things_are_found(said: str) -> None:
    assert set(match_account(said, ACCOUNTS).found) <= set(ACCOUNTS)
    assert set(match_card(said, CARDS).found) <= set(CARDS)
    assert set(match_payee(said, PAYEES).found) <= set(PAYEES)
    assert set(match_merchant(said, MERCHANTS).found) <= set(MERCHANTS)


@given(st.sampled_from(ACCOUNTS), st.sampled_from(PAYEES), st.sampled_from(["", "my ", "the "]))
def test_the_name_that_is_shown_finds_what_it_is_shown_for(
    own: Account, payee: Payee, before: str
) -> None:
    assert match_account(before + own.name.upper(), ACCOUNTS).one == own
    assert match_payee(before + payee.name.upper(), PAYEES).one == payee


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("unfreeze my 9999 card", "9999"),
        ("unfreeze the one ending 4821", None),
        ("9999, no, 4821", None),
        ("unfreeze my card", None),
    ],
)
def test_a_number_that_no_card_ends_in_is_no_card_of_theirs(said: str, number: str | None) -> None:
    assert another_card(said, [DEBIT_CARD]) == number
