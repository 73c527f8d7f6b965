"""Writes the vectors that tie training to the app: python -m training.tests.make_vectors

src/domain/testdata/resample-vectors.json holds what resample.py, golden.py, the normaliser and codes.py give for pictures that
both languages draw by integer formulas. The TypeScript tests compare byte for byte; test_resample.py checks that the
committed file is what Python gives now.
"""
from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path

import numpy as np
import torch

from training.codes import Codes
from training.golden import GOLDEN_INPUTS, draw_golden_input
from training.resample import MEAN, STD, centre_square, normalise, resample_square
from training.tfjs_format import keras_kernel

VECTORS = Path(__file__).resolve().parents[2] / "src" / "domain" / "testdata" / "resample-vectors.json"

# name, picture, width, height, crop (x, y, size; None: the centre square), side of the output
CASES: tuple[tuple[str, str, int, int, tuple[float, float, float] | None, int], ...] = (
    ("HAM10000's shape", "ripple", 200, 150, None, 128),
    ("PAD-UFES's shape", "ripple", 168, 168, None, 128),
    ("one to one", "hash", 128, 128, None, 128),
    ("odd sides, enlarged", "hash", 97, 61, None, 128),
    ("portrait, fractional crop, enlarged", "hash", 47, 131, (3.25, 40.75, 40.5), 128),
    ("crop at the lower right corner", "ripple", 640, 480, (400.3, 240.7, 239.3), 128),
    ("crop at the upper left corner", "hash", 301, 299, (0.0, 0.0, 133.7), 128),
    ("crop beyond every border", "ripple", 50, 40, (-1.5, -4.25, 52.5), 8),
    ("photo, reduced twelvefold", "hash", 1537, 1601, (0.5, 31.125, 1536.5), 128),
    ("small, reduced", "hash", 23, 17, None, 8),
    ("small, enlarged", "hash", 5, 7, (0.5, 1.5, 4.0), 16),
    ("one pixel", "hash", 1, 1, None, 4),
    ("one column", "hash", 1, 9, (0.0, 2.0, 1.0), 4),
    ("a crop inside one pixel", "hash", 9, 9, (4.25, 4.25, 0.5), 4),
    ("halves round up", "checker", 16, 16, None, 8),
    ("white stays white", "white", 33, 21, (1.1, 0.2, 20.3), 8),
    ("black stays black", "black", 33, 21, (1.1, 0.2, 20.3), 8),
)
BASE64_UP_TO_SIDE = 16
SAMPLE_STEP = 4999

NORMALISERS = (
    ("halves", (0.5, 0.5, 0.5), (0.5, 0.5, 0.5)),
    ("training", MEAN, STD),
)


def draw_picture(kind: str, width: int, height: int) -> np.ndarray:
    """[height, width, 3] uint8; the twin of drawTestPicture in src/domain/testdata/draw-test-picture.ts."""
    y, x, c = np.meshgrid(np.arange(height), np.arange(width), np.arange(3), indexing="ij")
    if kind == "ripple":
        out = 37 * x + 91 * y + 53 * c + 7 * ((x * y) % 29)
    elif kind == "hash":
        out = (x * x * 7 + y * y * 13 + x * y * 3 + c * 101 + 17) % 8191 * 31 >> 5
    elif kind == "checker":
        out = 255 * ((x + y) & 1)
    elif kind == "white":
        out = np.full_like(x, 255)
    elif kind == "black":
        out = np.zeros_like(x)
    else:
        raise ValueError(kind)
    return (out & 255).astype(np.uint8)


def _resample_cases() -> list[dict[str, object]]:
    cases = []
    for name, picture, width, height, crop, out_px in CASES:
        x, y, size = crop or centre_square(width, height)
        image = draw_picture(picture, width, height)
        out = resample_square(image, x, y, size, out_px).tobytes()
        case: dict[str, object] = {
            "name": name,
            "picture": picture,
            "pictureSha256": hashlib.sha256(image.tobytes()).hexdigest(),
            "width": width,
            "height": height,
            "isCentreSquare": crop is None,
            "crop": {"x": x, "y": y, "size": size},
            "outSide": out_px,
            "sha256": hashlib.sha256(out).hexdigest(),
        }
        if out_px <= BASE64_UP_TO_SIDE:
            case["base64"] = base64.b64encode(out).decode()
        else:
            case["samples"] = [[at, out[at]] for at in range(0, len(out), SAMPLE_STEP)]
        cases.append(case)
    return cases


def _normalise_cases() -> list[dict[str, object]]:
    every_byte = np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, 1)  # [256, 3]
    cases = []
    for name, mean, std in NORMALISERS:
        values = normalise(every_byte, mean, std).astype("<f4")
        cases.append({"name": name, "mean": mean, "std": std, "base64": base64.b64encode(values.tobytes()).decode()})
    return cases


def _code_case() -> dict[str, object]:
    """Weights [3][4] in 8 bits as they lie in a shard, and what they are in float16."""
    scale = torch.tensor([2.0**-10, 15 * 2.0**-24, 11 * 2.0**-7, 0.0])
    codes = Codes(torch.tensor([[-127, 0, 127], [1, -2, 3], [-1, 100, -128], [5, 6, 7]], dtype=torch.int8), scale)
    stored = scale.numpy().astype("<f2").tobytes() + keras_kernel(codes.codes).tobytes()
    halves = keras_kernel(codes.values()).astype("<f2").tobytes()
    return {"shape": [3, 4], "base64": base64.b64encode(stored).decode(), "halves": base64.b64encode(halves).decode()}


def format_vectors() -> str:
    golden = [
        {"input": kind, "sha256": hashlib.sha256(draw_golden_input(kind).tobytes()).hexdigest()} for kind in GOLDEN_INPUTS
    ]
    return json.dumps({"resample": _resample_cases(), "normalise": _normalise_cases(), "golden": golden, "codes": _code_case()}, indent=1) + "\n"


if __name__ == "__main__":
    VECTORS.parent.mkdir(parents=True, exist_ok=True)
    VECTORS.write_text(format_vectors(), encoding="utf-8")
    print(f"wrote {VECTORS.name}")
