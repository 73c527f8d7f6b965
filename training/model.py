"""VGG16 of design: 13 convolutions, Flatten, Dense 256, Dense 1."""
from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn as nn
import torch.nn.functional as F

from .data import DX_CLASSES
from .resample import INPUT_PX, MEAN, STD

# (block, convolutions, channels)
BLOCKS = ((1, 2, 64), (2, 2, 128), (3, 3, 256), (4, 3, 512), (5, 3, 512))
CONV_NAMES = tuple(f"block{b}_conv{i + 1}" for b, n, _ in BLOCKS for i in range(n))
DENSE_UNITS = 256
PARAMETERS = 16_812_353
FINAL_PX = INPUT_PX // 2 ** len(BLOCKS)  # 4


class Features(nn.Module):
    """[b, 3, s, s] -> [b, 512, s/32, s/32]."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.ModuleDict()
        channels = 3
        for block, count, out in BLOCKS:
            for i in range(count):
                name = f"block{block}_conv{i + 1}"
                self.conv[name] = nn.Conv2d(channels, out, 3, padding=1)
                nn.init.kaiming_normal_(self.conv[name].weight, mode="fan_out", nonlinearity="relu")
                channels = out

    def forward(self, x: torch.Tensor, maps: dict[str, torch.Tensor] | None = None) -> torch.Tensor:
        for block, count, _ in BLOCKS:
            for i in range(count):
                name = f"block{block}_conv{i + 1}"
                x = F.relu(self.conv[name](x))
                if maps is not None:
                    maps[name] = x
            x = F.max_pool2d(x, 2)
        return x

    def freeze(self, blocks: int) -> None:
        """The first `blocks` blocks take no gradient; the others do."""
        for name, conv in self.conv.items():
            conv.requires_grad_(int(name[len("block")]) > blocks)


class Student(nn.Module):
    """The network in training: the shipped one with dropout and an auxiliary head (seven classes) that is dropped.

    head 'pool': Dense 256 on the mean over positions, any input size. head 'flatten': on all 4x4x512 values,
    128 px input. `expand_head` turns the first into the second without changing what it computes at 128 px.
    """

    def __init__(self, head: str = "pool", dropout: float = 0.4):
        super().__init__()
        self.features = Features()
        self.head = head
        self.dense = nn.Linear(512 * (FINAL_PX**2 if head == "flatten" else 1), DENSE_UNITS)
        self.drop = nn.Dropout(dropout)
        self.dense_1 = nn.Linear(DENSE_UNITS, 1)
        self.dx = nn.Linear(512, len(DX_CLASSES))

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Returns (logit [b], logits of the auxiliary classes [b, 7])."""
        f = self.features(x).float()
        pooled = f.mean((2, 3))
        # NHWC order, as Keras flattens.
        flat = f.permute(0, 2, 3, 1).flatten(1) if self.head == "flatten" else pooled
        logit = self.dense_1(self.drop(F.relu(self.dense(self.drop(flat))))).squeeze(1)
        return logit, self.dx(self.drop(pooled))


def expand_head(state: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """State of a 'pool' head -> state of a 'flatten' head: each position gets 1/16 of the mean's weight."""
    weight = state["dense.weight"]
    if weight.shape[1] != 512:
        return state
    positions = FINAL_PX**2
    return {**state, "dense.weight": weight[:, None, :].expand(-1, positions, -1).reshape(DENSE_UNITS, -1) / positions}


def collapse_head(state: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """State of a 'flatten' head -> state of a 'pool' head: what it answers where all positions have the same features."""
    weight = state["dense.weight"]
    if weight.shape[1] == 512:
        return state
    return {**state, "dense.weight": weight.reshape(DENSE_UNITS, FINAL_PX**2, 512).sum(1)}


class Shipped(nn.Module):
    """Exactly what ships: no dropout, no auxiliary head. forward: [b, 3, 128, 128] -> logit [b].

    mean, std: what its input is normalised with, per channel (resample.normalise).
    """

    def __init__(self, mean: Sequence[float] = MEAN, std: Sequence[float] = STD) -> None:
        super().__init__()
        self.mean, self.std = tuple(mean), tuple(std)
        self.features = Features()
        self.dense = nn.Linear(512 * FINAL_PX**2, DENSE_UNITS)
        self.dense_1 = nn.Linear(DENSE_UNITS, 1)

    def forward(self, x: torch.Tensor, maps: dict[str, torch.Tensor] | None = None) -> torch.Tensor:
        f = self.features(x, maps)
        return self.dense_1(F.relu(self.dense(f.permute(0, 2, 3, 1).flatten(1)))).squeeze(1)


def ship(student: Student) -> Shipped:
    """The shipped network of a student: its convolutions and its head, spread over all positions where it is pooled."""
    shipped = Shipped()
    wanted = shipped.state_dict().keys()
    shipped.load_state_dict({k: v for k, v in expand_head(student.state_dict()).items() if k in wanted})
    return shipped.eval()
