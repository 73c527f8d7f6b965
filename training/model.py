"""VGG16 of design: 13 convolutions, Flatten, Dense 256, Dense 1. Batch norm in training only; `fold` removes it."""
from __future__ import annotations

import torch
import torch.nn as nn
import torch.nn.functional as F

from .data import DX_CLASSES
from .resample import INPUT_PX

# (block, convolutions, channels)
BLOCKS = ((1, 2, 64), (2, 2, 128), (3, 3, 256), (4, 3, 512), (5, 3, 512))
CONV_NAMES = tuple(f"block{b}_conv{i + 1}" for b, n, _ in BLOCKS for i in range(n))
DENSE_UNITS = 256
PARAMETERS = 16_812_353
FINAL_PX = INPUT_PX // 2 ** len(BLOCKS)  # 4


class Features(nn.Module):
    """[b, 3, s, s] -> [b, 512, s/32, s/32]."""

    def __init__(self, batch_norm: bool):
        super().__init__()
        self.conv = nn.ModuleDict()
        self.norm = nn.ModuleDict()
        channels = 3
        for block, count, out in BLOCKS:
            for i in range(count):
                name = f"block{block}_conv{i + 1}"
                self.conv[name] = nn.Conv2d(channels, out, 3, padding=1, bias=not batch_norm)
                nn.init.kaiming_normal_(self.conv[name].weight, mode="fan_out", nonlinearity="relu")
                if batch_norm:
                    self.norm[name] = nn.BatchNorm2d(out)
                channels = out

    def forward(self, x: torch.Tensor, maps: dict[str, torch.Tensor] | None = None) -> torch.Tensor:
        for block, count, _ in BLOCKS:
            for i in range(count):
                name = f"block{block}_conv{i + 1}"
                x = self.conv[name](x)
                x = F.relu(self.norm[name](x) if name in self.norm else x)
                if maps is not None:
                    maps[name] = x
            x = F.max_pool2d(x, 2)
        return x


class Student(nn.Module):
    """The network in training: features with batch norm, the shipped head, and auxiliary heads that are dropped.

    head 'pool': Dense 256 on the mean over positions, any input size. head 'flatten': on all 4x4x512 values,
    128 px input. `expand_head` turns the first into the second without changing what it computes at 128 px.
    """

    def __init__(self, head: str = "pool", embedding: int = 1280, tiny_classes: int = 200, dropout: float = 0.5):
        super().__init__()
        self.features = Features(batch_norm=True)
        self.head = head
        self.dense = nn.Linear(512 * (FINAL_PX**2 if head == "flatten" else 1), DENSE_UNITS)
        self.drop = nn.Dropout(dropout)
        self.dense_1 = nn.Linear(DENSE_UNITS, 1)
        self.dx = nn.Linear(512, len(DX_CLASSES))
        self.embed = nn.Linear(512, embedding)
        self.embed_tiny = nn.Linear(512, embedding)
        self.tiny = nn.Linear(512, tiny_classes)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Returns (logit [b], pooled features [b, 512])."""
        f = self.features(x).float()
        pooled = f.mean((2, 3))
        # NHWC order, as Keras flattens.
        flat = f.permute(0, 2, 3, 1).flatten(1) if self.head == "flatten" else pooled
        return self.dense_1(self.drop(F.relu(self.dense(flat)))).squeeze(1), pooled


def expand_head(state: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """State of a 'pool' head -> state of a 'flatten' head: each position gets 1/16 of the mean's weight."""
    weight = state["dense.weight"]
    if weight.shape[1] != 512:
        return state
    positions = FINAL_PX**2
    return {**state, "dense.weight": weight[:, None, :].expand(-1, positions, -1).reshape(DENSE_UNITS, -1) / positions}


class Shipped(nn.Module):
    """Exactly what ships: no batch norm, no auxiliary heads. forward: [b, 3, 128, 128] -> logit [b]."""

    def __init__(self) -> None:
        super().__init__()
        self.features = Features(batch_norm=False)
        self.dense = nn.Linear(512 * FINAL_PX**2, DENSE_UNITS)
        self.dense_1 = nn.Linear(DENSE_UNITS, 1)

    def forward(self, x: torch.Tensor, maps: dict[str, torch.Tensor] | None = None) -> torch.Tensor:
        f = self.features(x, maps)
        return self.dense_1(F.relu(self.dense(f.permute(0, 2, 3, 1).flatten(1)))).squeeze(1)


def fold(student: Student) -> Shipped:
    """Folds each batch norm into its convolution: w' = w g / sqrt(v + eps), b' = beta - m g / sqrt(v + eps)."""
    shipped = Shipped()
    state = expand_head(student.state_dict())
    with torch.no_grad():
        for name in CONV_NAMES:
            norm, source, target = student.features.norm[name], student.features.conv[name], shipped.features.conv[name]
            scale = norm.weight.double() / torch.sqrt(norm.running_var.double() + norm.eps)
            target.weight.copy_(source.weight.double() * scale[:, None, None, None])
            target.bias.copy_(norm.bias.double() - norm.running_mean.double() * scale)
        for layer in ("dense", "dense_1"):
            getattr(shipped, layer).weight.copy_(state[f"{layer}.weight"])
            getattr(shipped, layer).bias.copy_(state[f"{layer}.bias"])
    return shipped.eval()
