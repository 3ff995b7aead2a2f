"""Crops to network input. Serving and training call the same code."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

CROP_SIZE = 48


@dataclass(frozen=True)
class Preprocessing:
    """The steps from a crop to the network's input. model.json contains the settings of each model.

    `clahe` equalises contrast in 8x8 tiles with clip limit 2 (Zuiderveld 1994). `scale` multiplies grey values.
    """

    scale: float = 1 / 255
    clahe: bool = False

    def __call__(self, crops: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
        """Turn uint8 (n, 48, 48) grey crops into float32 (n, 48, 48, 1) network input.

        Raises ValueError for crops of another shape or type.
        """
        if crops.dtype != np.uint8 or crops.shape[1:] != (CROP_SIZE, CROP_SIZE):
            raise ValueError(f"crops must be uint8 (n, {CROP_SIZE}, {CROP_SIZE}), not {crops.dtype} {crops.shape}")
        if self.clahe and len(crops):
            equaliser = cv2.createCLAHE(clipLimit=2.0, tileGridSize=(8, 8))
            crops = np.stack([equaliser.apply(crop) for crop in crops]).astype(np.uint8)
        return self.scaled(crops)

    def scaled(self, crops: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
        """Multiply uint8 (n, side, side) crops of any side by `scale`. Return float32 (n, side, side, 1)."""
        return (crops.astype(np.float32) * np.float32(self.scale))[..., np.newaxis]
