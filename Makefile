# Two commands: `make run` opens the app, `make test` checks everything. Both install what they need into .venv.

PORT ?= 8501
# As many as cores: tests compute more than they wait.
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --constraint .ci/constraints.txt
# Bytecode, the library's with its type checks too, is made once for all workers and servers, even where the
# environment wants none beside the sources.
BYTECODE := PYTHONDONTWRITEBYTECODE= PYTHONPYCACHEPREFIX=$(CURDIR)/.cache/bytecode
PYTEST := $(BYTECODE) $(BIN)/python -m pytest -n $(WORKERS) --dist loadscope --no-loadscope-reorder

.PHONY: run test check bench docs clean

run: $(VENV)/.installed
	$(BIN)/landscape serve --port $(PORT)

# pytest's closing line is the last thing printed.
test: $(VENV)/.installed-test
	@.ci/browser
	@$(PYTEST)

# The quick look before a commit: no browser, no whole pages, no long trainings, and of each law three cases.
check: $(VENV)/.installed-test
	@$(PYTEST) -m "not browser and not slow" --sample 3

bench: $(VENV)/.installed-bench
	@.ci/browser
	@$(BIN)/python -m tests.bench

# The API reference, in the ignored folder dist/docs: open dist/docs/landscape.html.
docs: $(VENV)/.installed-docs
	@$(BIN)/python .ci/docs/build.py dist/docs
	@echo dist/docs/landscape.html

clean:
	rm -rf $(VENV) .cache .screenshots dist

# A stamp for each set of packages: nothing is installed twice while what it is made from is unchanged.
$(BIN)/python:
	@.ci/venv $(VENV)

$(VENV)/.installed: $(BIN)/python pyproject.toml .ci/constraints.txt
	$(PIP) --editable .
	@touch $@

$(VENV)/.installed-%: $(BIN)/python pyproject.toml .ci/constraints.txt
	$(PIP) --editable ".[$*]"
	@touch $@
