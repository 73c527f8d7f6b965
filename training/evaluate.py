"""python -m training.evaluate MODEL [--csv FILE]: figures on every split, at the app's default crop.

MODEL: a checkpoint of training.train (folded here) or a shipped folder such as public/model/v1.
"""
from __future__ import annotations

import argparse
import csv
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from .data import data_dir, read_images, read_rows
from .metrics import auc_ci95, roc_auc
from .model import Shipped, Student, fold
from .resample import centre_square, normalise, resample_square
from .tfjs_format import read_tfjs


@dataclass(frozen=True)
class EvalSet:
    key: str
    source: str
    split: str
    title: str
    report: bool = True  # False: used to calibrate only


EVAL_SETS = (
    EvalSet("ham-test", "ham10000", "test", "HAM10000 test split (dermoscopy)"),
    EvalSet("msk-val", "isic-msk-uda", "val", "ISIC MSK/UDA validation split (dermoscopy, other clinics)"),
    EvalSet("pad-test", "pad-ufes-20", "test", "PAD-UFES-20 test split (smartphone photos)"),
    EvalSet("ham-val", "ham10000", "val", "HAM10000 validation split (dermoscopy)", report=False),
    EvalSet("pad-val", "pad-ufes-20", "val", "PAD-UFES-20 validation split (smartphone photos)", report=False),
)


@dataclass(frozen=True)
class Scores:
    file: list[str]
    label: np.ndarray  # 1 malignant, 0 benign
    logit: np.ndarray


@torch.inference_mode()
def predict_logits(model: Shipped, images: list[np.ndarray], batch: int = 32) -> np.ndarray:
    """images: list of [h, w, 3] uint8, any size. float32 arithmetic, the app's own crop, resampler and normaliser."""
    out = []
    for i in range(0, len(images), batch):
        crops = [resample_square(m, *centre_square(m.shape[1], m.shape[0])) for m in images[i:i + batch]]
        out.append(model(torch.from_numpy(normalise(np.stack(crops))).permute(0, 3, 1, 2)).numpy())
    return np.concatenate(out)


def score_sets(model: Shipped, sets: tuple[EvalSet, ...] = EVAL_SETS) -> dict[str, Scores]:
    folder = data_dir()
    assert folder is not None
    rows = read_rows(folder)
    out = {}
    for s in sets:
        picked = [r for r in rows if r.source == s.source and r.split == s.split and r.label >= 0]
        out[s.key] = Scores([r.file for r in picked], np.array([r.label for r in picked]),
                            predict_logits(model, read_images(folder, picked)))
    return out


def load_model(path: Path) -> Shipped:
    if path.is_dir():
        return read_tfjs(path)
    saved = torch.load(path, map_location="cpu", weights_only=False)
    student = Student(saved["config"]["head"])
    student.load_state_dict(saved["ema"])
    return fold(student.eval())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("--csv", type=Path, help="write file, label, logit of every image")
    args = parser.parse_args()
    if data_dir() is None:
        raise SystemExit("Set LESION_DATA to the data folder.")
    scores = score_sets(load_model(args.model))
    for key, s in scores.items():
        low, high = auc_ci95(s.label, s.logit)
        print(json.dumps({"set": key, "images": len(s.label), "malignant": int(s.label.sum()),
                          "auc": round(roc_auc(s.label, s.logit), 4), "auc_ci95": [round(low, 4), round(high, 4)]}))
    if args.csv:
        with open(args.csv, "w", newline="") as f:
            writer = csv.writer(f)
            writer.writerow(["file", "label", "logit"])
            for s in scores.values():
                writer.writerows(zip(s.file, s.label.tolist(), s.logit.tolist()))


if __name__ == "__main__":
    main()
