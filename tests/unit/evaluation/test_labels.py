import json
from pathlib import Path

import pytest

from bot.evaluation.labelled import read_test_set
from bot.evaluation.labels import Labels, right_for
from bot.evaluation.openings import opening
from bot.evaluation.test_set import TestSetError, UserRow

TABLE: Labels = {
    "greet": ("Welcome",),
    "card+": ("Cards",),
    "balance+": ("CheckBalance",),
    "card+pin+": ("ChangePin",),
    "loan+": ("-",),
}


def test_a_label_without_a_plus_at_its_end_wants_no_other_beside_it() -> None:
    assert right_for(["greet"], TABLE) == ("Welcome",)
    assert right_for(["greet", "balance"], TABLE) == ("CheckBalance",)
    assert right_for(["greet", "thank"], TABLE) == ()


def test_the_entry_that_names_most_labels_decides() -> None:
    assert right_for(["pin", "card", "new"], TABLE) == ("ChangePin",)


def test_of_entries_that_name_equally_many_any_intent_is_right() -> None:
    assert set(right_for(["card", "balance"], TABLE)) == {"Cards", "CheckBalance"}


def test_a_label_that_is_left_out_is_not_claimed_by_another_of_its_size() -> None:
    assert right_for(["loan", "card"], TABLE) == ()
    assert right_for(["loan", "card", "pin"], TABLE) == ("ChangePin",)


def test_sentences_with_several_labels_are_read_from_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    rows = [{"text": "new pin", "intents": ["card", "pin"]}, {"text": "yes", "intents": []}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (talk,) = read_test_set(path, TABLE).conversations
    assert isinstance(row := talk.rows[0], UserRow)
    assert (row.text, row.expected.intents) == ("new pin", ("ChangePin",))


def test_labels_that_are_no_list_of_words_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text('{"text": "new pin", "intents": "card"}\n', encoding="utf-8")
    with pytest.raises(TestSetError, match="line 1"):
        read_test_set(path, TABLE)


def dialogue(*said: str, tasks: tuple[str, ...] = ("bank_balance",)) -> dict[str, object]:
    events = [{"agent": "Wizard", "text": "Hello, how can I help?"}]
    events += [{"agent": "User", "text": text} for text in said]
    return {"tasks": list(tasks), "events": events}


def test_a_dialogue_is_judged_by_the_first_thing_asked_in_it() -> None:
    assert opening(dialogue("Hello", "How much do I have?", "Jane")) == (
        "How much do I have?",
        "bank_balance",
    )


def test_a_dialogue_of_several_tasks_or_of_greetings_alone_says_nothing() -> None:
    assert opening(dialogue("Hello", "Hi there!")) is None
    assert opening(dialogue("How much do I have?", tasks=("bank_balance", "trivia"))) is None


def test_dialogues_are_read_from_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "star.jsonl"
    rows = [dialogue("Hi", "my balance please"), dialogue("Hello")]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (talk,) = read_test_set(path).conversations
    assert isinstance(row := talk.rows[0], UserRow)
    assert (row.line, row.text) == (1, "my balance please")
