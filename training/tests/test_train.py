"""A whole run on a data folder of drawn spots: it learns, and a resumed run equals an unbroken one."""
import csv
import dataclasses
import io
import tarfile
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from training.config import TrainConfig
from training.data import BadDataError, CropPool, centre_crops, group_weights, read_images, read_rows
from training.train import learning_rate, train


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    rng = np.random.default_rng(0)
    rows = []
    for source, width, height in (("ham10000", 100, 75), ("isic-msk-uda", 84, 84), ("pad-ufes-20", 84, 84)):
        with tarfile.open(tmp_path / f"{source}.tar", "w") as tar:
            for i in range(40):
                malignant = i % 2
                pixels = np.full((height, width, 3), (220, 180, 160), np.uint8)
                pixels[20:60, 25:65] = (40, 30, 90) if malignant else (150, 100, 70)
                pixels = np.clip(pixels + rng.normal(0, 5, pixels.shape), 0, 255).astype(np.uint8)
                buffer = io.BytesIO()
                Image.fromarray(pixels).save(buffer, "JPEG")
                info = tarfile.TarInfo(f"{source}/{i}.jpg")
                info.size = buffer.tell()
                tar.addfile(info, io.BytesIO(buffer.getvalue()))
                rows.append({"file": info.name, "label": "malignant" if malignant else "benign",
                             "dx": "mel" if malignant else "nv", "split": "val" if i >= 30 else "train"})
    with open(tmp_path / "labels.csv", "w", newline="") as f:
        writer = csv.DictWriter(f, ["file", "label", "dx", "split"])
        writer.writeheader()
        writer.writerows(rows)
    monkeypatch.setenv("LESION_DATA", str(tmp_path))
    return tmp_path


TINY = TrainConfig("student", 32, steps=6, batch=8, lr=0.01, warmup=2, eval_every=3)


def test_resumed_run_equals_an_unbroken_one(folder: Path, tmp_path: Path) -> None:
    torch.set_num_threads(2)
    train(TINY, tmp_path / "whole.pt", None, None, "")
    whole = torch.load(tmp_path / "whole.pt", weights_only=False)
    assert whole["step"] == 6 and whole["config"] == dataclasses.asdict(TINY)
    assert all(0 <= auc <= 1 for auc in whole["history"][-1]["val_auc"].values())

    interrupted = tmp_path / "interrupted.pt"
    with pytest.raises(KeyboardInterrupt):
        train(TINY, interrupted, None, None, "", stop_at=3)
    assert torch.load(interrupted, weights_only=False)["step"] == 3
    train(TINY, interrupted, None, None, "")
    again = torch.load(interrupted, weights_only=False)
    assert again["step"] == 6
    for key, value in whole["ema"].items():
        assert torch.equal(again["ema"][key], value), key


def test_next_stage_starts_from_the_one_before(folder: Path, tmp_path: Path) -> None:
    train(dataclasses.replace(TINY, steps=1, eval_every=1), tmp_path / "a.pt", None, None, "")
    nothing = dataclasses.replace(TINY, size=128, head="flatten", steps=1, eval_every=1, lr=0.0)
    train(nothing, tmp_path / "b.pt", tmp_path / "a.pt", None, "")
    a, b = (torch.load(tmp_path / f"{n}.pt", weights_only=False) for n in "ab")
    assert torch.equal(a["ema"]["features.conv.block5_conv3.weight"], b["ema"]["features.conv.block5_conv3.weight"])
    assert b["ema"]["dense.weight"].shape == (256, 8192)
    assert [s["size"] for s in b["stages"]] == [32, 128]


def test_crops_are_inputs(folder: Path) -> None:
    rows = read_rows(folder)
    images = read_images(folder, rows)
    pool = CropPool(images)
    crops = pool.draw(torch.arange(16), 64, torch.Generator().manual_seed(0))
    assert crops.shape == (16, 3, 64, 64) and crops.min() >= -1 and crops.max() <= 1
    assert not torch.equal(crops, pool.draw(torch.arange(16), 64, torch.Generator().manual_seed(1)))
    # The buffer's empty rim is never sampled: a plain picture gives plain crops, whatever its shape.
    plain = CropPool([np.full((h, w, 3), 200, np.uint8) for h, w in ((75, 100), (84, 84), (30, 40))], colour=0)
    crops = plain.draw(torch.arange(3).repeat(50), 64, torch.Generator().manual_seed(0))
    assert (crops - (200 / 127.5 - 1)).abs().max() < 1e-3
    assert centre_crops(images[:3]).shape == (3, 3, 128, 128)


def test_groups_are_drawn_by_the_square_root_of_their_size(folder: Path) -> None:
    rows = [r for r in read_rows(folder) if r.source == "ham10000"]
    rare = [r for r in rows if r.dx == 1][:4]
    common = [r for r in rows if r.dx == 0][:16]
    weights = group_weights(rare + common)
    assert (weights[:4].sum() / weights[4:].sum()).item() == pytest.approx(0.5)


def test_missing_image_is_named(folder: Path) -> None:
    row = dataclasses.replace(read_rows(folder)[0], file="ham10000/absent.jpg")
    with pytest.raises(BadDataError, match="absent"):
        read_images(folder, [row])


def test_learning_rate_warms_up_and_decays() -> None:
    config = TrainConfig("student", 64, steps=100, batch=1, lr=1.0, warmup=10)
    rates = [learning_rate(s, config) for s in range(100)]
    assert rates[0] == pytest.approx(0.1) and max(rates) == pytest.approx(1.0) and rates[-1] < 0.02
    assert all(a >= b for a, b in zip(rates[10:], rates[11:]))
