"""Whole sentences that Lex hears as the wish next to theirs, told apart by a word or two.

A sample more would teach it them, and move the scores of sentences that it hears well today.
"""

from __future__ import annotations

import re

from fulfillment.conversations import balance_besides
from fulfillment.conversations.progress import Task
from fulfillment.lex import Turn
from fulfillment.lex.readings import close_readings

_GREETING = re.compile(
    r"\W*(?:(?:hi|hello|hey|there|teller|good (?:morning|afternoon|evening)|hola|buenas"
    r"|buen(?:os|as)? (?:d[ií]as?|tardes|noches)|qu[eé] tal|saludos)\b\W*)+",
    re.IGNORECASE,
)
_LEAST_AFTER_IT = 2
_LIKELY = 0.6
"""The score from which on a reading is taken for what follows a greeting."""
_CAME_IN = re.compile(
    r"\W*(?:(?:hola|oiga|ya|me)\W+)*(?:lleg[oó]|cay[oó]|entr[oó]|depositaron|pagaron)(?: ya)?"
    r" (?:mi|la|el) (?:pensi[oó]n|jubilaci[oó]n|paga|n[oó]mina|sueldo|salario|quincena)"
    r"(?: (?:ya|hoy|de este mes|de jubilaci[oó]n))*\W*",
    re.IGNORECASE,
)
_ROBBED = re.compile(
    r"\W*(?:(?:help|please|oh|omg|god|hi|hello)\W+)*(?:i|we)(?:'ve| have)?(?: just)?"
    r" (?:got|was|were|been|have been)(?: just)? (?:robbed|mugged|pickpocketed|held up)\b"
    r"(?! by (?:the|my|your) bank)[^?]{0,60}",
    re.IGNORECASE,
)
_ONLINE = re.compile(
    r"\b(?:online|internet|website|seller|scam\w*|investment|crypto|bitcoin|whatsapp|zelle)\b",
    re.IGNORECASE,
)
_TWICE = r"(?:twice|(?:two|2) times|double|dos veces|doble|por duplicado)"
_ASKS_TWICE = re.compile(
    rf"\W*(?:hi\W+|hello\W+)?(?:did|has|have|was|were|am)\b.*\b(?:charg|bill|debit)\w*\b.*{_TWICE}\b.*"
    rf"|\W*(?:hi\W+|hello\W+)?(?:did|has|have)\b.*\b{_TWICE}[ -]charg\w+.*"
    rf"|.*¿.*\b(?:cobr|carg)\w+\b.*\b{_TWICE}\b.*|.*\b(?:cobr|carg)\w+\b.*\b{_TWICE}\b.*\?\W*",
    re.IGNORECASE,
)
_OF_CHARGES = frozenset({"DisputeCharge", "ExplainCharge", "FindUnusualActivity"})
_ENDS_A_SUBSCRIPTION = re.compile(
    r".*\b(?:cancel\w*|end|quit|termin\w+|dar(?:me)? de baja|quit(?:e|ar)|par(?:e|ar))\b.*"
    r"\b(?:subscriptions?|membership|suscripci[oó]n|membres[ií]a)\b.*",
    re.IGNORECASE,
)
_AN_ORDER = re.compile(r"\b(?:payments?|scheduled|pagos?|programad\w+)\b", re.IGNORECASE)
_OF_WHAT_RECURS = frozenset(
    {"ListSubscriptions", "CancelPayment", "CancelScheduledPayment", "CloseAccount", "Cancel"}
)


def meant_instead(turn: Turn) -> Task | None:
    """The wish of a sentence that stands by itself; None where Lex heard it, or knows better."""
    said, heard = turn.transcript, turn.intent
    if heard == "Welcome":
        return _after_the_greeting(turn)
    if balance_besides.balance_besides(said) is not None and close_readings(turn.event):
        # The balance is told by the way: what else is wanted is no question.
        return _likely_but(turn, "CheckBalance")
    if heard != "GetIncome" and _CAME_IN.fullmatch(said):
        return Task("GetIncome", {}, "")
    if heard != "ReportLostCard" and _ROBBED.fullmatch(said) and not _ONLINE.search(said):
        # What was in the wallet goes first; cash is for the police.
        return Task("ReportLostCard", {}, "")
    if heard in _OF_CHARGES and _ASKS_TWICE.fullmatch(said):
        # Whoever asks whether does not dispute yet, and is shown the button for it.
        return Task("FindUnusualActivity", {}, "")
    ends_one = heard in _OF_WHAT_RECURS and _ENDS_A_SUBSCRIPTION.fullmatch(said)
    return Task("ListSubscriptions", {}, "") if ends_one and not _AN_ORDER.search(said) else None


def _after_the_greeting(turn: Turn) -> Task | None:
    """What is wanted by whoever says hello first, where the hello outweighed it."""
    hello = _GREETING.match(turn.transcript)
    if hello is None or len(turn.transcript[hello.end() :].split()) < _LEAST_AFTER_IT:
        return None
    return _likely_but(turn, turn.intent)


def _likely_but(turn: Turn, intent: str) -> Task | None:
    """The likeliest reading other than `intent`, if it is likely at all."""
    for reading in turn.event.interpretations:
        if reading.intent.name == intent or (reading.nlu_confidence or 0) < _LIKELY:
            continue
        return Task(reading.intent.name, reading.intent.words, "")
    return None
