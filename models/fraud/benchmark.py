"""`teller models bench fraud`: how long judging one payment takes, part by part, as JSON.

Machines are noisy: every part tells its fastest run beside the median, and the processor time,
which other programs stretch least.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fulfillment.fraud.facts import DAY_S, PaymentFacts
from fulfillment.fraud.features.counters import counters_of, state_of
from fulfillment.fraud.features.vector import feature_vector
from fulfillment.fraud.model.artefact import read_model
from fulfillment.fraud.model.contributions import Explainer
from models.fraud.demo_data import payments
from models.fraud.replay import World
from models.serve.server import MODEL_FILE, serve_model

SHIPPED = Path(__file__).resolve().parents[2] / "fulfillment" / "fraud" / "shipped_model"
_ROUNDS = 2_000
_COLD_RUNS = 7
_COLD = """
import time
from fulfillment.fraud.model.artefact import read_model
began, used = time.perf_counter(), time.process_time()
with open({path!r}, "rb") as file:
    model = read_model(file.read())
model.probability([0.0] * model.forest.features)
print((time.perf_counter() - began) * 1000, (time.process_time() - used) * 1000)
"""


def main(argv: Sequence[str] | None = None) -> int:
    """`argv` may name a model's folder; the model that ships is measured otherwise."""
    names = [word for word in argv or () if not word.startswith("-")]
    folder = Path(names[0]) if names else SHIPPED
    sys.stdout.write(json.dumps(measure(folder), indent=2) + "\n")
    return 0


def measure(folder: Path) -> dict[str, Any]:
    """Every figure of the model in `folder`."""
    model = read_model((folder / MODEL_FILE).read_bytes())
    world, probe = _lived()
    customer, counterparty = world.look(probe)
    row = feature_vector(probe, customer, counterparty, model.maturity)
    counters = counters_of(customer), counters_of(counterparty)

    def from_counters() -> list[float]:
        mine, theirs = (state_of(one) for one in counters)
        return feature_vector(probe, mine, theirs, model.maturity)

    explainer = Explainer(model.forest)
    rows = _rows(model.maturity)
    others = iter(rows)
    for _ in range(100):
        explainer.explain(next(others))

    def explain_anew() -> None:
        explainer.forget()
        explainer.explain(row)

    return {
        "machine": {"cpus": os.cpu_count(), "load": os.getloadavg()[0]},
        "model": {"version": model.version, "trees": len(model.forest.trees)},
        "score_one_row": timed(lambda: model.probability(row)),
        "features_of_one_payment": timed(
            lambda: feature_vector(probe, customer, counterparty, model.maturity)
        ),
        "features_from_stored_counters": timed(from_counters),
        "features_and_score_a_second": _rate(lambda: model.probability(from_counters())),
        "contributions_of_new_rows": timed(lambda: explainer.explain(next(others)), 800),
        "contributions_with_nothing_remembered": timed(explain_anew, 100),
        "cold_load": _cold(folder),
        "invocations_on_loopback": over_http(folder, [list(row)]),
    }


def _lived() -> tuple[World, PaymentFacts]:
    """A world after some months of invented payments, and one more payment."""
    world = World()
    for at, customer, counterparty, payee, category, device, minor, _ in payments(customers=40):
        when = int(at.timestamp())
        world.note(PaymentFacts("", when, customer, counterparty, minor, category, payee, device))
    return world, PaymentFacts(
        "probe", world.now + DAY_S // 3, "demo-0001", "groceries-07", 4_250, "groceries"
    )


def _rows(maturity: int) -> list[list[float]]:
    """Features of a thousand payments, none of them like another."""
    world = World(maturity)
    rows = []
    for at, customer, counterparty, payee, category, device, minor, _ in payments(7, 60, 40):
        facts = PaymentFacts(
            "", int(at.timestamp()), customer, counterparty, minor, category, payee, device
        )
        rows.append(world.features(facts))
        world.note(facts)
    return rows[-1000:]


def timed(act: Callable[[], object], rounds: int = _ROUNDS) -> dict[str, float]:
    """Of one `act`, in microseconds."""
    times = []
    before = time.process_time()
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        times.append((time.perf_counter() - began) * 1e6)
    used = (time.process_time() - before) / rounds * 1e6
    return {
        "p50_us": round(statistics.median(times), 1),
        "min_us": round(min(times), 1),
        "p99_us": round(statistics.quantiles(times, n=100)[98], 1),
        "processor_us": round(used, 1),
    }


def _rate(act: Callable[[], object]) -> dict[str, float]:
    """How many one core does in a second of its own time."""
    before = time.process_time()
    for _ in range(_ROUNDS):
        act()
    return {"per_processor_second": round(_ROUNDS / (time.process_time() - before))}


def _cold(folder: Path) -> dict[str, float]:
    """In new processes: read, check and build the model, and score a first row."""
    script = _COLD.format(path=str(folder / MODEL_FILE))
    runs = []
    for _ in range(_COLD_RUNS):
        done = subprocess.run(  # noqa: S603 - our own script in our own interpreter
            [sys.executable, "-c", script], check=True, capture_output=True, text=True
        )
        runs.append([float(part) for part in done.stdout.split()])
    wall, used = zip(*runs, strict=True)
    return {
        "p50_ms": round(statistics.median(wall), 2),
        "min_ms": round(min(wall), 2),
        "processor_ms": round(statistics.median(used), 2),
    }


def over_http(folder: Path, instances: Sequence[object]) -> dict[str, float]:
    """One request with `instances` to the model's server, there and back, on this machine."""
    body = json.dumps({"instances": instances})
    headers = {"Content-Type": "application/json"}
    with _served(folder) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        times = []
        for _ in range(500):
            began = time.perf_counter()
            connection.request("POST", "/invocations", body, headers)
            connection.getresponse().read()
            times.append((time.perf_counter() - began) * 1000)
        connection.close()
    times = times[20:]
    return {
        "p50_ms": round(statistics.median(times), 3),
        "min_ms": round(min(times), 3),
        "p99_ms": round(statistics.quantiles(times, n=100)[98], 3),
    }


@contextmanager
def _served(folder: Path) -> Iterator[int]:
    """The model's server in a thread of this process, on a free port."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    stop = threading.Event()

    async def stopped() -> None:
        await asyncio.to_thread(stop.wait)

    server = threading.Thread(
        target=lambda: asyncio.run(serve_model(folder, f"127.0.0.1:{port}", stopped))
    )
    server.start()
    try:
        _await(port)
        yield port
    finally:
        stop.set()
        server.join(10)


def _await(port: int) -> None:
    for _ in range(200):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/ping")
            connection.getresponse().read()
            connection.close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the model server did not come up")


if __name__ == "__main__":
    sys.exit(main())
