"""Yes, no, or neither: the reply to a confirmation."""

from __future__ import annotations

from bot.nlu.words import clean, normal

_YES = {
    "yes", "yep", "yeah", "yup", "ya", "y", "sure", "ok", "okay", "correct", "right", "confirm",
    "confirmed", "affirmative", "absolutely", "definitely", "certainly", "please", "do it",
    "go ahead", "go for it", "sounds good", "that is right", "that is correct", "looks good",
    "send it", "pay it", "move it", "yes please", "please do", "fine", "perfect", "good", "great",
    "of course",     "proceed",
    "approve", "approved", "i confirm", "let us do it", "exactly", "all good", "k", "yess", "si",
}  # fmt: skip
_NO = {
    "no", "nope", "nah", "n", "not", "never", "do not", "negative", "no thanks", "no thank you",
    "not now", "not yet", "wrong", "incorrect", "that is wrong", "rather not", "i would rather not",
    "no way", "do not do it", "no do not", "not really", "decline", "declined", "please do not",
}  # fmt: skip
_FILLERS = {
    "please",
    "thanks",
    "thank",
    "you",
    "teller",
    "now",
    "um",
    "well",
    "oh",
    "i",
    "think",
    "so",
}
_SIGNS = {"👍": True, "✅": True, "👌": True, "👎": False, "❌": False, "🚫": False}


def read_confirmation(text: str) -> bool | None:
    """True, False, or None when it is neither plainly ("yes, but make it 60")."""
    said = clean(text)
    signs = {value for sign, value in _SIGNS.items() if sign in said}
    words = normal(said).split()
    if not words:
        return signs.pop() if len(signs) == 1 else None
    for phrase in (words, [word for word in words if word not in _FILLERS]):
        answer = _whole(phrase)
        if answer is not None:
            return answer
    return None


def _whole(words: list[str]) -> bool | None:
    """The answer when `words` are nothing but phrases of one kind."""
    if not words:
        return None
    yes, no = _covered(words, _YES), _covered(words, _NO)
    return None if yes == no else yes


def _covered(words: list[str], phrases: set[str]) -> bool:
    reachable = [True, *[False] * len(words)]
    for end in range(1, len(words) + 1):
        reachable[end] = any(
            reachable[start] and " ".join(words[start:end]) in phrases
            for start in range(max(0, end - 5), end)
        )
    return reachable[-1]
