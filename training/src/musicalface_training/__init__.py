"""Trains, exports and measures the models that MusicalFace serves, and builds its catalogue."""

import musicalface_common  # noqa: F401 - silences ONNX Runtime's telemetry before anything here loads it
