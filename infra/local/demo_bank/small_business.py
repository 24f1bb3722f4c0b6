"""Elias: a bicycle workshop with two employees, its cards and its owner's own account."""

from datetime import date

from fulfillment.bank.books import AccountKind
from infra.local.demo_bank.life import (
    HEATING,
    AccountPlan,
    CardPlan,
    Habit,
    HeldPayment,
    Life,
    Mishap,
    PayeePayment,
    PayeePlan,
    Pending,
    Recurring,
    Standing,
)

_BUSINESS, _PERSONAL, _RESERVE, _CARD = "biz", "chk", "res", "bizmc"

ELIAS = Life(
    customer_id="elias",
    number="84651290",
    phone="+13125550188",
    name="Elias Novak",
    short_name="Elias",
    description="Runs a bicycle workshop in Denver: suppliers, wages, card takings",
    time_zone="America/Denver",
    born=date(1979, 11, 19),
    accounts=(
        AccountPlan(_BUSINESS, AccountKind.CHECKING, "Business Checking", "5005", 880_000),
        AccountPlan(_PERSONAL, AccountKind.CHECKING, "Personal Checking", "5013", 95_000),
        AccountPlan(_RESERVE, AccountKind.SAVINGS, "Business Reserve Savings", "5021", 1_450_000),
        AccountPlan("eur", AccountKind.SAVINGS, "Euro Account", "5047", 620_000, currency="EUR"),
        AccountPlan(_CARD, AccountKind.CREDIT_CARD, "Business Mastercard", "5039", limit=1_500_000),
    ),
    cards=(
        CardPlan("biz-debit", _BUSINESS, "debit", "Visa business debit", "7001"),
        CardPlan("debit", _PERSONAL, "debit", "Visa debit", "7019"),
        CardPlan("credit", _CARD, "credit", "Mastercard business credit", "5039"),
    ),
    payees=(
        PayeePlan(
            "spokes", "Front Range Spokes", "my supplier", "Mile High Bank", "107000327-330981"
        ),
        PayeePlan("sofia", "Sofia Reyes", None, "Summit Bank", "125000105-2210945"),
        PayeePlan("noah", "Noah Kim", None, "Mile High Bank", "107000327-874410"),
        PayeePlan(
            "landlord",
            "Larimer Street Properties",
            "my landlord",
            "Harbor Trust",
            "021000089-3300118",
        ),
    ),
    recurring=(
        Recurring(_BUSINESS, 2, "Larimer Street Properties", -324_000, "direct_debit", "housing"),
        Recurring(_BUSINESS, 15, "Wages Sofia Reyes", -238_500, "payment", "business", False),
        Recurring(_BUSINESS, 15, "Wages Noah Kim", -211_000, "payment", "business", False),
        Recurring(_BUSINESS, 20, "Payroll tax", -98_700, "payment", "business", False, 4_000),
        Recurring(
            _BUSINESS,
            9,
            "Xcel Energy",
            -21_800,
            "direct_debit",
            "utilities",
            jitter=6_200,
            seasons=HEATING,
        ),
        Recurring(_BUSINESS, 16, "Tradewell Insurance", -41_250, "direct_debit", "insurance"),
        Recurring(_BUSINESS, 28, "Account fee", -1_500, "fee", "fees", merchant=False),
        Recurring(
            _CARD, 5, "ShopLedger", -4_900, "card", "business", raised_in=7, raised_to=-5_900
        ),
        Recurring(_CARD, 18, "Google Workspace", -3_600, "card", "business"),
        Recurring(_PERSONAL, 4, "Aspen Grove Mortgage", -187_000, "direct_debit", "housing"),
        Recurring(_PERSONAL, 22, "Verizon", -8_500, "direct_debit", "utilities"),
        Recurring(_RESERVE, 28, "Interest earned", 4_100, "interest", "income", False, 200),
    ),
    habits=(
        Habit(
            _BUSINESS, ("Card takings",), "income", 26, -92_000, -28_000, kind="salary", weekend=1.5
        ),
        Habit(_BUSINESS, ("Front Range Spokes", "Shimano Parts"), "business", 7, 12_000, 168_000),
        Habit(_CARD, ("Home Depot", "Staples", "Amazon"), "business", 6, 1_800, 24_500),
        Habit(_CARD, ("Shell", "Conoco"), "transport", 4, 3_400, 7_900),
        Habit(_PERSONAL, ("King Soopers", "Costco"), "groceries", 7, 1_900, 16_400, weekend=1.7),
        Habit(_PERSONAL, ("Illegal Pete's", "Snooze", "Starbucks"), "dining", 8, 650, 6_200),
        Habit(_PERSONAL, ("REI", "Target"), "shopping", 2, 1_900, 18_900),
        Habit(_PERSONAL, ("Cash withdrawal",), "cash", 1, 4_000, 20_000, kind="cash"),
    ),
    standing=(
        Standing(_BUSINESS, _PERSONAL, 3, 420_000),
        Standing(_BUSINESS, _CARD, 26, clears_card=True),
        Standing(_BUSINESS, _RESERVE, 27, 60_000),
    ),
    mishaps=(
        Mishap(_CARD, 24, "Amazon", -8_650, "card", "business"),
        Mishap(_CARD, 19, "Amazon", 8_650, "refund", "business"),
        Mishap(_CARD, 11, "Staples", -4_415, "card", "business", twice=True),
        Mishap(_BUSINESS, 33, "Returned item fee", -3_500, "fee", "fees", merchant=False),
    ),
    pending=(
        Pending(_CARD, 4, "Shimano Parts", 42_700, "business"),
        Pending(_PERSONAL, 10, "King Soopers", 9_340, "groceries"),
    ),
    held=(
        HeldPayment(_BUSINESS, 6, "noah", 26_000),
        HeldPayment(_BUSINESS, 3, "spokes", 48_500),
    ),
    payments=(PayeePayment("spokes", _BUSINESS, 11, 186_000, "business"),),
    returns=(4, 9, 14),
)
