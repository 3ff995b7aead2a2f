"""Benchmarks of speed and memory. Start each from the repository root: `PYTHONPATH=tests python -m bench.NAME --help`.

A benchmark may import the services, and the fakes and helpers of `tests/`. Nothing imports a benchmark.
"""
