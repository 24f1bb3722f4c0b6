import pytest

from fulfillment.bank.rights import Right, right_in


@pytest.mark.parametrize(
    "said",
    [
        "there's an unauthorized charge on my card",
        "These transactions were fraudulent!",
        "I dispute that",
        "I’m disputing the Shell payment",
        "i did not authorize this",
        "I want to formally dispute it",
        "this is a notice under Regulation E",
    ],
)
def test_a_notice_of_an_error_is_heard_in_any_words(said: str) -> None:
    assert right_in(said, "en_US") is Right.DISPUTE


@pytest.mark.parametrize(
    "said", ["I want to file a formal complaint", "i'm filing a complaint", "I'll go to the CFPB"]
)
def test_a_complaint_is_heard(said: str) -> None:
    assert right_in(said, "en_GB") is Right.COMPLAINT


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("hay un cargo no autorizado en mi tarjeta", Right.DISPUTE),
        ("no reconozco ese pago", Right.DISPUTE),
        ("quiero presentar una queja", Right.COMPLAINT),
    ],
)
def test_rights_are_heard_in_spanish(said: str, right: Right) -> None:
    assert right_in(said, "es_US") is right


@pytest.mark.parametrize(
    "said",
    [
        "what about my dispute",
        "status of my complaint",
        "send 20 to anna",
        "who authorized you",
        "",
    ],
)
def test_other_words_invoke_nothing(said: str) -> None:
    assert right_in(said, "en_US") is None


def test_a_language_without_patterns_hears_nothing() -> None:
    assert right_in("unauthorized charge", "ja_JP") is None
