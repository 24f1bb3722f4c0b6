"""Reads a payment's slots against the customer's own accounts and payees: value or question."""

from __future__ import annotations

from dataclasses import dataclass, field

from fulfillment.bank.amount_phrases import find_amount, is_part_of_a_sum, names_currency
from fulfillment.bank.amounts import AmountProblem, AmountQuestion, parse_amount
from fulfillment.bank.books import Account, AccountStatus, Payee
from fulfillment.bank.mentions import (
    plain_name,
    points_back,
    repeats_last,
    same_amount,
    without_purpose,
)
from fulfillment.bank.money import Money
from fulfillment.bank.name_words import names_nothing
from fulfillment.bank.naming import match_account, match_payee
from fulfillment.bank.rules import PAYMENT_ACCOUNTS
from fulfillment.bank.shares import is_share
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.payment_session import LAST_AMOUNT, LAST_PAYEE, UNKNOWN_PAYEE
from fulfillment.lex import Message, Reply, Turn
from fulfillment.replies.speech import WHOLE

MAX_BUTTONS = 5
_BUTTON_NAME = 30
_BEFORE_AN_AMOUNT = 3
_NAMES_SOMETHING = frozenset(
    "from to in on account card ending number de desde a en cuenta tarjeta terminada número".split()
)
_OF_THAT = (" of it", " of that", " de eso", " de ello")


@dataclass(frozen=True, slots=True)
class Question:
    """A slot that needs another answer, and how to ask."""

    slot: str
    messages: tuple[Message, ...] = field(default=())

    def ask(self, turn: Turn) -> Reply:
        return turn.ask_again(self.slot, *self.messages)


def read_amount(
    turn: Turn, currency: str, sources: list[Account], another: Message | None = None
) -> Money | Question | None:
    """The amount, a question about it, or None when none was given.

    Lex fills `amount` with its own reading ("USD 50.00"); the customer's words say more ("half my
    balance"), so they are read first, and the whole reply where Lex found nothing in it. `sources`
    are the accounts that the money may come from: a part of a balance needs to know which.
    `another` is said of another currency, where there is more to say of it.
    """
    said = turn.slots.get("amount")
    if said is not None and _corrected(turn, said.original_value, currency):
        said = turn.slots.get("amount")
    words = said.original_value if said else _unheard_amount(turn, currency)
    if words is None:
        return None
    if is_part_of_a_sum(words, turn.transcript):
        return Question("amount", (Desk.of(turn).say("payment.not_an_amount"),))
    if is_share(words) and len(sources) > 1:
        return ask_account(turn, "sourceAccount", sources, "payment.from_which")
    available = sources[0].available if len(sources) == 1 else None
    read = parse_amount(words, turn.locale, currency, available)
    if isinstance(read, AmountQuestion) and read.problem is AmountProblem.NOT_AN_AMOUNT and said:
        read = parse_amount(said.best, turn.locale, currency, available)
        if isinstance(read, AmountQuestion) and words not in turn.transcript:
            read = _read_as_said_before(words, turn.locale, currency, available) or read
    if isinstance(read, Money):
        return read
    return _asked(turn, read, currency, words, another)


def _asked(
    turn: Turn, read: AmountQuestion, currency: str, words: str, another: Message | None
) -> Question:
    desk = Desk.of(turn)
    view: dict[str, object] = {}
    if read.problem is AmountProblem.OTHER_CURRENCY:
        if another is not None:
            return Question("amount", (another,))
        view = {"currency": currency}
    elif read.problem is AmountProblem.AMBIGUOUS:
        view = {"said": words}
    return Question("amount", (desk.say(f"payment.{read.problem}", **view),))


def _read_as_said_before(
    words: str, locale: str, currency: str, available: Money | None
) -> Money | None:
    """The amount of an earlier turn in another language: the chat was switched since."""
    others = (other for other in WHOLE.values() if other[:2] != locale[:2])
    readings = (parse_amount(words, other, currency, available) for other in others)
    return next((read for read in readings if isinstance(read, Money)), None)


def _unheard_amount(turn: Turn, currency: str) -> str | None:
    """The words for an amount that Lex has no type for, such as "half my balance".

    They are kept in the slot, since the next turn's transcript no longer has them.
    """
    if turn.slot_being_asked == "amount" and turn.is_retry:
        return turn.transcript
    last = turn.session.get(LAST_AMOUNT)
    if last and (same_amount(turn.transcript) or repeats_last(turn.transcript)):
        turn.slots.set("amount", last)
        return last
    found = find_amount(turn.transcript, turn.locale, currency)
    if found is None:
        return None
    is_sure = is_share(found.phrase) or names_currency(found.phrase)
    if not is_sure and not _leads(turn, found.phrase):
        return None
    turn.slots.set("amount", found.phrase)
    return found.phrase


def _leads(turn: Turn, number: str) -> bool:
    """Whether a bare `number` stands where a transfer's amount does, before anything is named:
    "move another 10", and not "move money from 3358".
    """
    before = turn.transcript.partition(number)[0].casefold().split()
    is_early = len(before) <= _BEFORE_AN_AMOUNT and not _NAMES_SOMETHING.intersection(before)
    return turn.intent == "TransferMoney" and is_early


def _corrected(turn: Turn, before: str, currency: str) -> bool:
    """Whether a share took the place of the amount `before`: "half of it" is half of that amount,
    "half my balance" is what it says. Lex has no type for either, so its slot still has `before`.
    """
    found = find_amount(turn.transcript, turn.locale, currency)
    if found is None or not is_share(found.phrase) or before in turn.transcript:
        return False
    was = parse_amount(before, turn.locale, currency)
    if isinstance(was, Money) and found.phrase.endswith(_OF_THAT):
        part = parse_amount(found.phrase, turn.locale, currency, was)
        if isinstance(part, Money):
            turn.slots.set("amount", f"{part.currency} {part.amount}")
            return True
    turn.slots.set("amount", found.phrase)
    return True


def usable_accounts(accounts: list[Account]) -> list[Account]:
    """Accounts that money may be taken from."""
    return [
        account
        for account in accounts
        if account.kind in PAYMENT_ACCOUNTS and account.status is AccountStatus.ACTIVE
    ]


def read_account(
    turn: Turn,
    slot: str,
    accounts: list[Account],
    offered: list[Account] | None = None,
    unknown: str = "payment.unknown_account",
) -> Account | Question | None:
    """The account that `slot` names among `accounts`, a question, or None when it is empty.

    Only `offered` ones are proposed, where not all of them would do. `unknown` is the key of what
    is said of a name that none of them has.
    """
    said = turn.slots.get(slot)
    if said is None:
        return None
    match = match_account(said.original_value, accounts)
    if not match.found:
        match = match_account(said.best, accounts)
    if not match.found and names_nothing(said.original_value):
        turn.slots.clear(slot)  # "my card", "la cuenta": nothing was said of which one
        return None
    offered = accounts if offered is None else offered
    found = [account for account in match.found if account in offered] or list(match.found)
    if len(found) == 1:
        return found[0]
    desk = Desk.of(turn)
    if found:
        which = desk.say("payment.which_account", said=said.original_value)
        return Question(slot, (which, account_buttons(desk, found)))
    names = [account.name for account in offered]
    stranger = desk.say(unknown, said=said.original_value, names=names)
    return Question(slot, (stranger, account_buttons(desk, offered)))


def read_source(turn: Turn, accounts: list[Account]) -> Account | Question | None:
    """The account that the money is to come from, a question, or None when none was named.

    One that cannot pay is understood, so that the customer hears why not, but never offered.
    """
    payable = usable_accounts(accounts)
    return read_account(turn, "sourceAccount", accounts, payable, "payment.unknown_source")


def ask_account(turn: Turn, slot: str, accounts: list[Account], prompt: str) -> Question:
    """The question for an empty account slot, with the choices as buttons."""
    desk = Desk.of(turn)
    return Question(slot, (desk.say(prompt), account_buttons(desk, accounts)))


def account_buttons(desk: Desk, accounts: list[Account]) -> Message:
    names = [account.name for account in accounts[:MAX_BUTTONS]]
    return desk.choices("common.your_accounts", names)


def read_payee(
    turn: Turn, payees: list[Payee], unknown: str = "payment.unknown_payee"
) -> Payee | Question | None:
    """The payee that was named, a question, or None when nobody was.

    `unknown` is the key of what is said of a name that is not among them.
    """
    said = turn.slots.get("payee")
    if said is None and not repeats_last(turn.transcript):
        return None
    again = last_paid(turn, payees)
    if again is not None:
        return again
    if said is None:
        return None
    match = match_payee(said.original_value, payees)
    if not match.found:
        match = match_payee(plain_name(said.original_value), payees)
    if not match.found:
        match = match_payee(without_purpose(said.original_value), payees)
    if match.one is not None:
        return match.one
    desk = Desk.of(turn)
    if match.found:
        which = desk.say("payment.which_payee", said=said.original_value)
        names = [payee.name for payee in match.found[:MAX_BUTTONS]]
        return Question("payee", (which, desk.choices("common.your_payees", names)))
    known = [payee.name for payee in payees]
    turn.session[UNKNOWN_PAYEE] = plain_name(said.original_value)
    stranger = desk.say(unknown, said=said.original_value, names=known)
    return Question("payee", (stranger, _known_or_new(turn, payees)))


def last_paid(turn: Turn, payees: list[Payee]) -> Payee | None:
    """Who was paid last, when "her" or nobody at all is named; kept in the slot by their name."""
    said = turn.slots.get("payee")
    if said is not None and not points_back(said.original_value):
        return None
    last = turn.session.get(LAST_PAYEE)
    again = next((payee for payee in payees if payee.payee_id == last), None)
    if again is not None:
        turn.slots.set("payee", again.name)
    return again


def _known_or_new(turn: Turn, payees: list[Payee]) -> Message:
    """The payees there are, and the way to add the one that was named."""
    desk = Desk.of(turn)
    named = turn.session[UNKNOWN_PAYEE]
    names = [payee.name for payee in payees[: MAX_BUTTONS - 1]]
    if 0 < len(named) <= _BUTTON_NAME:
        names.append(desk.speech.words("payees.add_button", name=named))
    return desk.choices("common.your_payees", names)


def ask_payee(turn: Turn, payees: list[Payee]) -> Question:
    desk = Desk.of(turn)
    return Question("payee", (desk.say("payment.who"), payee_buttons(desk, payees)))


def payee_buttons(desk: Desk, payees: list[Payee]) -> Message:
    names = [payee.name for payee in payees[:MAX_BUTTONS]]
    return desk.choices("common.your_payees", names)
