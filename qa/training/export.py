"""A fine-tuned encoder -> the folder that is shipped: `model.onnx` with weights of 8 bits, and its tokenizer."""

import hashlib
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer

from qa.training.encoder import Encoder


def export(encoder: Encoder, tokenizer: Tokenizer, folder: Path) -> str:
    """Write the folder, and return the SHA-256 of its `model.onnx`.

    Weights are 8-bit integers, one scale a column; what flows between them is quantised as it comes, so that rows must
    be run one at a time for the same row to give the same numbers in any company.
    """
    folder.mkdir(parents=True, exist_ok=True)
    encoder = encoder.eval()
    example = torch.ones((1, 8), dtype=torch.int64)
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        torch.onnx.export(
            encoder,
            (example, example, example),
            str(whole),
            input_names=["pieces", "types", "mask"],
            output_names=["told"],
            dynamic_axes={name: {0: "rows", 1: "length"} for name in ("pieces", "types", "mask")},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(
            str(whole), str(folder / "model.onnx"), per_channel=True, reduce_range=True, weight_type=QuantType.QInt8
        )
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    return hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest()
