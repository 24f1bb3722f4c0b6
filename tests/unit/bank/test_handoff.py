from fulfillment.bank.handoff import HandOff

AT_A_PAYMENT = HandOff(
    locale="en_US",
    channel="web",
    level=2,
    task="SendMoney",
    known={"amount": "50", "payee": "Anna Lindqvist", "sourceAccount": "checking"},
    asked="payee",
    times=3,
)


def test_a_packet_says_what_was_wanted_and_how_far_it_was() -> None:
    assert AT_A_PAYMENT.summary == (
        "wants to talk to a person; was at SendMoney (amount: 50, sourceAccount: checking),"
        " asked for payee 3 times"
    )


def test_a_packet_names_nobody() -> None:
    packet = f"{AT_A_PAYMENT.as_json()} {AT_A_PAYMENT.summary}"
    assert "Anna" not in packet


def test_a_packet_of_misses_says_how_many() -> None:
    lost = HandOff(locale="en_US", channel="sms", level=2, misses=2)
    assert lost.summary == "wants to talk to a person; 2 sentences in a row not understood"


def test_a_packet_of_nothing_says_only_who_is_wanted() -> None:
    assert HandOff("en_US", "web", 2).summary == "wants to talk to a person"
