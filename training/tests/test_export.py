import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from training.mix import mix_stages
from training.evaluate import EVAL_SETS, TEST_SETS, VAL_SETS, Scores, auc_by_diagnosis, figures
from training.export import (TARGET_SENSITIVITY, coverage_curve, kind_calibrations, replace_versions, summarise, view_spread,
                             write_json)
from training.metrics import fit_platt
from training.model_card import model_card


def drawn_scores(seed: int) -> dict[str, Scores]:
    rng = np.random.default_rng(seed)
    out = {}
    for s in EVAL_SETS:
        label = np.arange(80) % 2
        out[s.key] = Scores([f"{s.key}/{i}" for i in range(80)], label, np.where(label == 1, 1, 0),
                            rng.normal(label[:, None] * 1.5, 1, (80, 8)))
    return out


def test_calibration_and_threshold_come_from_validation_alone() -> None:
    scores = drawn_scores(0)
    before = summarise(scores, {s.key: scores[s.key] for s in TEST_SETS})
    other = {**scores, **{s.key: replace(scores[s.key], views=-scores[s.key].views) for s in TEST_SETS}}
    after = summarise(other, {s.key: other[s.key] for s in TEST_SETS})
    assert after["calibration"] == before["calibration"] and after["threshold"] == before["threshold"]
    assert after["metrics"][0]["auc"] < 0.5 < before["metrics"][0]["auc"]
    moved = {**scores, "ham-val": replace(scores["ham-val"], views=scores["ham-val"].views + 1)}
    assert summarise(moved, {s.key: moved[s.key] for s in TEST_SETS})["calibration"] != before["calibration"]


def test_a_set_of_one_class_calibrates_but_is_not_published() -> None:
    scores = drawn_scores(0)
    benign = {key: replace(s, label=np.zeros_like(s.label)) for key, s in scores.items()}
    tests = {s.key: scores[s.key] for s in TEST_SETS}
    assert summarise({**scores, "pad-val": benign["pad-val"]}, tests)["metrics"]
    with pytest.raises(SystemExit, match="one class only"):
        summarise({**scores, "pad-test": benign["pad-test"]}, tests)


def test_each_set_says_what_every_line_costs() -> None:
    scores = drawn_scores(0)
    facts = summarise(scores, {s.key: scores[s.key] for s in TEST_SETS})
    for m in facts["metrics"]:
        assert m["kind"] == ("phone" if "smartphone" in m["name"] else "dermatoscope")
        own = [row for row in m["curve"] if row[0] == facts["threshold"]]
        assert [row[1:] for row in own] == [pytest.approx([m["sensitivity"], m["specificity"]], abs=1e-4)]


def test_a_list_of_numbers_is_one_line(tmp_path: Path) -> None:
    value = {"curve": [[0.5, 1, -1e-05], [2, 3, 4]], "empty": [], "names": ["a, 1", "2"], "text": "[1,2] [1,\n 2]", "one": [1]}
    write_json(value, tmp_path / "x.json")
    text = (tmp_path / "x.json").read_text()
    assert json.loads(text) == value
    assert "  [0.5, 1, -1e-05],\n" in text


def test_the_line_reaches_its_sensitivity_on_validation() -> None:
    scores = drawn_scores(0)
    facts = summarise(scores, {s.key: scores[s.key] for s in TEST_SETS})
    val = [scores[s.key] for s in EVAL_SETS if s.split == "val"]
    label, logit = np.concatenate([s.label for s in val]), np.concatenate([s.logit for s in val])
    p = 1 / (1 + np.exp(-(facts["calibration"]["slope"] * logit + facts["calibration"]["offset"])))
    assert TARGET_SENSITIVITY == 0.95 <= (p[label == 1] >= facts["threshold"]).mean() < 0.96


def test_diagnoses_are_told_from_the_other_side() -> None:
    label = np.array([0, 0, 0, 1, 1, 1])
    dx = np.array([0, 0, 2, 1, 3, -1])  # nv, nv, bkl, mel, bcc, unknown
    rows = auc_by_diagnosis(label, dx, np.array([0.1, 0.2, 0.9, 0.3, 0.95, 0.5]))
    of = {row["diagnosis"]: row for row in rows}
    assert of["mel"] == {"diagnosis": "mel", "images": 1, "malignant": True, "auc": 2 / 3}
    assert of["bkl"] == {"diagnosis": "bkl", "images": 1, "malignant": False, "auc": 1 / 3}
    assert of["bcc"]["auc"] == of["nv"]["auc"] == 1 and set(of) == {"nv", "bkl", "mel", "bcc"}


def test_a_diagnosis_on_both_sides_has_two_rows() -> None:
    rows = auc_by_diagnosis(np.array([0, 0, 1]), np.array([4, 0, 4]), np.array([0.6, 0.1, 0.5]))
    assert [(row["diagnosis"], row["malignant"], row["auc"]) for row in rows if row["diagnosis"] == "akiec"] == [
        ("akiec", False, 0.0), ("akiec", True, 0.5)]


def test_the_card_names_every_stage_and_set() -> None:
    scores = drawn_scores(0)
    facts = summarise(scores, {s.key: scores[s.key] for s in TEST_SETS})
    stage = {"stage": "student", "size": 64, "head": "pool", "frozen_blocks": 1, "steps": 100, "done": 90, "batch": 10, "lr": 1e-4,
             "seconds": 600, "machine": "2 CPU cores, bfloat16"}
    card = model_card({**facts, "version": "v9", "changed": "It starts elsewhere.", "parameters": 1, "licence": "L",
                       "targetSensitivity": 0.9, "trainingData": [],
                       "training": {"stages": [{"stage": "imagenet", "source": "VGG16"}, stage, stage,
                                               *mix_stages([stage], [stage, stage], 0.8)[2:]]},
                       "details": [{"name": s.title, **figures(scores[s.key])} for s in EVAL_SETS if s.report]})
    assert "**What changed.** It starts elsewhere." in card
    assert "average: 0.8 of stage 2, the rest of stage 1" in card and "| 10 min | 2 CPU cores, bfloat16 |" in card
    assert "| 1 | VGG16 |" in card and "90 x 10 = 900 crops" in card and "10 min" in card
    for s in EVAL_SETS:
        assert (s.title in card) == s.report


def test_old_versions_leave_when_the_new_one_is_whole(tmp_path: Path) -> None:
    for name in ("v1", "new-x"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "manifest.json").write_text(name)
    replace_versions(tmp_path / "new-x", tmp_path, "v1")
    assert [p.name for p in tmp_path.iterdir()] == ["v1"]
    assert (tmp_path / "v1" / "manifest.json").read_text() == "new-x"


def test_a_kind_is_calibrated_by_itself_only_where_left_out_pictures_say_so() -> None:
    scores = drawn_scores(0)
    common = fit_platt(np.concatenate([scores[s.key].label for s in VAL_SETS]), np.concatenate([scores[s.key].logit for s in VAL_SETS]))
    shifted = {**scores, "pad-val": replace(scores["pad-val"], views=scores["pad-val"].views + 2)}
    own = kind_calibrations(shifted, common)
    assert "phone" in own and own["phone"][1] < common[1] - 0.5
    few = {**shifted, "pad-val": Scores([], *(v[:20] for v in (shifted["pad-val"].label, shifted["pad-val"].dx, shifted["pad-val"].views)))}
    assert "phone" not in kind_calibrations(few, common)


def test_coverage_keeps_the_calmest_pictures_first() -> None:
    label, probability = np.array([0, 1, 0, 1]), np.array([0.1, 0.9, 0.8, 0.2])
    rows = coverage_curve(label, probability, np.array([0.1, 0.1, 0.3, 0.4]), 0.5)
    assert rows[0] == [1.0, 0.5, 0.5] and rows[-1] == [0.5, 1.0, 1.0]


def test_views_that_agree_have_no_spread() -> None:
    one = drawn_scores(0)["ham-val"]
    same = replace(one, views=np.repeat(one.views[:, :1], 8, 1))
    assert view_spread(same, (1.0, 0.0)).max() < 1e-12 < view_spread(one, (1.0, 0.0)).min()
