"""A killed build resumes, and writes the same bytes as one that was not killed."""

import gzip
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from musicalface_training.catalogue.scoring import ROWS

PARTS = 6
CLI = "from musicalface_training.main import cli; cli()"
PATIENCE = 250


@pytest.fixture
def pool(tmp_path: Path) -> Path:
    """A pool of songs in six parts, each of which takes a moment."""
    said = "\n".join(f"river number {spell(line)} runs along the hills and sings" for line in range(30))
    rows = [f'Artist {song % 7},Song {song},"{spell(song)} {said}"' for song in range(ROWS * PARTS)]
    path = tmp_path / "pool.csv"
    path.write_text("\n".join(["artist,title,lyrics", *rows]) + "\n")
    return path


def spell(number: int) -> str:
    return "".join("abcdefghij"[int(digit)] for digit in str(number))


def start(pool: Path, name: str, work: str) -> "subprocess.Popen[bytes]":
    folder = pool.parent
    where = [f"--input={pool}", f"--data={folder}", f"--output={folder / name}", f"--work={folder / work}"]
    command = [sys.executable, "-c", CLI, "catalogue", "build", *where, "--processes=2"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def markers(work: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in work.glob("*/*.done")}


def wait_for_a_marker(work: Path, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE
    while not markers(work):
        assert process.poll() is None, "the build ended before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.005)


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc to find a build's processes")
def test_a_killed_build_resumes_and_writes_the_same_bytes(pool: Path) -> None:
    process = start(pool, "killed.csv.gz", "work")
    work = pool.parent / "work"
    wait_for_a_marker(work, process)
    workers = children(process.pid)
    os.kill(process.pid, signal.SIGKILL)
    process.wait(PATIENCE)
    deadline = time.monotonic() + PATIENCE
    while any(map(runs, workers)):
        assert time.monotonic() < deadline, "a worker outlived its killed build"
        time.sleep(0.05)

    kept = markers(work)
    assert 0 < len(kept) < PARTS
    assert not (pool.parent / "killed.csv.gz").exists()
    assert start(pool, "killed.csv.gz", "work").wait(PATIENCE) == 0
    assert len(markers(work)) == PARTS
    assert kept.items() <= markers(work).items(), "a finished part was done again"

    assert start(pool, "whole.csv.gz", "other").wait(PATIENCE) == 0
    written = (pool.parent / "killed.csv.gz").read_bytes()
    assert written == (pool.parent / "whole.csv.gz").read_bytes()
    assert gzip.decompress(written).count(b"\n") == ROWS * PARTS + 1
