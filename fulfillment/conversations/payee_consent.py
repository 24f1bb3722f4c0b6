"""From a shown change of a payee to its receipt: the same way for adding, renaming and removing.

The session keeps the id of what was shown. Any caller can write it, and the slots, and a "yes": the
change itself lies in the books under the verified customer and session, and is made only while it
is fresh and as it was shown.
"""

from __future__ import annotations

from fulfillment.bank.payee_changes import ChangeRefusal, PayeeChange
from fulfillment.conversations.desk import Desk
from fulfillment.lex import Message, Reply, Turn

SHOWN = "payeeChangeId"


def show(turn: Turn, change: PayeeChange, question: Message, yes: str) -> Reply:
    """Stores `change` and asks for a yes to it; `yes` is the key of the button's words."""
    desk = Desk.of(turn)
    desk.books.payee_changes.show(change)
    turn.session[SHOWN] = change.change_id
    choices = desk.yes_or_no(desk.speech.words(yes, name=change.name), "payees.yes")
    return turn.confirm(question, choices)


def last_shown(turn: Turn) -> PayeeChange | None:
    """The change that was shown last in this session, whatever has become of it."""
    desk = Desk.of(turn)
    change_id = turn.session.get(SHOWN)
    if not change_id:
        return None
    return desk.books.payee_changes.shown(desk.customer_id, change_id, turn.session_id)


def make(turn: Turn, change: PayeeChange) -> ChangeRefusal | None:
    """Makes what was confirmed; None when it is made, now or before."""
    desk = Desk.of(turn)
    made = desk.books.payee_changes.make(change, desk.now, desk.deps.new_id())
    if isinstance(made, ChangeRefusal):
        return made
    turn.session.pop(SHOWN, None)
    return None


def forget(turn: Turn) -> None:
    """After a no: nothing was changed, and a late yes finds nothing to make."""
    turn.session.pop(SHOWN, None)
