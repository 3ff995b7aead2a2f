"""Which code trained a model."""

import subprocess
from pathlib import Path

HERE = Path(__file__).parent


def current_commit(folder: Path = HERE) -> str:
    """Return the commit that the code's folder is checked out at, "unknown" where it is at none.

    It ends on "-dirty" where Python files differ from it or are not in it: then it is not what trained the model.
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
