from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.calibration import Scale, fit_scale
from bot.nlu.classifier import Linear
from bot.nlu.features import VALUE_SCALE, TfIdf, terms, without_figures
from bot.nlu.lanes import LIMIT, Lanes
from bot.nlu.spelling import Spelling


@given(st.lists(st.integers(-LIMIT, LIMIT), min_size=1, max_size=20))
def test_lanes_give_back_what_was_packed(numbers: list[int]) -> None:
    lanes = Lanes(len(numbers))
    assert lanes.unpack(lanes.pack(numbers)) == numbers


@given(
    st.lists(st.tuples(*[st.integers(-(10**6), 10**6)] * 3), min_size=1, max_size=10),
    st.lists(st.integers(-1000, 1000), min_size=10, max_size=10),
)
def test_lanes_multiply_and_add_as_each_number_would(
    rows: list[tuple[int, int, int]], factors: list[int]
) -> None:
    lanes = Lanes(3)
    total = sum(factor * lanes.pack(row) for factor, row in zip(factors, rows, strict=False))
    expected = [sum(f * row[i] for f, row in zip(factors, rows, strict=False)) for i in range(3)]
    assert lanes.unpack(total) == expected


def test_a_classifier_learns_what_tells_two_labels_apart() -> None:
    linear = Linear(("cat", "dog"))
    rows = [({"meow": 4000, "pet": 900}, 0), ({"woof": 4000, "pet": 900}, 1)]
    linear.learn(rows, passes=5)
    cat, dog = linear.margins({"meow": 4096})
    assert cat > 0.5 > dog


def test_unknown_terms_make_the_known_part_of_an_utterance_weaker() -> None:
    tfidf = TfIdf.learn([["pay", "bill"], ["pay", "rent"]])
    plain, strange = tfidf.vector(["pay"]), tfidf.vector(["pay", "quux", "zorg"])
    assert plain["pay"] == VALUE_SCALE
    assert strange["pay"] < plain["pay"] / 2
    assert "quux" not in strange


def test_figures_are_alike_unless_the_bot_means_that_number() -> None:
    words = ["send", "$50", "form", "1099", "1.5k"]
    assert without_figures(words, {"1099"}) == ["send", "$#", "form", "1099", "#k"]


def test_terms_cross_word_borders_so_that_blanks_matter_little() -> None:
    assert set(terms(["whole", "foods"])) & set(terms(["wholefoods"])) >= {"whol", "food", "oods"}


def test_nearly_all_held_out_utterances_reach_the_threshold() -> None:
    held_out = [(margin / 10, margin > 20) for margin in range(1, 101)]
    scale = fit_scale(held_out)
    assert sum(scale.score(margin) >= 0.4 for margin, _ in held_out) >= 94
    assert sum(scale.score(margin) < 0.4 for margin, _ in held_out) >= 3


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
