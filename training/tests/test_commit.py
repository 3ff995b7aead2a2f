"""The commit that a model names as the code that trained it."""

import subprocess
from pathlib import Path

from musicalface_training.commit import current_commit


def test_the_commit_is_unknown_outside_of_git(tmp_path: Path) -> None:
    assert current_commit(tmp_path) == "unknown"


def test_the_commit_is_the_one_checked_out_and_dirty_with_new_code(tmp_path: Path) -> None:
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run([*git, "-C", str(tmp_path), "init", "--quiet"], check=True)
    subprocess.run([*git, "-C", str(tmp_path), "commit", "--quiet", "--allow-empty", "-m", "first"], check=True)
    (tmp_path / "notes.txt").touch()
    clean = current_commit(tmp_path)
    assert len(clean) == 40
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "new.py").touch()
    assert current_commit(tmp_path) == f"{clean}-dirty"
