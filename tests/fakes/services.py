"""Small real apps that follow the contracts of the services, for tests of the gateway.

`app.state.calls` lists what each was sent.
"""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request

from musicalface_common.app import assemble_app
from musicalface_common.errors import NoFace, UnknownTrack
from musicalface_common.settings import ServiceSettings
from musicalface_common.vocabulary import EIGHT_EMOTIONS, MOODS, SEVEN_EMOTIONS

HAPPY = (0.02, 0.01, 0.02, 0.8, 0.05, 0.04, 0.06)
ANGRY = (0.7, 0.1, 0.05, 0.05, 0.04, 0.03, 0.03)


def face(scores: tuple[float, ...]) -> dict[str, Any]:
    """Return a face as face-emotion does, with one field that the gateway does not know."""
    labels = SEVEN_EMOTIONS if len(scores) == 7 else EIGHT_EMOTIONS
    return {
        "box": {"x": 1, "y": 2, "width": 30, "height": 40},
        "landmarks": None,
        "regions": None,
        "detection_score": None,
        "emotion": labels[scores.index(max(scores))],
        "scores": dict(zip(labels, scores, strict=True)),
        "added_later": True,
    }


def face_service(*rows: tuple[float, ...]) -> FastAPI:
    """Make a face-emotion that finds faces with these scores in every photo, or refuses every photo without scores."""
    app = _service("face-emotion")

    @app.post("/v1/faces")
    async def faces(request: Request, emotions: int, faces: str) -> dict[str, Any]:
        body = await request.body()
        _record(app, request, body=body, emotions=emotions, faces=faces)
        if not rows:
            raise NoFace("the image shows no face")
        return {"width": 64, "height": 48, "model": "stand-in", "faces": [face(row) for row in rows]}

    return app


def lyrics_service() -> FastAPI:
    """Make a lyrics-mood that scores every text as happy, except those without letters."""
    app = _service("lyrics-mood")

    @app.post("/v1/moods")
    async def moods(request: Request, body: dict[str, list[str]]) -> dict[str, Any]:
        _record(app, request, body=body)
        result = {"mood": "happy", "scores": dict.fromkeys(MOODS, 0.25), "coverage": 0.5}
        result |= {"words": {"mood": "sad", "scores": dict.fromkeys(MOODS, 0.25)}}
        result |= {"language": "en", "explicit": False, "trusted": True}
        wordless = dict.fromkeys(result) | {"coverage": 0, "explicit": False, "trusted": False}
        with_words = [any(map(str.isalpha, text)) for text in body["texts"]]
        return {"model": "stand-in", "results": [result if each else wordless for each in with_words]}

    return app


def recommender_service() -> FastAPI:
    """Make a recommender that returns `limit` songs. Its search and its lookup by id know only song 1."""
    app = _service("recommender")

    @app.post("/v1/recommendations")
    async def recommendations(request: Request, body: dict[str, Any]) -> dict[str, Any]:
        _record(app, request, body=body)
        return {"tracks": [track(i, body["mood"]) for i in range(body["limit"])], "degraded": ["redis"]}

    @app.get("/v1/tracks")
    async def tracks(request: Request) -> dict[str, Any]:
        _record(app, request, body=dict(request.query_params))
        return {"tracks": [track(1, "sad")], "next_cursor": "next"}

    @app.get("/v1/genres")
    async def genres(request: Request) -> dict[str, Any]:
        _record(app, request, body=dict(request.query_params))
        return {"genres": [{"genre": "r&b", "tracks": 2}, {"genre": "rock", "tracks": 1}]}

    @app.get("/v1/languages")
    async def languages(request: Request) -> dict[str, Any]:
        _record(app, request, body=dict(request.query_params))
        return {"languages": [{"language": "en", "tracks": 3}]}

    @app.get("/v1/tracks/{identity}")
    async def one_track(request: Request, identity: str) -> dict[str, Any]:
        _record(app, request, body=dict(request.query_params))
        known = track(1, "sad")
        if identity != known["id"]:
            raise UnknownTrack
        return {"track": known | {"artwork_url": "https://i.ytimg.com/1.jpg"}, "degraded": ["youtube-limited"]}

    return app


def track(number: int, mood: str) -> dict[str, Any]:
    """Return a song as the recommender does."""
    return {
        "id": hashlib.sha256(str(number).encode()).hexdigest()[:12],
        "artist": f"Artist {number}",
        "title": f"Title [bold]{number}[/bold]",
        "year": None,
        "genre": "rock",
        "genres": ["rock"],
        "language": "en",
        "explicit": False,
        "tag_mood": None,
        "listeners": 110,
        "chart_peak": None,
        "chart_weeks": None,
        "kind": None,
        "season": None,
        "harm": None,
        "mood": mood,
        "people": None,
        "votes": None,
        "scores": dict.fromkeys(MOODS, 0.25),
        "url": f"https://open.spotify.com/search/Artist%20{number}%20Title",
        "embed_url": None,
        "artwork_url": None,
        "duration_ms": 215_000,
    }


@asynccontextmanager
async def _no_state() -> AsyncIterator[object]:
    yield object()


def _service(name: str) -> FastAPI:
    app = assemble_app(name, "A stand-in.", ServiceSettings(), _no_state, [])
    app.state.calls = []
    return app


def _record(app: FastAPI, request: Request, **sent: Any) -> None:
    app.state.calls.append({"headers": dict(request.headers), **sent})
