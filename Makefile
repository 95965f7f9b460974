# make run   sets up .venv, builds the knowledge base, answers the question about the founding letters
# make test  sets up what tests need and runs them all
# make evaluate  what is right on ../shared/corpus, old and new; RECORD=1 records it, VERBOSE=1 prints every miss
# make bench     time and peak memory by size and number; FULL=1 up to 10,000 documents, KB=FOLDER searches in it too
# make fuzz      10,000 damaged documents of each format, 2,000 pairs, cuts, every pattern on hard strings, bounds on time,
#                every page of the site in a browser, a run over 10,000 texts interrupted, 200 releases killed,
#                two additions at once 50 times, 500 faults before the gate, one release on 20 machines (PYTHONS= other interpreters, apart by colons);
#                FULL=1 strings of 1,000,000 characters; CORPUS= damages real ones too
# make coverage  runs the tests and prints which part of the code they run; on Python 3.12 and later by sys.monitoring
# make lock      renews requirements-dev.txt: all that development needs, at one version each, with hashes
.PHONY: run test coverage evaluate bench fuzz lint types oldest lock clean

PYTHON ?= python3
BIN := .venv/bin

run: .venv/run.stamp
	$(BIN)/mandata build --out mandata-kb
	$(BIN)/mandata ask founding-letter-citers --kb mandata-kb

test: lint types
	$(BIN)/python -m pytest -n auto

coverage: .venv/test.stamp
	$(BIN)/python -c 'import sys; print("sysmon" if sys.version_info >= (3, 12) else "ctrace")' > .venv/coverage-core
	COVERAGE_CORE=$$(cat .venv/coverage-core) $(BIN)/python -m pytest -n auto --cov=mandata --cov-report=term:skip-covered

evaluate: .venv/test.stamp
	PYTHONPATH=tests $(BIN)/python -m evaluate $(if $(RECORD),--record) $(if $(VERBOSE),--verbose)

bench: .venv/test.stamp
	PYTHONPATH=tests $(BIN)/python -m benchmarks $(if $(FULL),--full)
	PYTHONPATH=tests $(BIN)/python -m benchmarks.answers
	$(if $(FULL),PYTHONPATH=tests $(BIN)/python -m benchmarks.answers --growth)
	PYTHONPATH=tests $(BIN)/python -m benchmarks.dumps $(if $(FULL),--full)
	PYTHONPATH=tests $(BIN)/python -m benchmarks.endpoint $(if $(FULL),--triples 10000 100000 1000000)
	PYTHONPATH=tests $(BIN)/python -m benchmarks.endurance $(if $(FULL),--triples 1000000 --seconds 600)
	$(if $(KB),PYTHONPATH=tests $(BIN)/python -m benchmarks.search --kb $(KB))

fuzz: .venv/test.stamp
	PYTHONPATH=tests $(BIN)/python -m fuzz $(if $(FULL),--size 1000000) $(if $(CORPUS),--corpus $(CORPUS))
	$(BIN)/python -m pytest -m timed
	MANDATA_PAGES=all $(BIN)/python -m pytest tests/site_pages/test_browser.py tests/server/test_pages.py
	MANDATA_TEXTS=$(or $(TEXTS),10000) $(BIN)/python -m pytest tests/ingest/test_interrupted.py
	MANDATA_KILLS=200 MANDATA_FAULTS=500 $(BIN)/python -m pytest -s tests/release/test_release.py tests/release/test_killed.py tests/release/test_gate.py
	MANDATA_ALL_EVIDENCE=1 $(BIN)/python -m pytest -s tests/graph/test_attestation.py
	MANDATA_CHANGES=$(or $(CHANGES),50) $(BIN)/python -m pytest tests/kb/test_two_changes.py
	MANDATA_RUNS=20 MANDATA_PYTHONS=$(PYTHONS) $(BIN)/python -m pytest tests/release/test_same_bytes.py
	MANDATA_REQUESTS=500 $(BIN)/python -m pytest tests/server/test_api_described.py
	PYTHONPATH=tests $(BIN)/python -m fuzz.endpoint

lint: .venv/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/test.stamp
	$(BIN)/mypy

# The lower bounds of pyproject.toml, each really installed and tested.
oldest: pyproject.toml
	rm -rf .venv-oldest && $(PYTHON) -m venv .venv-oldest
	.venv-oldest/bin/python -m pip install -q --upgrade pip uv
	.venv-oldest/bin/uv pip install -q --python .venv-oldest/bin/python --resolution lowest-direct -e '.[test]'
	.venv-oldest/bin/python -m pytest -n auto

lock: .venv/run.stamp
	$(BIN)/python -m pip install -q --disable-pip-version-check uv
	$(BIN)/uv pip compile -q --upgrade pyproject.toml --extra test --universal --python-version 3.11 --generate-hashes \
		--custom-compile-command "make lock" -o requirements-dev.txt

.venv/run.stamp: pyproject.toml editor/package-lock.json
	$(PYTHON) -c 'import sys; sys.exit("mandata needs Python 3.11 or later; set PYTHON=" if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check -e .
	touch $@

.venv/test.stamp: pyproject.toml .venv/run.stamp
	$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[test]'
	touch $@

clean:
	rm -rf .venv .venv-oldest mandata-kb
