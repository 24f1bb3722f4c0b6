"""Customers in conversation, through Lex's events and the production app; and who imitates them."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fulfillment.bank.payments import TransferState
from fulfillment.store.payment_items import receipt_id
from tests.simulation import town
from tests.simulation.bank import Bank
from tests.simulation.judges import Theme
from tests.simulation.rules import BrokenError

_RECEIPT = re.compile(r"TR-[0-9A-HJKMNP-TV-Z]{8}")
_TURNS = 7
_IN_THE_BOOKS = (TransferState.POSTED, TransferState.PENDING)
_NOTHING_MOVED = ("nothing has moved", "nothing was sent", "nothing was moved", "was not made")
_NEWS = "News about"
_TROUBLE = "try again in a moment"
_NOTHING_CHARGED = ("Nothing was charged",)

_WORTH = {Theme.EVERYTHING: None, Theme.CODES: (60, 160), Theme.DESK: (60, 200)}
"""From what to what dollars most payments are, where a story is about one thing."""
_PORTIONS = ("minimum", "statement", "everything")


@dataclass
class Conversation:
    """One Lex session of a customer's."""

    bank: Bank
    customer_id: str
    session_id: str
    attributes: dict[str, str] = field(default_factory=dict)

    def play(self) -> None:
        """A few wishes, one after the other."""
        rng = self.bank.rng
        for _ in range(_TURNS):
            self.bank.stage.pause(rng.choice([0.5, 5, 30, 90]))
            wish = rng.choices(
                [self._pay_or_move, self._about_cards, self._report, self._glance],
                [16, 3, 1, 2],
            )[0]
            wish()

    # --- wishes ---

    def _pay_or_move(self) -> None:
        intent, slots, words = self._order()
        shown = self._turn(intent, slots, words)
        if shown is None or _action(shown) != "ConfirmIntent":
            return
        slots = shown["sessionState"]["intent"]["slots"]
        rng = self.bank.rng
        self.bank.stage.pause(rng.choice([0.1, 1, 4, 20, 290, 400]))
        mood = rng.random()
        if mood < 0.12:
            self._turn(intent, slots, "no", confirmation="Denied")
        if mood < 0.07:
            return
        if mood < 0.15:
            slots = self._meddled(slots)
        event = self._event(intent, slots, "yes", "FulfillmentCodeHook", "Confirmed")
        self.bank.events.append(copy.deepcopy(event))
        answer = self._send_perhaps_twice(event)
        for _ in range(2):
            if answer is not None and not _is_trouble(answer):
                break
            self.bank.stage.pause(rng.choice([2, 10]))
            answer = self._send(copy.deepcopy(event))
        if answer is not None and _asks_for_a_code(answer):
            self._give_the_code()

    def _give_the_code(self) -> None:
        """What came by telephone, or a guess; again at times, when it was used already."""
        rng, rung = self.bank.rng, self.bank.phones.rung[self.customer_id]
        for _ in range(4):
            self.bank.stage.pause(rng.choice([1, 2, 5, 5, 60]))
            # Two chats of one person may wait for a code at once.
            code = rng.choice([*rung[-2:], *rung[-1:] * 3, "000000"])
            slots = _slots(code=code)
            event = self._event("VerifyIdentity", slots, code, "DialogCodeHook")
            answer = self._send_perhaps_twice(event)
            if answer is None or _is_trouble(answer) or _asks_for_a_code(answer):
                continue
            if rng.random() < 0.7:
                return

    def _order(self) -> tuple[str, dict[str, Any], str]:
        rng = self.bank.rng
        # Who has much to do is shown by what is wished for: payments that are worth a look.
        worth = _WORTH[self.bank.theme] if rng.random() < 0.7 else None
        least, most = worth or (1, rng.choice([20, 100, 300]))
        amount = f"${rng.randint(least, most):d}.{rng.randrange(100):02d}"
        kind = rng.random() if worth is None else 0.0
        if kind < 0.5:
            payee = rng.choice(list(town.PAYEES.values()))
            source = rng.choice(["Checking", "Savings", "Euro Account"])
            if source == "Euro Account":
                amount = amount.replace("$", "€")
            return "SendMoney", _slots(amount=amount, payee=payee, sourceAccount=source), ""
        if kind < 0.62:
            portion = rng.choice(_PORTIONS)
            return "PayCreditCard", _slots(portion=portion, sourceAccount="Checking"), ""
        source, other = rng.sample(["Checking", "Savings"], 2)
        if kind < 0.7:
            other = "Gold Card"
        elif kind > 0.88:
            source, other = rng.sample([source, "Euro Account"], 2)
            amount = amount.replace("$", "€") if source == "Euro Account" else amount
        if kind < 0.78:
            amount = "half my balance"
        return (
            "TransferMoney",
            _slots(amount=amount, sourceAccount=source, destinationAccount=other),
            "",
        )

    def _meddled(self, slots: dict[str, Any]) -> dict[str, Any]:
        """Slots that are not those that were shown: whoever may call Lex can send them."""
        other = dict(slots)
        other.update(_slots(amount="$249.99"))
        return other

    def _about_cards(self) -> None:
        rng = self.bank.rng
        name = "Visa debit 4821"
        intent = rng.choice(["FreezeCard", "UnfreezeCard", "FreezeCard", "UnfreezeCard", "Lost"])
        if intent == "Lost" and rng.random() < 0.5:
            intent, slots = "ReportLostCard", _slots(card=name)
            shown = self._turn(intent, slots, "my card is lost")
            if shown is None or _action(shown) != "ConfirmIntent":
                return
            slots = shown["sessionState"]["intent"]["slots"]
            self._send_perhaps_twice(
                self._event(intent, slots, "yes", "FulfillmentCodeHook", "Confirmed")
            )
            return
        if intent == "Lost":
            account = _slots(account=rng.choice(["Checking", "Savings"]))
            event = self._event("FreezeAccount", account, "yes", "FulfillmentCodeHook", "Confirmed")
            self._send_perhaps_twice(event)
            return
        self._send_perhaps_twice(self._event(intent, _slots(card=name), "", "FulfillmentCodeHook"))

    def _report(self) -> None:
        self._send_perhaps_twice(self._event("ReportScam", {}, "", "FulfillmentCodeHook"))

    def _glance(self) -> None:
        self._turn("CheckBalance", {}, "my balance")

    # --- Lex, as the customer's client and the function see it ---

    def _turn(
        self, intent: str, slots: Mapping[str, Any], words: str, confirmation: str = "None"
    ) -> Mapping[str, Any] | None:
        return self._send(self._event(intent, slots, words, "DialogCodeHook", confirmation))

    def _send_perhaps_twice(self, event: dict[str, Any]) -> Mapping[str, Any] | None:
        """A retry may come while the first is still on its way, or after its answer was lost."""
        rng = self.bank.rng
        if rng.random() < 0.35:
            again = copy.deepcopy(event)
            self.bank.stage.start(
                f"{self.session_id} again",
                lambda: self._answered(again, self.bank.invoke(again)),
                after=rng.choice([0.0, 0.01, 0.05, 2.0, 100.0]),
            )
        return self._send(event)

    def _send(self, event: dict[str, Any]) -> Mapping[str, Any] | None:
        answer = self.bank.invoke(event)
        if answer is not None:
            self.attributes = dict(answer["sessionState"]["sessionAttributes"])
        self._answered(event, answer)
        return answer

    def _answered(self, event: Mapping[str, Any], answer: Mapping[str, Any] | None) -> None:
        """Nobody may be told that something is done which is not in the books (I11)."""
        if answer is None:
            return
        words = " ".join(m.get("content", "") for m in answer.get("messages", ()))
        self.bank.stage.say(f"told: {words[:110]}")
        # What is told of a scheduled payment besides is of another payment.
        of_this = [m.get("content", "") for m in answer.get("messages", ())]
        self._check_denials(event, " ".join(w for w in of_this if not w.startswith(_NEWS)))
        for receipt in _RECEIPT.findall(words):
            found = [
                one
                for name, one in self.bank.ledger.movements.items()
                if receipt_id(name) == receipt and one.customer_id == self.customer_id
            ]
            was_held = found and found[0].hold is not None and "on hold" in words
            # What was on hold may have ended between the look at it and the answer.
            if not found or not (was_held or found[0].state in _IN_THE_BOOKS):
                raise BrokenError(f"{self.session_id} was told of {receipt}, which is not booked")

    def _check_denials(self, event: Mapping[str, Any], words: str) -> None:
        """Nobody may be told that nothing moved when something has, by the very yes that it is."""
        attributes = event["sessionState"]["sessionAttributes"]
        for phrases, name in ((_NOTHING_MOVED, "quoteId"), (_NOTHING_CHARGED, "checkingId")):
            quote_id = attributes.get(name, "")
            paid = self.bank.ledger.movements.get(quote_id)
            if paid is None or paid.order is None or not any(one in words for one in phrases):
                continue
            if paid.customer_id == self.customer_id and paid.session_id == self.session_id:
                raise BrokenError(f"{self.session_id} was told that {quote_id} did not move")

    def _event(
        self,
        intent: str,
        slots: Mapping[str, Any],
        words: str,
        source: str,
        confirmation: str = "None",
    ) -> dict[str, Any]:
        heard: dict[str, Any] = {
            "name": intent,
            "slots": dict(slots),
            "state": "InProgress" if source == "DialogCodeHook" else "ReadyForFulfillment",
            "confirmationState": confirmation,
        }
        return {
            "messageVersion": "1.0",
            "invocationSource": source,
            "inputMode": "Text",
            "sessionId": self.session_id,
            "inputTranscript": words,
            "bot": {"id": "TELLERBOT0", "name": "Teller", "aliasId": "LIVEALIAS0",
                    "localeId": "en_US", "version": "1"},
            "interpretations": [{"intent": heard, "nluConfidence": 0.9}],
            "requestAttributes": {
                "x-teller-identity": self.bank.identity(self.customer_id, self.session_id)
            },
            "sessionState": {
                "intent": heard,
                "sessionAttributes": dict(self.attributes),
                "activeContexts": [],
            },
        }  # fmt: skip


def send_again_later(bank: Bank) -> None:
    """Somebody keeps what was sent, and sends it again whenever they like, freshly signed."""
    for _ in range(4):
        bank.stage.pause(bank.rng.choice([3, 30, 200]))
        if not bank.events:
            continue
        event = copy.deepcopy(bank.rng.choice(bank.events))
        session_id = event["sessionId"]
        customer_id = session_id.partition("/")[0]
        event["requestAttributes"]["x-teller-identity"] = bank.identity(customer_id, session_id)
        talk = Conversation(bank, customer_id, session_id)
        talk._answered(event, bank.invoke(event))


def _action(answer: Mapping[str, Any]) -> str:
    action: str = answer["sessionState"]["dialogAction"]["type"]
    return action


def _asks_for_a_code(answer: Mapping[str, Any]) -> bool:
    return bool(answer["sessionState"]["dialogAction"].get("slotToElicit") == "code")


def _is_trouble(answer: Mapping[str, Any]) -> bool:
    """Whether the customer was told to say it again."""
    return any(_TROUBLE in one.get("content", "") for one in answer.get("messages", ()))


def _slots(**values: str) -> dict[str, Any]:
    return {
        name: {
            "shape": "Scalar",
            "value": {"originalValue": text, "interpretedValue": text, "resolvedValues": [text]},
        }
        for name, text in values.items()
    }
