"""A word that ends in a stop ends its sentence as well."""

from fulfillment.replies.speech import words_in


def test_a_sentence_that_ends_in_pm_has_one_stop() -> None:
    said = words_in("es_US", "common.wait_until", until="a las 2:00 p.m.")
    assert said.endswith(" 2:00 p.m.")
