"""Benchmark of `POST /v1/faces`: `python -m bench.face`. Other benchmarks import nothing from here."""
