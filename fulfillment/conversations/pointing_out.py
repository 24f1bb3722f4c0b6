"""Answers that Lex takes for something else: "account ending 3358", "no, the one to Sofia"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from fulfillment.bank.mentions import last_four
from fulfillment.conversations.progress import CONFIRMATION, Task

_NAMED_BY_DIGITS = frozenset({"sourceAccount", "destinationAccount", "account", "card"})
_NAMES_NONE = re.compile(
    r"\W*(?:(?:my|the|mi|la) (?:card|account|tarjeta|cuenta)(?: please| por favor)?)\W*",
    re.IGNORECASE,
)
_FOUND_BY_RECEIVER = {
    "CancelPayment": {"amount"},
    "CancelScheduledPayment": {"which"},
    "ChangeScheduledPayment": {"which"},
}
"""What is done to a payment that is there, and the slots that had told which one before."""
_THE_ONE_TO = re.compile(
    r"\W*(?:(?:no|nope|not that(?: one)?|i meant?|rather|ese no|esa no|quise decir|mejor)\W+)*"
    r"(?:the (?:one|payment) (?:to|for)|(?:el|la)(?: pago)? (?:de|a|para)) (?P<name>[^.!?]{2,60})"
    r"\W*",
    re.IGNORECASE,
)
_SUM = re.compile(
    r"\W*(?:(?:no|just|only|solo|sólo|nope)\W+)*"
    r"(?P<sum>[$€£]? ?\d[\d.,]*(?: (?:dollars?|bucks|usd|d[oó]lares))?)"
    r"(?: please| por favor)?[.!]*",
    re.IGNORECASE,
)
_WHOLE_BILL = re.compile(
    r"\W*(?:(?:no|i meant?|the|all of|for|la|el|por)\W+)*"
    r"(?:full(?: one| thing| sum)?|whole(?: one| thing| lot| sum)|lot"
    r"|complet[ao]|total|enter[ao])\W*",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\W*(?:(?:no|ok|okay|then|actually|yes|s[ií]|mejor)\W+)*"
    r"(?:from (?:my |the )?(?P<name>[\w' ]{2,30} account)"
    r"|(?:desde|de) (?:mi |la )?(?P<es>cuenta [\w' ]{2,30}))(?: instead| then| please)*\W*",
    re.IGNORECASE,
)
PAID_FROM = frozenset({"SendMoney", "TransferMoney", "PayCreditCard"})
"""What an account of the customer's pays at once."""
_BILL = "PayCreditCard"
OF_A_CARD = frozenset({"RemoveCardLimit", "ReplaceCard", "ReportLostCard", "SetCardLimit"})
"""What is done to one card, and asked about before it is done."""
_THE_ONE_ENDING = re.compile(
    r"\W*(?:(?:no|nope|i meant?|not that(?: one)?|quise decir)\W+)*"
    r"(?:the (?:one|card)|my (?:other )?card|la(?: tarjeta)?(?: que)?)"
    r" (?:that )?(?:end(?:ing|s)?|termina(?:da)?)(?: (?:in|with|en))? (?P<last>\d{4})\W*",
    re.IGNORECASE,
)
_TRIP = "SetTravelNotice"
_OTHER_END = re.compile(
    r"\W*(?:(?:no|nope|actually|rather|better|sorry|mejor|perd[oó]n)\W+)*"
    r"(?:(?:it'?s |only )?(?:until|till|through)|(?:solo |s[oó]lo )?hasta)\b[^?!]{3,40}",
    re.IGNORECASE,
)
_CALL_THEM = re.compile(
    r"\W*(?:(?:no|nope|rather|actually|better|mejor)\W+)*"
    r"(?:call (?:him|her|it|them)|ll[aá]me(?:lo|la|los|le)) (?P<name>[^.!?]{2,60})\W*",
    re.IGNORECASE,
)
_TAKEN_BACK = re.compile(
    r"\W*(?:no,? |nope,? |sorry,? |perd[oó]n,? )?"
    r"(?:not (?:that|this) (?:one|account|card|charge|payment|person|payee)"
    r"|(?:that'?s |that is )?the wrong (?:one|account|card|charge|payment|person|payee)"
    r"|wrong (?:one|account|card|charge|payment|person|payee)"
    r"|es[ea] no(?: (?:es|era))?"
    r"|es[ea] (?:cuenta|tarjeta|cargo|pago|persona|beneficiario) no(?: (?:es|era))?"
    r"|no (?:es|era) es[ea](?: (?:cuenta|tarjeta|cargo|pago|persona))?)\W*",
    re.IGNORECASE,
)
_PAY_IT = re.compile(
    r"\W*(?:(?:please|ok|okay|then|now|can you|i(?:'d| would) like to|i want to|let'?s) )*"
    r"pay (?:it|that|this|(?:the|that|this|my) bill)(?: off)?(?: (?:now|then|please|for me))*\W*"
    r"|\W*(?:(?:por favor|quiero|entonces) )*(?:p[aá]g(?:a|ue)l[oa]|pagarl[oa]|pagar es[oa]"
    r"|pagu(?:emos|e) es[oa])(?: (?:ya|ahora|por favor))*\W*",
    re.IGNORECASE,
)


def takes_back(said: str) -> bool:
    """Whether `said` takes a choice back and names no other: "not that one", "wrong card"."""
    return _TAKEN_BACK.fullmatch(said) is not None


def pays_it(said: str) -> bool:
    """Whether `said` wants to pay what was just shown, and says no more."""
    return _PAY_IT.fullmatch(said) is not None


def pointed_out(task: Task, said: str, heard: str) -> Mapping[str, str] | None:
    """The slots of `task`, whose question is open, with what `said` names in them; None when it
    names nothing by itself. `heard` is the intent that Lex made of it.
    """
    # Most intents that speak of an account may begin with the end of its number.
    if heard != task.intent and task.asked in _NAMED_BY_DIGITS and last_four(said):
        return {**task.slots, task.asked: said.strip()}
    if heard != task.intent and task.asked in _NAMED_BY_DIGITS and _NAMES_NONE.fullmatch(said):
        return task.slots  # "my card": it is asked once more which one
    if heard != task.intent and task.intent in PAID_FROM:
        source = _FROM.fullmatch(said)
        if source is not None:
            return {**task.slots, "sourceAccount": source["name"] or source["es"]}
    if task.asked == CONFIRMATION and task.intent in OF_A_CARD:
        other_card = _THE_ONE_ENDING.fullmatch(said)
        return {**task.slots, "card": other_card["last"]} if other_card else None
    if task.asked == CONFIRMATION and task.intent == _TRIP and heard != _TRIP:
        # Lex hears a payment that ends then.
        return {**task.slots, "lastDay": said} if _OTHER_END.fullmatch(said) else None
    if task.asked == CONFIRMATION and task.intent == "RenamePayee":
        called = _CALL_THEM.fullmatch(said)
        return {**task.slots, "newName": called["name"].strip()} if called else None
    if task.intent == _BILL and task.asked == "portion":
        return _of_the_bill(task, said)
    told_before = _FOUND_BY_RECEIVER.get(task.intent)
    other = _THE_ONE_TO.fullmatch(said) if told_before is not None else None
    if other is None or told_before is None or task.asked not in (CONFIRMATION, "which", "payee"):
        return None
    kept = {name: value for name, value in task.slots.items() if name not in told_before}
    return {**kept, "payee": other["name"].strip()}


def _of_the_bill(task: Task, said: str) -> Mapping[str, str] | None:
    """How much of a card's bill: a bare sum begins any payment, and "the full one" nothing."""
    named = _SUM.fullmatch(said)
    if named is not None:
        return {**task.slots, "amount": named["sum"].strip()}
    return {**task.slots, "portion": "full balance"} if _WHOLE_BILL.fullmatch(said) else None
