# `make run` and `make test` do the whole set-up themselves, from a bare checkout.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
ORACLE := build/oracle/.ready

.PHONY: run demo test lint suite screenshots bench clean

run: $(READY)
	@packaging/linux/prepare
	@if [ "$$(uname)" = Darwin ] || [ -n "$$DISPLAY" ] || [ -n "$$WAYLAND_DISPLAY" ]; then \
	  exec $(BIN)/amts-desk --sample; \
	else \
	  echo "There is no screen here, so the window cannot open: this is the demo on the command line instead."; \
	  exec $(BIN)/amts-desk demo --out build/demo; \
	fi

demo: $(READY)
	$(BIN)/amts-desk demo --out build/demo

test: lint suite

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

suite: $(READY) $(ORACLE)
	@packaging/linux/prepare
	AMTS_DESK_ORACLE=1 QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n 2 --dist loadscope --no-loadscope-reorder

screenshots: $(READY)
	@packaging/linux/prepare
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.whole.screenshots

bench: $(READY)
	$(BIN)/python -m tests.benchmarks.start
	$(BIN)/python -m tests.benchmarks.book
	$(BIN)/python -m tests.benchmarks.alignment
	$(BIN)/python -m tests.benchmarks.beads
	$(BIN)/python -m tests.benchmarks.jobs

$(READY): pyproject.toml packaging/linux/python
	@PYTHON=$(PYTHON) packaging/linux/python $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev
	@touch $(READY)

# GPL, so apart from all that the program is made of: a test runs it in a process of its own.
$(ORACLE): | $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade --target build/oracle "translate-toolkit==3.20.4"
	@touch $(ORACLE)

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache
