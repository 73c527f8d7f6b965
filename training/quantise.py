"""8 bits a weight: float16 = int8 * scale, one scale an output channel.

Rounding goes input by input, and the inputs that come later make up for each error (Frantar et al. 2022, GPTQ,
arXiv:2210.17323): what is kept small is the error of a layer's output on training pictures, not that of its weights.
"""
from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from .codes import LEVELS, Codes
from .data import read_images, read_rows
from .model import BLOCKS, CONV_NAMES, Shipped
from .resample import centre_square, normalise, resample_square
from .tfjs_format import round_to_float16

# Kept as float16: 1.5 % of the weights, whose errors every later layer carries on.
FLOAT16_BLOCKS = (1, 2)
# Training pictures of each set on which errors are measured.
PICTURES = {"ham10000": 240, "isic-msk-uda": 72, "pad-ufes-20": 72}
# Windows of 3x3 inputs drawn from the maps of one picture.
WINDOWS = 64
# Added to the diagonal of the inputs' second moments, as a share of its mean.
DAMPING = 0.01
COLUMNS = 128


def round_scale(scale: torch.Tensor) -> torch.Tensor:
    """The nearest number of 4 significant bits: times a code of 7 bits it has the 11 of a float16."""
    fraction, exponent = torch.frexp(scale)
    return torch.ldexp((fraction * 16).round(), exponent - 4)


def choose_scales(weight: torch.Tensor, power: torch.Tensor) -> torch.Tensor:
    """weight: [outputs, inputs]; power: [inputs], mean square of each input. Of each output the scale with the smallest squared
    error of its sum, were the inputs independent; large weights may be cut off. Returns [outputs]."""
    largest = weight.abs().amax(1).clamp(min=1e-4)
    best = torch.full_like(largest, torch.inf)
    scale = torch.empty_like(largest)
    for share in np.linspace(0.5, 1.06, 29):
        tried = round_scale(largest * float(share) / LEVELS)
        rounded = nearest_codes(weight, tried) * tried[:, None]
        error = ((rounded - weight).square() * power).sum(1)
        scale = torch.where(error < best, tried, scale)
        best = torch.minimum(best, error)
    return scale


def nearest_codes(weight: torch.Tensor, scale: torch.Tensor) -> torch.Tensor:
    """[outputs, inputs...] float32, whole numbers in -127..127."""
    return (weight / scale.reshape(-1, *[1] * (weight.ndim - 1))).round().clamp(-LEVELS, LEVELS)


def round_kernel(weight: torch.Tensor, moments: torch.Tensor, drift: torch.Tensor) -> Codes:
    """weight: [outputs, inputs]; moments: [inputs, inputs], E[x x^T] of the inputs x; drift: [inputs, inputs], E[(y - x) x^T],
    y being the inputs before earlier layers were rounded, for which the weights make up too."""
    power = moments.diagonal()
    damped = moments.double()
    damped.diagonal().add_(DAMPING * power.mean().double() + 1e-12)
    inverse = torch.cholesky_inverse(torch.linalg.cholesky(damped))
    wanted = weight + (weight.double() @ drift.double() @ inverse).float()
    scale = choose_scales(wanted, power)
    order = power.argsort(descending=True)
    # Row i of U, with U^T U the inverse, says how the inputs after i make up for an error of i.
    upper = torch.linalg.cholesky(inverse[order][:, order], upper=True).float()
    left = wanted[:, order].clone()
    codes = torch.empty_like(left)
    for start in range(0, left.shape[1], COLUMNS):
        end = min(start + COLUMNS, left.shape[1])
        errors = torch.empty(left.shape[0], end - start)
        for i in range(start, end):
            codes[:, i] = nearest_codes(left[:, i], scale)
            errors[:, i - start] = (left[:, i] - codes[:, i] * scale) / upper[i, i]
            left[:, i:end] -= errors[:, i - start, None] * upper[i, i:end]
        left[:, end:] -= errors @ upper[start:end, end:]
    back = torch.empty_like(codes)
    back[:, order] = codes
    return Codes(back.to(torch.int8), scale)


def draw_windows(maps: torch.Tensor, count: int, seed: int) -> torch.Tensor:
    """3x3 windows of [n, channels, s, s], zeros around: [n * min(count, s * s), channels * 9], as a kernel's weights lie."""
    n, channels, side, _ = maps.shape
    rng = torch.Generator().manual_seed(seed)
    at = torch.stack([torch.randperm(side * side, generator=rng)[:count] for _ in range(n)])
    padded, picture = F.pad(maps, (1, 1, 1, 1)), torch.arange(n)[:, None]
    taps = [padded[picture, :, at // side + i, at % side + j] for i in range(3) for j in range(3)]
    return torch.stack(taps, 3).reshape(-1, channels * 9)


def store(layer: torch.nn.Module, codes: Codes, was: torch.Tensor, now: torch.Tensor) -> Codes:
    """Gives a layer its rounded kernel. was, now: [n, inputs], its inputs with nothing rounded and with all layers before it
    rounded. The bias takes on what the mean output has moved by. Returns the codes in the kernel's shape."""
    codes = Codes(codes.codes.reshape(layer.weight.shape), codes.scale)
    rounded = codes.values()
    moved = layer.weight.flatten(1) @ was.mean(0) - rounded.flatten(1) @ now.mean(0)
    layer.bias.copy_((layer.bias + moved).half().float())
    layer.weight.copy_(rounded)
    return codes


def round_convolution(layer: torch.nn.Conv2d, was: torch.Tensor, now: torch.Tensor) -> Codes:
    """In place; was and now as in `store`."""
    codes = round_kernel(layer.weight.flatten(1), now.T @ now / len(now), (was - now).T @ now / len(now))
    return store(layer, codes, was, now)


def round_dense(layer: torch.nn.Linear, was: torch.Tensor, now: torch.Tensor) -> Codes:
    """In place, to the nearest: over 8,192 inputs errors even out. was and now as in `store`."""
    scale = choose_scales(layer.weight, now.square().mean(0))
    return store(layer, Codes(nearest_codes(layer.weight, scale).to(torch.int8), scale), was, now)


def draw_inputs(model: Shipped, folder: Path) -> torch.Tensor:
    """The PICTURES of the training splits, as `quantise` takes them: the same ones each time."""
    rng = np.random.default_rng(0)
    crops = []
    for source, count in PICTURES.items():
        rows = [r for r in read_rows(folder) if r.source == source and r.split == "train"]
        picked = [rows[i] for i in rng.permutation(len(rows))[:count]]
        crops += [resample_square(m, *centre_square(m.shape[1], m.shape[0])) for m in read_images(folder, picked)]
    return torch.from_numpy(normalise(np.stack(crops), model.mean, model.std)).permute(0, 3, 1, 2)


@torch.inference_mode()
def quantise(model: Shipped, inputs: torch.Tensor, batch: int = 32) -> tuple[Shipped, dict[str, Codes]]:
    """inputs: [n, 3, 128, 128], normalised training pictures. Returns the network as it ships, and its kernels in 8 bits by
    their layer's name; those of FLOAT16_BLOCKS, the last layer and all biases are rounded to float16."""
    rounded = round_to_float16(model)
    codes: dict[str, Codes] = {}

    def apply(conv: torch.nn.Conv2d, x: torch.Tensor) -> torch.Tensor:
        return torch.cat([F.relu(conv(part.contiguous(memory_format=torch.channels_last))) for part in x.split(batch)])

    was = now = inputs
    for block, count, _ in BLOCKS:
        for name in (f"block{block}_conv{i + 1}" for i in range(count)):
            old, new = model.features.conv[name], rounded.features.conv[name]
            if block not in FLOAT16_BLOCKS:
                codes[name] = round_convolution(new, draw_windows(was, WINDOWS, block), draw_windows(now, WINDOWS, block))
            is_same = was is now and name not in codes
            was = apply(old, was)
            now = was if is_same else apply(new, now)
        is_same = was is now
        was = F.max_pool2d(was, 2)
        now = was if is_same else F.max_pool2d(now, 2)
    flat = [x.permute(0, 2, 3, 1).flatten(1) for x in (was, now)]
    codes["dense"] = round_dense(rounded.dense, *flat)
    return rounded, codes
