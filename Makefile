# Two commands are enough: `make demo` and `make test`. Both need Python 3.11+ and make, nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test check unit system-packages lock bench clean

demo: $(VENV)/.installed ## Build the sample plan and say where to look
	@$(BIN)/kg build data/plans/shanghai-egov-2017 --out out

test: $(VENV)/.installed-test system-packages check unit ## Everything the tests need, then all tests

check: $(VENV)/.installed-test ## Style, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: $(VENV)/.installed-test ## All tests and doctests
	$(BIN)/pytest -n 2 --dist loadgroup

# The browser tests drive a real Chromium, the ledger is opened in a real LibreOffice, and both need a font with Chinese characters.
# What is already here is used as it is; on Debian and its children the rest is installed.
system-packages:
	@missing=""; \
	command -v chromium >/dev/null || missing="$$missing chromium"; \
	command -v soffice >/dev/null || missing="$$missing libreoffice-calc"; \
	fc-list :lang=zh 2>/dev/null | grep -q . || missing="$$missing fontconfig fonts-noto-cjk"; \
	[ -z "$$missing" ] && exit 0; \
	echo "Installing$$missing"; \
	if [ "$$(id -u)" = 0 ]; then sudo=; else sudo=sudo; fi; \
	$$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends $$missing >/dev/null

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "agency-kg needs Python 3.11 or newer; try: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python .ci/requirements.txt pyproject.toml
	$(PIP) install --require-hashes -r .ci/requirements.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.installed-test: $(VENV)/.installed .ci/requirements-test.txt
	$(PIP) install --require-hashes -r .ci/requirements-test.txt
	touch $@

lock: $(VENV)/.installed-test ## Pin every dependency by name, version and hash
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml --group build -o .ci/requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml --group build --group test -o .ci/requirements-test.txt

bench: $(VENV)/.installed-test ## Ratios against peers, in one run
	$(BIN)/python -m bench.measures

clean:
	rm -rf $(VENV) out
