"""The face-emotion app: it opens the models at startup and serves the routes."""

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial

import cv2
from fastapi import FastAPI

from face_emotion.classifier import load_classifier
from face_emotion.detection.detector import load_detector
from face_emotion.recognizer import Recognizer
from face_emotion.routes import router
from face_emotion.settings import Settings
from face_emotion.state import FaceEmotionState
from musicalface_common.app import assemble_app
from musicalface_common.environment import read_settings

DESCRIPTION = "Send an image, get its faces with emotion scores. The service stores no images."


def create_app(settings: Settings | None = None) -> FastAPI:
    """Make the app. At startup it loads and checks the models and runs each once. Startup can raise ModelError."""
    settings = settings or read_settings(Settings)
    return assemble_app("face-emotion", DESCRIPTION, settings, partial(_open_state, settings), [router])


@asynccontextmanager
async def _open_state(settings: Settings) -> AsyncIterator[FaceEmotionState]:
    # Requests already run in parallel, so OpenCV's own threads would only compete with them.
    cv2.setNumThreads(1)
    recognizer = Recognizer(load_detector(settings.detector), load_classifier(settings.model), settings.max_pixels)
    with ThreadPoolExecutor(settings.workers, thread_name_prefix="recognize") as executor:
        executor.submit(recognizer.warm_up).result()
        yield FaceEmotionState(recognizer, executor)
