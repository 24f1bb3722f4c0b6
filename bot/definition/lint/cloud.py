"""Rules on what only works with another service of AWS, which an offline run does without."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.definition.lint.findings import WARNING, Fault, Rule, at
from bot.definition.lint.subject import Subject


def _intents_with(*names: str) -> Callable[[Subject], Iterator[Fault]]:
    """Intents with one of these settings or parents."""

    def check(subject: Subject) -> Iterator[Fault]:
        for _, part in subject.intents:
            key = next((name for name in names if part.raw.get(name)), None)
            if key is not None:
                yield Fault(at(part.place, key), f"{part.intent.name} needs a service of AWS.")
            elif part.intent.parent in names:
                yield Fault(
                    at(part.place, "parentIntentSignature"),
                    f"{part.intent.parent} needs a service of AWS.",
                )

    return check


def _grammar(subject: Subject) -> Iterator[Fault]:
    for _, part in subject.types:
        if part.raw.get("externalSourceSetting"):
            yield Fault(
                at(part.place, "externalSourceSetting"), "Its grammar is a file in an S3 bucket."
            )


def _generative(subject: Subject) -> Iterator[Fault]:
    for locale in subject.locales:
        if _is_enabled(locale.raw.get("generativeAISettings")):
            yield Fault(
                at(locale.place, "generativeAISettings"), "Assisted understanding needs Bedrock."
            )
    for _, _, slot in subject.slots:
        if slot.slot.enhanced:
            yield Fault(
                at(slot.place, "valueElicitationSetting", "slotResolutionSetting"),
                "Assisted slot resolution needs Bedrock.",
            )


def _is_enabled(setting: object) -> bool:
    """Whether any switch below is on."""
    if isinstance(setting, dict):
        return setting.get("enabled") is True or any(map(_is_enabled, setting.values()))
    return False


RULES = (
    Rule(
        "cloud.kendra",
        WARNING,
        "No intent searches a Kendra index.",
        _intents_with("kendraConfiguration", "AMAZON.KendraSearchIntent"),
    ),
    Rule(
        "cloud.bedrock",
        WARNING,
        "No intent asks a Bedrock model or agent.",
        _intents_with(
            "qnAIntentConfiguration",
            "bedrockAgentIntentConfiguration",
            "AMAZON.QnAIntent",
            "AMAZON.BedrockAgentIntent",
        ),
    ),
    Rule(
        "cloud.qinconnect",
        WARNING,
        "No intent asks Amazon Q in Connect.",
        _intents_with("qInConnectIntentConfiguration", "AMAZON.QInConnectIntent"),
    ),
    Rule("cloud.grammar_s3", WARNING, "No slot type's grammar is in S3.", _grammar),
    Rule("cloud.generative", WARNING, "No understanding needs a generative model.", _generative),
)
