"""Example responses for the documentation page."""

from typing import Any

FACE: dict[str, Any] = {
    "box": {"x": 180, "y": 63, "width": 89, "height": 111},
    "landmarks": {
        "right_eye": {"x": 203.5, "y": 101.2},
        "left_eye": {"x": 245.1, "y": 101.5},
        "nose": {"x": 223.0, "y": 124.7},
        "right_mouth": {"x": 203.6, "y": 144.1},
        "left_mouth": {"x": 240.1, "y": 142.1},
    },
    "regions": {
        "eyes": {"x": 182, "y": 77, "width": 84, "height": 39},
        "mouth": {"x": 194, "y": 128, "width": 56, "height": 35},
    },
    "detection_score": 0.9383,
    "emotion": "happy",
    "scores": {
        "angry": 1.3e-05,
        "disgust": 0.0,
        "fear": 1.5e-05,
        "happy": 0.995997,
        "sad": 3e-06,
        "surprise": 0.000801,
        "neutral": 0.003172,
    },
}
TRACK: dict[str, Any] = {
    "id": "e10f1f3f5fde",
    "artist": "Black Eyed Peas",
    "title": "I Gotta Feeling",
    "year": 2009,
    "genre": "pop",
    "genres": ["pop", "hip hop"],
    "language": "en",
    "explicit": False,
    "tag_mood": "happy",
    "listeners": 304,
    "chart_peak": 1,
    "chart_weeks": 56,
    "kind": None,
    "season": None,
    "harm": None,
    "mood": "happy",
    "people": {"angry": 0.0227, "sad": 0.0, "happy": 0.9773, "relaxed": 0.0},
    "votes": 18,
    "scores": {"angry": 0.0209, "sad": 0.0246, "happy": 0.7783, "relaxed": 0.1762},
    "url": "https://open.spotify.com/track/70cTMpcgWMcR18t9MRJFjB",
    "embed_url": "https://open.spotify.com/embed/track/70cTMpcgWMcR18t9MRJFjB",
    "artwork_url": None,
    "duration_ms": None,
}
TEXTS = ["Sunny garden, happy people laugh and dance, everybody smile tonight"]

RECOMMENDATION = {
    "emotion": {"label": "happy", "scores": FACE["scores"]},
    "mood": {"label": "happy", "scores": {"angry": 1.3e-05, "sad": 1.8e-05, "happy": 0.995997, "relaxed": 0.003973}},
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
            "mood": "happy",
            "scores": {"angry": 0.049022, "sad": 0.181858, "happy": 0.557769, "relaxed": 0.211351},
            "words": {
                "mood": "relaxed",
                "scores": {"angry": 0.019352, "sad": 0.042868, "happy": 0.273798, "relaxed": 0.663981},
            },
            "coverage": 1.0,
            "language": "en",
            "explicit": False,
            "trusted": True,
        }
    ]
}
TRACKS: dict[str, Any] = {"tracks": [TRACK], "next_cursor": None}
VIDEO = {
    **TRACK,
    "url": "https://www.youtube.com/watch?v=VIDEO_ID_11",
    "embed_url": "https://www.youtube-nocookie.com/embed/VIDEO_ID_11",
    "artwork_url": "https://i.ytimg.com/vi/VIDEO_ID_11/hqdefault.jpg",
}
GENRES = {"genres": [{"genre": "rock", "tracks": 3456}, {"genre": "r&b", "tracks": 791}]}
LANGUAGES = {"languages": [{"language": "en", "tracks": 25252}, {"language": "de", "tracks": 446}]}
ONE_TRACK = {"track": VIDEO, "degraded": []}


def example_response(example: dict[str, Any]) -> dict[int | str, dict[str, Any]]:
    """Return the part of a route's OpenAPI description that gives an example of the response with status 200."""
    return {200: {"content": {"application/json": {"example": example}}}}
