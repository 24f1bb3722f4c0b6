"""One event, parsed, routed to one of thirty handlers, and answered: by ours, or by lex-helper.

Run by its path: `resolver_process.py ours|theirs ROUNDS EVENT FOLDER`; in FOLDER a module for
each intent is laid down, as lex-helper wants it. Each is built once, as a warm function has it, and
lex-helper without its search for message files, which is not what is measured.
"""

import json
import logging
import statistics
import sys
import time
from pathlib import Path

INTENTS = [f"Intent{letter}{other}" for letter in "ABCDEF" for other in "abcde"]
_THEIRS = """
from lex_helper import LexPlainText, dialog

def handler(request):
    return dialog.close(lex_request=request, messages=[LexPlainText(content="Done.")])
"""


def ours():  # type: ignore[no-untyped-def]
    from fulfillment.lex import LexResolver, text

    app = LexResolver()
    for name in INTENTS:
        app.fulfillment(name)(lambda turn: turn.close(text("Done.")))
    return lambda event: app.resolve(event)


def theirs(folder):  # type: ignore[no-untyped-def]
    from lex_helper import Config, LexHelper, SessionAttributes
    from lex_helper.utils.string import title_to_snake

    package = Path(folder, "bench_bot", "intents")
    package.mkdir(parents=True, exist_ok=True)
    for path in (package.parent, package):
        (path / "__init__.py").touch()
    for name in INTENTS:
        (package / f"{title_to_snake(name)}.py").write_text(_THEIRS)
    sys.path.insert(0, folder)
    attributes = SessionAttributes()
    config = Config(session_attributes=attributes, package_name="bench_bot",
                    auto_initialize_messages=False)  # fmt: skip
    helper = LexHelper(config=config)
    return lambda event: helper.handler(event, None)


which, rounds, event, folder = sys.argv[1:5]
logging.disable(logging.CRITICAL)
answer_of = ours() if which == "ours" else theirs(folder)
given = json.loads(event)
answer = answer_of(json.loads(event))
if answer["messages"][0]["content"] != "Done.":
    raise SystemExit(f"{which} answers {answer}")
spent = []
for _ in range(int(rounds)):
    fresh = json.loads(event)
    began = time.process_time_ns()
    answer_of(fresh)
    spent.append((time.process_time_ns() - began) / 1000)
sys.stdout.write(json.dumps({"least": min(spent), "median": statistics.median(spent)}))
