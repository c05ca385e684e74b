# Two commands: `make run` fills outputs/, `make test` proves the project. Both set up all they need.
PYTHON ?= python3
BIN := .venv/bin
PEERS := .venv/peers
TESTS := $(BIN)/pytest -n auto --dist loadfile --max-worker-restart 0
SHELL := /bin/sh

.PHONY: run test lint coverage crash audit docs pictures bench bench-amounts bench-clean bench-dates bench-entities bench-hostile bench-scale fuzz mutants clean constraints

run: .venv/.run
	$(BIN)/veille run corpus/ --out outputs/

test: .venv/.test lint
	$(TESTS)

lint: .venv/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

docs: .venv/.test ## the site, in build/site
	$(BIN)/mkdocs build --quiet

pictures: .venv/.test ## those of README.md; needs chromium
	$(BIN)/python docs/pictures.py

bench: .venv/.test ## speed and memory against what a user would run instead; ARTICLES, ROUNDS, DATA=DIR
	$(BIN)/python -m benchmarks.speed.run --articles $(or $(ARTICLES),2000) --rounds $(or $(ROUNDS),3) $(if $(DATA),--data $(DATA))

bench-scale: .venv/.test ## memory at 5 000 and 50 000 articles, the price of a night, a cluster of two workers; an hour
	$(BIN)/python -m benchmarks.speed.memory
	$(BIN)/python -m benchmarks.speed.nightly
	$(BIN)/python -m benchmarks.speed.cluster

bench-clean: .venv/.test $(PEERS)/.clean ## reading and cleaning, against other extractors
	$(BIN)/python -m benchmarks.clean.measure --peers $(PEERS)

$(PEERS)/.clean:
	for p in trafilatura newspaper4k readability; do $(PYTHON) -m venv $(PEERS)/$$p; done
	$(PEERS)/trafilatura/bin/pip install -q trafilatura==2.3.1 lxml_html_clean
	$(PEERS)/newspaper4k/bin/pip install -q newspaper4k==0.9.6 lxml_html_clean
	$(PEERS)/readability/bin/pip install -q readability-lxml==0.9 lxml_html_clean
	touch $@

bench-dates: .venv/.test ## dates, against other readers; SPECS=DIR and CHRONO=FILE add public cases
	$(BIN)/python -m benchmarks.dates.bench $(if $(SPECS),--specs $(SPECS)) $(if $(CHRONO),--chrono $(CHRONO))

bench-amounts: .venv/.test ## amounts, against other readers; SPECS=DIR adds public cases
	$(BIN)/python -m benchmarks.amounts.bench --peers $(PEERS) $(if $(SPECS),--specs $(SPECS))

bench-hostile: .venv/.test ## what texts made to cost do cost, against prose
	$(BIN)/python -m benchmarks.hostile.run

fuzz: .venv/.test ## FUZZ inputs a test, 5000 by default (about two hours on one core); says how many were tried
	FUZZ=$(or $(FUZZ),5000) $(BIN)/pytest tests/hostile/test_fuzz.py

mutants: .venv/mutants/.installed ## how many small faults the unit tests notice; SAMPLE=0 tries all of them (hours), 400 a subject by default
	.venv/mutants/bin/python -m benchmarks.mutants.run --mutmut .venv/mutants/bin/mutmut --sample $(or $(SAMPLE),400)

.venv/mutants/.installed: .venv/.python constraints.txt
	$(PYTHON) -m venv .venv/mutants
	.venv/mutants/bin/pip install --quiet --constraint constraints.txt --editable . edtf hypothesis pytest mutmut==3.8.1
	touch $@

bench-entities: .venv/.test ## merging at 10 000, 100 000 and 1 000 000 names
	$(BIN)/python -m benchmarks.entities.bench

coverage: .venv/.test ## branches that the tests take, of processes that they start too; half an hour, so not part of `make test`
	$(TESTS) --cov --cov-report=term

crash: .venv/.test ## fifty kills at random moments: old tables or new ones, never a mixture
	VEILLE_KILLS=50 $(BIN)/pytest -o faulthandler_timeout=0 tests/test_crash.py

audit: .venv/audit/.tools .venv/locked/.installed ## wheel, licences, parts, known holes (ADVISORIES=must: fail unasked too)
	rm -rf build/audit && mkdir -p build/audit
	for turn in 1 2; do SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) \
		.venv/audit/bin/python -m build --no-isolation --wheel --outdir build/audit/$$turn . > build/audit/build.log || exit 1; done
	cmp build/audit/1/*.whl build/audit/2/*.whl && echo 'wheel: two builds, the same bytes'
	.venv/audit/bin/check-wheel-contents build/audit/1/*.whl
	.venv/audit/bin/pip-licenses --python .venv/locked/bin/python --from=mixed --with-urls --format=csv \
		--fail-on='GPL-3.0-only;GPL-3.0-or-later;AGPL-3.0-only;AGPL-3.0-or-later' --output-file=build/audit/licences.csv
	.venv/audit/bin/cyclonedx-py environment .venv/locked/bin/python --pyproject pyproject.toml --output-reproducible \
		--output-file build/audit/sbom.json
	.venv/audit/bin/python -m benchmarks.supply.advisories requirements.txt || \
		{ [ $$? = 3 ] && [ '$(ADVISORIES)' != must ]; } # 3: nobody could be asked

.venv/audit/.tools: .venv/.python
	$(PYTHON) -m venv .venv/audit
	.venv/audit/bin/pip install --quiet build==1.6.1 check-wheel-contents==0.6.3 cyclonedx-bom==7.5.0 hatchling==1.33.0 \
		pip-audit==2.10.1 pip-licenses==5.5.5 pip-tools==7.6.2
	touch $@

.venv/locked/.installed: .venv/.python requirements.txt ## every file checked against the hash in requirements.txt
	$(PYTHON) -m venv --clear .venv/locked
	.venv/locked/bin/pip install --quiet --require-hashes -r requirements.txt
	touch $@

clean:
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache

.venv/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'veille needs Python 3.11 or later'; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo 'Python lacks venv: trying Debian'"'"'s python3-venv'; \
		{ apt-get update && apt-get install -y python3-venv; } || { echo 'please install it: apt-get install python3-venv'; exit 1; }; }
	$(PYTHON) -m venv .venv
	touch $@

.venv/.run: .venv/.python pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --constraint constraints.txt --editable .
	touch $@

.venv/.test: .venv/.python pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@ .venv/.run

constraints: .venv/audit/.tools ## renew the pinned versions from a fresh environment, and the hashes of those that a run needs
	rm -rf .venv/fresh && $(PYTHON) -m venv .venv/fresh
	.venv/fresh/bin/pip install --quiet '.[dev]'
	{ head -1 constraints.txt; .venv/fresh/bin/pip freeze --exclude veille; } > constraints.new && mv constraints.new constraints.txt
	rm -rf .venv/fresh
	.venv/audit/bin/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
		--no-emit-options --no-header --no-annotate --strip-extras --allow-unsafe --extra report --constraint constraints.txt \
		--output-file requirements.txt pyproject.toml
