"""Things that lie on skin or lens and tell nothing of the lesion, painted into training crops so that the network does not
lean on them: hairs, a ruler's ticks, a surgeon's ink, the dark rim of a dermatoscope, glare."""
from __future__ import annotations

import math
from collections.abc import Callable

import torch

Uniform = Callable[..., torch.Tensor]  # (low, high, *shape) -> that shape, uniform
INK = ((0.35, 0.15, 0.5), (0.15, 0.2, 0.5), (0.1, 0.4, 0.35))  # gentian violet, blue, green


def _grid(size: int, device: torch.device) -> tuple[torch.Tensor, torch.Tensor]:
    """(x, y), each [1, 1, size, size], -0.5..0.5 from edge to edge."""
    line = (torch.arange(size, device=device) + 0.5) / size - 0.5
    y, x = torch.meshgrid(line, line, indexing="ij")
    return x[None, None], y[None, None]


def _turned(n: int, count: int, size: int, uniform: Uniform) -> tuple[torch.Tensor, torch.Tensor]:
    """(along, across), each [n, count, size, size]: the grid in axes turned at random."""
    angle = uniform(-math.pi, math.pi, n, count, 1, 1)
    x, y = _grid(size, angle.device)
    return torch.cos(angle) * x + torch.sin(angle) * y, torch.cos(angle) * y - torch.sin(angle) * x


def _strokes(n: int, count: int, size: int, width: tuple[float, float], offset: tuple[float, float], bend: float,
             uniform: Uniform) -> torch.Tensor:
    """Up to `count` parabolas, [n, 1, size, size]: 1 on the stroke, 0 off it, soft over a pixel. Widths in sides of the crop."""
    along, across = _turned(n, count, size, uniform)
    slope, curve = uniform(-0.3, 0.3, n, count, 1, 1), uniform(-bend, bend, n, count, 1, 1)
    line = uniform(*offset, n, count, 1, 1) + slope * along + curve * along**2
    distance = (across - line).abs() / torch.sqrt(1 + (slope + 2 * curve * along) ** 2)
    cover = ((uniform(*width, n, count, 1, 1) / 2 - distance) * size + 0.5).clamp(0, 1)
    # At least one of them is there.
    there = uniform(0, 1, n, count, 1, 1) < uniform(0, 1, n, 1, 1, 1)
    there[:, 0] = True
    return (cover * there).amax(1, keepdim=True)


def _mix(crops: torch.Tensor, colour: torch.Tensor, cover: torch.Tensor) -> torch.Tensor:
    return crops * (1 - cover) + colour * cover


def paint_hairs(crops: torch.Tensor, uniform: Uniform) -> torch.Tensor:
    n, size = crops.shape[0], crops.shape[2]
    cover = _strokes(n, 12, size, (0.004, 0.014), (-0.5, 0.5), 1.5, uniform)
    shade = uniform(0.02, 0.4, n, 1, 1, 1) * torch.tensor([1.0, 0.8, 0.7], device=crops.device)[:, None, None]
    return _mix(crops, shade, cover * uniform(0.6, 1, n, 1, 1, 1))


def paint_ruler(crops: torch.Tensor, uniform: Uniform) -> torch.Tensor:
    n, size = crops.shape[0], crops.shape[2]
    along, across = _turned(n, 1, size, uniform)
    period, edge = uniform(0.03, 0.09, n, 1, 1, 1), uniform(0.25, 0.45, n, 1, 1, 1)
    tick = (along.remainder(period) - period / 2).abs() < uniform(0.003, 0.007, n, 1, 1, 1)
    cover = tick & (across > edge) & (across < edge + uniform(0.03, 0.1, n, 1, 1, 1))
    return _mix(crops, (uniform(0, 1, n, 1, 1, 1) < 0.3).float(), cover * uniform(0.5, 0.95, n, 1, 1, 1))


def paint_ink(crops: torch.Tensor, uniform: Uniform) -> torch.Tensor:
    n, size = crops.shape[0], crops.shape[2]
    cover = _strokes(n, 3, size, (0.02, 0.08), (0.25, 0.45), 0.8, uniform)
    which = uniform(0, len(INK), n).long().clamp(max=len(INK) - 1)
    colour = torch.tensor(INK, device=crops.device)[which][:, :, None, None]
    return _mix(crops, colour, cover * uniform(0.4, 0.9, n, 1, 1, 1))


def paint_vignette(crops: torch.Tensor, uniform: Uniform) -> torch.Tensor:
    n, size = crops.shape[0], crops.shape[2]
    x, y = _grid(size, crops.device)
    from_centre = torch.sqrt((x - uniform(-0.05, 0.05, n, 1, 1, 1)) ** 2 + (y - uniform(-0.05, 0.05, n, 1, 1, 1)) ** 2)
    cover = ((from_centre - uniform(0.42, 0.65, n, 1, 1, 1)) / uniform(0.01, 0.15, n, 1, 1, 1)).clamp(0, 1)
    return _mix(crops, uniform(0, 0.1, n, 1, 1, 1), cover)


def paint_glare(crops: torch.Tensor, uniform: Uniform) -> torch.Tensor:
    n, size, spots = crops.shape[0], crops.shape[2], 4
    x, y = _grid(size, crops.device)
    squared = (x - uniform(-0.5, 0.5, n, spots, 1, 1)) ** 2 + (y - uniform(-0.5, 0.5, n, spots, 1, 1)) ** 2
    cover = torch.exp(-squared / uniform(0.01, 0.06, n, spots, 1, 1) ** 2).amax(1, keepdim=True)
    return _mix(crops, torch.ones_like(cover), cover * uniform(0.4, 1, n, 1, 1, 1))


PAINTERS = (paint_hairs, paint_ruler, paint_ink, paint_vignette, paint_glare)


def paint_artefacts(crops: torch.Tensor, share: float, rng: torch.Generator) -> torch.Tensor:
    """Paints one kind of artefact, drawn at random, into about that share of the crops. crops: [b, 3, s, s], 0..1."""
    if share == 0:
        return crops

    def uniform(low: float, high: float, *shape: int) -> torch.Tensor:
        return (torch.rand(shape, generator=rng) * (high - low) + low).to(crops.device)

    painted = crops.clone()
    kind = torch.where(torch.rand(len(crops), generator=rng) < share, torch.randint(len(PAINTERS), (len(crops),), generator=rng), -1)
    for k, paint in enumerate(PAINTERS):
        of_kind = (kind == k).nonzero().flatten().to(crops.device)
        if len(of_kind):
            painted[of_kind] = paint(crops[of_kind], uniform)
    return painted
