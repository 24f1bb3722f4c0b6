"""The `teller` command: a table of sub-commands, each of which lives beside what it runs."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

COMMANDS: dict[tuple[str, ...], tuple[str, str]] = {
    ("run",): ("infra.local.run:main", "run the whole bank on this machine"),
    ("chat",): ("bot.conversation.terminal:main", "chat in the terminal"),
    ("channel", "describe"): (
        "bot.channels.describe:main",
        "write the channel's OpenAPI and AsyncAPI documents",
    ),
    ("token",): ("infra.local.token:main", "sign a demo customer in for an SDK or a console"),
    ("lex", "serve"): ("bot.runtime.serve:main", "serve a Lex V2 export on the Runtime API"),
    ("lex", "bench"): ("bot.runtime.benchmark:main", "measure the offline Lex as JSON"),
    ("lex", "evaluate"): ("bot.evaluation.command:main", "measure how well a bot understands"),
    ("lex", "missed"): ("bot.learning.command:main", "list what a bot did not understand"),
    ("lex", "lint"): ("bot.definition.commands.lint:main", "what Lex and a reviewer would refuse"),
    ("lex", "package"): ("bot.definition.commands.package:main", "write the zip that Lex imports"),
    ("lex", "locale"): (
        "bot.definition.commands.locale:main",
        "make the locales that are another one with other words",
    ),
    ("lex", "requests"): (
        "bot.definition.commands.requests:main",
        "print the API calls that make the bot",
    ),
    ("nlu", "benchmark"): ("bot.nlu.benchmark:main", "measure the intent classifier on a file"),
    ("nlu", "slots"): ("bot.nlu.slot_benchmark:main", "measure how slot values are read on a file"),
    ("ledger", "audit"): ("infra.local.ledger:audit", "rebuild every balance from its postings"),
    ("ledger", "reverse"): ("infra.local.ledger:reverse", "correct a movement by its opposite"),
    ("ledger", "rate"): ("infra.local.ledger:rate", "set an exchange rate from now on"),
    ("switch",): ("infra.local.switch:main", "turn an intent of the running bank off, and on"),
    ("models", "train"): ("models.commands:train", "train a model: fraud"),
    ("models", "evaluate"): ("models.commands:evaluate", "measure a model on data it has not seen"),
    ("models", "protocol"): ("models.commands:protocol", "measure the recipe over four test weeks"),
    ("models", "loop"): ("models.commands:loop", "measure what sooner verdicts are worth"),
    ("models", "bench"): ("models.commands:bench", "measure how fast a payment is judged"),
    ("models", "policy"): ("models.commands:policy", "what other rankings of offers would earn"),
    ("models", "folds"): ("models.commands:folds", "the recipe on random parts of the data"),
    ("models", "compare"): ("models.commands:compare", "champion and challenger on the same days"),
    ("models", "insights"): ("infra.insights.command:main", "measure what the insights see"),
    ("fraud", "policy"): ("models.fraud.policy_cli:main", "check a fraud policy, or dry-run it"),
    ("fraud", "drift"): ("infra.local.drift:main", "have payments moved from the training data?"),
    ("feed", "send"): ("infra.local.feed_cli:send", "send card and account transactions"),
    ("feed", "key"): ("infra.local.feed_cli:key", "print the feed's credential"),
    ("feed", "openapi"): ("infra.local.feed_cli:openapi", "print the feed's operation as OpenAPI"),
    ("desk", "redrive"): ("infra.local.redrive:main", "retry what the analysts' desk gave up"),
    ("events", "schema"): ("infra.local.events:schema", "print what security events look like"),
    ("infra", "synth"): ("infra.aws.commands:synth", "write the CloudFormation templates"),
    ("infra", "check"): ("infra.aws.commands:check", "lint and rule packs over the templates"),
    ("infra", "diff"): ("infra.aws.changes:main", "what changed in the templates since a commit"),
    ("infra", "cost"): ("infra.aws.cost.command:main", "dollars for 1,000 conversations"),
    ("infra", "deploy"): ("infra.aws.deploy.command:deploy", "bring a stage to its AWS account"),
    ("infra", "teardown"): ("infra.aws.deploy.command:remove", "leave nothing billable of a stage"),
    ("infra", "practices"): ("infra.aws.practices.command:main", "what shows each practice"),
    ("infra", "observe"): ("infra.aws.rights.command:main", "record what functions do on AWS"),
    ("configuration",): ("infra.configuration:main", "everything that can be set, as a page"),
    ("release",): ("infra.release:main", "write the parts of a release, with checksums"),
    ("licences",): ("infra.licences:main", "the licences of all locked packages"),
    ("capacity",): ("infra.capacity.command:main", "count what each turn asks of DynamoDB"),
    ("load",): ("infra.local.load.command:main", "load a bank of its own, report what went wrong"),
    ("bench",): ("benchmarks.command:main", "print the benchmarks as JSON"),
}

_HELP = ("-h", "--help", "help")


def usage(group: Sequence[str] = ()) -> str:
    """What the commands are, or those that begin with the words of `group`."""
    own = {w: text for w, (_, text) in COMMANDS.items() if w[: len(group)] == tuple(group)}
    rows = [f"  {' '.join(words):<16} {text}" for words, text in own.items()]
    called = " ".join(["teller", *group])
    return "\n".join(
        [f"usage: {called} COMMAND [--help] ...", "", "A bank you can talk to.", "", *rows]
    )


def group_of(words: Sequence[str]) -> list[str] | None:
    """The group of commands that `words` ask about (`lex --help`, or `lex` alone), or None."""
    asked = [word for word in words if word not in _HELP]
    if not asked:
        return asked
    known = any(command[0] == asked[0] for command in COMMANDS)
    return asked if len(asked) == 1 and known else None


def find(words: Sequence[str]) -> tuple[str, list[str]] | None:
    """The target of the longest command that `words` begin with, and the words after it."""
    for length in (2, 1):
        entry = COMMANDS.get(tuple(words[:length]))
        if entry is not None:
            return entry[0], list(words[length:])
    return None


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one sub-command and returns its exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    found = find(words)
    if found is None:
        group = group_of(words)
        if group is not None:
            sys.stdout.write(usage(group) + "\n")
            return 0
        sys.stderr.write(
            f"teller: no command {' '.join(words[:2])!r}. `teller --help` lists them.\n"
        )
        return 2
    module, _, function = found[0].partition(":")
    try:
        status = getattr(importlib.import_module(module), function)(found[1])
    except KeyboardInterrupt:
        return 130
    return int(status or 0)


if __name__ == "__main__":
    sys.exit(main())
