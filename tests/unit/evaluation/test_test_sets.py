import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.labelled import read_test_set
from bot.evaluation.labels import read_labels
from bot.evaluation.test_set import (
    AgentRow,
    Conversation,
    Expected,
    TestSet,
    TestSetError,
    UserRow,
)
from bot.evaluation.workbench import read_workbench, write_workbench

WORKBENCH = """\
Line #,Conversation #,Source,Input,Expected Output Intent,Expected Output Slot 1,\
expected output slot 2,Session Attribute,Input Context Tag,RunTime Hint
1,N/A,User,I want roses,OrderFlowers,Flower = roses,,,,
2,1,User,book a car,BookCar,,,tier = gold,arrived,BookCar.Colour = crimson
3,1,Agent,Which colour?,,,,,,
4,1,User,red on tomorrow,BookCar,Car.Color = red,Date = tomorrow,,,
"""


def written(tmp_path: Path, text: str, name: str = "set.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_workbench_file_gives_singles_and_conversations_in_order(tmp_path: Path) -> None:
    single, talk = read_test_set(written(tmp_path, WORKBENCH)).conversations
    assert single.is_single
    assert single.rows == (
        UserRow(2, "I want roses", Expected(("OrderFlowers",), {"Flower": ("roses",)})),
    )
    assert talk.name == "1"
    assert talk.rows[0] == UserRow(
        3,
        "book a car",
        Expected(("BookCar",)),
        ("arrived",),
        {"tier": "gold"},
        {},
        {"BookCar": {"Colour": ("crimson",)}},
    )
    assert talk.rows[1] == AgentRow(4, "Which colour?")
    last = talk.rows[2]
    assert isinstance(last, UserRow)
    assert last.expected.slots == {"Car.Color": ("red",), "Date": ("tomorrow",)}


def test_the_aliases_of_headings_are_understood(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "line number,CONVERSATION NUMBER,Conversation Participant,input,Expected Output Intent\n"
        "1,7,User,hello,Greet\n",
    )
    assert read_workbench(path).conversations[0].name == "7"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Source,Input\nRobot,hello\n", "line 2: the source is 'robot'"),
        ("Source,Input\nUser,\n", "has 0"),
        (f"Source,Input\nUser,{'x' * 1025}\n", "has 1025"),
        ("Source,Input,Session Attribute\nUser,hello,oops\n", "name = value"),
        ("Source,Input,RunTime Hint\nUser,hello,Slot = x\n", "Intent.Slot = phrase"),
        ("Source,Input,S3 Audio Location\nUser,hello,s3://a/b\n", "audio test set"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_with_its_line(
    tmp_path: Path, text: str, why: str
) -> None:
    with pytest.raises(TestSetError, match=why):
        read_workbench(written(tmp_path, text))


def test_labelled_utterances_come_from_csv_and_from_json_lines(tmp_path: Path) -> None:
    csv = written(tmp_path, "utterance,intent\nhello there,Greet\n")
    lines = written(tmp_path, '{"text": "hello there", "intent": "Greet"}\n\n', "set.jsonl")
    for path in (csv, lines):
        (talk,) = read_test_set(path).conversations
        assert [(r.text, r.expected.intents) for r in talk.rows if isinstance(r, UserRow)] == [
            ("hello there", ("Greet",))
        ]


def test_a_table_of_labels_says_what_is_claimed_and_what_is_right(tmp_path: Path) -> None:
    labels = written(
        tmp_path, "label,intent\ntransfer,SendMoney\ntransfer,TransferMoney\n", "l.csv"
    )
    rows = written(tmp_path, "text,intent\nmove it,transfer\nweather,oos\n")
    (talk,) = read_test_set(rows, read_labels(labels)).conversations
    (row,) = talk.rows
    assert isinstance(row, UserRow)
    assert row.expected.intents == ("SendMoney", "TransferMoney")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "utterance\nhello\n"),
        ("a.jsonl", "[1]\n"),
        ("a.jsonl", "not json\n"),
        ("a.csv", "utterance,intent\n"),
    ],
)
def test_a_file_of_another_kind_is_refused_by_name(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(TestSetError, match=name):
        read_test_set(written(tmp_path, text, name))


def test_a_file_that_is_absent_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(TestSetError, match=r"none\.csv"):
        read_test_set(tmp_path / "none.csv")


words = st.text(st.characters(codec="utf-8", categories=["L", "N", "P"]), min_size=1, max_size=12)
names = st.from_regex(r"[A-Za-z]{1,10}", fullmatch=True)


@st.composite
def user_rows(draw: st.DrawFn) -> UserRow:
    return UserRow(
        0,
        draw(words),
        Expected(
            (draw(names),),
            {name: (draw(words),) for name in draw(st.lists(names, max_size=3))},
            tuple(draw(st.lists(names, max_size=2))),
        ),
        tuple(draw(st.lists(names, max_size=2))),
        draw(st.dictionaries(names, words, max_size=2)),
        draw(st.dictionaries(names, words, max_size=2)),
        {draw(names): {draw(names): tuple(draw(st.lists(words, min_size=1, max_size=2)))}},
    )


@given(st.lists(user_rows(), min_size=1, max_size=4), st.booleans())
def test_what_is_written_for_the_workbench_is_read_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, rows: list[UserRow], is_dialog: bool
) -> None:
    talks = (
        (Conversation(tuple(rows), "1"),) if is_dialog else tuple(Conversation((r,)) for r in rows)
    )
    file = io.StringIO(newline="")
    write_workbench(TestSet(talks), file)
    path = tmp_path_factory.mktemp("set") / "set.csv"
    path.write_text(file.getvalue(), encoding="utf-8", newline="")
    assert unnumbered(read_workbench(path)) == unnumbered(TestSet(talks))


def unnumbered(test_set: TestSet) -> list[tuple[str | None, list[object]]]:
    return [
        (talk.name, [(type(r), r.text, r.expected, r.contexts, r.session_attributes,
                      r.request_attributes, r.hints) for r in talk.rows if isinstance(r, UserRow)])
        for talk in test_set.conversations
    ]  # fmt: skip
