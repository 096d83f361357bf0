# Each target does its own set-up: a .venv here, from requirements.lock. It needs Python 3.11, 3.12 or 3.13, make
# and a package index. PYTHON=... chooses the Python.

HOST = 127.0.0.1
PORT = 8000
PYTHON =

BIN = .venv/bin
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
# Stamps are written last, so that a set-up that was interrupted is done again.
REQUIREMENTS = .venv/.requirements-installed
INSTALLED = .venv/.project-installed

.PHONY: help ask question serve test check machine browser conform eval eval-baseline quality slack-demo slack-chaos crash-test bench clean
.DEFAULT_GOAL = help

help:
	@echo 'make ask Q="..."   ask the sample articles (or your own, once `qa ingest` has taken them in)'
	@echo 'make serve         serve questions over HTTP (HOST=$(HOST) PORT=$(PORT))'
	@echo 'make test          run the tests'
	@echo 'make machine       hold the library against a plain dict, in 2,000 runs of 30 random steps (RUNS=2000)'
	@echo 'make check         run the formatter, the linter, the type checker and the import rules'
	@echo 'make conform       put 2,500 made-up requests to the service, and hold the replies against /openapi.json (SEED=1)'
	@echo 'make eval          measure the answers to a fixed small set, against the committed figures'
	@echo 'make quality       measure the answers to larger sets (EVALUATION=../shared), and write docs/quality.md'
	@echo 'make browser       install Chromium, which the tests of the page need'
	@echo 'make slack-demo    ask the Slack bot three questions, in a Slack of our own, and print the thread'
	@echo 'make slack-chaos   a minute of the Slack bot with its socket cut and its service killed'
	@echo 'make crash-test    kill what writes to the library 200 times, and look whether all is there (KILLS=200)'
	@echo 'make bench         measure against the raw limits'
	@echo 'make clean         remove the set-up and what the tools leave behind; the data folder stays'

# The question goes by the environment, unexpanded: quotes, $ and ` in it are nobody's business on the way.
unexport Q
ask question: export QUESTION = $(value Q)

ask: question $(INSTALLED)
	@$(BIN)/qa ingest --if-empty --quiet seeds/articles
	@$(BIN)/qa ask -- "$$QUESTION" || [ $$? -eq 3 ] # 3: the articles don't say, which is no failure

question:
	@if [ -z "$$QUESTION" ]; then echo 'Ask something: make ask Q="how many were evacuated"' >&2; exit 2; fi

serve: $(INSTALLED)
	@$(BIN)/qa ingest --if-empty --quiet seeds/articles
	@$(BIN)/qa serve --host '$(HOST)' --port '$(PORT)' || [ $$? -eq 130 ] # 130: ended by Ctrl-C

test: $(INSTALLED)
	@$(BIN)/python -m pytest -q -n auto --dist worksteal

check: $(INSTALLED)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

machine: $(INSTALLED)
	@STATE_MACHINE_RUNS='$(or $(RUNS),2000)' $(BIN)/python -m pytest -q --hypothesis-profile=default tests/qa/test_machine.py

conform: $(INSTALLED)
	@$(BIN)/python -m tests.api.conformance $(if $(SEED),--seed '$(SEED)')

eval: $(INSTALLED)
	@$(BIN)/python -m tests.eval $(if $(REPORTS),--reports '$(REPORTS)')

# What `make eval` compares with, made anew: for a change that is meant to move the figures.
eval-baseline: $(INSTALLED)
	@$(BIN)/python -m tests.eval --renew

quality: $(INSTALLED)
	@$(BIN)/python -m tests.eval.quality $(if $(EVALUATION),--evaluation '$(EVALUATION)')

slack-demo: $(INSTALLED)
	@$(BIN)/python -m tests.slack.demo

slack-chaos: $(INSTALLED)
	@$(BIN)/python -m tests.slack.chaos

crash-test: $(INSTALLED)
	@$(BIN)/python -m tests.crash $(if $(KILLS),--kills '$(KILLS)')

bench: $(INSTALLED)
	@$(BIN)/python -m tests.bench $(if $(ARTICLES),--articles '$(ARTICLES)') $(if $(QUESTIONS),--questions '$(QUESTIONS)')

# What the page's tests are run in; without it they are skipped.
browser:
	@if command -v chromium chromium-browser google-chrome >/dev/null 2>&1; then :; \
	elif ! command -v apt-get >/dev/null 2>&1; then \
		echo 'Install Chromium as your system does, or name one by QA_TEST_CHROMIUM.' >&2; exit 2; \
	else \
		sudo=; [ "$$(id -u)" -eq 0 ] || sudo=sudo; \
		$$sudo apt-get update -qq && \
		$$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	fi

clean:
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis *.egg-info build
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(INSTALLED): $(REQUIREMENTS) pyproject.toml
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(REQUIREMENTS): requirements.lock
	@python=; \
	for candidate in $(or $(PYTHON),python3 python3.13 python3.12 python3.11); do \
		if $$candidate -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' >/dev/null 2>&1; then \
			python=$$candidate; break; \
		fi; \
	done; \
	if [ -z "$$python" ]; then \
		echo 'Python 3.11, 3.12 or 3.13 is needed, and $(or $(PYTHON),python3) is not it. Choose one: make PYTHON=/path/to/python3' >&2; \
		exit 1; \
	fi; \
	echo "Setting up .venv with $$($$python --version); this takes a minute or two, once." >&2; \
	$$python -m venv --clear .venv
	@$(PIP) --require-hashes --requirement requirements.lock
	@touch $@
