"""What kind of picture the network was given, told from its own maps: is it a lesion at all, and was it taken by a dermatoscope
or a phone? Linear probes (Alain, Bengio 2016, arXiv:1610.01644) on the means of several layers' maps; the app's twin is
src/domain/probes.ts. Fitted on the training pictures, limits chosen on the validation ones.
"""
from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageFilter
from sklearn.linear_model import LogisticRegression

from .data import Row, read_images
from .model import BLOCKS, Shipped
from .resample import INPUT_PX, centre_square, normalise, resample_square

# The last convolution of each block but the first: what things are made of, and what they are.
PROBE_LAYERS = tuple(f"block{b}_conv{n}" for b, n, _ in BLOCKS if b > 1)
CLIP = 5.0
# L2 regularisation of the logistic regressions: sklearn's C times the sum of all weights.
STRENGTH = 240.0
# Pictures drawn of each source, and of Tiny-ImageNet; all where there are fewer.
PER_SOURCE = 1500
TINY_IMAGES = 2500
LESION_SOURCES = ("ham10000", "isic-msk-uda", "pad-ufes-20")
PHONE_SOURCE = "pad-ufes-20"


@torch.inference_mode()
def layer_means(model: Shipped, inputs: np.ndarray, batch: int = 32) -> np.ndarray:
    """Means of the maps of PROBE_LAYERS, in activation units. inputs: [n, 128, 128, 3] uint8. Returns [n, features] float32."""
    out = []
    for i in range(0, len(inputs), batch):
        x = torch.from_numpy(normalise(inputs[i:i + batch], model.mean, model.std)).permute(0, 3, 1, 2)
        maps: dict[str, torch.Tensor] = {}
        model.features(x.contiguous(memory_format=torch.channels_last), maps)
        out.append(torch.cat([maps[name].mean((2, 3)) for name in PROBE_LAYERS], 1).numpy())
    return np.concatenate(out)


def centre_inputs(images: list[np.ndarray]) -> np.ndarray:
    """The app's default crop of each image: [n, 128, 128, 3] uint8."""
    return np.stack([resample_square(m, *centre_square(m.shape[1], m.shape[0])) for m in images])


def vary(images: list[np.ndarray], rng: np.random.Generator) -> np.ndarray:
    """As people frame and take them: nearer, off the middle, turned, darker, of another tint, some blurred or enlarged from half
    the pixels. Otherwise sharpness alone would tell Tiny-ImageNet's enlarged pictures from lesions."""
    out = []
    for image in images:
        h, w, _ = image.shape
        side = min(h, w) * rng.uniform(0.45, 1.0)
        x, y = ((w - side) / 2, (h - side) / 2) if rng.random() < 0.6 else (rng.uniform(0, w - side), rng.uniform(0, h - side))
        crop = Image.fromarray(resample_square(image, x, y, side))
        kind = rng.integers(5)
        if kind == 0:
            crop = crop.resize((INPUT_PX // 2,) * 2, Image.BILINEAR).resize((INPUT_PX,) * 2, Image.BILINEAR)
        if kind == 1:
            crop = crop.filter(ImageFilter.GaussianBlur(rng.uniform(0.5, 1.5)))
        tinted = np.asarray(crop) * rng.uniform(0.75, 1.25) * rng.uniform(0.93, 1.07, 3)
        out.append(np.rot90(tinted.clip(0, 255).astype(np.uint8), rng.integers(4)))
    return np.stack(out)


def read_tiny(folder: Path, count: int, rng: np.random.Generator) -> np.ndarray:
    """`count` pictures of Tiny-ImageNet, enlarged: [n, 128, 128, 3] uint8. Empty where the folder has none."""
    files = sorted(folder.glob("pretrain-tiny-imagenet-*.npz"))
    out = []
    for file in files:
        with np.load(file) as data:
            ends, jpeg = np.cumsum(data["length"]), data["jpeg"]
            for i in sorted(rng.choice(len(ends), min(count // len(files), len(ends)), replace=False)):
                start = ends[i - 1] if i > 0 else 0
                image = Image.open(io.BytesIO(jpeg[start:ends[i]].tobytes())).convert("RGB")
                out.append(np.asarray(image.resize((INPUT_PX, INPUT_PX), Image.BILINEAR)))
    return np.stack(out) if out else np.empty((0, INPUT_PX, INPUT_PX, 3), np.uint8)


@dataclass(frozen=True)
class Probes:
    """Linear in clip((sqrt(means) - mean) / deviation); see src/domain/probes.ts."""

    mean: np.ndarray  # [features]
    deviation: np.ndarray  # [features]
    unlike: tuple[np.ndarray, float]  # weights [features], bias: log-odds of no lesion
    phone: tuple[np.ndarray, float]  # log-odds of a phone's photo, of lesions

    def standardise(self, features: np.ndarray) -> np.ndarray:
        return np.clip((np.sqrt(features.astype(np.float64)) - self.mean) / self.deviation, -CLIP, CLIP)

    def answer(self, features: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """features: [n, features]. Returns (log-odds of unlike, of phone), each [n]."""
        z = self.standardise(features)
        return z @ self.unlike[0] + self.unlike[1], z @ self.phone[0] + self.phone[1]

    def to_json(self) -> dict:
        def numbers(values: np.ndarray) -> list[float]:
            return [float(f"{v:.6g}") for v in values]

        def probe(weights: np.ndarray, bias: float) -> dict:
            return {"weights": numbers(weights), "bias": float(f"{bias:.6g}")}

        return {"layers": list(PROBE_LAYERS), "mean": numbers(self.mean), "deviation": numbers(self.deviation), "clip": CLIP,
                "unlike": probe(*self.unlike), "phone": probe(*self.phone)}

    @staticmethod
    def from_json(json: dict) -> "Probes":
        def probe(name: str) -> tuple[np.ndarray, float]:
            return np.array(json[name]["weights"]), json[name]["bias"]

        return Probes(np.array(json["mean"]), np.array(json["deviation"]), probe("unlike"), probe("phone"))


def _weigh(groups: list[np.ndarray], shares: list[float]) -> np.ndarray:
    """A weight for each row, so that each group counts by its share however many rows it has; they add up to 1."""
    weights = np.concatenate([np.full(len(g), s / len(g)) for g, s in zip(groups, shares)])
    return weights / weights.sum()


def _logistic(groups: list[np.ndarray], labels: list[int], shares: list[float]) -> tuple[np.ndarray, float]:
    label = np.concatenate([np.full(len(g), v) for g, v in zip(groups, labels)])
    fitted = LogisticRegression(C=STRENGTH, max_iter=500).fit(np.concatenate(groups), label, _weigh(groups, shares))
    return fitted.coef_[0], float(fitted.intercept_[0])


def fit_probes(dermatoscope: list[np.ndarray], phone: list[np.ndarray], others: list[np.ndarray]) -> Probes:
    """Each a list of groups of features [n, features] that count alike; others: pictures that are no lesions."""
    others = [g for g in others if len(g)]
    lesions = np.sqrt(np.concatenate([*dermatoscope, *phone]).astype(np.float64))
    weight = _weigh([*dermatoscope, *phone], [1.0] * len([*dermatoscope, *phone]))
    mean = weight @ lesions
    deviation = np.sqrt(weight @ (lesions - mean) ** 2)
    # A map that hardly ever moves would shout at the smallest move.
    deviation = np.maximum(deviation, max(0.1 * float(np.median(deviation)), 1e-6))
    bare = Probes(mean, deviation, (np.empty(0), 0.0), (np.empty(0), 0.0))
    zd, zp, zo = ([bare.standardise(g) for g in groups] for groups in (dermatoscope, phone, others))
    unlike = _logistic([*zd, *zp, *zo], [0] * len(zd + zp) + [1] * len(zo),
                       [1 / len(zd + zp)] * len(zd + zp) + [1 / len(zo)] * len(zo))
    kind = _logistic([*zd, *zp], [0] * len(zd) + [1] * len(zp), [1 / len(zd)] * len(zd) + [1 / len(zp)] * len(zp))
    return Probes(bare.mean, bare.deviation, unlike, kind)


def unlike_limit(lesions: list[np.ndarray], others: np.ndarray, keep: float = 0.985, refuse: float = 0.985) -> float:
    """Log-odds above which a picture counts as unlike the training pictures.

    lesions: log-odds of each source's validation pictures; others: of validation pictures that are no lesions. Half way between
    what keeps `keep` of every source and what refuses `refuse` of the others; where the two overlap, what keeps the lesions."""
    low = max(float(np.quantile(odds, keep)) for odds in lesions)
    high = float(np.quantile(others, 1 - refuse))
    return (low + high) / 2 if high > low else low


def phone_limits(dermatoscope: np.ndarray, phone: np.ndarray, wrong: float = 0.01) -> tuple[float, float]:
    """(low, high): below the first at most `wrong` of the validation's phone photos lie, above the second at most `wrong` of its
    dermatoscope pictures; between them the kind counts as unknown."""
    low, high = float(np.quantile(phone, wrong)), float(np.quantile(dermatoscope, 1 - wrong))
    return (low, high) if low <= high else ((low + high) / 2,) * 2


def pick(rows: list[Row], source: str, split: str, rng: np.random.Generator, most: int = PER_SOURCE) -> list[Row]:
    """At most `most` rows of a source's split, in their order."""
    found = [r for r in rows if r.source == source and r.split == split]
    return found if len(found) <= most else [found[i] for i in sorted(rng.choice(len(found), most, replace=False))]


def features_of(model: Shipped, folder: Path, rows: list[Row]) -> np.ndarray:
    """[n, features] of the rows' default crops."""
    return layer_means(model, centre_inputs(read_images(folder, rows)))


def train_probes(model: Shipped, folder: Path, rows: list[Row], seed: int = 1) -> Probes:
    """Fits them on the training split: lesions as they are and varied, against pictures that are none and Tiny-ImageNet."""
    rng = np.random.default_rng(seed)
    plain, varied = {}, {}
    for source in LESION_SOURCES:
        images = read_images(folder, pick(rows, source, "train", rng))
        if not images:
            continue
        plain[source] = layer_means(model, centre_inputs(images))
        varied[source] = layer_means(model, vary(images[::3], rng))
    others = [features_of(model, folder, pick(rows, "not-lesions", "train", rng))]
    tiny = read_tiny(folder, TINY_IMAGES, rng)
    if len(tiny):
        others.append(layer_means(model, tiny))
    kinds: dict[bool, list[np.ndarray]] = {True: [], False: []}
    for source in plain:
        kinds[source == PHONE_SOURCE] += [plain[source], varied[source]]
    return fit_probes(kinds[False], kinds[True], others)
