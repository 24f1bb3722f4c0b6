# Teller. `make help` lists what there is to do.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV_VERSION := 0.13.9
PIP_AUDIT_VERSION := 2.9.0
RUN_READY := $(VENV)/.ready-run
DEV_READY := $(VENV)/.ready-dev
# A bank starts dozens of processes: what one has compiled, the others read.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help run test check fmt lint types bench reset lock models infra audit release coverage pictures deploy teardown browser clients clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1\t\2/' | awk -F'\t' '{printf "  make %-10s %s\n", $$1, $$2}'

$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3,11) <= sys.version_info[:2] < (3,14) else "Teller needs Python 3.11, 3.12 or 3.13: make PYTHON=python3.12 ...")'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(RUN_READY): pyproject.toml requirements.lock | $(BIN)/uv
	@echo "Installing Teller into $(VENV) (once) ..."
	@$(BIN)/uv pip install --quiet --python $(BIN)/python -c requirements.lock -e '.[local]'
	@touch $@

$(DEV_READY): pyproject.toml requirements.lock | $(BIN)/uv
	@echo "Installing Teller and its development tools into $(VENV) (once) ..."
	@$(BIN)/uv pip install --quiet --python $(BIN)/python -c requirements.lock -e '.[dev]'
	@touch $@ $(RUN_READY)

run: $(RUN_READY) ## start the whole bank on http://127.0.0.1:8700 (TELLER_PORT to change)
	@exec $(BIN)/teller run

test: $(DEV_READY) ## every test that needs no AWS account
	@OPENBLAS_NUM_THREADS=1 $(BIN)/pytest -n auto --maxprocesses 4 --dist worksteal

check: $(DEV_READY) lint types ## lint and types

lint: $(DEV_READY) ## ruff: format and rules
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .

types: $(DEV_READY) ## mypy, strict: the code, and the Python in the pages
	@$(BIN)/mypy
	@$(BIN)/python -m tests.unit.docs.typed

fmt: $(DEV_READY) ## format and fix what can be fixed
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(DEV_READY) ## print the benchmarks as JSON
	@$(BIN)/teller bench

models: $(RUN_READY) ## install what training and judging models needs
	@$(BIN)/uv pip install --quiet --python $(BIN)/python -c requirements.lock -e '.[local,models]'

infra: $(RUN_READY) ## install what synthesising and checking the AWS templates needs
	@$(BIN)/uv pip install --quiet --python $(BIN)/python -c requirements.lock -e '.[local,aws]'

audit: $(DEV_READY) ## look for known faults in the locked packages, and list their licences
	@$(BIN)/uv tool run --quiet pip-audit==$(PIP_AUDIT_VERSION) --requirement requirements.lock --require-hashes --disable-pip --progress-spinner off
	@$(BIN)/teller licences

release: infra ## write bundles, bot, template and checksums into OUT (SINCE=REF tells what changed)
	@$(BIN)/teller release -o $(or $(OUT),dist) $(if $(SINCE),--since $(SINCE))

coverage: $(DEV_READY) ## every branch of money, identity and fraud policy is tested, or this fails
	@$(BIN)/pytest -q tests/unit/bank/test_money.py tests/unit/identity tests/unit/secrets_said tests/unit/fraud --cov=fulfillment.bank.money --cov=fulfillment.identity --cov=fulfillment.fraud.policy --cov-branch --cov-report=term-missing --cov-fail-under=100

pictures: $(DEV_READY) ## take the README's pictures and its film, of the real pages
	@$(BIN)/python -m tests.browser.pictures

deploy: infra ## bring STAGE=dev|staging|prod to your AWS account (PLAN=1 prints the plan)
	@$(BIN)/teller infra deploy --stage $(or $(STAGE),dev) $(if $(EMAIL),--email $(EMAIL)) $(if $(PLAN),,--yes)

teardown: infra ## delete STAGE=dev|staging and leave nothing billable (PLAN=1 prints the plan)
	@$(BIN)/teller infra teardown --stage $(or $(STAGE),dev) $(if $(PLAN),,--yes)

browser: ## install the browser that the browser tests drive (Debian, as root)
	@command -v chromium >/dev/null && command -v chromedriver >/dev/null || { apt-get update -qq && apt-get install -y -qq chromium chromium-driver; }

clients: $(BIN)/uv ## install the AWS CLI and AWS's JavaScript SDK that the client tests speak with
	@test -x .venv-clients/bin/aws || { $(PYTHON) -m venv .venv-clients && $(BIN)/uv pip install --quiet --python .venv-clients/bin/python 'awscli>=1.45,<2'; }
	@if command -v npm >/dev/null; then cd tests/clients/js && npm ci --silent --no-audit --no-fund; else echo "No npm here: the JavaScript client's tests will skip, and say so."; fi

reset: ## forget the local bank's data
	@rm -rf .teller && echo "The local bank's data is gone."

lock: $(DEV_READY) ## resolve the dependencies anew into requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --all-extras --universal --generate-hashes --no-emit-index-url --python-version 3.11 -o requirements.lock --quiet --custom-compile-command "make lock"

clean: reset ## remove everything that is not in git's care
	@rm -rf $(VENV) .venv-clients tests/clients/js/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis
