"""Which conversation answers which intent: it is loaded when the first of them comes.

A session meets three or four of the thirty, and a cold start should not load the others. A test
holds this table against what each conversation registers.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import ModuleType

from fulfillment.conversations import (
    about_the_talk,
    account_info,
    add_payee,
    balance_ahead,
    balances,
    cancel_payment,
    card_limits,
    cards,
    cases,
    charts,
    declined_card,
    disputes,
    explain_charge,
    freeze_account,
    investing,
    loans,
    lost_card,
    odd_charges,
    offer_consent,
    offers,
    other_services,
    pay_card,
    payees,
    plans,
    rights,
    schedule_changes,
    schedule_payment,
    send_money,
    service_requests,
    small_talk,
    spending,
    statements,
    subscriptions,
    transactions,
    transfer_money,
    travel_notices,
    verification,
    was_it_you,
)
from fulfillment.lex import Router

CONVERSATIONS: Mapping[ModuleType, tuple[str, ...]] = {
    about_the_talk: (
        "Cancel", "ContinueTask", "HoldOn", "RepeatThat", "StartOver", "WhyAsked",
    ),
    account_info: (
        "GetAccountNumber", "GetCreditLimit", "GetFees", "GetInterestRate", "GetPaymentDue",
        "GetPaymentLimits",
    ),
    add_payee: ("AddPayee",),
    balance_ahead: ("ForecastBalance",),
    balances: ("CheckBalance", "CheckBalanceFollowUp"),
    cancel_payment: ("CancelPayment",),
    card_limits: ("GetCardLimits", "RemoveCardLimit", "SetCardLimit"),
    cards: ("FreezeCard", "UnfreezeCard"),
    cases: ("CheckCases", "ReportScam"),
    charts: ("ShowChart",),
    declined_card: ("CardDeclined",),
    disputes: ("DisputeCharge",),
    explain_charge: ("ExplainCharge",),
    freeze_account: ("FreezeAccount",),
    investing: ("ExploreInvesting",),
    loans: ("ApplyForLoan", "EstimateLoan"),
    lost_card: ("ActivateCard", "ReportLostCard"),
    odd_charges: ("FindUnusualActivity",),
    offer_consent: ("AllowOffers", "ShowLess", "StopOffers"),
    offers: ("ExplainOffer", "GetOffers"),
    other_services: ("OtherService",),
    pay_card: ("PayCreditCard",),
    payees: ("ListPayees", "RemovePayee", "RenamePayee"),
    plans: ("CheckBudgets", "SetBudget", "SetSavingsGoal"),
    rights: ("MakeComplaint",),
    schedule_changes: (
        "CancelScheduledPayment", "ChangeScheduledPayment", "ListScheduledPayments",
    ),
    schedule_payment: ("SchedulePayment",),
    send_money: ("SendMoney",),
    service_requests: (
        "ChangePin", "CloseAccount", "OpenAccount", "OrderChecks", "ReplaceCard",
        "RequestCreditLimit", "UpdateContactDetails",
    ),
    small_talk: ("FallbackIntent", "Goodbye", "Help", "TalkToHuman", "Welcome"),
    spending: ("GetIncome", "GetSpending", "TotalsFollowUp"),
    statements: ("GetStatement",),
    subscriptions: ("ListSubscriptions",),
    transactions: ("ListTransactions", "ShowMore"),
    transfer_money: ("TransferMoney",),
    travel_notices: ("CancelTravelNotice", "ListTravelNotices", "SetTravelNotice"),
    verification: ("LogOut", "ResendCode", "VerifyIdentity"),
    was_it_you: ("ConfirmItWasMe", "DenyItWasMe"),
}  # fmt: skip


def conversations() -> Router:
    """All of them, none loaded yet."""
    whole = Router()
    for module, intents in CONVERSATIONS.items():
        whole.include_late(intents, partial(getattr, module, "router"))
    return whole
