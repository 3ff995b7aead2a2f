"""Trains, exports and measures the models that MusicalFace serves, and builds its catalogue.

Imports the services' own preprocessing, so that a model is trained on exactly the input that it is served.
No service may import from here: TensorFlow and Keras stay out of what is served.
"""

import musicalface_common  # noqa: F401 - silences ONNX Runtime's telemetry before anything here loads it
