# The one door to every task. `make demo` and `make test` set up a private .venv themselves.
PY ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready

.PHONY: demo test test-long check docs examples format clean

$(STAMP): pyproject.toml
	test -x $(BIN)/python || $(PY) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $(STAMP)

# Generates the demo company, measures it and writes demo/report.html.
demo: $(STAMP)
	$(BIN)/desireline demo --into demo

test: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n 2 -m "not long"

test-long: $(STAMP)
	$(BIN)/python -m pytest -m long

check: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n 2 -m "not long" -x

# Writes the generated pages of docs/reference and the lines that commands print in the docs.
docs: $(STAMP)
	$(BIN)/python docs/generate.py

# Runs every example against ../shared/data (or DATA=folder) and prints expected beside measured.
examples: $(STAMP)
	$(BIN)/python examples/run.py $(if $(DATA),--data $(DATA))

clean:
	rm -rf $(VENV) demo
