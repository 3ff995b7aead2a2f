"""Fisherfaces (Belhumeur, Hespanha & Kriegman 1997): principal components, then Fisher's linear discriminant."""

from copy import copy
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, compose, helper
from sklearn.decomposition import PCA
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis

from face_emotion.crop.preprocessing import CROP_SIZE, Preprocessing
from musicalface_common.vocabulary import EIGHT_EMOTIONS
from musicalface_training.arrays import Floats, Labels, Pixels
from musicalface_training.errors import DatasetError
from musicalface_training.export import OPSET
from musicalface_training.face.entry import INPUT, OUTPUT

PREPROCESSING = Preprocessing(clahe=True)
# The best on PublicTest of 50 to 500.
COMPONENTS = 200
PIXELS = CROP_SIZE * CROP_SIZE


def fit_fisherfaces(crops: Pixels, labels: Labels, components: int = COMPONENTS) -> LinearDiscriminantAnalysis:
    """Fit uint8 (n, 48, 48) crops and their mirror images to labels, int64 (n,) indices into EIGHT_EMOTIONS.

    Returns one discriminant of preprocessed pixels, float (n, 2304). Raises DatasetError if an emotion has no face.
    """
    missing = [name for label, name in enumerate(EIGHT_EMOTIONS) if label not in labels]
    if missing:
        raise DatasetError(f"no face to learn {', '.join(missing)} from")
    inputs = pixels(np.concatenate([crops, crops[:, :, ::-1]]))
    eigenfaces = PCA(components, svd_solver="covariance_eigh").fit(inputs)
    fisher = LinearDiscriminantAnalysis().fit(eigenfaces.transform(inputs), np.tile(labels, 2))
    return _fold(eigenfaces, fisher)


def pixels(crops: Pixels) -> Floats:
    """Preprocess uint8 (n, 48, 48) crops into rows of pixels: float32 (n, 2304)."""
    return PREPROCESSING(np.ascontiguousarray(crops)).reshape(len(crops), PIXELS)


def export_fisherfaces(discriminant: LinearDiscriminantAnalysis, path: Path) -> None:
    """Write the discriminant as ONNX: float32 (n, 48, 48, 1) crops to softmax scores (n, 8)."""
    from skl2onnx import convert_sklearn
    from skl2onnx.common.data_types import FloatTensorType, Int64TensorType

    network = convert_sklearn(
        discriminant,
        "fisherfaces",
        initial_types=[("pixels", FloatTensorType([None, PIXELS]))],
        final_types=[("label", Int64TensorType([None])), (OUTPUT, FloatTensorType([None, len(EIGHT_EMOTIONS)]))],
        target_opset=OPSET,
        options={"zipmap": False},
    )
    joined = compose.merge_models(_flatten(network), network, io_map=[("rows", "pixels")])
    for operators in joined.opset_import:
        if operators.domain == "":
            operators.version = OPSET  # skl2onnx declares the lowest version that suffices
    onnx.checker.check_model(joined)
    path.write_bytes(joined.SerializeToString())


def _fold(eigenfaces: PCA, fisher: LinearDiscriminantAnalysis) -> LinearDiscriminantAnalysis:
    """Combine both linear maps into one, which has a thirtieth of their parameters."""
    folded = copy(fisher)
    folded.coef_ = fisher.coef_ @ eigenfaces.components_
    folded.intercept_ = fisher.intercept_ - folded.coef_ @ eigenfaces.mean_
    folded.n_features_in_ = eigenfaces.n_features_in_
    return folded


def _flatten(successor: onnx.ModelProto) -> onnx.ModelProto:
    """Build a network that flattens crops into rows, with the IR and opset versions of its successor."""
    graph = helper.make_graph(
        [helper.make_node("Flatten", [INPUT], ["rows"])],
        "flatten",
        [helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, [None, CROP_SIZE, CROP_SIZE, 1])],
        [helper.make_tensor_value_info("rows", TensorProto.FLOAT, [None, PIXELS])],
    )
    return helper.make_model(graph, opset_imports=successor.opset_import, ir_version=successor.ir_version)
