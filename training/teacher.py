"""The data folder's MobileNets (Sandler et al. 2018, Howard et al. 2017) as teachers. Nothing of them ships."""
from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from .data import DX_CLASSES


def pad_same(x: torch.Tensor, kernel: int, stride: int) -> torch.Tensor:
    """TensorFlow's 'SAME': at stride 2 the extra row and column go to the bottom and right."""
    pads = []
    for n in (x.shape[3], x.shape[2]):
        total = max((-(-n // stride) - 1) * stride + kernel - n, 0)
        pads += [total // 2, total - total // 2]
    return F.pad(x, pads) if any(pads) else x


class MobileNet(nn.Module):
    """Runs a `program` of conv / add / identity / global_mean. forward: [b, 3, s, s] in -1..1 -> embedding [b, 1280]."""

    def __init__(self, path: Path):
        super().__init__()
        with np.load(path) as z:
            self.program = json.loads(str(z["program"]))
            layers = [s["layer"] for s in self.program if s["op"] == "conv"]
            self.weight = nn.ParameterList(nn.Parameter(torch.from_numpy(z[f"w{i}"].astype(np.float32))) for i in layers)
            self.bias = nn.ParameterList(nn.Parameter(torch.from_numpy(z[f"b{i}"].astype(np.float32))) for i in layers)
        self.embedding = self.weight[-1].shape[0]

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        value = {self.program[0]["x"]: x}
        conv = 0
        for step in self.program:
            source = value[step["x"]]
            if step["op"] == "conv":
                w = self.weight[conv]
                out = F.conv2d(pad_same(source, w.shape[2], step["stride"]), w, self.bias[conv], step["stride"],
                               groups=step["groups"])
                out = F.relu6(out) if step["relu6"] else out
                conv += 1
            elif step["op"] == "add":
                out = source + value[step["y"]]
            elif step["op"] == "global_mean":
                out = source.float().mean((2, 3))
            else:
                out = source
            value[step["out"]] = out
        return out


class Teacher(nn.Module):
    """MobileNet with a malignancy logit and the seven-class head. forward: [b, 3, s, s] in -1..1 -> (logit [b], dx [b, 7])."""

    def __init__(self, path: Path):
        super().__init__()
        self.body = MobileNet(path)
        self.drop = nn.Dropout(0.2)
        self.logit = nn.Linear(self.body.embedding, 1)
        self.dx = nn.Linear(self.body.embedding, len(DX_CLASSES))

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        h = self.drop(self.body(x))
        return self.logit(h).squeeze(1), self.dx(h)
