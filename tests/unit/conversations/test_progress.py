from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fulfillment.conversations.progress import (
    ATTRIBUTE,
    KEPT_FOR,
    MAX_TASKS,
    Progress,
    Task,
    read,
    write,
)

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
PAYMENT = Task("SendMoney", {"amount": "50", "payee": "Anna"}, "sourceAccount")
FREEZE = Task("FreezeCard", {}, "card")


def kept(progress: Progress) -> dict[str, str]:
    attributes: dict[str, str] = {}
    write(progress, attributes, NOW)
    return attributes


def test_progress_reads_back_as_it_was_written() -> None:
    progress = Progress().question("SendMoney", "sourceAccount").begin(PAYMENT)
    assert read(kept(progress), NOW) == progress


def test_a_task_that_goes_on_is_kept_once_and_last() -> None:
    progress = Progress().begin(PAYMENT).begin(FREEZE).begin(PAYMENT)
    assert progress.tasks == (FREEZE, PAYMENT)
    assert progress.end("SendMoney").task == FREEZE


def test_no_more_tasks_are_kept_than_anybody_would_come_back_to() -> None:
    progress = Progress()
    for number in range(MAX_TASKS + 3):
        progress = progress.begin(Task(f"Task{number}", {}, "?"))
    assert len(progress.tasks) == MAX_TASKS
    assert progress.task == Task(f"Task{MAX_TASKS + 2}", {}, "?")


def test_the_same_question_counts_up_and_another_starts_anew() -> None:
    progress = Progress().question("SendMoney", "payee").question("SendMoney", "payee")
    assert progress.times == 2
    assert progress.question("SendMoney", "amount").times == 1
    assert progress.question("SendMoney", "payee", counts=False).times == 2
    assert progress.answered().question("SendMoney", "payee").times == 1


def test_a_task_is_forgotten_after_a_while() -> None:
    attributes = kept(Progress().begin(PAYMENT))
    assert read(attributes, NOW + KEPT_FOR).task == PAYMENT
    assert read(attributes, NOW + KEPT_FOR + timedelta(seconds=1)) == Progress()
    assert read(attributes, NOW - timedelta(seconds=1)) == Progress()


def test_nothing_is_written_of_nothing() -> None:
    attributes = kept(Progress().begin(PAYMENT)) | {"other": "kept"}
    write(Progress(), attributes, NOW)
    assert attributes == {"other": "kept"}


@pytest.mark.parametrize(
    "forged",
    [
        "", "null", "7", "[]", "{}", '"x"', "not json", '{"at":"2026-11-23T15:00:00+00:00"}',
        '{"asking":1,"asked":"","times":1,"tasks":[],"last":null,"at":"2026-11-23T15:00:00+00:00"}',
        '{"asking":"","asked":"","times":1,"tasks":[{"intent":"X","slots":[],"asked":""}],'
        '"last":null,"at":"2026-11-23T15:00:00+00:00"}',
        '{"asking":"","asked":"","times":1,"tasks":[],"last":null,"at":"2026-11-23T15:00:00"}',
    ],
)  # fmt: skip
def test_an_attribute_that_somebody_else_wrote_is_as_if_there_were_none(forged: str) -> None:
    assert read({ATTRIBUTE: forged}, NOW) == Progress()


@given(st.text(max_size=300))
def test_no_text_makes_reading_fail(text: str) -> None:
    read({ATTRIBUTE: text}, NOW)


@given(
    st.lists(
        st.builds(
            Task,
            st.text(max_size=2000),
            st.dictionaries(st.text(max_size=200), st.text(max_size=2000), max_size=20),
            st.text(max_size=200),
        ),
        max_size=10,
    )
)
def test_however_much_was_kept_little_is_read(tasks: list[Task]) -> None:
    read_back = read(kept(Progress(tasks=tuple(tasks))), NOW)
    assert len(read_back.tasks) <= MAX_TASKS
    for task in read_back.tasks:
        assert len(task.slots) <= 8
        assert all(len(word) <= 120 for pair in task.slots.items() for word in pair)


def test_a_task_that_was_offered_still_waits_but_is_not_offered_again() -> None:
    task = Task("SendMoney", {}, "amount")
    offered = read(kept(Progress(tasks=(task,)).offer(task, "ContinueTask")), NOW)
    assert offered.task is not None
    assert offered.waiting is None


def test_a_task_that_is_begun_anew_may_be_offered_again() -> None:
    task = Task("SendMoney", {}, "amount")
    assert Progress(tasks=(task,)).offer(task, "ContinueTask").begin(task).waiting == task
