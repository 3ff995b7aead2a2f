"""The original's way with a photo, in the training environment: Haar's cascade and Keras' `model.predict`.

Reads the photo in base64 from the first line of standard input; then answers each line with the seconds of one round
as JSON. The weights are random, which costs the same time.
"""

import base64
import json
import sys
import time

import cv2
import numpy as np
from cv2.data import haarcascades

from face_emotion.preprocessing import CROP_SIZE
from musicalface_training.face.reference import build_reference

CASCADE = "haarcascade_frontalface_default.xml"


def main() -> None:
    image = np.frombuffer(base64.b64decode(sys.stdin.readline()), np.uint8)
    cascade, model = cv2.CascadeClassifier(haarcascades + CASCADE), build_reference()

    def one_round() -> dict[str, float]:
        started = time.perf_counter()
        grey = cv2.imdecode(image, cv2.IMREAD_GRAYSCALE)
        assert grey is not None
        decoded = time.perf_counter()
        [[x, y, width, height], *_] = cascade.detectMultiScale(grey, 1.3, 5)
        detected = time.perf_counter()
        crop = cv2.resize(grey[y : y + height, x : x + width], (CROP_SIZE, CROP_SIZE))
        model.predict(crop[np.newaxis, ..., np.newaxis] / np.float32(255), verbose=0)
        done = time.perf_counter()
        return {
            "original": done - started,
            "original decode": decoded - started,
            "original detect": detected - decoded,
            "original classify": done - detected,
        }

    print("ready", flush=True)
    for _ in sys.stdin:
        print(json.dumps(one_round()), flush=True)


if __name__ == "__main__":
    main()
