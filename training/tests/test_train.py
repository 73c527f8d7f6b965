"""A whole run on a data folder of drawn spots: it learns, and a resumed run equals an unbroken one."""
import csv
import dataclasses
import io
import json
import tarfile
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from training.config import TrainConfig
from training.data import BadDataError, CropPool, centre_crops, data_dir, group_weights, read_images, read_rows, to_input
from training.model import Student, ship
from training.resample import normalise
from training.tfjs_format import round_to_float16, write_tfjs
from training.train import learning_rate, mixup_share, take, train


SPLITS = ("train", "train", "test", "val")  # of ten images each


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
                             "dx": "mel" if malignant else "nv", "split": SPLITS[i // 10], "group_id": f"{source}-{i}"})
    with open(tmp_path / "labels.csv", "w", newline="") as f:
        writer = csv.DictWriter(f, ["file", "label", "dx", "split", "group_id"])
        writer.writeheader()
        writer.writerows(rows)
    monkeypatch.setenv("LESION_DATA", str(tmp_path))
    return tmp_path


TINY = TrainConfig("student", 32, steps=6, batch=8, lr=1e-3, warmup=2, eval_every=3)


def saved_at(path: Path) -> dict:
    return torch.load(path, weights_only=False)


def test_epochs_count_the_steps_of_what_data_there_is() -> None:
    assert TrainConfig("student", 64, batch=64, epochs=16).with_steps(800).steps == 200
    assert TrainConfig("student", 64, batch=64, steps=5, epochs=16).with_steps(800).steps == 5


def test_mixup_draws_the_share_of_the_paper_and_still_learns(folder: Path, tmp_path: Path) -> None:
    rng = torch.Generator().manual_seed(3)
    shares = np.array([mixup_share(0.4, rng) for _ in range(4000)])
    # Of Beta(a, a): mean 1/2, variance 1 / (4 (2 a + 1)).
    assert shares.min() >= 0 and shares.max() <= 1
    assert abs(shares.mean() - 0.5) < 0.02 and abs(shares.var() - 1 / (4 * 1.8)) < 0.01
    mixed = dataclasses.replace(TINY, steps=40, batch=16, lr=5e-4, head_lr_factor=2, ema=0.9, eval_every=40, mixup=0.4)
    train(mixed, tmp_path / "mixed.pt", None)
    assert min(saved_at(tmp_path / "mixed.pt")["history"][-1]["val_auc"].values()) > 0.9


def test_resumed_run_equals_an_unbroken_one(folder: Path, tmp_path: Path) -> None:
    torch.set_num_threads(2)
    train(TINY, tmp_path / "whole.pt", None)
    whole = saved_at(tmp_path / "whole.pt")
    assert whole["step"] == 6 and whole["config"] == dataclasses.asdict(TINY)
    assert all(0 <= auc <= 1 for auc in whole["history"][-1]["val_auc"].values())

    interrupted = tmp_path / "interrupted.pt"
    with pytest.raises(KeyboardInterrupt):
        train(TINY, interrupted, None, stop_at=3)
    assert saved_at(interrupted)["step"] == 3
    train(TINY, interrupted, None)
    again = saved_at(interrupted)
    assert again["step"] == 6
    for key, value in whole["ema"].items():
        assert torch.equal(again["ema"][key], value), key


def test_a_run_learns(folder: Path, tmp_path: Path) -> None:
    """Two colours of spot: from random weights to (nearly) all right in forty steps."""
    torch.set_num_threads(2)
    train(dataclasses.replace(TINY, steps=40, batch=16, lr=5e-4, head_lr_factor=2, ema=0.9, eval_every=40), tmp_path / "learnt.pt", None)
    learnt = saved_at(tmp_path / "learnt.pt")["history"][-1]
    assert all(auc >= 0.95 for auc in learnt["val_auc"].values()), learnt


def test_next_stage_starts_from_the_one_before(folder: Path, tmp_path: Path) -> None:
    train(dataclasses.replace(TINY, steps=1, eval_every=1), tmp_path / "a.pt", None)
    nothing = dataclasses.replace(TINY, size=128, head="flatten", steps=1, eval_every=1, lr=0.0)
    train(nothing, tmp_path / "b.pt", tmp_path / "a.pt")
    a, b = (saved_at(tmp_path / f"{n}.pt") for n in "ab")
    assert torch.equal(a["ema"]["features.conv.block5_conv3.weight"], b["ema"]["features.conv.block5_conv3.weight"])
    assert b["ema"]["dense.weight"].shape == (256, 8192)
    assert [s["size"] for s in b["stages"]] == [32, 128]
    assert [s["done"] for s in b["stages"]] == [1, 1]


def test_a_stage_starts_from_shipped_weights(folder: Path, tmp_path: Path) -> None:
    torch.manual_seed(0)
    shipped = round_to_float16(ship(Student("flatten")))
    model = tmp_path / "v0"
    model.mkdir()
    write_tfjs(shipped, model)
    (model / "manifest.json").write_text(json.dumps({"version": "v0", "input": {}}))
    still = dataclasses.replace(TINY, steps=1, eval_every=1, lr=0.0)
    train(dataclasses.replace(still, size=128, head="flatten"), tmp_path / "flat.pt", model)
    train(still, tmp_path / "pool.pt", model)
    flat, pool = saved_at(tmp_path / "flat.pt"), saved_at(tmp_path / "pool.pt")
    assert torch.equal(flat["ema"]["dense.weight"], shipped.state_dict()["dense.weight"])
    assert pool["ema"]["dense.weight"].shape == (256, 512)
    assert flat["stages"][-2] == {"stage": "shipped", "version": "v0"}


def test_frozen_blocks_keep_their_weights_and_the_others_move(folder: Path, tmp_path: Path) -> None:
    train(dataclasses.replace(TINY, steps=1, eval_every=1, lr=0.0), tmp_path / "start.pt", None)
    train(dataclasses.replace(TINY, steps=2, eval_every=2, frozen_blocks=2), tmp_path / "then.pt", tmp_path / "start.pt")
    before, after = saved_at(tmp_path / "start.pt")["ema"], saved_at(tmp_path / "then.pt")["ema"]
    for key, value in before.items():
        is_frozen = key.startswith(("features.conv.block1", "features.conv.block2"))
        assert torch.equal(value, after[key]) == is_frozen, key


def test_teacher_learns_and_teaches(folder: Path, tmp_path: Path) -> None:
    """A MobileNet of one convolution stands in for the real one; both stages run on it."""
    program = [{"op": "conv", "layer": 0, "x": 0, "out": 1, "stride": 2, "groups": 1, "relu6": True},
               {"op": "global_mean", "x": 1, "out": 2}]
    rng = np.random.default_rng(0)
    np.savez(folder / "base.npz", program=json.dumps(program), w0=rng.normal(0, 0.3, (16, 3, 3, 3)), b0=np.zeros(16))
    train(TrainConfig("teacher", 32, steps=60, batch=16, lr=0.01, warmup=2, ema=0.9, eval_every=60), tmp_path / "teacher.pt", None, base="base.npz")
    taught = saved_at(tmp_path / "teacher.pt")["history"][-1]["val_auc"]
    assert all(auc >= 0.9 for auc in taught.values()), taught
    with_teacher = dataclasses.replace(TINY, soft_weight=1.0, teacher_px=32)
    train(with_teacher, tmp_path / "student.pt", None, tmp_path / "teacher.pt")
    train(TINY, tmp_path / "alone.pt", None)
    student, alone = (saved_at(tmp_path / f"{n}.pt")["ema"]["dense_1.weight"] for n in ("student", "alone"))
    assert not torch.equal(student, alone)
    # Mixed pictures are taught by both teachers' answers.
    train(dataclasses.replace(with_teacher, mixup=0.4), tmp_path / "mixed.pt", None, tmp_path / "teacher.pt")
    assert take(None, torch.tensor([1, 0])) is None
    assert take(torch.tensor([0.25, 0.75]), torch.tensor([1, 0])).tolist() == [0.75, 0.25]


def test_crops_are_inputs(folder: Path) -> None:
    rows = read_rows(folder)
    images = read_images(folder, rows)
    pool = CropPool(images)
    crops = pool.draw(torch.arange(16), 64, torch.Generator().manual_seed(0))
    assert crops.shape == (16, 3, 64, 64) and crops.min() >= 0 and crops.max() <= 1
    assert not torch.equal(crops, pool.draw(torch.arange(16), 64, torch.Generator().manual_seed(1)))
    # The buffer's empty rim is never sampled: a plain picture gives plain crops, whatever its shape.
    plain = CropPool([np.full((h, w, 3), 200, np.uint8) for h, w in ((75, 100), (84, 84), (30, 40))], colour=0)
    crops = plain.draw(torch.arange(3).repeat(50), 64, torch.Generator().manual_seed(0))
    assert (crops - 200 / 255).abs().max() < 1e-3
    assert centre_crops(images[:3]).shape == (3, 3, 128, 128)


def test_training_and_app_normalise_alike() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (2, 8, 8, 3), dtype=np.uint8)
    ours = to_input(torch.from_numpy(pixels).permute(0, 3, 1, 2) / 255.0).permute(0, 2, 3, 1).numpy()
    assert np.abs(ours - normalise(pixels)).max() < 1e-5


def test_a_group_in_two_splits_is_refused(folder: Path) -> None:
    table = folder / "labels.csv"
    table.write_text(table.read_text().replace("ham10000-39", "ham10000-0"))
    with pytest.raises(BadDataError, match="ham10000-0"):
        read_rows(folder)


def test_groups_are_drawn_by_the_square_root_of_their_size(folder: Path) -> None:
    rows = [r for r in read_rows(folder) if r.source == "ham10000"]
    rare = [r for r in rows if r.dx == 1][:4]
    common = [r for r in rows if r.dx == 0][:16]
    weights = group_weights(rare + common)
    assert (weights[:4].sum() / weights[4:].sum()).item() == pytest.approx(0.5)


@pytest.mark.skipif(data_dir() is None, reason="LESION_DATA is not set")
def test_no_group_of_the_real_data_is_in_two_splits() -> None:
    rows = read_rows(data_dir())
    splits: dict[tuple[str, str], set[str]] = {}
    for r in rows:
        splits.setdefault((r.source, r.group), set()).add(r.split)
    assert len(rows) > 10_000 and all(len(s) == 1 for s in splits.values())


def test_missing_image_is_named(folder: Path) -> None:
    row = dataclasses.replace(read_rows(folder)[0], file="ham10000/absent.jpg")
    with pytest.raises(BadDataError, match="absent"):
        read_images(folder, [row])


def test_learning_rate_warms_up_and_decays() -> None:
    config = TrainConfig("student", 64, steps=100, batch=1, lr=1.0, warmup=10)
    rates = [learning_rate(s, config) for s in range(100)]
    assert rates[0] == pytest.approx(0.1) and max(rates) == pytest.approx(1.0) and rates[-1] < 0.02
    assert all(a >= b for a, b in zip(rates[10:], rates[11:]))
