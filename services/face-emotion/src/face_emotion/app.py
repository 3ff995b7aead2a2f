"""The face-emotion app: what it loads before it is ready, and what it is made of."""

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

import cv2
from fastapi import FastAPI

from face_emotion.classifier import load_classifier
from face_emotion.detector import load_detector
from face_emotion.recognizer import Recognizer
from face_emotion.routes import router
from face_emotion.settings import Settings
from musicalface_common import app as common
from musicalface_common.logging import configure_logging

DESCRIPTION = "An image's bytes in, faces with emotion scores out. Nothing of an image is kept."


def create_app(settings: Settings | None = None) -> FastAPI:
    """Make the app. Its models are loaded, checked and warmed when it starts; ModelError stops it there."""
    chosen = settings or Settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        configure_logging(chosen.log_level, chosen.log_format)
        # Requests run beside each other: threads of OpenCV's own would only contend with them.
        cv2.setNumThreads(1)
        recognizer = Recognizer(load_detector(chosen.detector), load_classifier(chosen.model), chosen.max_pixels)
        with ThreadPoolExecutor(chosen.workers, thread_name_prefix="recognize") as executor:
            executor.submit(recognizer.warm_up).result()
            app.state.recognizer, app.state.executor = recognizer, executor
            app.state.ready = True
            yield
            app.state.ready = False

    return common.create_app("face-emotion", DESCRIPTION, chosen, lifespan, [router])
