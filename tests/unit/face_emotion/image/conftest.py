import numpy as np
import pytest
from support.photos import Pixels


@pytest.fixture(scope="module")
def drawn() -> Pixels:
    """Draw an image that changes with every rotation and flip."""
    y, x = np.mgrid[:32, :48]
    return np.stack([x * 5, y * 7, 255 - x * 2 - y], axis=-1).astype(np.uint8)
