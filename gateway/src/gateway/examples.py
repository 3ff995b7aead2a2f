"""Answers that the documentation page shows."""

from typing import Any

FACE = {
    "box": {"x": 178, "y": 63, "width": 90, "height": 113},
    "landmarks": {
        "right_eye": {"x": 200.6, "y": 101.9},
        "left_eye": {"x": 247.0, "y": 102.9},
        "nose": {"x": 220.5, "y": 124.6},
        "right_mouth": {"x": 198.8, "y": 142.6},
        "left_mouth": {"x": 239.0, "y": 143.8},
    },
    "detection_score": 0.93,
    "emotion": "happy",
    "scores": {
        "angry": 0.004,
        "disgust": 0.001,
        "fear": 0.003,
        "happy": 0.962,
        "sad": 0.004,
        "surprise": 0.006,
        "neutral": 0.02,
    },
}
TRACK = {
    "id": "3f9a1c5b7d20",
    "artist": "ABBA",
    "title": "Dancing Queen",
    "year": 1976,
    "genre": "pop",
    "language": "en",
    "mood": "happy",
    "scores": {"angry": 0.03, "sad": 0.05, "happy": 0.81, "relaxed": 0.11},
    "url": "https://open.spotify.com/search/ABBA%20Dancing%20Queen",
    "embed_url": None,
}
TEXTS = ["Morning comes slow over the quiet water, and I breathe easy with you beside me"]

RECOMMENDATION = {
    "emotion": {"label": "happy", "scores": FACE["scores"]},
    "mood": {"label": "happy", "scores": {"angry": 0.005, "sad": 0.007, "happy": 0.962, "relaxed": 0.026}},
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
            "scores": {"angry": 0.02, "sad": 0.11, "happy": 0.41, "relaxed": 0.46},
            "coverage": 1.0,
        }
    ]
}
TRACKS = {"tracks": [TRACK], "next_cursor": None}


def answer(example: dict[str, Any]) -> dict[int | str, dict[str, Any]]:
    """Describe a good answer of a route by an example, for its OpenAPI page."""
    return {200: {"content": {"application/json": {"example": example}}}}
