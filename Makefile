# Two commands: `make run` opens the app, `make test` checks everything. Both install what they need into .venv.

PORT ?= 8501
# As many as cores: tests compute more than they wait.
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin
TOOLS := .cache/node/.installed
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --constraint .ci/constraints.txt
# Bytecode, the library's with its type checks too, is made once for all workers and servers, even where the
# environment wants none beside the sources.
BYTECODE := PYTHONDONTWRITEBYTECODE= PYTHONPYCACHEPREFIX=$(CURDIR)/.cache/bytecode
PYTEST := $(BYTECODE) $(BIN)/python -m pytest -n $(WORKERS) --dist loadscope --no-loadscope-reorder

.PHONY: run test check bench readme docs soak clean

run: $(VENV)/.installed
	$(BIN)/landscape serve --port $(PORT)

# pytest's closing line is the last thing printed.
test: $(VENV)/.installed-test $(TOOLS)
	@.ci/browser
	@$(PYTEST)

# The quick look before a commit: no browser, no whole pages, no long trainings, and of each law one case.
check: $(VENV)/.installed-test $(TOOLS)
	@$(PYTEST) -m "not browser and not slow" --sample 1

bench: $(VENV)/.installed-bench
	@.ci/browser
	@$(BIN)/python -m tests.bench

# The API reference, in the ignored folder dist/docs: open dist/docs/landscape.html.
docs: $(VENV)/.installed-docs
	@$(BIN)/python .ci/docs/build.py dist/docs
	@echo dist/docs/landscape.html

# The table of what there is, from the registries.
readme: $(VENV)/.installed-test
	@$(BIN)/python -m tests.readme

# Thousands of formulas and hundreds of networks, for hours: what a server holds stays within its bounds.
soak: $(VENV)/.installed
	@$(BIN)/python -m tests.soak

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

# The formatter, linter and type checker of the browser's code.
$(TOOLS): $(VENV)/.installed-test .ci/package.json .ci/javascript
	@.ci/javascript $(BIN)/python
	@touch $@
