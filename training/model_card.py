"""Writes MODEL_CARD.md from training/metrics.json, the one place that the figures come from."""
from __future__ import annotations

import json
from pathlib import Path


def _percent(x: float) -> str:
    return f"{100 * x:.1f} %"


def _interval(low_high: list[float]) -> str:
    return f"{low_high[0]:.3f} to {low_high[1]:.3f}"


def _stage_row(number: int, stage: dict) -> str:
    if stage["stage"] == "imagenet":
        return f"| {number} | {stage['source']} | | | | | |"
    if stage["stage"] == "shipped":
        return f"| {number} | shipped as {stage['version']} | | | | | |"
    if stage["stage"] == "mix":
        of = f"stage {stage['of']}, the rest of stage {stage['with']}" if "of" in stage else "the stage before, the rest of an earlier one"
        return f"| {number} | average: {stage['share']} of {of} | | | | | |"
    steps = stage.get("done", stage["steps"])
    blocks = stage["frozen_blocks"]
    frozen = f", block{'s 1 to' if blocks > 1 else ''} {blocks} frozen" if blocks else ""
    start = f"stage {number - 1}" if number > 1 else "random weights"
    return (f"| {number} | {start} | {stage['size']} px, {stage['head']} head{frozen} | {steps:,} x {stage['batch']} "
            f"= {steps * stage['batch']:,} crops | {stage['lr']} | {round(stage['seconds'] / 60)} min | {stage.get('machine', 'not recorded')} |")


def _own_calibrations(calibrations: dict) -> str:
    if not calibrations:
        return ""
    lines = "; ".join(f"{kind}: sigmoid({c['slope']:.4f} * logit + {c['offset']:.4f})" for kind, c in sorted(calibrations.items()))
    return (f"Kinds of photos that validation said are better calibrated by themselves: {lines}. What took a photo is told by a probe on "
            "the network's maps, and can be corrected by the person.\n\n")


def _unsure_row(u: dict) -> str:
    """Shares of one set without a verdict."""
    def cell(name: str, of: str) -> str:
        return of.format(u[name]) if name in u else ""

    return (f"| {u['source']}, {u['split']} | {u['images']} | {_percent1(u['unlike'])} | "
            f"{_percent1(u['viewsDisagree']) if 'viewsDisagree' in u else ''} | "
            f"{_percent1(u.get('cantSay', u['unlike']))} | {cell('meanViewSpread', '{:.3f}')} |")


def _percent1(share: float) -> str:
    return f"{100 * share:.1f} %"


def _cant_say(rows: str, coverage: str, view_limits: dict | None) -> str:
    if not rows:
        return ""
    return f"""## When it says that it can't say

Pictures get no verdict that are unlike the training pictures (a linear probe on the means of the maps of four layers, fitted on
the training lesions against everyday pictures, textures and hands; its limit is chosen on the validation splits), and those whose
eight turned and mirrored views disagree (standard deviation of the calibrated score above {view_limits["dermatoscope"]:.3f}, for
phone photos {view_limits["phone"]:.3f}; 98.5 % of the validation pictures of their kind stay below). The app also refuses photos
that are too dark, too bright, too small or nearly flat. Views are
looked at for single photos, not in a batch. The table takes each set's own kind of photo for known.

| set | pictures | unlike | views disagree | either | mean deviation of the views |
|---|---|---|---|---|---|
{rows}

**Coverage against error.** What refusing the pictures whose views disagree most would buy: sensitivity / specificity at the line,
of the share that is kept.

| set | 100 % | 98 % | 95 % | 90 % | 80 % | 70 % | 50 % |
|---|---|---|---|---|---|---|---|
{coverage}

"""


def model_card(facts: dict) -> str:
    rows = "\n".join(
        f"| {m['name']}{'' if m['heldOut'] else ' (not held out)'} | {m['images']} ({m['malignant']}) | {m['auc']:.3f} "
        f"| {m['aucCi95'][0]:.3f} to {m['aucCi95'][1]:.3f} | {_percent(m['sensitivity'])} | {_percent(m['specificity'])} | {m['ece']:.3f} |"
        for m in facts["metrics"])
    data = "\n".join(f"| {d['name']} | {d['licence']} | {d['source']} |" for d in facts["trainingData"])
    stages = "\n".join(_stage_row(i + 1, s) for i, s in enumerate(facts["training"]["stages"]))
    views = "\n".join(
        f"| {d['name']} | {d['auc']:.3f} ({_interval(d['aucCi95'])}) | {d['aucOfViews']:.3f} ({_interval(d['aucOfViewsCi95'])}) |"
        for d in facts["details"])
    diagnoses = "\n".join(
        f"| {d['name']} | {row['diagnosis']} ({'malignant' if row['malignant'] else 'benign'}) | {row['images']} | {row['auc']:.3f} |"
        for d in facts["details"] for row in d["diagnoses"])
    unsure = "\n".join(_unsure_row(u) for u in facts.get("cantSay", ()))
    coverage = "\n".join(
        f"| {u['source']}, {u['split']} | " + " | ".join(f"{_percent(r[1])} / {_percent(r[2])}" for r in u["coverage"]) + " |"
        for u in facts.get("cantSay", ()) if "coverage" in u)
    changed = f"**What changed.** {facts['changed']}\n\n" if facts["changed"] else ""
    worst = facts["metrics"][0]
    c, q = facts["calibration"], facts["quantisation"]
    return f"""# Model card: Lesion Lens {facts['version']}

Generated by `python -m training.model_card` from `training/metrics.json`. Do not edit.

**What it is.** A VGG16-style network (13 convolutions, {facts['parameters']:,} parameters) that takes a 128x128 colour picture
of a skin lesion and gives a score for "malignant" (melanoma, basal cell carcinoma, squamous cell or intraepithelial
carcinoma; actinic keratosis where the source says so) against "benign".

{changed}**What it is for.** Teaching and research: seeing what a network computes, and how well and how badly it does. It is not a
medical device, it is not tested on people, and nobody should act or refrain from acting on its score.

## Figures

Malignant at or above a calibrated score of {facts['threshold']:.3f}, chosen on validation images for a sensitivity of
{_percent(facts['targetSensitivity'])}. Intervals: 95 %, bootstrap over images (2,000 rounds). One pass, default crop.

| set | images (malignant) | AUC | 95 % interval | sensitivity | specificity | ECE (15 bins) |
|---|---|---|---|---|---|---|
{rows}

In words, for the first row: of 100 malignant lesions it missed {round(100 * (1 - worst['sensitivity']))}; of 100 benign ones it
called {round(100 * (1 - worst['specificity']))} malignant. Each test split was read for this table and took no part in training,
choosing or calibrating. A validation split was used to calibrate and to watch the training, so its figures flatter the model.

**Calibration.** probability = sigmoid({c['slope']:.4f} * logit + {c['offset']:.4f}), fitted on the validation splits together
(Platt scaling). It holds for a share of malignant images like theirs, far higher than among moles in daily life.

{_own_calibrations(facts.get("calibrations", {}))}**Weights.** Kernels in 8 bits with a scale for each output channel, those of blocks 1 and 2 and of the last layer, and all
biases, as float16. On the test splits this changed no probability by more than {q['maxScoreChange']:.5f} and no AUC by more than
{q['aucChange']:.6f}.

**Eight views.** AUC of one look, as the app shows it, beside the mean logit of eight: the square turned by quarters and
mirrored (95 % intervals).

| set | one view | eight views |
|---|---|---|
{views}

**By diagnosis.** AUC of each malignant diagnosis against all benign images of its set, and of each benign one against all
malignant images (HAM10000's abbreviations; Tschandl et al. 2018). Few images make a wide error.

| set | diagnosis | images | AUC |
|---|---|---|---|
{diagnoses}

{_cant_say(unsure, coverage, facts.get("viewLimits"))}## Training

| stage | starts from | input | steps x batch | AdamW's learning rate | time | on |
|---|---|---|---|---|---|---|
{stages}

An auxiliary head (seven classes of lesion) is dropped at export. The weights are an average over the last steps.

| data | licence | source |
|---|---|---|
{data}

The weights carry the non-commercial condition of their training data: {facts['licence']}.

## Limits

- Dermoscopy images from a few clinics make up most of the training data, and people with dark skin are rare in it. Expect
  worse answers elsewhere; nobody has measured how much worse.
- Smartphone photos: see the last row, measured on few images.
- A picture that is no skin lesion mostly gets "can't say" (above); where it does not, its score means nothing.
- The share of malignant images in these sets is far higher than among moles in daily life, so a "malignant" answer at home
  is wrong much more often than the table suggests.
"""


def write_model_card(metrics_file: Path, out: Path) -> None:
    out.write_text(model_card(json.loads(metrics_file.read_text())))


if __name__ == "__main__":
    write_model_card(Path(__file__).parent / "metrics.json", Path("MODEL_CARD.md"))
