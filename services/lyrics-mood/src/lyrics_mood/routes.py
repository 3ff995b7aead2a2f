"""The web edge: texts in, moods out."""

import asyncio
from collections.abc import Sequence
from typing import Any

import numpy as np
from fastapi import APIRouter

from lyrics_mood.classifier import Classifier, Scores
from lyrics_mood.explicit import is_explicit
from lyrics_mood.language import LanguageDetector
from lyrics_mood.schemas import MoodsAnswer, MoodScores, MoodsRequest, TextMood, WordsSay
from lyrics_mood.score_batch import score_batches
from lyrics_mood.state import CurrentState
from lyrics_mood.tokenizer import has_words
from lyrics_mood.trust import is_trusted
from musicalface_common.errors import BodyTooLarge, InvalidRequest, Overloaded, UpstreamTimeout, problem_responses
from musicalface_common.vocabulary import MOODS

DECIMALS = 6
# The model beside the default one that tells what single words say.
WORDS = "lyrics-words"

router = APIRouter(prefix="/v1", tags=["moods"])


@router.post(
    "/moods",
    summary="The mood of lyrics",
    responses=problem_responses(InvalidRequest, BodyTooLarge, Overloaded, UpstreamTimeout),
)
async def moods(body: MoodsRequest, state: CurrentState) -> MoodsAnswer:
    """Score each text for the four moods, and say whether it is in a language that the model can read."""
    loop = asyncio.get_running_loop()
    results = await loop.run_in_executor(state.executor, _classify, state.classifier, state.languages, body.texts)
    return MoodsAnswer(model=state.classifier.name, results=results)


def _classify(classifier: Classifier, languages: LanguageDetector, texts: Sequence[str]) -> list[TextMood]:
    wordless = [place for place, text in enumerate(texts) if not has_words(text)]
    if wordless:
        raise InvalidRequest("; ".join(f"texts.{place}: there are no words in it" for place in wordless))
    batches = list(score_batches(classifier, texts))
    scores = {name: _rows([batch[name] for batch in batches]) for name in batches[0]}
    by_words = scores.get(WORDS, [None] * len(texts))
    legibilities = [_legibility(classifier, languages, text) for text in texts]
    return [
        TextMood(
            mood=row.mood,
            scores=row,
            words=words and WordsSay(mood=words.mood, scores=words),
            explicit=is_explicit(text),
            **legibility,
        )
        for text, row, words, legibility in zip(texts, scores[classifier.name], by_words, legibilities, strict=True)
    ]


def _legibility(classifier: Classifier, languages: LanguageDetector, text: str) -> dict[str, Any]:
    """Say how far the model can read a text."""
    coverage, language = round(classifier.coverage(text), DECIMALS), languages.detect(text)
    trusted = is_trusted(language, coverage, classifier.trusted_coverage)
    return {"coverage": coverage, "language": language, "trusted": trusted}


def _rows(batches: Sequence[Scores]) -> list[MoodScores]:
    # Rounding in double precision: a float32 softmax may end a hair above 1.
    scores = np.concatenate(batches).astype(np.float64).round(DECIMALS)
    return [MoodScores(**dict(zip(MOODS, row, strict=True))) for row in scores.tolist()]
