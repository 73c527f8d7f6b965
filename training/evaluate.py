"""python -m training.evaluate MODEL [--test] [--csv FILE]: figures on the validation splits, at the app's default crop.

MODEL: a checkpoint of training.train (what ships of it) or a shipped folder such as public/model/v2.2. Test splits are read
once for each version, by training.export; --test reads them here.
"""
from __future__ import annotations

import argparse
import csv
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from .data import DX_CLASSES, data_dir, read_images, read_rows
from .metrics import auc_ci95, roc_auc
from .model import Shipped, Student, ship
from .resample import centre_square, normalise, resample_square
from .tfjs_format import read_tfjs


@dataclass(frozen=True)
class EvalSet:
    key: str
    source: str
    split: str
    title: str
    kind: str  # 'dermatoscope' or 'phone': what took the pictures
    report: bool = True  # False: used to calibrate only


EVAL_SETS = (
    EvalSet("ham-test", "ham10000", "test", "HAM10000 test split (dermoscopy)", "dermatoscope"),
    EvalSet("msk-val", "isic-msk-uda", "val", "ISIC MSK/UDA validation split (dermoscopy, other clinics)", "dermatoscope"),
    EvalSet("pad-test", "pad-ufes-20", "test", "PAD-UFES-20 test split (smartphone photos)", "phone"),
    EvalSet("ham-val", "ham10000", "val", "HAM10000 validation split (dermoscopy)", "dermatoscope", report=False),
    EvalSet("pad-val", "pad-ufes-20", "val", "PAD-UFES-20 validation split (smartphone photos)", "phone", report=False),
)
VAL_SETS = tuple(s for s in EVAL_SETS if s.split == "val")
TEST_SETS = tuple(s for s in EVAL_SETS if s.split == "test")


@dataclass(frozen=True)
class Scores:
    file: list[str]
    label: np.ndarray  # [n], 1 malignant, 0 benign
    dx: np.ndarray  # [n], index into DX_CLASSES, -1 unknown
    views: np.ndarray  # [n, v] logits of the centre square's views, the upright one first

    @property
    def logit(self) -> np.ndarray:
        """[n], of the upright view: what the app shows."""
        return self.views[:, 0]


@torch.inference_mode()
def predict_logits(model: Shipped, images: list[np.ndarray], views: int = 1, batch: int = 32) -> np.ndarray:
    """Logits [n, views] in float32 arithmetic, by the app's own crop, resampler and normaliser.

    images: list of [h, w, 3] uint8, any size. views: 1, or 8 for the square turned by quarters and mirrored."""
    out = []
    for i in range(0, len(images), batch):
        crops = [resample_square(m, *centre_square(m.shape[1], m.shape[0])) for m in images[i:i + batch]]
        x = torch.from_numpy(normalise(np.stack(crops), model.mean, model.std)).permute(0, 3, 1, 2)
        seen = [torch.rot90(x.flip(3) if v >= 4 else x, v % 4, (2, 3)) for v in range(views)]
        out.append(np.stack([model(s.contiguous(memory_format=torch.channels_last)).numpy() for s in seen], 1))
    return np.concatenate(out)


def score_sets(model: Shipped, sets: tuple[EvalSet, ...] = EVAL_SETS, views: int = 1) -> dict[str, Scores]:
    folder = data_dir()
    assert folder is not None
    rows = read_rows(folder)
    out = {}
    for s in sets:
        picked = [r for r in rows if r.source == s.source and r.split == s.split and r.label >= 0]
        out[s.key] = Scores([r.file for r in picked], np.array([r.label for r in picked]), np.array([r.dx for r in picked]),
                            predict_logits(model, read_images(folder, picked), views))
    return out


def auc_by_diagnosis(label: np.ndarray, dx: np.ndarray, score: np.ndarray) -> list[dict]:
    """Of each diagnosis how well it is told from the other side: a malignant one from all benign images of the set, a benign
    one from all malignant images. Rows of {"diagnosis", "images", "malignant", "auc"}; two where it is on both sides."""
    out = []
    for k in np.unique(dx[dx >= 0]):
        for side in (0, 1):
            of_dx = (dx == k) & (label == side)
            if of_dx.any() and (label != side).any():
                both = of_dx | (label != side)
                out.append({"diagnosis": DX_CLASSES[k], "images": int(of_dx.sum()), "malignant": bool(side),
                            "auc": roc_auc(label[both], score[both])})
    return out


def figures(scores: Scores) -> dict:
    """AUC with its 95 % interval of one view and, where there are more, of the views' mean logit; AUC of each diagnosis."""
    out: dict = {"images": len(scores.label), "malignant": int(scores.label.sum()),
                 "auc": roc_auc(scores.label, scores.logit), "aucCi95": list(auc_ci95(scores.label, scores.logit))}
    if scores.views.shape[1] > 1:
        mean = scores.views.mean(1)
        out |= {"aucOfViews": roc_auc(scores.label, mean), "aucOfViewsCi95": list(auc_ci95(scores.label, mean))}
    return out | {"diagnoses": auc_by_diagnosis(scores.label, scores.dx, scores.logit)}


def load_model(path: Path) -> Shipped:
    if path.is_dir():
        return read_tfjs(path)
    saved = torch.load(path, map_location="cpu", weights_only=False)
    student = Student(saved["config"]["head"])
    student.load_state_dict(saved["ema"])
    return ship(student)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("--test", action="store_true", help="the test splits too")
    parser.add_argument("--csv", type=Path, help="write file, label, logit of every image")
    args = parser.parse_args()
    if data_dir() is None:
        raise SystemExit("Set LESION_DATA to the data folder.")
    scores = score_sets(load_model(args.model), EVAL_SETS if args.test else VAL_SETS, views=8)
    for key, s in scores.items():
        rounded = json.loads(json.dumps(figures(s)), parse_float=lambda text: round(float(text), 4))
        print(json.dumps({"set": key, **rounded}))
    if args.csv:
        with open(args.csv, "w", newline="") as f:
            writer = csv.writer(f)
            writer.writerow(["file", "label", "logit"])
            for s in scores.values():
                writer.writerows(zip(s.file, s.label.tolist(), s.logit.tolist()))


if __name__ == "__main__":
    main()
