"""While it is asked which account pays: another sum, or what would be left of it.

Lex takes "actually make it 180" for an account's name or for another payment, and "what's left
after that?" for no answer at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from fulfillment.bank.amount_phrases import find_amount
from fulfillment.bank.amounts import normal_form
from fulfillment.bank.books import Account, Payee
from fulfillment.bank.money import Money
from fulfillment.bank.ordering import order_to
from fulfillment.bank.payment_fees import with_fee
from fulfillment.conversations import payment_slots
from fulfillment.conversations.account_view import balance_view
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.pointing_out import PAID_FROM
from fulfillment.conversations.progress import CONFIRMATION, Progress, Task
from fulfillment.lex import Message, Turn

_ENDS = frozenset({"sourceAccount", "destinationAccount", "payee"})
_SOURCE = "sourceAccount"
_BALANCE = "CheckBalance"
"""Which balance is asked about in between: another sum is no account's name there either."""
_WAIT = (
    r"(?:no|nope|ok|okay|wait|hold on|sorry|actually|rather|better|or|oh|um+|on second thoughts?"
    r"|espere|espera|perd[oó]n|mejor|en realidad|no espere|ay)"
)
_MAKE_IT = (
    r"(?:(?:let'?s )?make (?:it|that)(?: just| only)?|(?:change|set) (?:it|that|the amount) to"
    r"|let'?s (?:do|say)|i meant?|i meant? to say|only|just"
    r"|que sean?|sean?|c[aá]mbiel[oa] a|cambie(?: el monto| la cantidad)? a|h[aá]gal[oa] (?:de|por)"
    r"|p[oó]ngale|quise decir|quiero decir|s[oó]lo|solamente)"
)
_ANOTHER_SUM = re.compile(
    rf"\W*(?P<wait>{_WAIT}\W+)*(?P<make>{_MAKE_IT} )?(?P<sum>[^?!]{{1,40}}?)"
    r"(?: (?:instead|please|then|rather|mejor|por favor|entonces))*\W*",
    re.IGNORECASE,
)
_BARE_DIGITS = re.compile(r"\d{4}")
_AFTER = r"(?:after(?:wards?)?(?: (?:that|this|it|the payment))?|then|over|in (?:there|it))"
_IS_LEFT = re.compile(
    r"\W*(?:(?:and|so|but|ok|okay|wait|y|pero|entonces)\W+)*(?:"
    r"(?:what|how much)(?:'s|s|'ll|'d| is| will| would| do| does| money)*"
    rf"(?: (?:i|we|be|have|still|that|it|there|leave|me|with))* left(?: {_AFTER})*"
    r"|what(?:'s|s|'ll| is| will| would)(?: my| the)? balance(?: be)? "
    r"(?:after(?:wards?)?(?: (?:that|this|it))?|then)"
    r"|(?:con )?(?:cu[aá]nto|qu[eé])(?: (?:dinero|me|nos))* (?:va a )?"
    r"(?:qued|sobr)(?:a|ar[aá]|ar[ií]a|ar|o)(?: (?:disponible|entonces|ah[ií]"
    r"|despu[eé]s(?: de (?:eso|esto|ello|pagar))?))*"
    r")\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amid:
    """The payment to go on with, and what is told before its question is put again."""

    task: Task
    told: tuple[Message, ...] = ()


def amid_a_payment(turn: Turn, progress: Progress) -> Amid | None:
    """What the words are to the payment whose question is open; None where they are nothing."""
    task = progress.task
    if task is None or task.intent not in PAID_FROM:
        return None
    is_asked = progress.asking == task.intent
    if is_asked and task.asked in (_SOURCE, CONFIRMATION) and asks_what_is_left(turn.transcript):
        # The figures that a yes is asked to say themselves what is left.
        return Amid(task, () if task.asked == CONFIRMATION else (_left(turn, task),))
    # What Lex hears of a sum in an answer to the figures is the sum.
    at_the_figures = task.asked == CONFIRMATION and turn.intent != task.intent
    takes_one = is_asked and (task.asked in _ENDS or at_the_figures)
    if not takes_one and progress.asking != _BALANCE:
        return None
    said = another_sum(turn.transcript, turn.locale)
    if said is None:
        return None
    slots = {name: value for name, value in task.slots.items() if name != "portion"}
    return Amid(replace(task, slots={**slots, "amount": said}))


def another_sum(said: str, locale: str) -> str | None:
    """The sum that `said` puts in place of the one before, and nothing else: "make it 180", "no,
    150"; four bare digits after no more than a "no" are the end of an account's number.
    """
    found = _ANOTHER_SUM.fullmatch(normal_form(said) or "")
    if found is None or not (found["wait"] or found["make"]):
        return None
    words = found["sum"].strip()
    if not found["make"] and _BARE_DIGITS.fullmatch(words):
        return None
    amount = find_amount(words, locale, "USD")
    return words if amount is not None and amount.phrase == words else None


def asks_what_is_left(said: str) -> bool:
    """Whether `said` asks what there would be after the payment, and nothing more."""
    return _IS_LEFT.fullmatch(said) is not None


def _left(turn: Turn, task: Task) -> Message:
    """What each account that could pay would have then; their balances, where the sum is open."""
    desk = Desk.of(turn)
    accounts, payees = desk.accounts_and_payees()
    usable = payment_slots.usable_accounts(accounts)
    about = turn.about(task.intent, task.slots)
    payee = payment_slots.read_payee(about, payees) if task.intent == "SendMoney" else None
    after = [line for one in usable if (line := _line(about, one, payee))]
    if not after:
        return desk.say("balance.all", lines=[balance_view(one) for one in usable])
    return desk.say("payment.left_after", lines=after)


def _line(about: Turn, account: Account, payee: object) -> dict[str, object] | None:
    """What `account` would have, if it can pay: with the fee, once it is known who is paid."""
    amount = payment_slots.read_amount(about, account.posted.currency, [account])
    if not isinstance(amount, Money):
        return None
    total = with_fee(order_to(account, payee, amount)).total if isinstance(payee, Payee) else amount
    left = account.available - total
    return None if left.minor < 0 else {"name": account.name, "available": left}
