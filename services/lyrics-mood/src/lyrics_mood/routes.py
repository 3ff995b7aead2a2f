"""The web edge: texts in, moods out."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import Executor
from typing import Annotated

import numpy as np
from fastapi import APIRouter, Depends, Request

from lyrics_mood.classifier import Classifier
from lyrics_mood.schemas import MoodsAnswer, MoodScores, MoodsRequest, TextMood
from lyrics_mood.score_batch import score_batches
from lyrics_mood.tokenizer import has_words
from musicalface_common.errors import BodyTooLarge, InvalidRequest, Overloaded, UpstreamTimeout, problem_responses
from musicalface_common.vocabulary import MOODS

DECIMALS = 6

router = APIRouter(prefix="/v1", tags=["moods"])


def _classifier(request: Request) -> Classifier:
    classifier: Classifier = request.app.state.classifier
    return classifier


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
    executor: Annotated[Executor, Depends(_executor)],
) -> MoodsAnswer:
    """Score each text for the four moods. A text in a language that the model never saw has coverage 0."""
    loop = asyncio.get_running_loop()
    results = await loop.run_in_executor(executor, _classify, classifier, body.texts)
    return MoodsAnswer(model=classifier.name, results=results)


def _classify(classifier: Classifier, texts: Sequence[str]) -> list[TextMood]:
    wordless = [place for place, text in enumerate(texts) if not has_words(text)]
    if wordless:
        raise InvalidRequest("; ".join(f"texts.{place}: there are no words in it" for place in wordless))
    # Rounding in double precision: a float32 softmax may end a hair above 1.
    scores = np.concatenate(list(score_batches(classifier, texts))).astype(np.float64).round(DECIMALS)
    return [
        TextMood(
            mood=MOODS[row.argmax()],
            scores=MoodScores(**dict(zip(classifier.labels, row.tolist(), strict=True))),
            coverage=round(classifier.coverage(text), DECIMALS),
        )
        for text, row in zip(texts, scores, strict=True)
    ]
