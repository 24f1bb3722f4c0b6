"""The small words of a language: what stands around and between values and carries none itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class SmallWords:
    """Word lists of one language, as `bot.nlu.words` writes words: no case, no accents."""

    idle: frozenset[str]
    """Words that a sample may have and an utterance lack, or the other way round."""
    openers: frozenset[str]
    """What an utterance may begin with before its sample does."""
    closers: frozenset[str]
    not_first: frozenset[str]
    """An open value does not begin with a word that leads into another part of the sentence."""
    not_inside: frozenset[str]
    numbered: frozenset[str]
    """ "pay anna 50" does not pay "anna 50"; "the card ending 4242" has its number in it."""
    stops: frozenset[str]
    """Where an open value that no sample foresees ends."""
    leading: frozenset[str]
    """What may stand before a value in a reply: "from my checking", "it's Anna"."""
    trailing: frozenset[str]
    parting: frozenset[str]
    """What parts a value from the rest of a reply: "Anna from work" is Anna, "Anna Lee" more."""
    articles: frozenset[str]
    separators: frozenset[str]
    """What stands between the values of a list."""
    question: re.Pattern[str]
    """A reply that begins like this asks or orders something: it is no name, shop or account."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ENGLISH = SmallWords(
    idle=_words(
        "my the our a an please just account accounts some over now also teller kindly to's"
    ),
    openers=_words(
        "please can could would you hi hey hello ok okay so just yes now also teller actually um"
        " and then i want to need like let us"
    ),
    closers=_words("please thanks thank you now today ok asap then as soon possible right for me"),
    not_first=_words("to from for in on at into with and of it that this is"),
    not_inside=_words(
        "to from into please and me my i you it us we he she they them this that what which how is"
        " are was were did do does have has last next recent all any every money"
    ),
    numbered=_words("ending in with number no account card digits"),
    stops=_words(
        "to from for in on at into with and of by via using it that this is are was were please"
        " thanks thank you now today because so if but or me my the our"
    ),
    leading=_words(
        "from to into in on at for the my our it is a an please use using with out of that would"
        " be i am want will like make um uh er well ok okay just let us say take send pay about yes"
        " yeah sure no not actually oh hmm so think maybe then put try go by via this one name"
        " rather sorry change only called named call me live lives based surname last first family"
    ),
    trailing=_words(
        "please thanks thank you one account card then instead of course now for me today if"
        " possible"
    ),
    parting=_words("from to into for at on in and or with is not if"),
    articles=_words("the a an"),
    separators=_words("and or plus also with"),
    question=re.compile(
        r"(?:what|how|why|when|where|who|whose|which|can|could|would|do|does|did|is|are|am|should"
        r"|will|shall|show|tell|give|help|cancel|stop|quit|exit|never mind|forget|none|nothing"
        r"|nobody|anything|whatever|let me|i (?:do|did|can|need|have|lost|can not|want to|would"
        r" like to)|i am (?:not|trying|having))\b"
    ),
)
SPANISH = SmallWords(
    idle=_words(
        "mi mis la el los las un una unos unas por favor porfa porfavor cuenta cuentas solo ahora"
        " tambien teller mismo"
    ),
    openers=_words(
        "por favor porfa puedes podrias puede podria hola oye buenas buenos dias tardes ok vale"
        " bueno pues entonces ahora tambien teller si y me quiero quisiera necesito gustaria que"
    ),
    closers=_words("por favor porfa gracias ahora hoy ok ya vale entonces cuanto antes mismo"),
    not_first=_words("a al de del desde para en con y o por que es"),
    not_inside=_words(
        "a al de del desde para por favor me mi yo tu usted lo le se nos ellos esto eso que cual"
        " cuanto cuanta como es son fue tengo tiene ultimo ultimos ultimas todo todos dinero"
    ),
    numbered=_words("terminada terminado termina en numero cuenta tarjeta digitos acaba acabada"),
    stops=_words(
        "a al de del desde para en con y o por que es son fue favor gracias ahora hoy porque si"
        " pero me mi mis la el los las ya otra otro mia mio ahi aqui alla ahorita luego despues"
        " entra viene esta este esto eso tengo tiene hay le se lo nos cuando como donde ver"
    ),
    leading=_words(
        "a al de del desde para en con la el los las mi mis un una es son por favor usa usar que"
        " seria sea quiero quisiera pues bueno ok vale di digo manda envia paga si no mejor"
        " entonces pon prueba este esta llama llamado llamo nombre apellido apellidos se me solo"
        " perdon sobre hacia eh soy vivo resido viajo vengo voy naci llamame"
    ),
    trailing=_words("por favor porfa gracias entonces ahora hoy cuenta tarjeta claro mejor pues"),
    parting=_words("de desde a al para por en y o con es no si"),
    articles=_words("el la los las un una"),
    separators=_words("y e o con mas"),
    question=re.compile(
        r"(?:que|como|por que|cuando|donde|quien|cual|cuanto|cuanta|puedo|puedes|puede|podria"
        r"|podrias|debo|hay|muestra|muestrame|dime|dame|ayuda|ayudame|cancela|cancelar|salir"
        r"|olvidalo|nada|ninguno|ninguna|nadie|cualquiera|da igual|necesito|tengo|perdi"
        r"|quiero (?:saber|ver|hacer)|no (?:puedo|quiero|tengo))\b"
    ),
)


_AROUND = {
    "pt": (
        _words("e eu sou me chamo meu minha nome o a de para em no na um uma quero queria por com"),
        _words("por favor obrigado obrigada"),
    ),
    "fr": (
        _words("je suis m'appelle mon nom est de pour a en le la les un une veux voudrais c'est"),
        _words("merci s'il vous te plait"),
    ),
    "it": (_words("e sono mi chiamo il mio nome da per a in la un una vorrei"), _words("grazie")),
    "de": (
        _words("ich bin heisse heiße mein name ist es von nach fur in der die das ein eine einen"),
        _words("bitte danke"),
    ),
    "nl": (_words("ik ben heet mijn naam is het van naar voor in de een"), _words("graag dank")),
}


def small_words_of(locale_id: str) -> SmallWords:
    """The lists of a locale's language; English for one that has none of its own.

    Of some languages only the words around a value in a reply are listed.
    """
    language = locale_id.partition("_")[0]
    if language == "es":
        return SPANISH
    around = _AROUND.get(language)
    return replace(ENGLISH, leading=around[0], trailing=around[1]) if around else ENGLISH
