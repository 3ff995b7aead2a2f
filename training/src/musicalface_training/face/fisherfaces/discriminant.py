"""Fisherfaces (Belhumeur, Hespanha & Kriegman 1997): principal components, then Fisher's discriminant."""

from copy import copy
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, compose, helper
from sklearn.decomposition import PCA
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis

from face_emotion.crop.preprocessing import CROP_SIZE, Preprocessing
from musicalface_common.vocabulary import EIGHT_EMOTIONS
from musicalface_training.errors import DatasetError
from musicalface_training.export import OPSET
from musicalface_training.face.entry import INPUT, OUTPUT

PREPROCESSING = Preprocessing(clahe=True)
# Of 50 to 500, the number that was best on PublicTest.
COMPONENTS = 200
PIXELS = CROP_SIZE * CROP_SIZE


def fit_fisherfaces(
    crops: npt.NDArray[np.uint8], labels: npt.NDArray[np.int64], components: int = COMPONENTS
) -> LinearDiscriminantAnalysis:
    """Fit uint8 (n, 48, 48) crops and their mirror images to labels, int64 (n,) indices into EIGHT_EMOTIONS.

    Returns one discriminant of preprocessed pixels, float (n, 2304). Raises DatasetError where an emotion is missing.
    """
    missing = [name for label, name in enumerate(EIGHT_EMOTIONS) if label not in labels]
    if missing:
        raise DatasetError(f"no face to learn {', '.join(missing)} from")
    inputs = pixels(np.concatenate([crops, crops[:, :, ::-1]]))
    eigenfaces = PCA(components, svd_solver="covariance_eigh").fit(inputs)
    fisher = LinearDiscriminantAnalysis().fit(eigenfaces.transform(inputs), np.tile(labels, 2))
    return _fold(eigenfaces, fisher)


def pixels(crops: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """Preprocess uint8 (n, 48, 48) crops as rows: float32 (n, 2304)."""
    return PREPROCESSING(np.ascontiguousarray(crops)).reshape(len(crops), PIXELS)


def export_fisherfaces(discriminant: LinearDiscriminantAnalysis, path: Path) -> None:
    """Write the discriminant as ONNX: float32 (n, 48, 48, 1) to softmax scores (n, 8)."""
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
            operators.version = OPSET  # skl2onnx states the lowest that will do
    onnx.checker.check_model(joined)
    path.write_bytes(joined.SerializeToString())


def _fold(eigenfaces: PCA, fisher: LinearDiscriminantAnalysis) -> LinearDiscriminantAnalysis:
    """Make one of two: both are linear, and so is the way through them, at a thirtieth of the numbers."""
    folded = copy(fisher)
    folded.coef_ = fisher.coef_ @ eigenfaces.components_
    folded.intercept_ = fisher.intercept_ - folded.coef_ @ eigenfaces.mean_
    folded.n_features_in_ = eigenfaces.n_features_in_
    return folded


def _flatten(successor: onnx.ModelProto) -> onnx.ModelProto:
    """Lay crops out as rows, for a network that takes rows."""
    graph = helper.make_graph(
        [helper.make_node("Flatten", [INPUT], ["rows"])],
        "flatten",
        [helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, [None, CROP_SIZE, CROP_SIZE, 1])],
        [helper.make_tensor_value_info("rows", TensorProto.FLOAT, [None, PIXELS])],
    )
    return helper.make_model(graph, opset_imports=successor.opset_import, ir_version=successor.ir_version)
