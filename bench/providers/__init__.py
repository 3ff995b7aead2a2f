"""Benchmark of `POST /recommend` while Spotify and Redis fail: `python -m bench.providers`.

Other benchmarks import nothing from here.
"""
