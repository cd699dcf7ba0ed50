# Every check and every chore has a target here; CI calls `make test` and nothing else.
PYTHON ?= python3
BIN := .venv/bin
GOLD ?= ../shared/gold/dev

.PHONY: setup demo test test-full lint types contract tools unit browser test-web screenshots tables readme accuracy bench bench-scale fuzz lock clean

setup: .venv/.ready ## Make the environment in .venv

.venv/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || $(MAKE) --no-print-directory debian-venv
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

debian-venv:
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && apt-get install -y -qq python3-venv python3-pip; \
	else echo "Python's venv is missing: run 'sudo apt-get install python3-venv python3-pip'" >&2; exit 1; fi

demo: setup ## From nothing to an ingested corpus, a look-up and a timeline
	$(BIN)/sohieu ingest corpus/texts
	@echo; echo '$$ sohieu lookup 16 da tu'
	@$(BIN)/sohieu lookup 16 da tu
	@echo; echo '$$ sohieu timeline --from 2024'
	@$(BIN)/sohieu timeline --from 2024
	@echo; echo '$$ sohieu totals'
	@$(BIN)/sohieu totals

test: lint types contract unit test-web accuracy readme ## Everything that must hold

test-full: test ## Also what takes long: 30 runs killed at random moments, a lock of 31 seconds, ten meetings of two runs, a mixed archive of 500 files
	KILLS=30 LOCK=31 ROUNDS=10 MIXED=500 SEEDS=12 $(BIN)/pytest tests/unit/test_faults.py tests/unit/test_faults_locks.py tests/unit/test_faults_damage.py tests/unit/test_mixed.py

lint: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: setup
	$(BIN)/mypy

contract: setup
	$(BIN)/lint-imports

tools: ## What scans and old Word files need, from Debian; without it their tests are skipped
	@command -v soffice >/dev/null && command -v tesseract >/dev/null && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && apt-get install -y -qq --no-install-recommends libreoffice-writer-nogui tesseract-ocr tesseract-ocr-vie fonts-dejavu-core >/dev/null; \
	else echo "Not installed: libreoffice-writer-nogui, tesseract-ocr, tesseract-ocr-vie, fonts-dejavu-core; tests that need them are skipped"; fi

unit: setup tools ## On all cores and one process more, as many tests wait; a file of tests on one
	$(BIN)/pytest tests/unit -n $$(( $$(getconf _NPROCESSORS_ONLN) + 1 )) --dist loadfile

browser: ## Debian's Chromium, for test-web and screenshots; without it their tests are skipped
	@command -v chromium >/dev/null && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null; } || \
	    echo "Not installed, as apt-get failed: chromium; tests of the pages in a browser are skipped"; \
	else echo "Not installed: chromium; tests of the pages in a browser are skipped (sudo apt-get install chromium)"; fi

test-web: setup browser ## The pages in Chromium: every page, look-up, lists, timeline, corrections, keyboard, axe-core, hostile texts, odd requests
	$(BIN)/pytest tests/web -n auto --dist loadfile

screenshots: setup browser ## Pictures of the pages for docs/screens
	$(BIN)/python -m tests.web.screens

tables: setup ## Renew docs/tables.md, the data dictionary
	$(BIN)/python -m pipeline.export.dictionary docs/tables.md

readme: setup ## Run the commands of README.md
	$(BIN)/python tests/readme.py README.md

accuracy: setup ## The accuracy cards, with floors
	$(BIN)/sohieu score corpus/gold --floors tests/accuracy/corpus.toml --errors tests/accuracy/corpus.errors
	@if [ -d "$(GOLD)" ]; then \
	  $(BIN)/sohieu score "$(GOLD)" --floors tests/accuracy/dev.toml --errors tests/accuracy/dev.errors; \
	else echo "No gold texts in $(GOLD): only the project's own were scored"; fi

bench: setup ## Speed and memory, as ratios against underthesea in the same run
	$(BIN)/python -m tests.bench

fuzz: setup ## Odd inputs for readers of all formats, extractors, queries and tables: FUZZ_SECONDS (60) for each of TARGETS (all)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r tests/fuzz/requirements.lock
	nice $(BIN)/python -m tests.fuzz $(TARGETS)

bench-scale: setup ## Cost of 1,000, 10,000 and 100,000 texts; renews docs/growth.md and its plot
	$(BIN)/python -m tests.bench.scale

lock: ## Renew requirements.lock from pyproject.toml, and what `make fuzz` needs
	$(BIN)/pip-compile --quiet --extra dev --extra cluster --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file requirements.lock pyproject.toml
	$(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file tests/fuzz/requirements.lock tests/fuzz/requirements.in

clean:
	rm -rf .venv outputs/*.db* .mypy_cache .ruff_cache .pytest_cache .hypothesis
