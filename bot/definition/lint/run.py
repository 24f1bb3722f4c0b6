"""Asks every rule about an export and sorts what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.definition.lint import (
    archive,
    cloud,
    composites,
    contexts,
    flow,
    limits,
    locales,
    naming,
    security,
    slot_collisions,
    slot_types,
    slots,
    structure,
    utterances,
)
from bot.definition.lint.findings import ERROR, WARNING, Finding, Rule
from bot.definition.lint.subject import Subject, subject_of
from bot.definition.reading import Export, read_export

_FAMILIES = (
    archive, naming, structure, utterances, slot_collisions, slots, composites, slot_types,
    flow, contexts, limits, locales, security, cloud,
)  # fmt: skip

RULES: tuple[Rule, ...] = tuple(rule for family in _FAMILIES for rule in family.RULES)
"""Every rule, by family."""


@dataclass(frozen=True, slots=True)
class Report:
    """What is wrong with a definition, in the order of its files, and how many files there are."""

    findings: tuple[Finding, ...]
    files: int

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == ERROR]

    @property
    def warnings(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == WARNING]

    def without(self, codes: Sequence[str]) -> Report:
        """The report without the warnings of these codes; errors cannot be put aside."""
        kept = (f for f in self.findings if f.severity == ERROR or f.code not in codes)
        return Report(tuple(kept), self.files)


def lint(path: Path, password: str | None = None) -> Report:
    """Lint the export at `path`. Raises `DefinitionError` when it cannot be read at all."""
    return lint_export(read_export(path, password))


def lint_export(export: Export) -> Report:
    return Report(tuple(findings_on(subject_of(export))), len(export.files))


def findings_on(subject: Subject) -> list[Finding]:
    """Every broken rule, in the order of files, errors before warnings in each."""
    found = {
        Finding(rule.severity, rule.code, fault.at, fault.message)
        for rule in RULES
        for fault in rule.check(subject)
    }
    return sorted(
        found,
        key=lambda f: (str(f.at.file), f.severity != ERROR, _order(f), f.code, f.message),
    )


def _order(finding: Finding) -> tuple[tuple[int, int, str], ...]:
    """Keys as they are counted: entry 10 comes after entry 9."""
    return tuple(
        (0, key, "") if isinstance(key, int) else (1, 0, str(key)) for key in finding.at.keys
    )
