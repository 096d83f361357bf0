"""The weights of a model that `export` wrote, put back into an encoder, so that learning can go on from them."""

from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

from qa.training.encoder import LAYERS, Encoder

_MULTIPLIES = ("MatMulInteger", "DynamicQuantizeMatMul")
_QUANTIZED, _SCALE, _ZERO = "_quantized", "_scale", "_zero_point"
_UNUSED = "pooled."  # by an encoder whose heads are read off every piece
_PARTS = ("query", "key", "value", "output", "inner", "outer")


def take_up(encoder: Encoder, folder: Path) -> None:
    """Give the encoder the weights of the folder's `model.onnx`, as near as 8 bits keep them.

    Raises ValueError where the model is of another shape.
    """
    model = onnx.load(str(folder / "model.onnx"))
    kept = {one.name: numpy_helper.to_array(one) for one in model.graph.initializer}
    known = encoder.state_dict()
    # Most matrices have lost their names: they stand in the order in which they are multiplied with.
    multiplied = [
        name
        for node in model.graph.node
        if node.op_type in _MULTIPLIES
        for name in node.input
        if name.endswith(_QUANTIZED) and name in kept
    ]
    matrices = [f"layers.{at}.{part}.weight" for at in range(LAYERS) for part in _PARTS]
    matrices += [name for name in ("pooled.weight", "head.weight") if name.replace("weight", "bias") in kept]
    for ours, theirs in zip(matrices, dict.fromkeys(multiplied), strict=True):
        known[ours] = torch.from_numpy(np.ascontiguousarray(_whole(kept, theirs).T))
    for name in known.keys() - set(matrices):
        if f"{name}{_QUANTIZED}" in kept:
            known[name] = torch.from_numpy(_whole(kept, f"{name}{_QUANTIZED}"))
        elif name in kept:
            known[name] = torch.from_numpy(kept[name].copy())
        elif not name.startswith(_UNUSED):
            raise ValueError(f"the model in {folder} has no {name}")
    try:
        encoder.load_state_dict(known)
    except RuntimeError as error:
        raise ValueError(f"the model in {folder} is not of this encoder's shape") from error


def _whole(kept: dict[str, NDArray[np.generic]], name: str) -> NDArray[np.float32]:
    """A tensor of 8 bits in numbers with a point; its scale is one for all, or one a column."""
    base = name.removesuffix(_QUANTIZED)
    whole = kept[name].astype(np.float32)
    scale, zero = kept[base + _SCALE].astype(np.float32), kept[base + _ZERO].astype(np.float32)
    return np.asarray((whole - zero) * scale, np.float32)
