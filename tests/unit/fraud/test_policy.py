"""The policy: what each score, rule, amount and identity level leads to, and what it says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fulfillment.fraud.facts import DAY_S, PaymentFacts
from fulfillment.fraud.features.vector import FEATURES
from fulfillment.fraud.policy.deciding import Ruling, decide
from fulfillment.fraud.policy.file import PolicyFile
from fulfillment.fraud.policy.lint import lint_policy
from fulfillment.fraud.policy.model import (
    SHIPPED,
    Decision,
    Policy,
    PolicyError,
    read_policy,
    shipped_policy,
)
from fulfillment.fraud.policy.reasons import PLAIN, ReasonCode
from fulfillment.fraud.policy.rules import scam_words
from fulfillment.fraud.scam_stories import Story
from tests.unit.fraud.payments import payment

TEXT = SHIPPED.read_text(encoding="utf-8")
NOON = 20_000 * DAY_S + 12 * 3600


def ruling(
    facts: PaymentFacts | None = None, *, score: float | None = 0.001, level: int = 2, **row: float
) -> Ruling:
    """What the shipped policy says, with the features that matter by name."""
    values = [row.get(name, 0.0) for name in FEATURES]
    return decide(shipped_policy(), facts or payment(at=NOON), values, score, level)


def codes(told: Ruling) -> list[str]:
    return [reason.code for reason in told.reasons]


def test_an_ordinary_payment_is_allowed_without_a_reason() -> None:
    told = ruling()
    assert (told.decision, told.reasons, told.besides) == (Decision.ALLOW, (), ())
    assert told.expected_loss == round(0.001 * 4_250)


@pytest.mark.parametrize(
    ("score", "decision"),
    [(0.05, "allow"), (0.11, "challenge"), (0.5, "hold"), (0.969, "hold"), (0.97, "block")],
)
def test_the_score_alone_leads_from_allow_to_block(score: float, decision: str) -> None:
    assert ruling(payment(at=NOON, minor=3_000), score=score).decision == decision


def test_a_large_payment_is_held_at_a_score_that_a_small_one_passes_with() -> None:
    assert ruling(payment(at=NOON, minor=4_000), score=0.05).decision is Decision.ALLOW
    large = ruling(payment(at=NOON, minor=400_000), score=0.05)
    assert large.decision is Decision.HOLD
    assert codes(large) == [ReasonCode.EXPECTED_LOSS]
    assert large.reasons[0].full == "expected loss $200.00"


def test_no_reason_repeats_the_amount_or_the_score_that_are_told_beside_it() -> None:
    facts = payment(at=NOON - 10 * 3600, minor=150_000)
    told = ruling(facts, score=0.1626, new_payee=1, amount_to_mean_30d=20)
    said = [one.full for one in (*told.reasons, *told.besides)]
    assert {"the score is not below 0.1", "expected loss $243.90"} < set(said)
    assert len(said) == 6
    assert not [text for text in said if "1,500" in text or "0.16" in text]


@pytest.mark.parametrize(
    ("facts", "row", "code", "decision"),
    [
        (payment(at=NOON), {"customer_count_2h": 5}, "velocity", "hold"),
        (payment(at=NOON), {"customer_count_24h": 11}, "velocity", "hold"),
        (payment(at=NOON, minor=60_100), {"new_payee": 1}, "new_payee", "challenge"),
        (payment(at=NOON, minor=500_000), {"new_payee": 1}, "new_payee", "hold"),
        (payment(at=NOON - 10 * 3600, minor=100_000), {}, "night", "challenge"),
        (
            payment(at=NOON, minor=100_000),
            {"amount_to_mean_30d": 10},
            "far_above_usual",
            "challenge",
        ),
        (payment(at=NOON), {"counterparty_frauds_30d": 1}, "counterparty_confirmed_fraud", "hold"),
        (payment(at=NOON), {"counterparty_frauds_30d": 3}, "counterparty_confirmed_fraud", "block"),
        (payment(at=NOON, minor=100_000), {"new_device": 1}, "new_device", "challenge"),
        (payment(at=NOON, abroad="MX"), {}, "abroad", "challenge"),
        (
            payment(at=NOON, minor=10_000, memo="for the Safe  Account"),
            {},
            "scam_words",
            "challenge",
        ),
        (payment(at=NOON, minor=10_000, story=Story.OFFICIALS), {}, "scam_story", "challenge"),
    ],
)
def test_each_rule_leads_to_what_the_file_says(
    facts: PaymentFacts, row: dict[str, float], code: str, decision: str
) -> None:
    told = ruling(facts, **row)  # type: ignore[arg-type]  # features, none of them a level
    assert (told.decision, codes(told)) == (decision, [code])


def test_the_night_is_the_customers_own() -> None:
    facts = payment(at=NOON, minor=100_000, offset_s=-10 * 3600)
    assert codes(ruling(facts)) == ["night"]


def test_a_round_sum_to_a_new_payee_counts_only_if_it_is_far_above_the_usual() -> None:
    facts = payment(at=NOON, minor=60_000)
    assert "round_amount" in codes(ruling(facts, new_payee=1, amount_to_mean_30d=6))
    assert "round_amount" not in codes(ruling(facts, new_payee=1, amount_to_mean_30d=2))
    assert "round_amount" not in codes(ruling(facts, new_payee=0, amount_to_mean_30d=6))


def test_a_step_up_answers_a_challenge_but_no_hold_and_no_block() -> None:
    asked = payment(at=NOON, minor=60_000)
    assert ruling(asked, new_payee=1, level=2).decision is Decision.CHALLENGE
    answered = ruling(asked, new_payee=1, level=3)
    assert answered.decision is Decision.ALLOW
    assert [reason.code for reason in answered.besides] == ["new_payee", "round_amount"]
    assert ruling(score=0.6, level=3).decision is Decision.HOLD
    assert ruling(score=0.99, level=3).decision is Decision.BLOCK


def test_somebody_who_is_only_known_is_challenged_whatever_the_amount() -> None:
    told = ruling(payment(at=NOON, minor=5), level=1)
    assert (told.decision, codes(told)) == (Decision.CHALLENGE, ["identity"])


def test_a_small_payment_passes_unless_it_is_blocked() -> None:
    small = payment(at=NOON, minor=999)
    assert ruling(small, score=0.9, counterparty_frauds_30d=1).decision is Decision.ALLOW
    assert ruling(small, score=0.98).decision is Decision.BLOCK


def test_without_a_model_the_rules_judge_and_a_larger_payment_is_stepped_up() -> None:
    told = ruling(score=None)
    assert (told.decision, codes(told), told.expected_loss) == (
        Decision.CHALLENGE,
        ["no_model"],
        None,
    )
    assert (
        ruling(payment(at=NOON, minor=500_000), score=None, new_payee=1).decision is Decision.HOLD
    )


def test_every_reason_has_plain_words_that_name_no_figure() -> None:
    assert set(PLAIN) == set(ReasonCode)
    assert not any(letter.isdigit() for words in PLAIN.values() for letter in words)
    assert "score" not in " ".join(PLAIN.values())


@pytest.mark.parametrize(
    ("memo", "found"),
    [
        ("GIFT-CARDS for the refund department", ["gift-cards", "refund department"]),
        ("abogado de inmigracion", ["abogado de inmigracion"]),
        ("Bitcoins are fun", []),
        ("rent for July", []),
        ("", []),
    ],
)
def test_scam_words_are_found_whole_in_any_case_and_spelling(memo: str, found: list[str]) -> None:
    assert scam_words(memo, shipped_policy().rules.scam_words.words) == found


def test_the_shipped_policy_has_nothing_odd_about_it() -> None:
    assert lint_policy(shipped_policy()) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("hold = 0.50", "hold = 0.05", "bands: .*must rise"),
        ("block = 0.97", "block = 1.97", "bands.block"),
        ('does = "hold"', 'does = "allow"', "a rule that allows"),
        ('does = "hold"', 'does = "shrug"', "rules.velocity.does"),
        ("version = 6", "version = 6\ntypo = 1", "typo"),
        ("version = 6", "version = ", "not TOML"),
        ("from_hour = 0", "from_hour = 24", "rules.night.from_hour"),
        ("hold = 15000", "hold = 400", "challenge and hold must rise"),
    ],
)
def test_a_figure_that_makes_no_sense_is_named(old: str, new: str, words: str) -> None:
    with pytest.raises(PolicyError, match=words):
        read_policy(TEXT.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("review = 500", "review = 90000", "costs more than it can save"),
        ("amount = 500000", "amount = 50000", "smaller never applies"),
        ("to_hour = 5", "to_hour = 0", "covers no hour"),
        ('"anydesk"', '"irs"', "so short"),
        ('"anydesk"', '"bitcoin"', "twice"),
        ("payments_2h = 6", "payments_2h = 60", "never be reached"),
        ("amount = 50000\n", "amount = 900\n", "rule does nothing"),
        ('does = "challenge"\namount = 50000\n', 'does = "block"\namount = 50000\n', "milder than"),
        ("satisfied_at = 3", "satisfied_at = 1", "below identity.least_to_pay"),
    ],
)
def test_an_oddity_is_told(old: str, new: str, words: str) -> None:
    assert any(words in said for said in lint_policy(read_policy(TEXT.replace(old, new, 1))))


def touch(path: Path, text: str, second: int) -> None:
    path.write_text(text, encoding="utf-8")
    os.utime(path, (second, second))


def test_a_changed_file_is_read_again_and_a_broken_one_never_takes_its_place(
    tmp_path: Path,
) -> None:
    path, said = tmp_path / "policy.toml", list[str]()
    touch(path, TEXT, 1)
    source = PolicyFile(path, said.append)
    first: Policy = source.current()
    touch(path, TEXT.replace("version = 6", "version = 7"), 2)
    assert source.current().version == 7
    touch(path, "nonsense", 3)
    assert source.current().version == 7
    assert source.current().version == 7
    assert len(said) == 1
    path.unlink()
    assert source.current().version == 7
    assert first.version == 6
