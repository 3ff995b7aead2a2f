"""The architecture of the served face network: residual blocks with squeeze and excitation, and two heads."""

import keras
from keras import layers, ops

from musicalface_common.vocabulary import EIGHT_EMOTIONS, SEVEN_EMOTIONS
from musicalface_training.face.normalisation import FusedBatchNormalization
from musicalface_training.options import Size

STEM_FILTERS = 32
SQUEEZE = 8
DROPOUT = 0.2
HEADS = {"ferplus": len(EIGHT_EMOTIONS), "fer2013": len(SEVEN_EMOTIONS)}

# Filters and number of the residual blocks of each stage; the first block of a stage halves the picture's sides.
STAGES: dict[Size, tuple[tuple[int, int], ...]] = {
    "small": ((64, 1), (128, 1), (256, 1)),
    "large": ((64, 1), (128, 2), (256, 2)),
}


def build_network(size: Size) -> keras.Model:
    """Build the uncompiled network: float (n, side, side, 1) in 0..1, of any side, to a dict of both heads' logits.

    He et al. 2016 (residual blocks), Hu et al. 2018 (squeeze and excitation).
    """
    inputs = keras.Input((None, None, 1), name="crops")
    x = _convolve(_standardise(inputs), STEM_FILTERS)
    for filters, blocks in STAGES[size]:
        for block in range(blocks):
            x = _residual(x, filters, stride=1 if block else 2)
    x = layers.GlobalAveragePooling2D(dtype="float32")(x)
    x = layers.Dropout(DROPOUT, dtype="float32")(x)
    logits = {name: layers.Dense(units, name=name, dtype="float32")(x) for name, units in HEADS.items()}
    return keras.Model(inputs, logits, name=f"face_emotion_{size}")


def size_of(network: keras.Model) -> Size:
    """Return the size that a network was built in. Raises KeyError for any other network."""
    return {f"face_emotion_{size}": size for size in STAGES}[network.name]


def _standardise(crops: keras.KerasTensor) -> keras.KerasTensor:
    """Scale each crop to mean 0 and variance 1, so that brightness and contrast have no effect."""
    centred = crops - ops.mean(crops, axis=(1, 2, 3), keepdims=True)
    return centred * ops.rsqrt(ops.mean(ops.square(centred), axis=(1, 2, 3), keepdims=True) + 1e-4)


def _convolve(
    x: keras.KerasTensor, filters: int, side: int = 3, stride: int = 1, relu: bool = True
) -> keras.KerasTensor:
    x = layers.Conv2D(filters, side, stride, padding="same", use_bias=False, kernel_initializer="he_normal")(x)
    x = FusedBatchNormalization(momentum=0.9)(x)
    return layers.ReLU()(x) if relu else x


def _residual(x: keras.KerasTensor, filters: int, stride: int) -> keras.KerasTensor:
    y = _convolve(x, filters, stride=stride)
    y = _excite(_convolve(y, filters, relu=False))
    shortcut = x if stride == 1 else _convolve(x, filters, 1, stride, relu=False)
    return layers.ReLU()(layers.Add()([y, shortcut]))


def _excite(x: keras.KerasTensor) -> keras.KerasTensor:
    filters = x.shape[-1]
    weights = layers.GlobalAveragePooling2D(keepdims=True)(x)
    weights = layers.Conv2D(filters // SQUEEZE, 1, activation="relu")(weights)
    return layers.Multiply()([x, layers.Conv2D(filters, 1, activation="sigmoid")(weights)])
