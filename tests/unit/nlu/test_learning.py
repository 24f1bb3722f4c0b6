import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.calibration import Scale, fit_scale
from bot.nlu.classifier import Linear
from bot.nlu.features import Terms, TfIdf, terms, without_figures
from bot.nlu.meaning import Floats
from bot.nlu.nearest import Nearest
from bot.nlu.spelling import Spelling


def lesson(tfidf: TfIdf, word: str, label: int) -> tuple[Terms, Floats, int]:
    return tfidf.terms([word, "pet"]), np.zeros(2, np.float32), label


def test_a_classifier_learns_what_tells_two_labels_apart() -> None:
    tfidf = TfIdf.learn([["meow", "pet"], ["woof", "pet"]])
    linear = Linear.blank(("cat", "dog"), len(tfidf.rows), 2)
    linear.learn([lesson(tfidf, "meow", 0), lesson(tfidf, "woof", 1)], passes=5)
    cat, dog = linear.margins(tfidf.terms(["meow"]), np.zeros(2, np.float32))
    assert cat > 0.5 > dog


def test_a_classifier_learns_from_meaning_where_no_word_is_shared() -> None:
    tfidf = TfIdf.learn([["freeze"], ["balance"]])
    linear = Linear.blank(("card", "money"), len(tfidf.rows), 2)
    cold, rich = np.array([1, 0], np.float32), np.array([0, 1], np.float32)
    linear.learn(
        [(tfidf.terms(["freeze"]), cold, 0), (tfidf.terms(["balance"]), rich, 1)], passes=5
    )
    card, money = linear.margins(tfidf.terms(["lock"]), cold)
    assert card > 0.5 > money


def test_the_nearest_sample_of_each_label_counts() -> None:
    samples = np.array([[1, 0], [0, 1], [-1, 0]], np.float32)
    nearest = Nearest.of(samples, [1, 0, 1], 2)
    assert nearest.likeness(np.array([1, 0], np.float32)).tolist() == [0.0, 1.0]


def test_many_utterances_at_once_are_as_like_the_samples_as_each_by_itself() -> None:
    dice = np.random.default_rng(3)
    nearest = Nearest.of(dice.standard_normal((9, 4)).astype(np.float32), [0, 1, 2] * 3, 3)
    asked = dice.standard_normal((300, 4)).astype(np.float32)
    at_once = list(nearest.likenesses(asked))
    assert len(at_once) == len(asked)
    np.testing.assert_allclose(at_once, [nearest.likeness(one) for one in asked], atol=1e-5)
    nothing = Nearest(np.zeros((0, 4), np.float32), np.zeros(0, np.intp))
    assert [one.size for one in nothing.likenesses(asked[:2])] == [0, 0]


def test_unknown_terms_make_the_known_part_of_an_utterance_weaker() -> None:
    tfidf = TfIdf.learn([["pay", "bill"], ["pay", "rent"]])
    plain, strange = tfidf.terms(["pay"]), tfidf.terms(["pay", "quux", "zorg"])
    assert plain.values.tolist() == [1.0]
    assert strange.values[0] < 0.5
    assert strange.rows.tolist() == plain.rows.tolist()


def test_an_utterance_without_a_known_term_is_read_as_nothing() -> None:
    assert TfIdf.learn([["pay"]]).terms(["quux"]).values.tolist() == []
    assert TfIdf.learn([["pay"]]).terms([]).values.tolist() == []


def test_figures_are_alike_unless_the_bot_means_that_number() -> None:
    words = ["send", "$50", "form", "1099", "1.5k"]
    assert without_figures(words, {"1099"}) == ["send", "$#", "form", "1099", "#k"]


def test_terms_cross_word_borders_so_that_blanks_matter_little() -> None:
    assert set(terms(["whole", "foods"])) & set(terms(["wholefoods"])) >= {"whol", "food", "oods"}


def test_nearly_all_held_out_utterances_reach_the_threshold() -> None:
    held_out = [(3 + margin / 10, margin > 20) for margin in range(1, 101)]
    scale = fit_scale(held_out)
    assert sum(scale.score(margin) >= 0.4 for margin, _ in held_out) >= 95
    assert scale.score(1.0) < 0.4


def test_doubt_begins_at_a_share_of_the_usual_margin_when_samples_are_all_alike() -> None:
    scale = fit_scale([(10.0, True)] * 50)
    assert scale.score(4.7) > 0.4 > scale.score(4.5)


def test_too_few_utterances_keep_the_usual_scale() -> None:
    assert fit_scale([(1.0, True)] * 3) == Scale()


@given(st.floats(-1e6, 1e6))
def test_a_score_is_between_nothing_and_one(margin: float) -> None:
    assert 0 <= Scale().score(margin) <= 1


def test_a_slip_finds_its_word_and_a_short_word_is_left_alone() -> None:
    spelling = Spelling(["transfer", "balance", "save", "unfreeze", "checking"])
    assert [spelling.correct(w) for w in ("trasnfer", "blance", "unfreze", "chekcing")] == [
        "transfer",
        "balance",
        "unfreeze",
        "checking",
    ]
    assert [spelling.correct(w) for w in ("dave", "lance", "valance", "")] == [
        "dave",
        "lance",
        "valance",
        "",
    ]


def test_a_slip_that_could_be_two_words_is_left_alone() -> None:
    assert Spelling(["loans", "loams"]).correct("loafs") == "loafs"
