import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from bot.evaluation.baseline import baseline_of, read_baseline, regressions, write_baseline
from bot.evaluation.figures import confusions, intent_figures, summary
from bot.evaluation.growth import worth_adding
from bot.evaluation.hearing import Heard
from bot.evaluation.heat_map import heat_map
from bot.evaluation.judging import ConversationResult, judge
from bot.evaluation.report import as_html, as_text, proposals_as_text
from bot.evaluation.test_set import AgentRow, Conversation, TestSetError
from tests.unit.evaluation.rows import heard_as, result, row, single

ROWS = [
    result("what do I have", "CheckBalance", "CheckBalance"),
    result("how much is left", "CheckBalance", "CheckBalance", 0.5),
    result("am I broke", "CheckBalance", "FallbackIntent", None),
    result("move 5", "TransferMoney", "SendMoney"),
]
RESULTS = [single(judged) for judged in ROWS]


def test_precision_and_recall_are_counted_for_each_intent() -> None:
    figures = {f.intent: (f.wanted, f.given, f.right) for f in intent_figures(ROWS)}
    assert figures == {
        "CheckBalance": (3, 2, 2),
        "FallbackIntent": (0, 1, 0),
        "SendMoney": (0, 1, 0),
        "TransferMoney": (1, 0, 0),
    }
    balance = intent_figures(ROWS)[0]
    assert (balance.precision, balance.recall, balance.f1) == (1.0, 0.6667, 0.8)


def test_the_summary_leaves_refused_turns_out_of_the_rates_and_names_them() -> None:
    broken = single(judge(row("x", "Help", amount="1"), Heard(error="Boom: why")))
    found = summary([*RESULTS, broken], 0.4)
    assert found["intent_accuracy"] == 0.5
    assert found["slot_accuracy"] is None
    assert found["conversation_success"] is None
    assert found["errors"] == {"Boom: why": 1}
    assert found["end_to_end"] == {"matched": 2, "mismatched": 2, "errors": 1}
    assert json.dumps(found)


def test_the_first_three_candidates_count_for_the_second_rate() -> None:
    near = judge(row("x", "Other"), heard_as("SendMoney"))
    assert summary([single(near)], 0.4)["top3_accuracy"] == 1.0
    assert summary(RESULTS, 0.4)["top3_accuracy"] == 0.5


def test_a_conversation_succeeds_only_as_a_whole() -> None:
    talk = Conversation((ROWS[0].row, AgentRow(2, "Good day."), ROWS[3].row), "1")
    good = ConversationResult(Conversation((ROWS[0].row,), "2"), (ROWS[0],))
    found = summary([ConversationResult(talk, (ROWS[0], ROWS[3])), good], 0.4)
    assert found["conversation_success"] == 0.5


def test_confusions_come_with_examples_the_most_frequent_first() -> None:
    again = result("shift 5", "TransferMoney", "SendMoney")
    first = confusions([*ROWS, again])[0]
    assert (first.expected, first.actual, first.count) == ("TransferMoney", "SendMoney", 2)
    assert first.examples == ("move 5", "shift 5")


def test_one_voice_speaks_for_rows_worded_alike_and_conflicts_are_named() -> None:
    rows = [
        result("please block my account now", "Freeze", "FallbackIntent", None),
        result("block my account now", "Freeze", "FallbackIntent", None),
        result("hold it", "Freeze", "Other"),
        result("freeze it", "Freeze", "Freeze", 0.42),
        result("freeze the card", "Freeze", "Freeze", 0.9),
        result("Freeze this!", "Freeze", "Other"),
    ]
    samples = {"Freeze": ["freeze this"], "Wait": ["hold it"]}
    found = worth_adding(rows, samples, barely=0.55)
    assert [(p.utterance, p.speaks_for, p.conflict) for p in found] == [
        ("block my account now", 2, None),
        ("freeze it", 1, None),
        ("hold it", 1, "Wait"),
    ]
    assert "it is a sample of Wait" in proposals_as_text(found)
    assert proposals_as_text([]) == "Nothing to add.\n"


def test_a_row_that_was_right_must_stay_right(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    write_baseline(path, baseline_of(summary(RESULTS, 0.4), RESULTS))
    before = read_baseline(path)
    assert regressions(before, summary(RESULTS, 0.4), RESULTS) == []
    worse = [single(result("what do I have", "CheckBalance", "Help")), *RESULTS[1:]]
    told = regressions(before, summary(worse, 0.4), worse)
    assert told == [
        "intent_accuracy fell from 0.5000 to 0.2500",
        "top3_accuracy fell from 0.5000 to 0.2500",
        "'what do I have' was right before",
    ]


@pytest.mark.parametrize("text", ["[]", "{", '{"rates": {}}'])
def test_a_file_that_is_no_baseline_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TestSetError, match="not a baseline"):
        read_baseline(path)


def test_the_picture_is_well_formed_and_tells_each_cell() -> None:
    picture = ET.fromstring(heat_map({("A<b", "A<b"): 3, ("A<b", "C"): 1}))  # noqa: S314
    titles = [element.text for element in picture.iter("{http://www.w3.org/2000/svg}title")]
    assert "A<b, heard as C: 1" in titles
    assert "Confusion matrix of 2 intents, 1 rows off the diagonal" in titles


def test_the_reports_escape_what_customers_wrote() -> None:
    nasty = single(result("<script>alert(1)</script>", "Help", "Other"))
    found = summary([nasty], 0.4)
    page = as_html("Bot", found, [nasty], worth_adding(nasty.rows, {}, 0.5))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "Help heard as Other" in as_text(found, [nasty])
