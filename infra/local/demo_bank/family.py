"""Amelia: two salaries, two children, a mortgage. The customer to begin with."""

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

_CHECKING, _SAVINGS, _VISA = "chk", "sav", "visa"

AMELIA = Life(
    customer_id="amelia",
    number="40207781",
    phone="+16175550142",
    name="Amelia Hartley",
    short_name="Amelia",
    description="Family of four in Boston: two salaries, a mortgage, busy weekends",
    time_zone="America/New_York",
    born=date(1986, 4, 12),
    accounts=(
        AccountPlan(_CHECKING, AccountKind.CHECKING, "Everyday Checking", "4412", 240_000),
        AccountPlan(_SAVINGS, AccountKind.SAVINGS, "Rainy Day Savings", "7730", 615_000),
        AccountPlan(_VISA, AccountKind.CREDIT_CARD, "Visa Platinum", "9021", limit=1_200_000),
    ),
    cards=(
        CardPlan("debit", _CHECKING, "debit", "Visa debit", "3358"),
        CardPlan("credit", _VISA, "credit", "Visa Platinum credit", "9021"),
    ),
    payees=(
        PayeePlan("anna", "Anna Lindqvist", "Anna", "Harbor Trust", "021000089-55120934"),
        PayeePlan(
            "sitter", "Grace Whitmore", "the babysitter", "First Plains", "073000228-8814402"
        ),
        PayeePlan(
            "nursery", "Bright Sparks Nursery", "nursery", "Harbor Trust", "021000089-7710025"
        ),
        PayeePlan("marcus", "Marcus Bell", None, "Summit Bank", "125000105-40093817"),
    ),
    recurring=(
        Recurring(
            _CHECKING, 1, "Northwind Health salary", 436_400, "salary", "income", merchant=False
        ),
        Recurring(
            _CHECKING, 15, "Calder & Sons salary", 311_150, "salary", "income", merchant=False
        ),
        Recurring(_CHECKING, 3, "Lakeshore Home Loans", -243_500, "direct_debit", "housing"),
        Recurring(
            _CHECKING,
            6,
            "City Power",
            -14_200,
            "direct_debit",
            "utilities",
            jitter=3_900,
            seasons=HEATING,
        ),
        Recurring(_CHECKING, 9, "Bay Water", -6_150, "direct_debit", "utilities", jitter=900),
        Recurring(
            _CHECKING,
            12,
            "Comcast",
            -7_999,
            "direct_debit",
            "utilities",
            raised_in=11,
            raised_to=-8_999,
        ),
        Recurring(_CHECKING, 14, "Verizon", -12_480, "direct_debit", "utilities"),
        Recurring(_CHECKING, 18, "Evergreen Insurance", -18_725, "direct_debit", "insurance"),
        Recurring(_CHECKING, 5, "Bright Sparks Nursery", -92_000, "direct_debit", "kids"),
        Recurring(
            _VISA, 8, "Netflix", -1_549, "card", "subscriptions", raised_in=9, raised_to=-1_799
        ),
        Recurring(_VISA, 20, "Spotify", -1_699, "card", "subscriptions"),
        Recurring(_VISA, 22, "Disney Plus", -1_099, "card", "subscriptions", first=15, trial=-100),
        Recurring(_VISA, 11, "Planet Fitness", -2_499, "card", "health"),
        Recurring(_SAVINGS, 28, "Interest earned", 1_130, "interest", "income", False, jitter=120),
    ),
    habits=(
        Habit(_VISA, ("Whole Foods",), "groceries", 5.5, 3_400, 18_900, weekend=1.6, at_least=4),
        Habit(
            _VISA, ("Trader Joe's", "Costco", "Aldi"), "groceries", 5, 2_100, 21_500, weekend=1.7
        ),
        Habit(_VISA, ("Shell", "Exxon"), "transport", 4.5, 3_200, 6_800),
        Habit(_VISA, ("Starbucks", "Corner Bakery"), "dining", 9, 480, 1_890),
        Habit(
            _VISA,
            ("Luigi's Pizza", "Chipotle", "Green Garden"),
            "dining",
            5,
            1_900,
            9_400,
            weekend=2,
        ),
        Habit(_VISA, ("Target", "Amazon", "Old Navy"), "shopping", 6, 1_299, 14_900, weekend=1.4),
        Habit(_VISA, ("CVS", "Walgreens"), "health", 2, 850, 6_200),
        Habit(
            _VISA, ("Regal Cinemas", "Kidz Museum"), "entertainment", 1.5, 2_400, 8_800, weekend=4
        ),
        Habit(_CHECKING, ("Cash withdrawal",), "cash", 1.5, 4_000, 16_000, kind="cash"),
        Habit(_VISA, ("Delta", "Airbnb"), "travel", 0.25, 24_000, 98_000),
    ),
    standing=(
        Standing(_CHECKING, _VISA, 25, clears_card=True),
        Standing(_CHECKING, _SAVINGS, 2, 45_000),
    ),
    mishaps=(
        Mishap(_VISA, 55, "Target", -5_499, "card", "shopping"),
        Mishap(_VISA, 37, "Target", 5_499, "refund", "shopping"),
        Mishap(_VISA, 20, "Amazon", -3_799, "card", "shopping"),
        Mishap(_VISA, 12, "Amazon", 3_799, "refund", "shopping"),
        Mishap(_VISA, 9, "Luigi's Pizza", -6_240, "card", "dining", twice=True),
        Mishap(_CHECKING, 84, "Out-of-network ATM fee", -350, "fee", "fees", merchant=False),
        Mishap(_CHECKING, 291, "Out-of-network ATM fee", -350, "fee", "fees", merchant=False),
        Mishap(_CHECKING, 190, "Tax refund", 184_300, "salary", "income", merchant=False),
    ),
    pending=(
        Pending(_VISA, 5, "Whole Foods", 8_732, "groceries"),
        Pending(_VISA, 20, "Shell", 5_415, "transport"),
        Pending(_CHECKING, 28, "Target", 4_268, "shopping"),
    ),
    payments=(
        PayeePayment("anna", _CHECKING, 16, 8_500, "kids", every=3),
        PayeePayment("sitter", _CHECKING, 21, 14_000, "kids", every=3, first=2),
    ),
    returns=(2, 6, 8, 11, 13),
)
