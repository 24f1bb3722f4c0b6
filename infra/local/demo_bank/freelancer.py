"""Carla: a freelance designer; uneven invoices, taxes every quarter, two Annas to pay."""

from datetime import date

from fulfillment.bank.books import AccountKind
from infra.local.demo_bank.life import (
    HEATING,
    AccountPlan,
    CardPlan,
    Habit,
    Life,
    Mishap,
    PayeePayment,
    PayeePlan,
    Pending,
    Recurring,
    Standing,
)

_CHECKING, _TAX, _SAVINGS, _CARD = "chk", "tax", "sav", "mc"

CARLA = Life(
    customer_id="carla",
    number="62449035",
    phone="+14155550163",
    name="Carla Mendes",
    short_name="Carla",
    description="Freelance designer in Portland: uneven income, quarterly taxes",
    time_zone="America/Los_Angeles",
    born=date(1991, 1, 27),
    accounts=(
        AccountPlan(_CHECKING, AccountKind.CHECKING, "Freelance Checking", "6604", 118_000),
        AccountPlan(_TAX, AccountKind.SAVINGS, "Tax Pot", "6612", 85_000),
        AccountPlan(_SAVINGS, AccountKind.SAVINGS, "Holiday Savings", "6620", 162_000),
        AccountPlan(_CARD, AccountKind.CREDIT_CARD, "Mastercard Rewards", "7715", limit=600_000),
    ),
    cards=(
        CardPlan("debit", _CHECKING, "debit", "Visa debit", "2290"),
        CardPlan("credit", _CARD, "credit", "Mastercard Rewards credit", "7715"),
    ),
    payees=(
        PayeePlan("anna-b", "Anna Berg", None, "Cascade Bank", "323070380-4410982"),
        PayeePlan("anna-k", "Anna Kowalska", None, "Summit Bank", "125000105-9920147"),
        PayeePlan(
            "studio", "Paper and Pine Supplies", "my supplier", "Cascade Bank", "323070380-77102"
        ),
    ),
    recurring=(
        Recurring(
            _CHECKING, 4, "Invoice Halcyon Studio", 232_000, "salary", "income", False, 61_000
        ),
        Recurring(_CHECKING, 19, "Invoice Brightwater", 158_000, "salary", "income", False, 74_000),
        Recurring(
            _CHECKING,
            26,
            "Invoice Moss & Field",
            142_500,
            "salary",
            "income",
            False,
            38_000,
            every=2,
        ),
        Recurring(_CHECKING, 1, "Alder Court Rentals", -168_000, "direct_debit", "housing"),
        Recurring(
            _CHECKING,
            7,
            "Pacific Power",
            -7_400,
            "direct_debit",
            "utilities",
            jitter=2_100,
            seasons=HEATING,
        ),
        Recurring(_CHECKING, 13, "Ziply Internet", -6_000, "direct_debit", "utilities"),
        Recurring(
            _CHECKING,
            17,
            "Coverwell Health",
            -34_180,
            "direct_debit",
            "insurance",
            raised_in=8,
            raised_to=-37_950,
        ),
        Recurring(_TAX, 15, "Estimated tax payment", -148_000, "payment", "fees", False, every=3),
        Recurring(_CARD, 10, "Adobe", -5_999, "card", "business", raised_in=10, raised_to=-6_999),
        Recurring(_CARD, 12, "Fontbase Pro", -900, "card", "subscriptions", first=14, trial=-100),
        Recurring(
            _CARD, 23, "Netflix", -1_549, "card", "subscriptions", raised_in=9, raised_to=-1_799
        ),
        Recurring(_SAVINGS, 28, "Interest earned", 320, "interest", "income", False, 30),
    ),
    habits=(
        Habit(_CARD, ("Whole Foods",), "groceries", 4, 1_900, 9_600, weekend=1.3, at_least=3),
        Habit(_CARD, ("New Seasons", "Trader Joe's"), "groceries", 4, 1_200, 8_100),
        Habit(_CARD, ("Stumptown", "Heart Coffee"), "dining", 11, 420, 1_350),
        Habit(
            _CARD, ("Screen Door", "Pok Pok", "Thai Peacock"), "dining", 4, 1_800, 7_200, weekend=2
        ),
        Habit(_CARD, ("Uber", "TriMet", "Lyft"), "transport", 6, 280, 3_100),
        Habit(_CARD, ("Powell's Books", "Etsy", "Amazon"), "shopping", 4, 1_100, 9_900),
        Habit(_CARD, ("Staples", "Paper and Pine Supplies"), "business", 2, 1_500, 16_800),
        Habit(_CARD, ("Alaska Airlines", "Airbnb"), "travel", 0.3, 21_000, 74_000),
        Habit(_CHECKING, ("Cash withdrawal",), "cash", 1, 4_000, 10_000, kind="cash"),
    ),
    standing=(
        Standing(_CHECKING, _TAX, 20, 55_000),
        Standing(_CHECKING, _CARD, 27, clears_card=True),
        Standing(_CHECKING, _SAVINGS, 21, 15_000),
    ),
    mishaps=(
        Mishap(_CARD, 26, "Etsy", -4_480, "card", "shopping"),
        Mishap(_CARD, 16, "Etsy", 4_480, "refund", "shopping"),
        Mishap(_CARD, 6, "Stumptown", -1_125, "card", "dining", twice=True),
        Mishap(_CARD, 101, "Late payment fee", -2_900, "fee", "fees", merchant=False),
        Mishap(_CARD, 101, "Interest charged", -1_846, "interest", "fees", merchant=False),
        Mishap(_CARD, 60, "Foreign transaction fee", -420, "fee", "fees", merchant=False),
    ),
    pending=(
        Pending(_CARD, 7, "New Seasons", 4_920, "groceries"),
        Pending(_CARD, 31, "Alaska Airlines", 31_840, "travel"),
        Pending(_CARD, 44, "Heart Coffee", 760, "dining"),
    ),
    payments=(
        PayeePayment("anna-b", _CHECKING, 22, 26_000, "business", every=2),
        PayeePayment("anna-k", _CHECKING, 9, 6_500, "health", every=2, first=1),
        PayeePayment("studio", _CHECKING, 14, 11_800, "business", every=3),
    ),
    returns=(3, 9, 15),
    payday_spree=0.4,
)
