"""One process that is measured: the function as it is bundled, or a bare one that makes its calls.

It is run by its path, so that nothing is imported before the clock starts:
`function_process.py ours|bare FOLDER RECORD PORT ROUNDS`. FOLDER has the packages. `sched_yield`
is called between the parts, and told of by nobody else: callgrind counts from one to the next. What
was measured goes to the standard error, since the function writes its log to the other.
"""

import json
import os
import sys
import time

which, folder, record_path, port, rounds = sys.argv[1:6]
sys.path.insert(0, folder)
with open(record_path) as file:
    turns = json.load(file)["turns"]
os.sched_yield()
wall, cpu = time.perf_counter(), time.process_time()

if which == "ours":
    from fulfillment.handlers.lex import application, handler

    application()
else:
    import boto3

    client = boto3.client("dynamodb")
    calls = {
        name: [
            (getattr(client, boto3.session.botocore.xform_name(call["operation"])), call["request"])
            for call in turn["calls"]
        ]
        for name, turn in turns.items()
    }

    def handler(event, context):  # type: ignore[no-untyped-def]
        """The same calls, and an answer that was made before."""
        for call, request in calls[turn]:
            call(**request)
        return turns[turn]["answer"]


told = {"init_ms": (time.perf_counter() - wall) * 1000,
        "init_cpu_ms": (time.process_time() - cpu) * 1000}  # fmt: skip
os.sched_yield()

import http.client

with open("/proc/self/statm") as file:
    told["rss_mb"] = int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
for turn in turns:
    begin = http.client.HTTPConnection("127.0.0.1", int(port))
    begin.request("GET", f"/{turn}")
    begin.getresponse().read()
    begin.close()
    event = turns[turn]["event"]
    os.sched_yield()
    wall, cpu = time.perf_counter(), time.process_time()
    handler(event, None)
    told[f"first_{turn}"] = [((time.perf_counter() - wall) * 1000,
                              (time.process_time() - cpu) * 1000)]  # fmt: skip
    os.sched_yield()
    for _ in range(2):
        answer = handler(event, None)
    if answer["messages"] != turns[turn]["answer"]["messages"]:
        raise SystemExit(f"{which} answers a {turn} turn otherwise than it was recorded")
    spent = []
    os.sched_yield()
    for _ in range(int(rounds)):
        wall, cpu = time.perf_counter(), time.process_time()
        handler(event, None)
        spent.append(((time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000))
    os.sched_yield()
    told[turn] = spent
json.dump(told, sys.stderr)
