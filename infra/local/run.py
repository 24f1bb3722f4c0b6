"""`teller run`: the whole bank on 127.0.0.1, from nothing to the first "hi"."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Thread

from infra.aws.practices.evidence import RESOURCES
from infra.local.children import Child, ChildError
from infra.local.lacking import told
from infra.local.ports import PortError, free_port, require_free
from infra.local.seeding import seed_once
from infra.local.settings import (
    BOT_ID,
    DEMO_SEED,
    FRAUD_ENDPOINT,
    PERSONALIZATION_ENDPOINT,
    TEST_ALIAS_ID,
    LocalSettings,
    SettingsError,
    clean_environment,
    read_settings,
)
from infra.local.stack import TEMPLATE, StackError, deploy
from infra.local.streams.poller import StreamPoller
from infra.local.supervisor import Supervisor, say
from infra.local.warming import warm_up


def embedded_aws(settings: LocalSettings) -> Child:
    """The part that stands for AWS: DynamoDB, Lambda, Secrets Manager and their kin."""
    return Child(
        "the embedded AWS",
        "infra.local.embedded_aws",
        (
            "--port",
            str(settings.aws_port),
            "--state",
            str(settings.state_folder),
            "--processes",
            str(settings.function_processes),
            "--state-seconds",
            str(settings.state_seconds),
        ),
        clean_environment(settings),
        f"{settings.aws_endpoint}/_ministack/health",
    )


def model_server(settings: LocalSettings) -> Child:
    """The models' servers, as SageMaker endpoints would run them."""
    ports = (settings.model_port, settings.personalization_port)
    return Child(
        "the models' server",
        "infra.local.model_server",
        ("--port", str(ports[0]), "--personalization-port", str(ports[1])),
        clean_environment(settings),
        f"http://127.0.0.1:{settings.model_port}/ping",
    )


def front(settings: LocalSettings) -> Child:
    """The part that customers and Lex clients talk to: pages, channel API and Lex Runtime."""
    environment = clean_environment(settings)
    environment.update(
        TELLER_PORT=str(settings.port),
        TELLER_HOME=str(settings.home),
        TELLER_NLU=settings.nlu,
        TELLER_CHAT_PER_MINUTE=str(settings.chat_per_minute),
        TELLER_MODEL_PORT=str(settings.model_port),
        TELLER_PERSONALIZATION_PORT=str(settings.personalization_port),
    )
    if settings.clock:
        environment["TELLER_CLOCK"] = settings.clock
    return Child(
        "the Lex runtime and pages",
        "infra.local.front",
        (),
        environment,
        f"{settings.endpoint}/health",
    )


def bring_up(settings: LocalSettings, supervisor: Supervisor, poller: StreamPoller) -> None:
    """Starts every part, brings the stack to the template, and seeds an empty bank."""

    def stack_and_seed() -> None:
        outputs = deploy(settings)
        loaded = seed_once(settings, outputs["BankTableName"])
        if loaded:
            say(f"The demo bank is open: {loaded:,} postings (seed {DEMO_SEED}).")
        poller.begin()

    # Nobody asks the model before the front is up: it comes up beside the slower parts.
    with ThreadPoolExecutor(1) as beside:
        modelled = beside.submit(supervisor.bring_up, model_server(settings))
        supervisor.bring_up(embedded_aws(settings), stack_and_seed)
        modelled.result()
    # The function's cold start and the front's start overlap.
    warming = Thread(target=warm_up, args=(settings,), daemon=True)
    warming.start()
    supervisor.bring_up(front(settings))
    warming.join()


def welcome(settings: LocalSettings, seconds: float) -> str:
    lines = [
        f"Teller is ready in {seconds:.1f} s.",
        "",
        f"  Chat        {settings.endpoint}/",
        f"  Console     {settings.endpoint}/console  (what happens inside each turn)",
        f"  Analysts    {settings.endpoint}/analyst  (the desk's Slack channel, stood in for)",
        f"  Health      {settings.endpoint}/health",
        f"  Lex Runtime {settings.endpoint}  (bot {BOT_ID}, alias {TEST_ALIAS_ID}, locale en_US)",
        f"  SageMaker   {settings.endpoint}"
        f"  (endpoints {FRAUD_ENDPOINT}, {PERSONALIZATION_ENDPOINT})",
        f"  AWS         {settings.aws_endpoint}  (key test, secret test)",
        "",
        "Open the chat and pick one of the demo customers to sign in; no password in the demo.",
        "In a terminal: .venv/bin/teller chat --customer amelia",
        "",
        *told(TEMPLATE.read_text(), RESOURCES.read_text()),
        "",
        "Ctrl-C stops everything. `make reset` forgets the data.",
    ]
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="teller run", description="Run the whole bank locally.")
    parser.add_argument("--port", type=int, help="the pages' port; the next one serves AWS (8700)")
    parser.add_argument(
        "--fresh", action="store_true", help="forget the data of earlier runs first"
    )
    given = parser.parse_args(argv)
    started = time.monotonic()
    try:
        settings = read_settings(os.environ, given.port)
        require_free(settings.port, settings.aws_port)
    except (SettingsError, PortError) as error:
        sys.stderr.write(f"teller run: {error}\n")
        return 2
    if given.fresh:
        shutil.rmtree(settings.home, ignore_errors=True)
    settings.home.mkdir(parents=True, exist_ok=True)
    ports = replace(settings, model_port=free_port(), personalization_port=free_port())
    return _serve(ports, started)


def _serve(settings: LocalSettings, started: float) -> int:
    supervisor = Supervisor()
    supervisor.stop_on_signals()
    poller = StreamPoller(settings, say)
    try:
        bring_up(settings, supervisor, poller)
        say(welcome(settings, time.monotonic() - started))
        supervisor.watch()
        say("Stopping.")
    except (ChildError, StackError) as error:
        sys.stderr.write(f"teller run: {error}\n")
        return 1
    finally:
        poller.stop()
        supervisor.shut_down()
    return 0
