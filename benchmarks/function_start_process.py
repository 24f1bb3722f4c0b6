"""One process that starts a function as Lambda would, and may run it; it measures itself.

It is run by its path, so that nothing is imported before the clock starts:
`function_start_process.py HANDLER FOLDER EVENTS`. FOLDER has the bundle, EVENTS is a file of JSON:
the events that it is given one after the other. What was measured goes to the standard error, since
a function writes its log to the other; the last answer goes with it.
"""

import importlib
import json
import sys
import time

handler, folder, events = sys.argv[1:4]
sys.path.insert(0, folder)
with open(events) as file:
    waiting = json.load(file)


def most_resident_mb() -> float:
    """The most that was in memory at once since the process began."""
    with open("/proc/self/status") as status:
        line = next(line for line in status if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


# The interpreter's own start is in it, as it is in Lambda's.
module, _, name = handler.rpartition(".")
run = getattr(importlib.import_module(module), name)
told = {"init_ms": time.process_time() * 1000, "init_mb": most_resident_mb()}
answer, spent_ms = None, []
for event in waiting:
    began = time.process_time()
    answer = run(event, None)
    spent_ms.append((time.process_time() - began) * 1000)
told |= {"spent_ms": spent_ms, "peak_mb": most_resident_mb(), "answer": answer}
json.dump(told, sys.stderr)
