"""Why a payment was stopped, in two languages of meaning: a code, plain words, the whole figures.

The customer's words say what they can check and do, and nothing that teaches a fraudster what to
change. The analyst's have every figure but the amount and the score: whoever tells reasons tells
those two once, beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ReasonCode(StrEnum):
    """Stable names: replies, cases and reports are keyed by them."""

    SCORE = "score"
    EXPECTED_LOSS = "expected_loss"
    IDENTITY = "identity"
    VELOCITY = "velocity"
    NEW_PAYEE = "new_payee"
    NIGHT = "night"
    ROUND_AMOUNT = "round_amount"
    FAR_ABOVE_USUAL = "far_above_usual"
    COUNTERPARTY_CONFIRMED_FRAUD = "counterparty_confirmed_fraud"
    NEW_DEVICE = "new_device"
    ABROAD = "abroad"
    SCAM_WORDS = "scam_words"
    SCAM_STORY = "scam_story"
    NO_MODEL = "no_model"


@dataclass(frozen=True, slots=True)
class Reason:
    """`plain` is for the customer and safe to show; `full` is for the analyst alone."""

    code: ReasonCode
    full: str

    @property
    def plain(self) -> str:
        return PLAIN[self.code]


PLAIN = {
    ReasonCode.SCORE: "This payment does not look like the ones you usually make.",
    ReasonCode.EXPECTED_LOSS: "This payment is large enough that we want to be sure it is yours.",
    ReasonCode.IDENTITY: "We need to be sure that it is you before this payment can go out.",
    ReasonCode.VELOCITY: "There have been many payments in a short time.",
    ReasonCode.NEW_PAYEE: "This is the first time you pay this person.",
    ReasonCode.NIGHT: "It is a large payment for the middle of the night.",
    ReasonCode.ROUND_AMOUNT: "It is a large round sum to somebody you have not paid before.",
    ReasonCode.FAR_ABOVE_USUAL: "It is far more than you usually pay.",
    ReasonCode.COUNTERPARTY_CONFIRMED_FRAUD: "We have concerns about the account this goes to.",
    ReasonCode.NEW_DEVICE: "You are using a device we have not seen before.",
    ReasonCode.ABROAD: "Your card is being used in a country you have not told us of.",
    ReasonCode.SCAM_WORDS: "The message with it is one that people are told to use in scams.",
    ReasonCode.SCAM_STORY: "What you told us is how scams are told.",
    ReasonCode.NO_MODEL: "We could not finish our usual checks.",
}
"""Default words in English; replies may say the same in a locale's own templates."""
