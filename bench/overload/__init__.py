"""Benchmark of `POST /recommend` under more clients than the server can serve: `python -m bench.overload`.

Other benchmarks import nothing from here.
"""
