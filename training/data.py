"""Images of the data folder: labels, splits, decoding, augmentation, sampling."""
from __future__ import annotations

import csv
import io
import os
import tarfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

from .resample import INPUT_PX, MEAN, STD, centre_square, resample_square

# The auxiliary head's classes: HAM10000's seven (Tschandl et al. 2018), other sets mapped onto them.
DX_CLASSES = ("nv", "mel", "bkl", "bcc", "akiec", "vasc", "df")
_DX = {
    "nv": "nv", "nevus": "nv", "NEV": "nv",
    "mel": "mel", "melanoma": "mel", "MEL": "mel",
    "bkl": "bkl", "seborrheic keratosis": "bkl", "SEK": "bkl",
    "bcc": "bcc", "BCC": "bcc",
    "akiec": "akiec", "scc": "akiec", "ak": "akiec", "SCC": "akiec", "ACK": "akiec",
    "vasc": "vasc", "df": "df",
}


def data_dir() -> Path | None:
    """The data folder named by LESION_DATA, or None."""
    value = os.environ.get("LESION_DATA")
    return Path(value) if value and (Path(value) / "labels.csv").exists() else None


class BadDataError(Exception):
    """The data folder does not hold what labels.csv names."""


@dataclass(frozen=True)
class Row:
    file: str
    source: str  # ham10000, isic-msk-uda, pad-ufes-20, not-lesions
    split: str
    label: int  # 1 malignant, 0 benign, -1 neither (premalignant, none)
    dx: int  # index into DX_CLASSES, -1 unknown
    group: str  # lesion or patient


def read_rows(folder: Path) -> list[Row]:
    """The rows of labels.csv. Raises BadDataError where a group (a lesion, a patient) lies in two splits."""
    label_of = {"malignant": 1, "benign": 0}
    with open(folder / "labels.csv", newline="") as f:
        rows = [
            Row(r["file"], r["file"].split("/")[0], r["split"], label_of.get(r["label"], -1),
                DX_CLASSES.index(_DX[r["dx"]]) if r["dx"] in _DX else -1, r["group_id"])
            for r in csv.DictReader(f)
        ]
    split_of: dict[tuple[str, str], str] = {}
    for r in rows:
        if r.group and split_of.setdefault((r.source, r.group), r.split) != r.split:
            raise BadDataError(f"group {r.group} of {r.source} lies in two splits")
    return rows


def read_images(folder: Path, rows: list[Row]) -> list[np.ndarray]:
    """Decodes the rows' JPEGs, in order: a list of [h, w, 3] uint8."""
    wanted = {r.file: i for i, r in enumerate(rows)}
    images: list[np.ndarray | None] = [None] * len(rows)
    for source in sorted({r.source for r in rows}):
        with tarfile.open(folder / f"{source}.tar") as tar:
            for member in tar:
                i = wanted.get(member.name)
                if i is not None:
                    data = tar.extractfile(member).read()
                    images[i] = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
    missing = [r.file for r, image in zip(rows, images) if image is None]
    if missing:
        raise BadDataError(f"{len(missing)} images are not in the tars, e.g. {missing[0]}")
    return images


def centre_crops(images: list[np.ndarray]) -> torch.Tensor:
    """The app's default crop of each image: [n, 3, 128, 128] uint8."""
    out = np.empty((len(images), INPUT_PX, INPUT_PX, 3), np.uint8)
    for i, image in enumerate(images):
        out[i] = resample_square(image, *centre_square(image.shape[1], image.shape[0]))
    return torch.from_numpy(out).permute(0, 3, 1, 2).contiguous()


def to_input(crops: torch.Tensor) -> torch.Tensor:
    """[b, 3, s, s], 0..1 -> what the network takes (normalise of resample.py, for training)."""
    mean, std = (torch.tensor(v, dtype=torch.float32, device=crops.device)[:, None, None] for v in (MEAN, STD))
    return (crops - mean) / std


class CropPool:
    """Images kept as uint8 in one buffer, from which random augmented crops are drawn.

    scale: crop side as a share of the short side. colour: strength of the photometric jitter.
    """

    def __init__(self, images: list[np.ndarray], scale: tuple[float, float] = (0.55, 1.05),
                 rotate: bool = True, colour: float = 1.0):
        height = max(i.shape[0] for i in images)
        width = max(i.shape[1] for i in images)
        self.pixels = torch.zeros(len(images), 3, height, width, dtype=torch.uint8)
        self.extent = torch.zeros(len(images), 2)
        for i, image in enumerate(images):
            h, w, _ = image.shape
            self.pixels[i, :, :h, :w] = torch.from_numpy(np.ascontiguousarray(image.transpose(2, 0, 1)))
            self.extent[i] = torch.tensor([w, h])
        self.scale, self.rotate, self.colour = scale, rotate, colour

    def to(self, device: torch.device) -> "CropPool":
        self.pixels, self.extent = self.pixels.to(device), self.extent.to(device)
        return self

    def draw(self, index: torch.Tensor, size: int, rng: torch.Generator) -> torch.Tensor:
        """index: [b]. Returns augmented crops [b, 3, size, size], 0..1."""
        device, b = self.pixels.device, len(index)

        def uniform(low: float, high: float, *shape: int) -> torch.Tensor:
            return (torch.rand(b, *shape, generator=rng) * (high - low) + low).to(device)

        extent = self.extent[index.to(device)]
        short = extent.min(1).values
        side = uniform(*self.scale) * short
        angle = uniform(-np.pi, np.pi) if self.rotate else uniform(-0.1, 0.1)
        flip = (uniform(0, 1) < 0.5).float() * 2 - 1
        stretch = torch.exp(uniform(-0.12, 0.12))
        slack = (extent - side[:, None]).clamp(min=0) / 2
        centre = extent / 2 + (uniform(-1, 1, 2)) * slack * 0.8
        # Output pixel (u, v) in -0.5..0.5 -> source pixel.
        line = (torch.arange(size, device=device) + 0.5) / size - 0.5
        v, u = torch.meshgrid(line, line, indexing="ij")
        u, v = u[None] * (side * stretch * flip)[:, None, None], v[None] * (side / stretch)[:, None, None]
        cos, sin = torch.cos(angle)[:, None, None], torch.sin(angle)[:, None, None]
        x = centre[:, 0, None, None] + cos * u - sin * v
        y = centre[:, 1, None, None] + sin * u + cos * v

        def reflect(t: torch.Tensor, length: torch.Tensor) -> torch.Tensor:
            length = length[:, None, None]
            return (length - (t.remainder(2 * length) - length).abs()).clamp(min=0.5).minimum(length - 0.5)

        x, y = reflect(x, extent[:, 0]), reflect(y, extent[:, 1])
        buffer_h, buffer_w = self.pixels.shape[2:]
        grid = torch.stack([2 * x / buffer_w - 1, 2 * y / buffer_h - 1], -1)
        crops = F.grid_sample(self.pixels[index.to(device)].float(), grid, mode="bilinear",
                              padding_mode="border", align_corners=False)
        return self._jitter(crops / 255.0, uniform)

    def _jitter(self, x: torch.Tensor, uniform) -> torch.Tensor:
        c = self.colour
        if c == 0:
            return x
        gain = torch.exp(uniform(-0.08 * c, 0.08 * c, 3, 1, 1)) * torch.exp(uniform(-0.2 * c, 0.2 * c, 1, 1, 1))
        x = x * gain
        mean = x.mean((1, 2, 3), keepdim=True)
        x = (x - mean) * torch.exp(uniform(-0.25 * c, 0.25 * c, 1, 1, 1)) + mean
        grey = x.mean(1, keepdim=True)
        x = grey + (x - grey) * torch.exp(uniform(-0.25 * c, 0.25 * c, 1, 1, 1))
        return x.clamp(0, 1) ** torch.exp(uniform(-0.2 * c, 0.2 * c, 1, 1, 1))


def group_weights(rows: list[Row]) -> torch.Tensor:
    """Sampling weight of each row: a (source, dx) group is drawn in proportion to the square root of its size."""
    key = [(r.source, r.dx) for r in rows]
    count = {k: key.count(k) for k in set(key)}
    return torch.tensor([count[k] ** 0.5 / count[k] for k in key], dtype=torch.float64)
