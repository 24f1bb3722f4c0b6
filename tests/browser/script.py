"""What a Lex bot for a bank answers, for the page to show: cards, several messages, errors."""

from __future__ import annotations

from typing import Any

from tests.unit.channels.fake_lex import Answer, answer, card, lex_error, text


def with_link(address: str) -> dict[str, Any]:
    """An answer that brings a file."""
    said = answer(text("It is ready."), text(address), intent="GetStatement")
    said["requestAttributes"] |= {
        "teller-link": address, "teller-link-name": "October 2026 statement, Checking (PDF)",
    }  # fmt: skip
    return said


SCRIPT: dict[str, Answer] = {
    "hi": answer(text("Hello Amelia. What can I do for you?"), intent="Welcome"),
    "what's my balance": answer(
        text("You have four accounts. Which one?"),
        card(
            "Which account?",
            "Pick one, or ask for all of them.",
            Everyday_Checking="checking",
            Rainy_Day_Savings="savings",
            Platinum_credit_card="credit card",
            All_accounts="all accounts",
        ),
        state="InProgress",
    ),
    "savings": answer(
        text("Rainy Day Savings (••4021) has $12,480.16 available."),
        text("$12,680.16 is posted; $200.00 of it is on hold until Tuesday."),
    ),
    "show my recent transactions": answer(
        text(
            "Your last five on Everyday Checking (••7713):\n"
            "Nov 22  Whole Foods Market  −$84.12\n"
            "Nov 21  Metro Transit  −$2.90\n"
            "Nov 20  Payroll, Harbor Clinic  +$3,120.44\n"
            "Nov 19  Netflix  −$15.49 (pending)\n"
            "Nov 19  Refund, Zappos  +$62.00"
        ),
        intent="ListTransactions",
    ),
    "send 50 dollars to Anna": answer(
        text("Here is what I'm about to do."),
        card(
            "Send $50.00 to Anna Larsen",
            "From Everyday Checking (••7713), to ••9034 at First Harbor. Fee $0.00. "
            "You would have $1,204.33 left.",
            Yes_send_it="yes",
            No_stop="no",
        ),
        intent="SendMoney",
        state="InProgress",
    ),
    "yes": answer(
        text("Done: $50.00 is on its way to Anna Larsen. Receipt T-7Q4F-22KD."), intent="SendMoney"
    ),
    "no": answer(text("Nothing was sent."), intent="SendMoney", state="Failed"),
    "silence": answer(),
    "my october statement": with_link("https://files.bank.example/2026-11-23/f1.pdf?X-Sig=1"),
    "a foreign statement": with_link("https://elsewhere.example/f1.pdf"),
    "a scripted statement": with_link("javascript:document.title='taken'"),
    "<b>bold</b> & <img src=x onerror=alert(1)>": answer(
        text("I don't know <script>document.title='taken'</script>, sorry."),
        card("<i>title</i>", "{{7*7}} &amp; <u>more</u>", **{"<b>go</b>": "go"}),
    ),
    "busy": lex_error("ThrottlingException"),
    "broken": lex_error("ResourceNotFoundException"),
}
