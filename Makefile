# Needs python3 (3.11 or later, with venv) and make; pip finds the packages where it is configured to look.
# `make demo` shows it at work, `make test` runs the tests, `make help` lists the rest.

PYTHON ?= python3
VENV ?= .venv
STORE ?= zhiguan-store
SERVE ?= 1
HOST ?= 127.0.0.1
PORT ?= 7878
SHARED ?= ../shared
OUT ?= out
FLOORS := tests/eval/floors.json

BIN := $(VENV)/bin
PEERS := .venv-peers
ZHIGUAN := $(BIN)/zhiguan
TABLES := articles people posts bodies meetings participation plans
# Floors of the two founding articles (F1); quotes must stand where they are said to stand in any case.
SEEDS_FLOORS := people=1.0 posts=0.97 bodies=0.90 meetings=0.80 meeting.date=1.0 participation=0.92 plans=1.0 \
	plan.period=1.0 title=1.0 source=1.0 published=1.0 jurisdiction=1.0

.DELETE_ON_ERROR:
.PHONY: help demo install dev vocabularies test check check-full ontology docs lint smoke score score-seeds score-dev score-raise score-peers bench bench-serve bench-load wheel clean

help:
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

demo: install ## install, load the examples, print the register, serve it on http://127.0.0.1:7878/ (SERVE=0: do not serve)
	$(ZHIGUAN) load examples --store $(STORE)
	$(ZHIGUAN) register --store $(STORE)
ifneq ($(SERVE),0)
	$(ZHIGUAN) serve --store $(STORE) --host $(HOST) --port $(PORT)
endif

install: $(VENV)/.installed ## a virtual environment with zhiguan in it

dev: $(VENV)/.installed-dev ## the same with the tools for development

# The stamps make a second run cheap; a changed pyproject.toml installs again.
$(VENV)/.installed: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

$(PEERS)/.installed: pyproject.toml
	test -x $(PEERS)/bin/python || $(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[peers]'
	touch $@

test: dev ## set up and run all tests but the slow ones
	$(BIN)/python -m pytest -q -n auto -m "not full"

lint: dev ## formatting, lints, types and layers
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

smoke: dev ## build the wheel, install it into an empty environment and use it
	$(BIN)/python -m pytest -q tests/packaging/test_wheel.py -m full

check: lint test smoke ## what must hold before a change goes in

ontology: dev ## check the ontology by the field's catalogues (FOOPS!, OOPS!, ROBOT, SKOS, OWL RL) and print a table
	$(BIN)/python -m tests.ontology

docs: install ## the ontology's documentation as a site of plain pages in out/site
	$(ZHIGUAN) docs $(OUT)/site

check-full: check bench ## the same and all that takes minutes
	$(BIN)/python -m pytest -q -m full

score: score-seeds score-dev ## compare what is found in the gold articles with the gold; fails below the floors

# Floors only go up; to lower one on purpose, run `zhiguan evaluate` with --allow-lower.
score-raise: install ## write the figures as the new floors where they are higher
	$(ZHIGUAN) evaluate $(SHARED)/gold/seeds --update-floors $(FLOORS)
	$(ZHIGUAN) evaluate $(SHARED)/gold/dev --update-floors $(FLOORS)

score-seeds: install
	$(call score,seeds)
	$(BIN)/python $(SHARED)/score/score.py $(SHARED)/gold/seeds $(OUT)/score/seeds $(addprefix --min ,$(SEEDS_FLOORS))
	$(ZHIGUAN) evaluate $(SHARED)/gold/seeds --floors $(FLOORS)

score-dev: install
	$(call score,dev)
	$(BIN)/python $(SHARED)/score/score.py $(SHARED)/gold/dev $(OUT)/score/dev
	$(ZHIGUAN) evaluate $(SHARED)/gold/dev --floors $(FLOORS) --json $(OUT)/score/dev.json

# Loads one gold set into a store of its own and writes the answers of the contract's queries as CSV.
define score
rm -rf $(OUT)/score/$(1)
mkdir -p $(OUT)/score/$(1)
$(ZHIGUAN) load $(SHARED)/gold/$(1)/*.txt --store $(OUT)/score/$(1)/store
for table in $(TABLES); do \
	$(ZHIGUAN) query $$table --store $(OUT)/score/$(1)/store --format csv > $(OUT)/score/$(1)/$$table.csv || exit 1; \
done
endef

score-peers: $(PEERS)/.installed ## people and posts beside cutword, LAC and jieba, on the gold; fails where one is ahead
	$(PEERS)/bin/python -m tests.bench.peers $(SHARED)/gold/dev $(SHARED)/gold/seeds --json $(OUT)/peers.json

bench: dev ## speed of each stage and memory over the corpus; beside other tools after make score-peers
	$(BIN)/python -m tests.bench.bench $(SHARED)/corpus/news.jsonl.gz --runs 3 --peers $(PEERS)/bin/python --json $(OUT)/bench.json

vocabularies: dev ## derive the word lists in lexicon/compiled from the SKOS vocabularies in ontology/
	$(BIN)/python scripts/build_lexicon.py
	$(BIN)/python scripts/vocabulary_table.py

# Some 3 minutes; with 50,000 articles some 20 more.
bench-serve: dev $(PEERS)/.installed ## requests a second of the server, beside oxigraph serve and rdflib-endpoint (needs wrk)
	$(BIN)/python -m tests.bench.serving $(OUT)/bench-serve --peers $(PEERS)/bin/python --json $(OUT)/bench-serve.json

bench-load: dev ## rates, memory and cost of each part of loading, beside rdflib and pySHACL (FULL=1: 50,000 articles too)
	$(BIN)/python -m tests.bench.loading $(SHARED)/corpus/news.jsonl.gz --articles 1000 5000 $(if $(FULL),50000) --json $(OUT)/bench-load.json

wheel: dev ## dist/*.whl
	$(BIN)/python -m build --wheel

clean: ## everything that can be made again, but the environment
	rm -rf $(OUT) dist build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
