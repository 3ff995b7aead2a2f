"""Answers that the documentation page shows."""

from typing import Any

FACE: dict[str, Any] = {
    "box": {"x": 178, "y": 63, "width": 90, "height": 113},
    "landmarks": {
        "right_eye": {"x": 200.2, "y": 101.7},
        "left_eye": {"x": 246.8, "y": 102.4},
        "nose": {"x": 220.1, "y": 124.2},
        "right_mouth": {"x": 198.9, "y": 142.4},
        "left_mouth": {"x": 239.6, "y": 143.4},
    },
    "detection_score": 0.9316,
    "emotion": "happy",
    "scores": {
        "angry": 1.7e-05,
        "disgust": 0.0,
        "fear": 1.2e-05,
        "happy": 0.997011,
        "sad": 2e-06,
        "surprise": 0.000789,
        "neutral": 0.002169,
    },
}
TRACK: dict[str, Any] = {
    "id": "bbdbf0bb55d6",
    "artist": "Pablo Cruise",
    "title": "Cool Love",
    "year": 1981,
    "genre": "soft rock",
    "language": "en",
    "mood": "happy",
    "scores": {"angry": 0.0001, "sad": 0.0002, "happy": 0.993, "relaxed": 0.0067},
    "url": "https://open.spotify.com/track/4f3J8zrr85LAVUhzZ3llYP",
    "embed_url": "https://open.spotify.com/embed/track/4f3J8zrr85LAVUhzZ3llYP",
}
TEXTS = ["Sunny garden, happy people laugh and dance, everybody smile tonight"]

RECOMMENDATION = {
    "emotion": {"label": "happy", "scores": FACE["scores"]},
    "mood": {"label": "happy", "scores": {"angry": 1.7e-05, "sad": 1.4e-05, "happy": 0.997011, "relaxed": 0.002958}},
    "faces": [FACE],
    "tracks": [TRACK],
    "degraded": [],
}
EMOTIONS = {"faces": [FACE], "width": 512, "height": 512}
MOODS = {
    "moods": [
        {"mood": "angry", "emotions": ["angry", "disgust", "contempt"]},
        {"mood": "sad", "emotions": ["fear", "sad"]},
        {"mood": "happy", "emotions": ["happy"]},
        {"mood": "relaxed", "emotions": ["surprise", "neutral"]},
    ]
}
MOOD_TRACKS = {"mood": "happy", "tracks": [TRACK], "degraded": []}
LYRICS_MOODS = {
    "results": [
        {
            "mood": "relaxed",
            "scores": {"angry": 0.075802, "sad": 0.036833, "happy": 0.071134, "relaxed": 0.816231},
            "coverage": 0.7,
        }
    ]
}
TRACKS: dict[str, Any] = {"tracks": [TRACK], "next_cursor": None}


def answer(example: dict[str, Any]) -> dict[int | str, dict[str, Any]]:
    """Describe a good answer of a route by an example, for its OpenAPI page."""
    return {200: {"content": {"application/json": {"example": example}}}}
