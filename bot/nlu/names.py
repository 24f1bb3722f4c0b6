"""People's names as customers type them: frequent first names, and what a name looks like."""

from __future__ import annotations

import re
from collections.abc import Sequence

FIRST_NAMES = frozenset(
    "aaron adam adrian aisha alan alba alejandro alex alexander alexandra ali alice alicia alison"
    " amanda amelia amir amy ana andrea andrew andy angela anil anita ann anna anne anthony antonio"
    " anya ashley austin barbara ben benjamin beth betty bill bob brandon brenda brian bruce camila"
    " carl carla carlos carmen carol caroline catherine charles charlie charlotte chen chloe chris"
    " christian christina christine christopher claire clara cynthia dan daniel daniela danielle"
    " dave david deborah dennis derek diana diane diego dmitri donald donna dorothy doug edward"
    " elena"
    " eli elizabeth ella ellen emily emma eric erin ethan eva evelyn fatima felix fernando frances"
    " francisco frank fred gabriel gary george gloria grace greg gregory hannah harold harry hassan"
    " heather helen henry hugo ian ibrahim irene isaac isabel isabella ivan jack jackie jacob jake"
    " james jamie jan jane janet jason javier jay jean jeff jeffrey jennifer jenny jeremy jerry"
    " jessica jill jim joan joe joel john johnny jon jonathan jordan jorge jose joseph josh joshua"
    " juan judith judy julia julian julie justin karen karl kate katherine kathleen kathryn katie"
    " keith kelly ken kenneth kevin kim kyle larry laura lauren lee leo liam linda lisa logan louis"
    " lucas lucia lucy luis luke madison manuel marco marcus margaret maria marie marilyn mario"
    " mark"
    " martha martin mary mason matt matthew megan mei melissa mia michael michelle miguel mike"
    " mohammed monica nancy natalie nathan nicholas nick nicole nina noah nora oliver olivia omar"
    " oscar pablo pamela patricia patrick paul paula pedro peter philip phillip priya rachel rafael"
    " raj ralph ramon raymond rebecca ricardo richard rick rita rob robert roberto roger ron ronald"
    " rosa rose roy ruth ryan sam samantha samuel sandra sara sarah scott sean sergio sharon"
    " shirley"
    " simon sofia sophia sophie stephanie stephen steve steven stuart sue susan tara ted teresa"
    " terry theresa thomas tim timothy tina todd tom tony tracy tyler valentina vanessa veronica"
    " victor victoria vincent virginia walter wayne wei wendy will william yolanda yusuf zach"
    " zoe".split()
)
"""Frequent in the English-speaking world; anything else is still read when it stands for a name."""

_PARTICLES = frozenset("de del la las los da dos van von der den di st mac".split())
_NAME = re.compile(r"[^\W\d_][^\W\d_'.-]*(?:[ '-][^\W\d_][^\W\d_'.-]*\.?){0,3}")


def looks_like_a_name(text: str) -> bool:
    """One to four words of letters."""
    return _NAME.fullmatch(text) is not None


def with_particles(tokens: Sequence[str], start: int) -> int:
    """Where a last name begins whose first word that says something is at `start`: "de la Cruz"."""
    while start > 0 and tokens[start - 1] in _PARTICLES:
        start -= 1
    return start
