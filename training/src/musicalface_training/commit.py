"""The git commit of the training code."""

import subprocess
from pathlib import Path

HERE = Path(__file__).parent


def current_commit(folder: Path = HERE) -> str:
    """Return the commit that `folder` is checked out at, or "unknown" outside a git repository.

    The commit ends in "-dirty" if any Python file differs from it: the commit alone is then not the code that trains.
    """
    commit = _git(folder, "rev-parse", "HEAD")
    if commit is None:
        return "unknown"
    changed = _git(folder, "status", "--porcelain", "--untracked-files=all", "--", ":/*.py")
    return commit if changed == "" else f"{commit}-dirty"


def _git(folder: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=False, cwd=folder)
    except FileNotFoundError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None
