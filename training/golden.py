"""Synthetic golden inputs, drawn with integer arithmetic; the twin of src/domain/golden-input.ts."""
from __future__ import annotations

import numpy as np

from .resample import INPUT_PX

GOLDEN_INPUTS = ("lesion", "gradient", "checker", "noise")


def draw_golden_input(kind: str) -> np.ndarray:
    """[128, 128, 3] uint8, RGB."""
    y, x = np.meshgrid(np.arange(INPUT_PX), np.arange(INPUT_PX), indexing="ij")
    if kind == "gradient":
        out = np.stack([2 * x, 2 * y, 255 - (x + y)], -1)
    elif kind == "checker":
        dark = ((x >> 3) + (y >> 3)) & 1
        out = np.where(dark[..., None], (230, 200, 180), (90, 60, 50))
    elif kind == "noise":
        state, values = 12345, []
        for _ in range(INPUT_PX * INPUT_PX * 3):
            state = (state * 1664525 + 1013904223) % 2**32
            values.append(state >> 24)
        out = np.array(values).reshape(INPUT_PX, INPUT_PX, 3)
    elif kind == "lesion":
        inside = (x - 64) ** 2 + (y - 60) ** 2 < 1600 + 8 * ((7 * x + 13 * y) % 37)
        spot = np.stack([120 - (x * y) % 17, 75 - (x + 2 * y) % 13, 60 - (3 * x + y) % 11], -1)
        skin = np.stack([222 - (x + y) % 5, 180 - (3 * x + y) % 7, 160 - (x + 5 * y) % 6], -1)
        out = np.where(inside[..., None], spot, skin)
    else:
        raise ValueError(kind)
    return out.astype(np.uint8)
