"""Words of an utterance, made comparable: case, accents, contractions, shorthand, emoji."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_TOKEN = re.compile(
    r"[$€£¥]?\d[\d,]*(?:\.\d+)?[a-zA-Z%]*"  # an amount, an ordinal, a share
    r"|[^\W_]+(?:'[^\W_]+)*"  # a word
    r"|[$€£¥]{2,}|[$€£¥%&@#+]"
    r"|[\u2190-\u2bff\U0001f000-\U0001faff]"  # arrows, signs, emoji
)
_STRETCHED = re.compile(r"(.)\1{2,}")
_SHORTHAND = {
    "u": "you", "ur": "your", "r": "are", "pls": "please", "plz": "please", "plse": "please",
    "thx": "thanks", "thnx": "thanks", "tx": "thanks", "ty": "thanks", "tysm": "thanks",
    "acct": "account", "acc": "account", "accts": "accounts", "bal": "balance",
    "txn": "transaction", "txns": "transactions", "trx": "transaction", "trans": "transactions",
    "cc": "credit card", "wanna": "want to", "gonna": "going to", "gimme": "give me",
    "lemme": "let me", "gotta": "got to", "yr": "your", "tmrw": "tomorrow",
    "tmr": "tomorrow", "b4": "before", "im": "i'm", "dont": "don't", "cant": "can't",
    "whats": "what's", "hows": "how's", "thats": "that's", "ive": "i've", "id": "i'd",
    "didnt": "didn't", "wheres": "where's", "lets": "let's", "wont": "won't", "isnt": "isn't",
    "doesnt": "doesn't", "havent": "haven't", "couldnt": "couldn't", "idk": "i don't know",
    "nvm": "never mind", "nm": "never mind",
    "cos": "because", "cuz": "because", "bc": "because", "abt": "about", "msg": "message",
    "ppl": "people", "rn": "right now", "asap": "as soon as possible", "btw": "by the way",
    "xfer": "transfer", "tranfer": "transfer", "snd": "send", "amt": "amount",
    "sav": "savings", "chk": "check", "chkg": "checking", "wat": "what", "wats": "what's",
    "hai": "hi", "gud": "good", "mrng": "morning", "gm": "good morning", "evng": "evening",
    "hv": "have", "hav": "have", "cud": "could", "shud": "should", "wud": "would", "wht": "what",
    "crd": "card", "whr": "where", "$$": "money", "💰": "money", "💵": "money", "💸": "money",
    "💳": "card", "🔒": "lock", "🔓": "unlock",
    "xq": "por que", "pq": "por que", "tb": "tambien", "tmb": "tambien", "tmbn": "tambien",
    "xfa": "por favor", "xfavor": "por favor", "porfis": "por favor", "q": "que", "qe": "que",
    "grax": "gracias", "grcs": "gracias", "cta": "cuenta", "ctas": "cuentas", "tdc":
    "tarjeta de credito", "tdd": "tarjeta de debito", "tarj": "tarjeta", "pal": "para el",
    "pa": "para", "toy": "estoy", "qiero": "quiero", "kiero": "quiero", "dnd": "donde",
    "shld": "should", "cld": "could", "wld": "would", "yday": "yesterday",
}  # fmt: skip
_CONTRACTIONS = {
    "what's": "what is", "how's": "how is", "that's": "that is", "where's": "where is",
    "who's": "who is", "it's": "it is", "i'm": "i am", "i'd": "i would", "i've": "i have",
    "i'll": "i will", "can't": "can not", "cannot": "can not", "don't": "do not",
    "didn't": "did not", "let's": "let us", "won't": "will not", "isn't": "is not",
    "couldn't": "could not", "we're": "we are", "you're": "you are", "that'll": "that will",
    "haven't": "have not", "hasn't": "has not", "doesn't": "does not", "there's": "there is",
    "we've": "we have", "they're": "they are", "wasn't": "was not", "aren't": "are not",
    "wouldn't": "would not", "shouldn't": "should not", "y'all": "you all", "we'd": "we would",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """One normalised word and where it stood in the customer's text."""

    text: str
    start: int
    end: int


def clean(text: str) -> str:
    """`text` with compatible forms folded (full-width digits are digits) and blanks collapsed."""
    folded = unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'")
    return " ".join(folded.split())


def words(text: str) -> list[Word]:
    """The normalised words of a cleaned text. A contraction gives two words with one span."""
    found: list[Word] = []
    for match in _TOKEN.finditer(text):
        raw = _STRETCHED.sub(r"\1\1", match.group().casefold())
        if raw[0].isdigit():
            raw = match.group().casefold()
        raw = raw if raw.isascii() else _without_accents(raw)
        plain = _SHORTHAND.get(raw, raw)
        for known in plain.split():
            parts = _CONTRACTIONS.get(known, known).split()
            found.extend(Word(part, match.start(), match.end()) for part in parts)
    return found


def _without_accents(word: str) -> str:
    """ "sí" is typed "si", and "mañana" "manana", as often as not."""
    letters = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)) or word


def normal(text: str) -> str:
    """The words of `text`, joined by blanks: equal for texts that say the same words."""
    return " ".join(word.text for word in words(clean(text)))
