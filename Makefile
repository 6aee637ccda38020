# The two commands: make demo, make test. `make` alone lists them all.
PYTHON ?= python3
PY := .venv/bin/python
export ALONGSIDE_DATA ?= $(CURDIR)/data
TEST_DATA := $(CURDIR)/.test-data
WORKERS ?= 2
PYTEST := -m pytest -q -n $(WORKERS) --dist worksteal
# Left out on PostgreSQL: what touches no database, looks at answers and not at rows, or starts
# commands that use SQLite whatever is given, the demo's among them; and of the browser tests those
# that are about the page.
ON_BOTH := $(addprefix tests/journeys/test_,j7.py j9.py j10.py j11.py j12.py j18.py two_on_one_plan.py)
PURE := tests/practice tests/core tests/papers tests/architecture tests/demo \
	$(addprefix tests/security/test_,answers.py canaries.py csrf.py headers.py injection.py library.py logs.py) \
	$(addprefix tests/config/test_,command.py advise.py review_lines.py start.py) \
	$(filter-out $(ON_BOTH),$(wildcard tests/journeys/test_*.py))

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo test check types lint fix bench bench-short bench-smoke practice security shots states eval role-model array-model words

help: ## what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## /\1|/' | awk -F'|' '{printf "make %-12s %s\n", $$1, $$2}'

setup: ## virtual environment, hashed requirements, assets (both commands do this first)
	@$(PYTHON) scripts/setup.py

setup-dev:
	@$(PYTHON) scripts/setup.py dev

demo: setup ## the whole main job with an invented agency, on this machine only
	@ALONGSIDE_DATA=$(CURDIR)/.demo PYTHONPATH=src exec $(PY) -m alongside.config.command demo

test: setup-dev ## checks, then everything on SQLite and on PostgreSQL, with a real browser
	@$(MAKE) --no-print-directory --output-sync -j2 types lint
	@mkdir -p $(TEST_DATA)
	@chromium=$$($(PY) scripts/browser.py) && export ALONGSIDE_CHROMIUM=$$chromium && \
	echo "On SQLite" && ALONGSIDE_DATA=$(TEST_DATA) $(PY) $(PYTEST) && \
	echo "On PostgreSQL" && ALONGSIDE_DATA=$(TEST_DATA) $(PY) scripts/with_postgres.py $(PY) $(PYTEST) $(PURE:%=--ignore=%) && \
	echo "Whether the bench goes through" && $(MAKE) --no-print-directory bench-smoke

check: setup-dev types lint ## lint, types, floors, templates, dependencies

types:
	@ALONGSIDE_DATA=$(TEST_DATA) $(PY) -m mypy

lint:
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@PYTHONPATH=src .venv/bin/lint-imports
	@$(PY) -m djlint --quiet --lint src/alongside/web/templates src/alongside/portal/templates
	@$(PY) -m deptry src
	@$(PY) -m bandit -q -c pyproject.toml -r src
	@$(PY) scripts/states.py --check

fix: setup-dev ## put right what a machine can: format, imports, generated docs
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .
	@$(PY) scripts/states.py

bench: setup-dev ## the speed table, written to docs/performance.md and .json (up to 20 minutes)
	@PYTHONPATH=src:. $(PY) scripts/bench.py

bench-short bench-smoke:
	@PYTHONPATH=src:. $(PY) scripts/bench.py --$(@:bench-%=%)

practice: setup-dev ## one line per practice ID: how many tests show it, and which
	@ALONGSIDE_DATA=$(TEST_DATA) $(PY) scripts/practice_ids.py

security: setup-dev ## scanners as each role over the invented agency, reports in reports/security (about 40 minutes)
	@PYTHONPATH=src:. $(PY) scripts/security.py $(SCAN)

shots: setup-dev ## pictures of every page at 360 and 1280 px, into shots/
	@chromium=$$($(PY) scripts/browser.py) && ALONGSIDE_CHROMIUM=$$chromium PYTHONPATH=src:. $(PY) scripts/shots.py

words: setup-dev ## look for texts to translate anew, and write the catalogs in src/alongside/locale
	@ALONGSIDE_DATA=$(TEST_DATA) $(PY) scripts/words.py

states: setup-dev ## write docs/states.md anew from the tables in the rules
	@$(PY) scripts/states.py

eval: setup-dev ## how well the role review and the array advice judge sentences they have not seen
	@PYTHONPATH=src:. $(PY) scripts/eval.py $(OWN)

role-model: setup-dev ## learn the role review's weights anew from corpus/role
	@PYTHONPATH=src:. $(PY) scripts/role_model.py

array-model: setup-dev ## learn the array advice's weights anew from corpus/arrays
	@PYTHONPATH=src:. $(PY) scripts/array_model.py
