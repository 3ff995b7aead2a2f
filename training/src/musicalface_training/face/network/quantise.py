"""Static quantisation of convolutions to 8 bits, calibrated on crops (Jacob et al. 2018, arXiv 1712.05877)."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process

from musicalface_training.arrays import Floats
from musicalface_training.face.entry import INPUT

BATCH = 16


def quantise(source: Path, target: Path, inputs: Floats) -> None:
    """Write `source` to `target` with convolutions in 8 bits, ranges measured on `inputs`, float32 (n, 48, 48, 1).

    Weights use 7 of the bits: without VNNI, a processor's sums of 8-bit products overflow.
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
    """Yields the calibration inputs, 16 at a time."""

    def __init__(self, inputs: Floats) -> None:
        self._batches: Iterator[Floats] = (inputs[start : start + BATCH] for start in range(0, len(inputs), BATCH))

    def get_next(self) -> dict[str, Floats] | None:
        """Return the next inputs by name, None after the last."""
        batch = next(self._batches, None)
        return None if batch is None else {INPUT: batch}
