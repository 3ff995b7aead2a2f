"""Measures the catalogue's search in this process: right answers and latency.

SQLite is always measured, in a temporary folder. With --database-url, another database such as MariaDB is measured too.
"""

import argparse
import tempfile
import time
from pathlib import Path

from bench.search.answers import measure_answers
from bench.search.latency import measure_latency
from recommender.catalogue.catalogue import Catalogue
from recommender.catalogue.database import open_engine
from recommender.catalogue.facts_file import FactsFile
from recommender.catalogue.loading import load
from recommender.settings import Settings

LEAST_SHARE = 0.95


def measure(url: str, file: Path, times: int) -> bool:
    """Load the catalogue into a database, and print how long load and searches take, and how many find the right song.

    Returns whether enough of them do.
    """
    with open_engine(url) as engine:
        started = time.perf_counter()
        loaded = load(engine, FactsFile(file))
        print(f"\n{engine.dialect.name}: {loaded}, {time.perf_counter() - started:.1f} s")
        catalogue = Catalogue(engine, loaded.version)
        measure_latency(catalogue, times)
        return measure_answers(catalogue) >= LEAST_SHARE


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.add_argument("--database-url", help="SQLAlchemy URL of a second database; the catalogue is loaded into it")
    parser.add_argument(
        "--catalogue",
        type=Path,
        default=Settings().catalogue_file,
        help="facts file to load (default: the one that ships)",
    )
    parser.add_argument("--times", type=int, default=100, help="searches of each kind (default: %(default)s)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        enough = measure(f"sqlite:///{folder}/catalogue.db", options.catalogue, options.times)
    if options.database_url:
        enough &= measure(options.database_url, options.catalogue, options.times)
    if not enough:
        raise SystemExit(f"fewer than {LEAST_SHARE:.0%} of the queries have the right song among the first three")


if __name__ == "__main__":
    main()
