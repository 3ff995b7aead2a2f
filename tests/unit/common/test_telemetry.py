"""Nothing of a user's machine is reported to anybody."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

LOAD = "from {package}.classifier import load_classifier; load_classifier()"


@pytest.mark.parametrize("package", ["face_emotion", "lyrics_mood"])
def test_loading_a_model_leaves_no_device_id_behind(package: str, tmp_path: Path) -> None:
    # In CI the library reports nothing by itself, so the test would prove nothing.
    switches = {"CI", "GITHUB_ACTIONS", "ORT_DISABLE_TELEMETRY", "ORT_RUNNING_UNIT_TESTS"}
    environment = {name: value for name, value in os.environ.items() if name not in switches}
    homes = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"), str(tmp_path))
    subprocess.run([sys.executable, "-c", LOAD.format(package=package)], env=environment | homes, check=True)
    assert not list(tmp_path.iterdir())
