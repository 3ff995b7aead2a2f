"""Benchmark of the catalogue's search, its answers and its speed: `python -m bench.search`.

Other benchmarks import nothing from here.
"""
