"""A kernel in 8 bits."""
from __future__ import annotations

from dataclasses import dataclass

import torch

LEVELS = 127


@dataclass(frozen=True)
class Codes:
    """A kernel in 8 bits: value = code * scale."""
    codes: torch.Tensor  # [outputs, inputs...] int8, -LEVELS..LEVELS
    scale: torch.Tensor  # [outputs] float32, of 4 significant bits, so that every value is a float16

    def values(self) -> torch.Tensor:
        """float32, of the codes' shape; each is exact in float16."""
        return self.codes.float() * self.scale.reshape(-1, *[1] * (self.codes.ndim - 1))
