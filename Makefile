# Everything here needs the environment of 'make dev'; README.md says how to do without make.
PYTHON ?= .venv/bin/python

.PHONY: dev lint test bench accuracy

dev:
	python3 -m venv .venv && .venv/bin/pip install -q -e ".[dev]"

lint:
	$(PYTHON) -m tests --only lint

test:
	$(PYTHON) -m tests

# Speed of a full-history scan against git's own floor and the peers on PATH: make bench REPO=/path/to/clone
bench:
	$(PYTHON) bench/speed.py $(or $(REPO),.)

# Accuracy on a built half of CredData: make accuracy ROOT=/path/to/built
accuracy:
	$(PYTHON) bench/accuracy.py $(ROOT) --by-repository
