"""The architecture of the reference face network: the plain CNN of the original description."""

import keras
from keras import layers

from face_emotion.crop.preprocessing import CROP_SIZE
from musicalface_common.vocabulary import SEVEN_EMOTIONS

# Filters, kernel side in pixels, padding, dropout.
BLOCKS = ((64, 3, "same", 0.25), (128, 5, "valid", 0.25), (512, 3, "same", 0.5), (512, 3, "same", 0.1))
DENSE_UNITS = (256, 512)


def build_reference() -> keras.Model:
    """Build the uncompiled network: float (n, 48, 48, 1) in 0..1 to softmax scores (n, 7)."""
    inputs = keras.Input((CROP_SIZE, CROP_SIZE, 1), name="crops")
    x = inputs
    for filters, side, padding, dropout in BLOCKS:
        x = layers.Conv2D(filters, side, padding=padding)(x)
        x = layers.BatchNormalization()(x)
        # tanh is monotonic, so pooling before it gives the same result at a quarter of the work.
        x = layers.MaxPooling2D(2)(x)
        x = layers.Activation("tanh")(x)
        x = layers.Dropout(dropout)(x)
    x = layers.Flatten()(x)
    for units in DENSE_UNITS:
        x = layers.Dense(units)(x)
        x = layers.BatchNormalization()(x)
        x = layers.Activation("relu")(x)
        x = layers.Dropout(0.5)(x)
    scores = layers.Dense(len(SEVEN_EMOTIONS), activation="softmax", name="scores")(x)
    return keras.Model(inputs, scores, name="face_reference")
