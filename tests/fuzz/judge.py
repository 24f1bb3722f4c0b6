"""What no turn may do, whatever was said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.conversation.reply import Reply
from tests.fuzz.walker import Said
from tests.fuzz.words import Words

_MAX_SAME = 4
"""As often a question may be put in a row before ways out must stand beside it."""


@dataclass(slots=True)
class Judge:
    """Watches one session. `faults` of a turn are sentences; none is good."""

    words: Words
    question: tuple[str, ...] = ()
    times: int = 0

    def faults(self, said: Said, reply: Reply) -> Iterator[str]:
        """What is wrong with `reply`."""
        if not said.text:
            if reply.error is None or "Validation" not in reply.error:
                yield f"an empty text was not refused as invalid: {reply.error}"
            return
        if reply.error is not None:
            yield f"refused: {reply.error}"
            return
        if not reply.texts:
            yield "nothing was said"
        for text in reply.texts:
            if any(apology in text for apology in self.words.apologies):
                yield f"an apology: {text}"
            if "None" in text.replace("None of", "") or "Money(" in text or "{{ " in text:
                yield f"not for a customer's eyes: {text}"
        yield from self._dead_end(reply)
        yield from self._way_out(said, reply)

    def _dead_end(self, reply: Reply) -> Iterator[str]:
        dialog = reply.dialog
        is_question = dialog is not None and dialog.action in ("ElicitSlot", "ConfirmIntent")
        question = reply.texts[-1:] if is_question else ()
        self.times = self.times + 1 if question and question == self.question else 1
        self.question = question
        shown = {button.value for button in reply.buttons}
        if (
            is_question
            and self.times >= _MAX_SAME
            and not shown & {self.words.calling, self.words.leaving}
        ):
            yield f"asked {self.times} times in a row without a way out: {question[0]}"

    def _way_out(self, said: Said, reply: Reply) -> Iterator[str]:
        intent = reply.dialog.intent if reply.dialog else None
        # Whoever has logged out is told where a person answers who needs no proof from here.
        ways = self.words.handed_over
        if said.why == "calling" and not any(way in text for text in reply.texts for way in ways):
            yield f"a person was asked for and not given, but {intent}: {reply.texts[:1]}"
        if said.why == "leaving" and intent not in ("Cancel", "ContinueTask"):
            yield f"cancel led to {intent}: {reply.texts[:1]}"
