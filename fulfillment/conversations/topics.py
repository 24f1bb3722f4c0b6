"""What a customer may want who says a noun and no more: "card", "a transfer", "mi tarjeta"."""

from __future__ import annotations

import re

_TRANSFER = ("TransferMoney", "SendMoney", "SchedulePayment")
_PAYMENT = (
    "SendMoney", "PayCreditCard", "SchedulePayment", "ListScheduledPayments", "CancelPayment",
)  # fmt: skip
_PAY = ("SendMoney", "PayCreditCard", "SchedulePayment")
_CARD = ("FreezeCard", "ReportLostCard", "CardDeclined", "GetCardLimits", "ReplaceCard")
_CREDIT_CARD = ("PayCreditCard", "GetPaymentDue", "GetCreditLimit", "FreezeCard", "ReportLostCard")
_ACCOUNT = ("CheckBalance", "GetAccountNumber", "OpenAccount", "FreezeAccount", "CloseAccount")
_OWN_ACCOUNT = ("CheckBalance", "TransferMoney", "ListTransactions", "GetAccountNumber")
_MONEY = ("SendMoney", "TransferMoney", "CheckBalance", "GetSpending")
_LIMIT = ("GetPaymentLimits", "GetCardLimits", "SetCardLimit", "GetCreditLimit")
_PAYEE = ("ListPayees", "SendMoney", "AddPayee", "RenamePayee", "RemovePayee")
_CHARGE = ("ExplainCharge", "DisputeCharge", "ListTransactions")
_BILL = ("GetPaymentDue", "PayCreditCard", "SendMoney", "SchedulePayment", "ListSubscriptions")
_CHECKS = ("CheckBalance", "TransferMoney", "ListTransactions", "OrderChecks")
"""The checks of a book, or the account that is called so."""
_SCHEDULE = (
    "SchedulePayment", "ListScheduledPayments", "ChangeScheduledPayment", "CancelScheduledPayment",
)  # fmt: skip

_TOPICS = {
    "transfer": _TRANSFER, "transfers": _TRANSFER, "money transfer": _TRANSFER,
    "payment": _PAYMENT, "payments": _PAYMENT, "pay": _PAY, "pay something": _PAY,
    "card": _CARD, "cards": _CARD, "debit card": _CARD, "bank card": _CARD,
    "credit card": _CREDIT_CARD,
    "account": _ACCOUNT, "bank account": _ACCOUNT, "money": _MONEY, "cash": _MONEY,
    "limit": _LIMIT, "limits": _LIMIT, "payee": _PAYEE, "beneficiary": _PAYEE,
    "charge": _CHARGE, "bill": _BILL, "bills": _BILL, "schedule": _SCHEDULE,
    "checking": _OWN_ACCOUNT, "checking account": _OWN_ACCOUNT, "savings": _OWN_ACCOUNT,
    "savings account": _OWN_ACCOUNT, "current account": _OWN_ACCOUNT,
    "checks": _CHECKS, "check": _CHECKS, "cheque": _CHECKS, "cheques": _CHECKS,
    "pay it": _PAY, "pay that": _PAY, "pay this": _PAY, "pay the bill": _PAY, "pay my bill": _PAY,
    "pay bill": _PAY, "pay bills": _PAY, "páguela": _PAY, "páguelo": _PAY, "pagarla": _PAY,
    "pagarlo": _PAY, "pagar eso": _PAY,
    "cuenta de cheques": _OWN_ACCOUNT, "ahorros": _OWN_ACCOUNT, "cuenta de ahorros": _OWN_ACCOUNT,
    "transferencia": _TRANSFER, "transferencias": _TRANSFER,
    "pago": _PAYMENT, "pagos": _PAYMENT, "pagar": _PAY,
    "tarjeta": _CARD, "tarjetas": _CARD, "tarjeta de débito": _CARD,
    "tarjeta de crédito": _CREDIT_CARD,
    "cuenta": _ACCOUNT, "cuenta de banco": _ACCOUNT, "dinero": _MONEY, "plata": _MONEY,
    "límite": _LIMIT, "limite": _LIMIT, "límites": _LIMIT, "limites": _LIMIT,
    "beneficiario": _PAYEE, "destinatario": _PAYEE, "cargo": _CHARGE, "cobro": _CHARGE,
    "factura": _BILL, "facturas": _BILL, "recibo": _BILL,
}  # fmt: skip
_FILLERS = frozenset(
    "a an the my please um hi hello hey un una el la mi mis los las por favor hola sobre about"
    " help with ayuda con for need i want quiero necesito".split()
)
_WORD = re.compile(r"[^\W_]+")
_LONGEST = 60


def topics_of(said: str) -> tuple[str, ...]:
    """The intents that `said` may mean, likeliest first, when it is no more than such a noun."""
    if len(said) > _LONGEST:
        return ()
    words = _WORD.findall(said.casefold())
    whole = _TOPICS.get(" ".join(words))
    # "De" is part of a name for a card, and "the" of none.
    return whole or _TOPICS.get(" ".join(w for w in words if w not in _FILLERS), ())
