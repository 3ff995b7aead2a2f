"""Convolutions in eight bits: static quantisation, calibrated on crops (Jacob et al. 2018, arXiv 1712.05877)."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process

from musicalface_training.face.entry import INPUT

BATCH = 16

Inputs = npt.NDArray[np.float32]


def quantise(source: Path, target: Path, inputs: Inputs) -> None:
    """Write `source` with its convolutions in eight bits; `inputs`, float32 (n, 48, 48, 1), tell their ranges.

    Weights keep to seven of the bits: without VNNI, a processor's sums of eight-bit products overflow.
    """
    with tempfile.TemporaryDirectory() as folder:
        prepared = Path(folder) / "prepared.onnx"
        quant_pre_process(source, prepared, skip_symbolic_shape=True)
        quantize_static(
            prepared,
            target,
            _Batches(inputs),
            quant_format=QuantFormat.QDQ,
            op_types_to_quantize=["Conv"],
            per_channel=True,
            reduce_range=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
        )


class _Batches(CalibrationDataReader):  # type: ignore[misc]
    """Hands out the calibration's inputs, some at a time."""

    def __init__(self, inputs: Inputs) -> None:
        self._batches: Iterator[Inputs] = (inputs[start : start + BATCH] for start in range(0, len(inputs), BATCH))

    def get_next(self) -> dict[str, Inputs] | None:
        """Return the next inputs, None after the last."""
        batch = next(self._batches, None)
        return None if batch is None else {INPUT: batch}
