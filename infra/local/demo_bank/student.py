"""Ben: a student with a part-time job, help from home, and little to spare."""

from datetime import date

from fulfillment.bank.books import AccountKind
from infra.local.demo_bank.life import (
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

_CHECKING, _SAVINGS = "chk", "sav"

BEN = Life(
    customer_id="ben",
    number="51836624",
    phone="+15125550117",
    name="Ben Okafor",
    short_name="Ben",
    description="Student in Austin: part-time job, shared flat, tight month ends",
    time_zone="America/Chicago",
    born=date(2004, 9, 3),
    accounts=(
        AccountPlan(_CHECKING, AccountKind.CHECKING, "Student Checking", "1187", 2_600),
        AccountPlan(_SAVINGS, AccountKind.SAVINGS, "Savings", "2046", 31_000),
    ),
    cards=(CardPlan("debit", _CHECKING, "debit", "Mastercard debit", "5520"),),
    payees=(
        PayeePlan(
            "tom", "Tom Alvarez", "my roommate", "Lone Star Credit Union", "113000023-6619230"
        ),
        PayeePlan("mom", "Ngozi Okafor", "mom", "Harbor Trust", "021000089-1180234"),
    ),
    recurring=(
        Recurring(
            _CHECKING, 10, "Campus Bookstore wages", 48_400, "salary", "income", False, 7_500
        ),
        Recurring(
            _CHECKING, 24, "Campus Bookstore wages", 46_900, "salary", "income", False, 8_100
        ),
        Recurring(_CHECKING, 1, "Ngozi Okafor", 45_000, "salary", "income", False),
        Recurring(_CHECKING, 2, "Riverside Apartments", -72_500, "direct_debit", "housing"),
        Recurring(_CHECKING, 16, "T-Mobile", -3_500, "direct_debit", "utilities"),
        Recurring(
            _CHECKING, 19, "Spotify", -599, "card", "subscriptions", raised_in=13, raised_to=-699
        ),
        Recurring(_CHECKING, 6, "Hulu", -199, "card", "subscriptions", first=6),
        Recurring(
            _CHECKING,
            21,
            "StudyDesk Premium",
            -1_299,
            "card",
            "subscriptions",
            first=16,
            trial=-100,
        ),
        Recurring(_SAVINGS, 28, "Interest earned", 41, "interest", "income", False, 6),
    ),
    habits=(
        Habit(_CHECKING, ("H-E-B", "Aldi"), "groceries", 6, 900, 5_200),
        Habit(
            _CHECKING,
            ("Chipotle", "Whataburger", "Taco Cabana"),
            "dining",
            9,
            690,
            2_100,
            weekend=1.8,
        ),
        Habit(_CHECKING, ("Starbucks", "Campus Coffee"), "dining", 8, 325, 890),
        Habit(_CHECKING, ("Uber", "Capital Metro"), "transport", 5, 250, 2_300, weekend=1.8),
        Habit(_CHECKING, ("Amazon", "Campus Store"), "shopping", 2.5, 899, 6_400),
        Habit(_CHECKING, ("Steam", "Alamo Drafthouse"), "entertainment", 2, 599, 3_900, weekend=2),
        Habit(_CHECKING, ("Cash withdrawal",), "cash", 1, 2_000, 6_000, kind="cash"),
    ),
    standing=(Standing(_CHECKING, _SAVINGS, 11, 2_500),),
    mishaps=(
        Mishap(_CHECKING, 44, "Minimum balance fee", -1_200, "fee", "fees", merchant=False),
        Mishap(_CHECKING, 75, "Minimum balance fee", -1_200, "fee", "fees", merchant=False),
        Mishap(_CHECKING, 63, "Out-of-network ATM fee", -350, "fee", "fees", merchant=False),
        Mishap(_CHECKING, 160, "Out-of-network ATM fee", -350, "fee", "fees", merchant=False),
        Mishap(_CHECKING, 29, "Amazon", -2_349, "card", "shopping"),
        Mishap(_CHECKING, 21, "Amazon", 2_349, "refund", "shopping"),
        Mishap(_CHECKING, 85, "Hillside College tuition", -61_500, "direct_debit", "education"),
    ),
    pending=(
        Pending(_CHECKING, 3, "Chipotle", 1_345, "dining"),
        Pending(_CHECKING, 9, "Uber", 1_187, "transport"),
    ),
    payments=(PayeePayment("tom", _CHECKING, 18, 4_250, "utilities"),),
    returns=(4, 12),
    payday_spree=0.7,
)
