"""Writes the OpenAPI documents of the four apps into a folder, or compares them with the files of a folder."""

import json
from collections.abc import Callable
from pathlib import Path

from fastapi import FastAPI

import face_emotion.app
import gateway.app
import lyrics_mood.app
import recommender.app

APPS: dict[str, Callable[[], FastAPI]] = {
    "face-emotion": face_emotion.app.create_app,
    "gateway": gateway.app.create_app,
    "lyrics-mood": lyrics_mood.app.create_app,
    "recommender": recommender.app.create_app,
}


def write_contracts(folder: Path) -> None:
    """Write the document of each app into a folder, as APP.openapi.json."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, document in documents().items():
        (folder / name).write_text(document, encoding="utf-8")


def drifted(folder: Path) -> list[str]:
    """Return the names of the files that are missing or differ from the apps' documents."""
    return [name for name, document in documents().items() if _read(folder / name) != document]


def documents() -> dict[str, str]:
    """Return the OpenAPI document of each app by its file name. Each call returns the same texts."""
    return {f"{name}.openapi.json": render(create_app()) for name, create_app in APPS.items()}


def render(app: FastAPI) -> str:
    """Return an app's OpenAPI document as JSON with sorted keys."""
    return json.dumps(app.openapi(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None
