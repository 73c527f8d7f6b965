"""The resampler and normaliser, step for step the arithmetic of src/domain/resample.ts and normalise.ts.

Both sides work in IEEE double precision and add in the same order, so their bytes are equal
(training/tests/test_resample.py writes the shared vectors that the TypeScript tests read).
"""
from __future__ import annotations

from collections.abc import Sequence

import numpy as np

INPUT_PX = 128
# RGB. The mean is ImageNet's as VGG16 was trained with it (103.939, 116.779, 123.68 in BGR, grey levels); the deviation only
# brings the input near 1.
MEAN = (123.68 / 255, 116.779 / 255, 103.939 / 255)
STD = (0.225, 0.225, 0.225)


def triangle_taps(source_px: int, start: float, length: float, out_px: int) -> tuple[np.ndarray, np.ndarray]:
    """Taps of an antialiasing triangle filter for one axis.

    start, length: the window in source pixels (may be fractional). Output sample i is centred at
    start + (i + 0.5) * length / out_px; the filter's half width is max(1, length / out_px) source pixels.
    Taps outside the image are dropped and the rest renormalised to sum 1.
    Returns (index, weight), both [max_taps, out_px]; unused taps have weight 0.
    """
    scale = length / out_px
    support = max(scale, 1.0)
    rows: list[list[tuple[int, float]]] = []
    for i in range(out_px):
        centre = start + (i + 0.5) * scale
        first = max(0, int(np.floor(centre - support)))
        last = min(source_px - 1, int(np.ceil(centre + support)))
        taps = []
        total = 0.0
        for j in range(first, last + 1):
            weight = 1.0 - abs(j + 0.5 - centre) / support
            if weight > 0:
                taps.append((j, weight))
                total += weight
        if not taps:
            raise ValueError("the crop lies outside the image")
        rows.append([(j, w / total) for j, w in taps])
    most = max(len(r) for r in rows)
    index = np.zeros((most, out_px), dtype=np.int64)
    weight = np.zeros((most, out_px), dtype=np.float64)
    for i, taps in enumerate(rows):
        for t, (j, w) in enumerate(taps):
            index[t, i] = j
            weight[t, i] = w
    return index, weight


_cache: dict[tuple[int, float, float, int], tuple[np.ndarray, np.ndarray]] = {}


def _taps(source_px: int, start: float, length: float, out_px: int) -> tuple[np.ndarray, np.ndarray]:
    key = (source_px, start, length, out_px)
    if key not in _cache:
        if len(_cache) > 256:
            _cache.clear()
        _cache[key] = triangle_taps(*key)
    return _cache[key]


def resample_square(image: np.ndarray, x: float, y: float, size: float, out_px: int = INPUT_PX) -> np.ndarray:
    """Resamples a square of an image. image: [h, w, 3] uint8; x, y, size: source pixels. Returns [out, out, 3] uint8."""
    height, width, _ = image.shape
    index, weight = _taps(width, x, size, out_px)
    wide = np.zeros((height, out_px, 3), dtype=np.float64)
    for t in range(index.shape[0]):
        wide += weight[t][None, :, None] * image[:, index[t], :]
    index, weight = _taps(height, y, size, out_px)
    out = np.zeros((out_px, out_px, 3), dtype=np.float64)
    for t in range(index.shape[0]):
        out += weight[t][:, None, None] * wide[index[t]]
    return np.floor(out + 0.5).clip(0, 255).astype(np.uint8)


def centre_square(width: int, height: int) -> tuple[float, float, float]:
    """The default crop: the largest centred square, (x, y, size) in source pixels."""
    size = min(width, height)
    return (width - size) / 2, (height - size) / 2, float(size)


def normalise(pixels: np.ndarray, mean: Sequence[float] = MEAN, std: Sequence[float] = STD) -> np.ndarray:
    """uint8 [..., 3] -> float32: (byte / 255 - mean) / std, in double precision, rounded once."""
    return ((pixels / 255.0 - np.array(mean)) / np.array(std)).astype(np.float32)
