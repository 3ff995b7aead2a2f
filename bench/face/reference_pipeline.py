"""The reference pipeline: Haar cascade and the reference network under Keras' `model.predict`.

Runs in the training environment: `python -m bench.face.reference_pipeline`. Reads the photo in base64 from the first
line of standard input and prints "ready". For each further line, runs the pipeline once and prints the seconds of its
parts as JSON. The network has random weights, which take the same time as trained ones.
"""

import base64
import json
import sys
import time

import cv2
import numpy as np
from cv2.data import haarcascades

from face_emotion.crop.preprocessing import CROP_SIZE
from musicalface_training.face.reference.architecture import build_reference

CASCADE = "haarcascade_frontalface_default.xml"


def main() -> None:
    image = np.frombuffer(base64.b64decode(sys.stdin.readline()), np.uint8)
    cascade, model = cv2.CascadeClassifier(haarcascades + CASCADE), build_reference()

    def run_once() -> dict[str, float]:
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
            "reference": done - started,
            "reference decode": decoded - started,
            "reference detect": detected - decoded,
            "reference classify": done - detected,
        }

    print("ready", flush=True)
    for _ in sys.stdin:
        print(json.dumps(run_once()), flush=True)


if __name__ == "__main__":
    main()
