"""The HTTP route: texts in, moods out."""

import asyncio
from collections.abc import Sequence
from itertools import compress

import numpy as np
from fastapi import APIRouter

from lyrics_mood.classifier import Scores
from lyrics_mood.reader import DECIMALS, Reader, TextReading
from lyrics_mood.schemas import WORDLESS, MoodsAnswer, MoodScores, MoodsRequest, TextMood, WordsSay
from lyrics_mood.state import CurrentState
from lyrics_mood.tokenizer import has_words
from musicalface_common.errors import BodyTooLarge, InvalidRequest, Overloaded, UpstreamTimeout, problem_responses
from musicalface_common.vocabulary import MOODS

router = APIRouter(prefix="/v1", tags=["moods"])


@router.post(
    "/moods",
    summary="The mood of lyrics",
    responses=problem_responses(InvalidRequest, BodyTooLarge, Overloaded, UpstreamTimeout),
)
async def moods(body: MoodsRequest, state: CurrentState) -> MoodsAnswer:
    """Score each text for the four moods, and say whether the model can read its language.

    A text without words has no mood: mood and scores are null.
    """
    loop = asyncio.get_running_loop()
    results = await loop.run_in_executor(state.executor, _text_moods, state.reader, body.texts)
    return MoodsAnswer(model=state.reader.model, results=results)


def _text_moods(reader: Reader, texts: Sequence[str]) -> list[TextMood]:
    readable = [has_words(text) for text in texts]
    readings = iter(reader.read(list(compress(texts, readable))))
    return [
        _text_mood(reader, text, next(readings)) if has_any else WORDLESS
        for text, has_any in zip(texts, readable, strict=True)
    ]


def _text_mood(reader: Reader, text: str, reading: TextReading) -> TextMood:
    scores = _mood_scores(reading.scores)
    words = None if reading.word_scores is None else _mood_scores(reading.word_scores)
    trust = reader.trust(text, reading.language)
    return TextMood(
        mood=scores.mood,
        scores=scores,
        words=words and WordsSay(mood=words.mood, scores=words),
        coverage=trust.coverage,
        language=reading.language,
        explicit=reading.explicit,
        trusted=trust.trusted,
    )


def _mood_scores(scores: Scores) -> MoodScores:
    # Rounded as float64, because float32 scores can be slightly above 1.
    rounded = scores.astype(np.float64).round(DECIMALS).tolist()
    return MoodScores(**dict(zip(MOODS, rounded, strict=True)))
