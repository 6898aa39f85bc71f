PYTHON ?= python3
export PYTHON

BIN := .venv/bin
QUICK := not slow and not postgres and not faults and not browser
BENCHMARKS := $(basename $(notdir $(wildcard benchmarks/[!_]*.py)))
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header \
	--no-emit-index-url --no-emit-find-links pyproject.toml

.PHONY: run test test-all faults bench words lines release lint lock runtime development

run: runtime
	@$(BIN)/python -m bot

test: development
	@$(BIN)/python -m pytest -n auto -m "$(QUICK)"

test-all: development
	@$(BIN)/python -m pytest

faults: development
	@$(BIN)/python -m pytest -m faults

bench: development
	@set -e; for name in $(BENCHMARKS); do $(BIN)/python -m benchmarks.$$name; done

words: development
	@$(BIN)/python -m tools.measure_words --errors

lines: development
	@$(BIN)/python -m tools.show_lines

release: lint test lines

lint: development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict

lock:
	@sh tools/setup.sh uv
	$(COMPILE) -o requirements.lock
	$(COMPILE) --group dev -c requirements.lock -o requirements-dev.lock

runtime:
	@sh tools/setup.sh requirements.lock

development:
	@sh tools/setup.sh requirements-dev.lock
