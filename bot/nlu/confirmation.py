"""Yes, no, perhaps, or none of these: replies to a confirmation, and AMAZON.Confirmation.

Source of the four values and of some phrases: Lex V2 developer guide, AMAZON.Confirmation.
"""

from __future__ import annotations

from bot.engine.recogniser import SlotMatch
from bot.nlu.utterance import Span, Utterance
from bot.nlu.words import clean, normal

YES, NO, MAYBE, UNKNOWN = "Yes", "No", "Maybe", "Don't know"

_PHRASES = {
    YES: "yes|yep|yeah|yea|yup|yah|y|ye|yess|aye|sure|sure thing|for sure|ok|okay|okey|okie dokie"
    "|k|kk"
    "|alright|all right|correct|right|that is right|that is correct|you are right|confirm|confirmed"
    "|i confirm|i do|i can|i agree|agreed|i can agree|i have it|affirmative|absolutely|definitely"
    "|certainly|indeed|totally|of course|exactly|precisely|do it|go ahead|go for it|go on|go|please"
    "|please do|please go ahead|yes please|sounds good|sounds right|sounds great|looks good"
    "|looks right|looks correct|all good|that works|works for me|that is fine|fine|perfect|great"
    "|good|send it|pay it|move it|proceed|continue|carry on|make it so|approve|approved|i approve"
    "|let us do it|let us go|do that|yes do it|that is it|true|ja|si|sí|oui|by all means|why not"
    "|done"
    "|claro|claro que si|por supuesto|desde luego|vale|dale|de acuerdo|correcto|asi es|eso es"
    "|exacto|exactamente|cierto|es correcto|esta bien|bien|muy bien|perfecto|adelante"
    "|confirmo|confirmado|confirmar|lo confirmo|acepto|aceptar|hazlo|hagalo|envialo|enviala"
    "|envielo|mandalo|pagalo|si por favor|si quiero|si claro|seguro|por favor|me parece bien"
    "|como no|sip|simon|orale|venga|listo|procede|proceda|continua|continue|afirmativo"
    "|ya lo creo|sale"
    "|sim|sim claro|com certeza|isso|isso mesmo|está certo|pode ser|d'accord|bien sûr|c'est ça"
    "|c'est bon|exactement|volontiers|jawohl|natürlich|klar|genau|gerne|stimmt|in ordnung|certo"
    "|va bene|esatto|certamente|d'accordo"
    "|はい|ええ|そうです|お願いします|네|예|응|맞아요|좋아요|그래요|是|是的|对|對|好|好的|可以|没错|係"
    "|i would like that|i want to|uh huh|mhm|mm hmm|you bet|hell yes|heck yes|10 4|positive",
    NO: "no|nope|nah|naw|n|no way|not|not at all|never|negative|no thanks|no thank you|thanks no"
    "|not now|not yet|not today|not really|wrong|incorrect|that is wrong|that is not right"
    "|that is incorrect|that is not correct|not correct|not right|rather not|i would rather not"
    "|do not"
    "|do not do it|do not do that|do not send it|do not pay it|please do not|no do not|decline"
    "|declined|i decline|i will decline|i disagree|disagree|i do not want to|i do not want that"
    "|i do not|i do not think so|absolutely not|definitely not|certainly not|of course not|nay|non"
    "|para nada|de ninguna manera|de ningun modo|claro que no|no gracias|mejor no|ahora no"
    "|todavia no|incorrecto|no es correcto|esta mal|eso no|no quiero|no lo hagas"
    "|no lo haga|no lo envies|negativo|nunca|jamas|ni hablar|no acepto|rechazo|rechazar"
    "|no confirmo|tampoco|nop|que no"
    "|não|não obrigado|não obrigada|de jeito nenhum|pas du tout|non merci|auf keinen fall"
    "|nein danke|nee|nee bedankt|no grazie|per niente"
    "|いいえ|ちがいます|違います|아니요|아니오|아니|不|不是|不要|不用|唔係"
    "|nein|hell no|heck no|stop it|hold on|wait|false|no good|better not|forget it|i refuse|uh uh",
    MAYBE: "maybe|perhaps|possibly|probably|it is possible|sometimes|i might|might be|could be"
    "|that could be right|it depends|kind of|sort of|i guess so|maybe later|not necessarily"
    "|quizas|quiza|tal vez|a lo mejor|puede ser|es posible|posiblemente|probablemente|depende"
    "|supongo|supongo que si|mas o menos|a veces|puede que si",
    UNKNOWN: "i do not know|do not know|dunno|i dunno|unknown|no idea|i have no idea|not sure"
    "|i am not sure|not sure about it|who knows|unsure|i am unsure|no clue|i can not say|hard to"
    " say"
    "|no se|no lo se|no sabria|ni idea|no tengo idea|no estoy seguro|no estoy segura|quien sabe"
    "|no tengo claro|lo desconozco|sabe dios",
}
_VALUES = {
    normal(phrase): value for value, phrases in _PHRASES.items() for phrase in phrases.split("|")
}
_LONGEST = max(len(phrase.split()) for phrase in _VALUES)
_FILLERS = frozenset(
    "please thanks thank you teller now um uh uhm er well oh hmm i think so just then ah hey to be"
    " it that is sir me"
    " gracias pues eh bueno ahora entonces creo que yo senor lo es eso".split()
)
_SIGNS = {"👍": YES, "✅": YES, "👌": YES, "🙏": YES, "✔": YES, "💯": YES, "🆗": YES,
          "👎": NO, "❌": NO, "🚫": NO, "✋": NO, "🛑": NO, "🤷": UNKNOWN}  # fmt: skip
# Words of a "no" that would otherwise be read as a switch to another intent stay out of this list:
# "forget it" says no to a slot, but may mean to cancel the whole thing; "wait" may be just that.
_LEFT_TO_INTENTS = frozenset({"forget it", "stop it", "hold on", "wait"})


def read_confirmation(text: str) -> bool | None:
    """True, False, or None when it is neither plainly ("yes, but make it 60", "maybe")."""
    value = read_answer(text)
    if normal(text) in _LEFT_TO_INTENTS:
        return None
    return {YES: True, NO: False}.get(value or "")


def read_answer(text: str) -> str | None:
    """`Yes`, `No`, `Maybe`, `Don't know`, or None when there is more in it, or nothing."""
    said = clean(text)
    signs = {value for sign, value in _SIGNS.items() if sign in said}
    words = [word for word in normal(said).split() if word.isascii() or word.isalpha()]
    if not words:
        return signs.pop() if len(signs) == 1 else None
    for some in (words, [word for word in words if word not in _FILLERS]):
        answer = _whole(some)
        if answer is not None:
            return None if signs - {answer} else answer
    return None


def answer_spans(utterance: Utterance) -> list[Span]:
    """AMAZON.Confirmation: the whole reply, or nothing."""
    value = read_answer(utterance.text)
    if value is None or not utterance.words:
        return []
    match = SlotMatch(utterance.text, value, (value,))
    return [Span(0, len(utterance.words), match)]


def _whole(words: list[str]) -> str | None:
    """The one value that `words` are nothing but phrases of."""
    if not words:
        return None
    reached: list[frozenset[str] | None] = [frozenset(), *[None] * len(words)]
    for end in range(1, len(words) + 1):
        for start in range(max(0, end - _LONGEST), end):
            before = reached[start]
            value = _VALUES.get(" ".join(words[start:end]))
            if before is None or value is None:
                continue
            values = before | {value}
            # The reading in the fewest kinds of phrases: "no way" is one no, not "no" and "way".
            if reached[end] is None or len(values) < len(reached[end] or ()):
                reached[end] = values
    found = reached[-1]
    return next(iter(found)) if found and len(found) == 1 else None
