"""The stories that scams are told with, in a customer's own words: "the IRS says I have to pay".

Kinds after the FTC's and the CFPB's warnings to consumers (consumer.ftc.gov/scams). A story names
who asked and what for: "pay my tax bill to the IRS" is a payment, "the IRS called, I must pay" is a
story. It is meant for a warning, so a doubt is worth one; a birthday or a bill is not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from fulfillment.bank.letters import without_accents


class Story(StrEnum):
    """Stable names: replies and the analyst's reasons are keyed by them."""

    RELATIVE = "relative"
    OFFICIALS = "officials"
    TECH_SUPPORT = "tech_support"
    SAFE_ACCOUNT = "safe_account"
    GIFT_CARDS = "gift_cards"
    FEE_FIRST = "fee_first"
    INVESTMENT = "investment"
    MET_ONLINE = "met_online"
    HUSHED = "hushed"


_RELATIVE = (
    r"\b(?:grand ?(?:son|daughter|child|kid|ma|pa)|nephew|niece|son|daughter|brother|sister|cousin"
    r"|mom|mum|dad|husband|wife|friend|niet[oa]|sobrin[oa]|hij[oa]|herman[oa]|prim[oa]|abuel[oa]"
    r"|mama|papa|espos[oa]|amig[oa]|ti[oa]|familiar)\b"
)
_IN_TROUBLE = (
    r"\b(?:(?:in|to|from) (?:jail|prison|custody)|arrested|bail(?! bond)|kidnapped|ransom"
    r"|(?:in|had|after) an? (?:car |bad |terrible )*(?:accident|crash)"
    r"|en la carcel|pres[oa]|detenid[oa]|arrest(?:ad[oa]|aron)|detuvieron|fianza|secuestr\w+"
    r"|rescate|(?:en|tuvo) un (?:grave )?accidente)\b"
)
_AT_ONCE = (
    r"\b(?:needs?|bail|lawyer|attorney|urgent\w*|right away|right now|immediately|call(?:ed|ing)|"
    r"phoned|crying|get (?:him|her|them) out|ransom|necesitan?|fianza|abogad[oa]|urgente\w*"
    r"|ahora mismo|llam\w+|llorando|sacarl[oa]|rescate|piden?)\b"
)
_WROTE = r"\b(?:text\w*|messag\w+|wrote|writes|whatsapp\w*|contacted|escrib\w+|mensaje)\b"
_NEW_NUMBER = (
    r"\b(?:(?:new|another|different|unknown) (?:phone )?number|(?:lost|broke|dropped) \w+ phone"
    r"|numero nuevo|nuevo numero|otro numero|perdio (?:el|su) (?:telefono|celular))\b"
)
_ASKS_FOR_MONEY = (
    r"\b(?:pay|send|transfer|move|wire|buy|needs?|wants?|money|pag\w+|mand\w+|envi\w+|transf\w+"
    r"|muev\w+|mover|pas(?:e|ar)|compr\w+|necesitan?|piden?|dinero|plata)\b|\d"
)
_TOLD = (
    r"\b(?:told|tells|says|said|call(?:s|ed|ing)|phoned|rang|texted|emailed|contacted|asks|asked"
    r"|wants?|demand\w*|insist\w*|threaten\w*|dicen?|dijo|dijeron|llam(?:o|aron|an?)|pid(?:e|en|io"
    r"|ieron)|exigen?|exigio|amenaz\w+|quieren?)\b"
)
_I_MUST = (
    r"(?:\b(?:i|we) (?:still |now |just )?(?:have to|need to|must|ha(?:d|ve got) to|should|owe)\b"
    r"|\b(?:i|we)'(?:ve|ll) (?:got|have) to\b"
    r"|\b(?:me|us) to (?:pay|send|transfer|move|wire|buy|get|withdraw)\b"
    r"|\b(?:wants?|asks?|asked|asking|demand\w*)(?: me| us)?(?: for)? (?:money|payment|[$€£]?\d)"
    r"|\b(?:tengo|tenemos|tendria) que\b|\bdebo\b|\bhay que\b"
    r"|\b(?:que (?:le |les |lo |la )?|me (?:pide|piden|pidio|pidieron) )"
    r"(?:pag|mand|envi|transf|muev|pas|compr|saqu)\w+"
    r"|\b(?:piden?|pidio|exigen?|quieren?) (?:dinero|plata|[$€£]?\d))"
)
_OFFICIALS = (
    r"\b(?:irs|hmrc|tax (?:office|man|agency)|social security|medicare|police|sheriff|fbi|customs"
    r"|immigration|border patrol|court|judge|officer|detective|government|hacienda|policia|fiscalia"
    r"|juzgado|juez|migracion|inmigracion|aduanas?|seguro social|gobierno)\b"
)
_ARREST = (
    r"\b(?:warrant for my arrest|arrest warrant"
    r"|(?:or|avoid|otherwise|so)\b.{0,30}\b(?:arrest(?:ed)?|jail|prison|deport\w*)"
    r"|orden de (?:arresto|captura)"
    r"|(?:o|evitar|para que no)\b.{0,25}\b(?:arrest\w+|carcel|pres[oa]|deport\w+))\b"
)
_FIRMS = (
    r"(?:microsoft|apple|amazon|google|windows|paypal|facebook|ebay|netflix|norton|mcafee"
    r"|my internet|mi internet)"
)
_SUPPORT = (
    r"\b(?:tech(?:nical)? support|support (?:agent|team)|geek squad|soporte(?: tecnico)?"
    r"|servicio tecnico)\b"
)
_FROM_A_FIRM = (
    r"\b(?:man|guy|lady|woman|person|people|someone|somebody|agent|technician|caller|engineer"
    rf"|rep(?:resentative)?)\b.{{0,15}}\b(?:from|at|with) (?:the )?{_FIRMS}\b"
    rf"|\b{_FIRMS} (?:called|phoned|rang) me\b"
    r"|\b(?:alguien|senora?|hombre|mujer|tecnico|agente|persona|llamaron|llamo)\b.{0,15}"
    rf"\bde {_FIRMS}\b|\bme llamo {_FIRMS}\b"
)
_HACKED = (
    r"\b(?:virus|hacked|infected|pop-?up|remote access|anydesk|teamviewer|hackead[oa]"
    r"|acceso remoto)\b"
)
_SAFE_ACCOUNT = (
    r"\b(?:(?:safe|secure|protected|safety) (?:bank )?account"
    r"|cuenta (?:segura|de seguridad|protegida))\b"
)
_MOVES = (
    r"\b(?:mov(?:e|ing)|transfer\w*|send|sending|put|wire|told|says|muev\w+|mover|pas(?:e|ar)"
    r"|transf\w+|mand\w+|envi\w+|depos\w+|dij\w+)\b"
)
_OUR_BANK = (
    r"\b(?:(?:the|my|your|our) bank|fraud (?:department|team|squad)|security (?:department|team)"
    r"|(?:el|mi|su|del) banco|(?:departamento|equipo) de (?:fraudes?|seguridad))\b"
)
_MUST_MOVE = (
    r"\b(?:(?:me|us) to|i (?:have|need) to|i (?:must|should))"
    r" (?:move|transfer|send|wire|withdraw)\b"
    r"|\b(?:que|tengo que) (?:muev|mover|pas|transf|envi|mand|saqu|sac)\w*"
)
_CARDS = (
    r"(?:gift ?cards?|(?:google play|itunes|steam|vanilla) cards?|bitcoins?|crypto\w*"
    r"|tarjetas? de regalo|criptomonedas?)"
)
_PAID_IN = (
    r"\b(?:pay|payment|fine|bill|tax(?:es)?|fee|debt|bail|send \d+|pag\w+|multa|deuda|fianza)\b"
    rf".{{0,40}}\b(?:in|with|by|through|using|via|con|en|por)\b.{{0,12}}\b{_CARDS}\b"
)
_BUY_CARDS = (
    r"\b(?:me to|boss|manager|ceo|pastor|jef[ea]|gerente|que (?:le )?(?:compr|mand|envi)\w+)\b"
    rf".{{0,40}}\b{_CARDS}\b"
)
_CARD_CODES = (
    rf"\b{_CARDS} (?:codes?|numbers?)\b"
    r"|\b(?:codes?|numbers?|codigos?|numeros?) (?:from|of|on|off|de) (?:the |las? )?"
    rf"{_CARDS}\b"
)
_A_PRESENT = (
    r"\b(?:birthday|christmas|xmas|wedding|graduation|teacher|present|cumpleanos|navidad|boda"
    r"|graduacion|maestra|did i|can i|could i|may i|puedo)\b"
)
_WINNINGS = (
    r"\b(?:prize|lottery|lotto|sweepstakes?|jackpot|giveaway|grant|inheritance|winnings"
    r"|i(?:'ve| have)? won|premio|loteria|sorteo|herencia|gane)\b"
)
_TO_CLAIM = (
    r"\b(?:to (?:claim|release|collect|receive|unlock)"
    r"|to get (?:my|the) (?:prize|winnings|inheritance|grant|jackpot|money)"
    r"|(?:processing|release|claim|prize|handling|customs|upfront|transfer) fees?"
    r"|para (?:cobrar|reclamar|liberar|recibir|retirar)(?:l[oa]s?)?"
    r"|(?:cuota|tarifa|comision|gastos?|tasa) de (?:liberacion|tramite|aduana|envio|gestion))\b"
)
_PARCEL = r"\b(?:package|parcel|paquete|encomienda)\b"
_RETURNS = (
    r"\b(?:guaranteed (?:returns?|profits?)|double (?:my|your|our|the) (?:money|investment)"
    r"|(?:crypto|bitcoin|forex|trading|investment)"
    r" (?:platform|broker|coach|mentor|guru|opportunity)"
    r"|(?:fee|tax|deposit)\b.{0,25}\b(?:unlock|withdraw|release) my (?:funds|profits|crypto)"
    r"|(?:duplicar?|doblar) (?:mi|el|su) (?:dinero|inversion|plata)"
    r"|(?:ganancias?|rendimientos?) garantizad[oa]s?"
    r"|plataforma de (?:inversion(?:es)?|trading|criptomonedas)"
    r"|para (?:retirar|liberar|desbloquear) mis (?:ganancias|fondos|inversiones))\b"
)
_MET_ONLINE = (
    r"\b(?:(?:met|dating|chatting with|know)\b.{0,30}\b(?:online|on (?:the internet|tinder|bumble"
    r"|hinge|facebook|instagram|whatsapp|telegram|a dating \w+))"
    r"|online (?:boyfriend|girlfriend|fiance|lover|friend)"
    r"|conoci\b.{0,30}\b(?:en linea|(?:por|en) (?:internet|tinder|facebook|instagram|whatsapp))"
    r"|novi[oa] (?:de|por) internet)\b"
)
_SOLD = r"\b(?:marketplace|craigslist|etsy|ebay|offerup|mercado libre)\b"
_NOBODY = (
    r"\bnot to (?:tell|mention it to|talk to) (?:anyone|anybody|the bank|my \w+|you)\b"
    r"|\bdon'?t tell (?:anyone|anybody|the bank)\b|\bnot to hang up\b"
    r"|\bstill on the (?:phone|line) with\b"
    r"|\bque no (?:le |se lo )?(?:diga|cuente)(?: nada)? (?:a nadie|al banco|a mi \w+)\b"
    r"|\bque no cuelgue\b"
)
_ASKS_OF_SAFETY = r"^\W*(?:is|are|how|es|como)\b"


@dataclass(frozen=True, slots=True)
class _Telling:
    """A way to tell `story`: what must all be found in the words, and what makes them innocent.

    `cues` are how its words begin, four letters each, one of which is in every such sentence: most
    sentences have none, and then need no pattern made. Making them all takes 15 ms.
    """

    story: Story
    cues: str
    told: tuple[str, ...]
    innocent: str = ""


_MONEY_CARDS = "gift play itun stea vani bitc cryp rega crip"
_JAIL = "jail pris cust arre bail carc pres dete detu fian"
_STATE = (
    "irs hmrc tax soci medi poli sher fbi cust immi bord cour judg offi dete gove haci fisc juzg"
    " juez migr inmi adua segu gobi"
)
_FIRM = "micr appl amaz goog wind payp face ebay netf nort mcaf inte"

_TELLINGS = (
    _Telling(Story.SAFE_ACCOUNT, "safe secu prot segu", (_SAFE_ACCOUNT, _MOVES), _ASKS_OF_SAFETY),
    _Telling(Story.SAFE_ACCOUNT, "bank banc frau secu segu", (_OUR_BANK, _TOLD, _MUST_MOVE)),
    _Telling(
        Story.RELATIVE,
        f"{_JAIL} kidn rans acci cras secu resc",
        (_RELATIVE, _IN_TROUBLE, _AT_ONCE),
    ),
    _Telling(
        Story.RELATIVE,
        "numb nume phon tele celu",
        (_RELATIVE, _WROTE, _NEW_NUMBER, _ASKS_FOR_MONEY),
    ),
    _Telling(Story.GIFT_CARDS, _MONEY_CARDS, (_PAID_IN,), _A_PRESENT),
    _Telling(Story.GIFT_CARDS, _MONEY_CARDS, (_BUY_CARDS,), _A_PRESENT),
    _Telling(Story.GIFT_CARDS, _MONEY_CARDS, (_CARD_CODES, _TOLD), _A_PRESENT),
    _Telling(Story.OFFICIALS, _STATE, (rf"{_OFFICIALS}.{{0,50}}{_TOLD}", _I_MUST)),
    _Telling(
        Story.OFFICIALS,
        _STATE,
        (rf"\bme llam(?:o|aron|an?)\b.{{0,10}}{_OFFICIALS}", _I_MUST),
    ),
    _Telling(Story.OFFICIALS, f"{_JAIL} depo warr orde", (_ARREST, _ASKS_FOR_MONEY)),
    _Telling(Story.TECH_SUPPORT, "tech supp geek sopo serv", (_SUPPORT, _TOLD, _I_MUST)),
    _Telling(Story.TECH_SUPPORT, _FIRM, (_FROM_A_FIRM, _TOLD, _ASKS_FOR_MONEY)),
    _Telling(
        Story.TECH_SUPPORT,
        "viru hack infe pop popu remo anyd team acce",
        (_HACKED, _TOLD, _I_MUST),
    ),
    _Telling(
        Story.FEE_FIRST,
        "priz lott swee jack give gran inhe winn won prem lote sort here gane",
        (_WINNINGS, _TO_CLAIM),
    ),
    _Telling(Story.FEE_FIRST, "pack parc paqu enco", (_PARCEL, _TOLD, _I_MUST)),
    _Telling(
        Story.INVESTMENT,
        "guar doub cryp bitc fore trad inve fee tax depo dupl dobl gana rend plat reti libe desb",
        (_RETURNS,),
    ),
    _Telling(
        Story.MET_ONLINE,
        "onli tind bumb hing face inst what tele dati inte line",
        (_MET_ONLINE, _ASKS_FOR_MONEY),
        _SOLD,
    ),
    _Telling(Story.HUSHED, "tell ment talk hang stil diga cuen cuel", (_NOBODY, _ASKS_FOR_MONEY)),
)
"""The first one that is found is told of: the plainest come first."""

_FEWEST_WORDS = 4
"""Of a story: most answers and wishes are shorter."""
_WORD = re.compile(r"\w+")


def story_in(said: str) -> Story | None:
    """The story that a customer tells in `said`, if it is one that scams are told with."""
    plain = without_accents(said.casefold()).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    words = _WORD.findall(plain)
    if len(words) < _FEWEST_WORDS:
        return None
    begins = {word[:4] for word in words}
    return next((one.story for one in _TELLINGS if _is_told(one, plain, begins)), None)


def _is_told(one: _Telling, plain: str, begins: set[str]) -> bool:
    if begins.isdisjoint(one.cues.split()):
        return False
    if not all(_made(pattern).search(plain) for pattern in one.told):
        return False
    return not (one.innocent and _made(one.innocent).search(plain))


@cache
def _made(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
