# Eco One Map: the commands of its developers and of everyone who tries it.
#   make demo     set up, then check the sample city through QGIS (results in build/demo/)
#   make test     set up, then run all tests, a process for each core
#   make fast     the library's tests: those that start no other program and need no QGIS
#   make package  the plugin as a zip in dist/
#   make lint     style, types
#   make accuracy how exact the numbers are (docs/accuracy.md)
#   make bench    speed against other engines (build/bench/performance.md)
.PHONY: demo test fast package lint accuracy bench setup clean

export LC_ALL := C.UTF-8
PYTHON := .venv/bin/python

setup:
	@scripts/install.sh

demo: setup
	@$(PYTHON) scripts/demo.py

test: setup
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest --numprocesses auto --dist loadfile \
		--no-loadscope-reorder

fast: setup
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest -m "not slow" -q --ignore tests/qgis

package: setup
	@$(PYTHON) scripts/package.py $(PUBLISHER)

lint: setup
	@$(PYTHON) -m ruff check . && $(PYTHON) -m ruff format --check . && $(PYTHON) -m mypy

accuracy: setup
	@$(PYTHON) benchmarks/accuracy.py

bench: setup
	@$(PYTHON) benchmarks/engines/environment.py
	@QT_QPA_PLATFORM=offscreen $(PYTHON) benchmarks/run.py

clean:
	@rm -rf build dist .venv .venv-bench .pytest_cache .mypy_cache .ruff_cache .hypothesis
