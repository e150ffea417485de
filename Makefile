# Every target sets up what it needs, once. `make` alone lists them.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
unexport PYTHONPATH PYTHONHOME

bin := .venv/bin
installed := .venv/.installed-for
system_packages := build/system-packages-installed
coverage_report := build/coverage.json

# An environment only works where it was made: in a moved checkout it is made again.
ifneq ($(shell test -x $(bin)/python && cat $(installed) 2>/dev/null),$(CURDIR))
.PHONY: $(installed)
endif

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s%s\n", $$1, $$2 }' Makefile

.PHONY: setup
setup: $(installed) ## make .venv with everything that Loginwright and its tests need
	@echo 'Loginwright is set up in .venv.'

$(installed): pyproject.toml packaging/python_environment.sh packaging/find_python.sh | $(system_packages)
	@packaging/python_environment.sh $@

# Written only when nothing is missing, so that a missing package is named each time.
$(system_packages): packaging/system_packages.sh
	@packaging/system_packages.sh $@

.PHONY: run
run: $(installed) ## open the designer on the sample flow; without a display, log in there in the terminal
	@packaging/run_sample.sh

.PHONY: test
test: check ## all that has to be true before a push: checks, tests, coverage
	$(bin)/pytest -n 2 --dist loadfile --max-worker-restart=0 --hypothesis-profile=ci --cov --cov-report=json:$(coverage_report)
	@$(bin)/python packaging/coverage_gate.py $(coverage_report) transaction flow tokens api

.PHONY: check
check: check-format check-lint check-types check-imports ## format, lint, types and import rules

.PHONY: check-format
check-format: $(installed)
	$(bin)/ruff format --check .

.PHONY: check-lint
check-lint: $(installed)
	$(bin)/ruff check .

.PHONY: check-types
check-types: $(installed)
	$(bin)/mypy
	$(bin)/pyright

.PHONY: check-imports
check-imports: $(installed)
	$(bin)/lint-imports --no-logo

.PHONY: bench
bench: $(installed) ## measure the speed of the runtime: one table of medians and ratios
	@PYTHONPATH=tests $(bin)/python -m benchmarks

.PHONY: screenshots
screenshots: $(installed) ## draw docs/images/designer anew, from runs of the sample
	@PYTHONPATH=tests $(bin)/python packaging/draw_designer.py

.PHONY: clean
clean: ## remove everything that make has made, .venv too
	rm -rf .venv build dist .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
