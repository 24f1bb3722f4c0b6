"""Words of an utterance, made comparable: case, apostrophes, contractions, shorthand, emoji."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[$€£%&@#+]|\d+")
# "1e400" and "4th-floor" are not numbers: nothing of a word may follow.
_NUMBER = re.compile(r"[$€£]?\d(?:[\d.,]*\d)?[a-zA-Z%]*(?!\w)")
_SHORTHAND = {
    "u": "you", "ur": "your", "r": "are", "pls": "please", "plz": "please", "thx": "thanks",
    "ty": "thanks", "acct": "account", "acc": "account", "bal": "balance", "txn": "transaction",
    "txns": "transactions", "trx": "transaction", "cc": "credit card", "wanna": "want to",
    "gonna": "going to", "gimme": "give me", "lemme": "let me", "ya": "you", "yr": "your",
    "tmrw": "tomorrow", "b4": "before", "im": "i'm", "dont": "don't", "cant": "can't",
    "whats": "what's", "hows": "how's", "thats": "that's", "ive": "i've", "id": "i'd",
    "didnt": "didn't", "wheres": "where's", "lets": "let's",
}  # fmt: skip
_CONTRACTIONS = {
    "what's": "what is", "how's": "how is", "that's": "that is", "where's": "where is",
    "who's": "who is", "it's": "it is", "i'm": "i am", "i'd": "i would", "i've": "i have",
    "i'll": "i will", "can't": "can not", "don't": "do not", "didn't": "did not",
    "let's": "let us", "won't": "will not", "isn't": "is not", "couldn't": "could not",
    "we're": "we are", "you're": "you are", "that'll": "that will", "haven't": "have not",
    "doesn't": "does not", "there's": "there is", "we've": "we have", "they're": "they are",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """One normalised word and where it stood in the customer's text."""

    text: str
    start: int
    end: int


def clean(text: str) -> str:
    """`text` with compatible forms folded (full-width digits) and blanks collapsed."""
    return " ".join(unicodedata.normalize("NFKC", text).replace("’", "'").split())


def words(text: str) -> list[Word]:
    """The normalised words of a cleaned text. A contraction gives two words with one span."""
    found: list[Word] = []
    position = 0
    while position < len(text):
        match = _NUMBER.match(text, position) or _TOKEN.match(text, position)
        if match is None:
            position += 1
            continue
        position = match.end()
        raw = match.group().casefold()
        plain = _SHORTHAND.get(raw, raw)
        parts = _CONTRACTIONS.get(plain, plain).split()
        found.extend(Word(part, match.start(), match.end()) for part in parts)
    return found


def normal(text: str) -> str:
    """The words of `text`, joined by blanks: equal for texts that say the same words."""
    return " ".join(word.text for word in words(clean(text)))
