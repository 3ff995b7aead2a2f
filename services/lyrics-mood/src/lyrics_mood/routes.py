"""The web edge: texts in, moods out."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import Executor
from typing import Annotated

import numpy as np
from fastapi import APIRouter, Depends, Request

from lyrics_mood.classifier import Classifier
from lyrics_mood.explicit import is_explicit
from lyrics_mood.language import LanguageDetector
from lyrics_mood.schemas import MoodsAnswer, MoodScores, MoodsRequest, TextMood
from lyrics_mood.score_batch import score_batches
from lyrics_mood.tokenizer import has_words
from lyrics_mood.trust import is_trusted
from musicalface_common.errors import BodyTooLarge, InvalidRequest, Overloaded, UpstreamTimeout, problem_responses
from musicalface_common.vocabulary import MOODS

DECIMALS = 6

router = APIRouter(prefix="/v1", tags=["moods"])


def _classifier(request: Request) -> Classifier:
    classifier: Classifier = request.app.state.classifier
    return classifier


def _languages(request: Request) -> LanguageDetector:
    languages: LanguageDetector = request.app.state.languages
    return languages


def _executor(request: Request) -> Executor:
    executor: Executor = request.app.state.executor
    return executor


@router.post(
    "/moods",
    summary="The mood of lyrics",
    responses=problem_responses(InvalidRequest, BodyTooLarge, Overloaded, UpstreamTimeout),
)
async def moods(
    body: MoodsRequest,
    classifier: Annotated[Classifier, Depends(_classifier)],
    languages: Annotated[LanguageDetector, Depends(_languages)],
    executor: Annotated[Executor, Depends(_executor)],
) -> MoodsAnswer:
    """Score each text for the four moods, and say whether it is in a language that the model can read."""
    loop = asyncio.get_running_loop()
    results = await loop.run_in_executor(executor, _classify, classifier, languages, body.texts)
    return MoodsAnswer(model=classifier.name, results=results)


def _classify(classifier: Classifier, languages: LanguageDetector, texts: Sequence[str]) -> list[TextMood]:
    wordless = [place for place, text in enumerate(texts) if not has_words(text)]
    if wordless:
        raise InvalidRequest("; ".join(f"texts.{place}: there are no words in it" for place in wordless))
    # Rounding in double precision: a float32 softmax may end a hair above 1.
    scores = np.concatenate(list(score_batches(classifier, texts))).astype(np.float64).round(DECIMALS)
    rows = (dict(zip(classifier.labels, row.tolist(), strict=True)) for row in scores)
    return [
        _text_mood(text, MoodScores(**row), round(classifier.coverage(text), DECIMALS), languages.detect(text))
        for text, row in zip(texts, rows, strict=True)
    ]


def _text_mood(text: str, scores: MoodScores, coverage: float, language: str | None) -> TextMood:
    return TextMood(
        mood=max(MOODS, key=lambda mood: getattr(scores, mood)),
        scores=scores,
        coverage=coverage,
        language=language,
        explicit=is_explicit(text),
        trusted=is_trusted(language, coverage),
    )
