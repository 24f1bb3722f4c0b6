"""Doris: a pension, careful habits, a garden, grandchildren."""

from datetime import date

from fulfillment.bank.books import AccountKind
from infra.local.demo_bank.life import (
    COOLING,
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

_CHECKING, _SAVINGS, _TRAVEL, _JOINT = "chk", "sav", "travel", "joint"

DORIS = Life(
    customer_id="doris",
    number="73170528",
    phone="+12075550109",
    name="Doris Whitfield",
    short_name="Doris",
    description="Retired teacher in Tucson: pension, garden, grandchildren",
    time_zone="America/Phoenix",
    born=date(1954, 6, 8),
    accounts=(
        AccountPlan(_CHECKING, AccountKind.CHECKING, "Checking", "3091", 145_000),
        AccountPlan(_SAVINGS, AccountKind.SAVINGS, "Nest Egg Savings", "3104", 4_820_000),
        AccountPlan(_TRAVEL, AccountKind.SAVINGS, "Travel Savings", "3112", 96_000),
        AccountPlan(_JOINT, AccountKind.SAVINGS, "Joint Savings with Linda", "3120", 210_000),
    ),
    cards=(CardPlan("debit", _CHECKING, "debit", "Visa debit", "8846"),),
    payees=(
        PayeePlan("linda", "Linda Whitfield", "my daughter", "Saguaro Bank", "122105278-5500187"),
        PayeePlan("church", "St. Luke's Parish", None, "Saguaro Bank", "122105278-1000923"),
    ),
    recurring=(
        Recurring(
            _CHECKING,
            3,
            "Social Security",
            214_700,
            "salary",
            "income",
            False,
            raised_in=8,
            raised_to=220_000,
        ),
        Recurring(_CHECKING, 28, "State Teachers pension", 84_300, "salary", "income", False),
        Recurring(_CHECKING, 1, "Desert Palms HOA", -31_000, "direct_debit", "housing"),
        Recurring(
            _CHECKING,
            8,
            "Tucson Electric",
            -9_900,
            "direct_debit",
            "utilities",
            jitter=4_600,
            seasons=COOLING,
        ),
        Recurring(_CHECKING, 11, "Tucson Water", -4_350, "direct_debit", "utilities", jitter=700),
        Recurring(
            _CHECKING,
            13,
            "Cox",
            -6_450,
            "direct_debit",
            "utilities",
            raised_in=12,
            raised_to=-7_250,
        ),
        Recurring(_CHECKING, 5, "Silver Shield Medigap", -18_760, "direct_debit", "insurance"),
        Recurring(
            _CHECKING, 14, "St. Luke's Parish", -6_000, "payment", "donations", merchant=False
        ),
        Recurring(
            _CHECKING,
            17,
            "Arizona Daily Star",
            -2_499,
            "card",
            "subscriptions",
            raised_in=6,
            raised_to=-2_999,
        ),
        Recurring(_SAVINGS, 28, "Interest earned", 14_260, "interest", "income", False, 400),
        Recurring(_JOINT, 6, "Linda Whitfield", 10_000, "salary", "income", False),
    ),
    habits=(
        Habit(_CHECKING, ("Safeway", "Fry's Food"), "groceries", 6, 1_600, 8_900),
        Habit(_CHECKING, ("Whole Foods",), "groceries", 1.6, 1_800, 6_200, at_least=1),
        Habit(_CHECKING, ("Walgreens", "CVS"), "health", 3, 900, 5_800),
        Habit(_CHECKING, ("Rillito Nursery", "Home Depot"), "shopping", 2, 1_400, 9_200),
        Habit(
            _CHECKING, ("Bobo's Diner", "Cracker Barrel"), "dining", 3, 1_200, 3_900, weekend=1.8
        ),
        Habit(_CHECKING, ("Chevron",), "transport", 2.4, 2_500, 4_800),
        Habit(_CHECKING, ("Cash withdrawal",), "cash", 2, 6_000, 12_000, kind="cash"),
    ),
    standing=(
        Standing(_CHECKING, _TRAVEL, 4, 12_500),
        Standing(_CHECKING, _JOINT, 7, 10_000),
    ),
    mishaps=(
        Mishap(_CHECKING, 33, "Home Depot", -3_870, "card", "shopping"),
        Mishap(_CHECKING, 26, "Home Depot", 3_870, "refund", "shopping"),
        Mishap(_CHECKING, 15, "Walgreens", -2_359, "card", "health", twice=True),
        Mishap(_CHECKING, 52, "Wire transfer fee", -2_500, "fee", "fees", merchant=False),
        Mishap(_TRAVEL, 140, "Holland America Line", -98_000, "card", "travel"),
    ),
    pending=(
        Pending(_CHECKING, 6, "Safeway", 5_260, "groceries"),
        Pending(_CHECKING, 22, "Chevron", 4_000, "transport"),
    ),
    payments=(PayeePayment("linda", _CHECKING, 12, 5_000, "gifts", every=2),),
    returns=(5, 10),
)
