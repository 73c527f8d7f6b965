"""python -m training.train PRESET --out CKPT [--init CKPT] [--teacher CKPT] [--steps N] ...

Runs one stage of config.PRESETS. Resumes CKPT where it exists. Data from LESION_DATA.
"""
from __future__ import annotations

import argparse
import dataclasses
import json
import math
import os
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from .artefacts import paint_artefacts
from .config import PRESETS, TrainConfig
from .data import CropPool, Row, centre_crops, data_dir, group_weights, read_images, read_rows, to_input
from .metrics import roc_auc
from .model import Student, collapse_head, expand_head
from .resample import MEAN, STD
from .teacher import Teacher
from .tfjs_format import read_tfjs

GRADIENT_NORM = 2.0
METRICS = Path(__file__).parent / "metrics.json"
LESION_SOURCES = ("ham10000", "isic-msk-uda", "pad-ufes-20")


def learning_rate(step: int, config: TrainConfig) -> float:
    """Linear warm-up, then cosine decay to 1 %."""
    if step < config.warmup:
        return config.lr * (step + 1) / config.warmup
    t = (step - config.warmup) / max(1, config.steps - config.warmup)
    return config.lr * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * t)))


def make_optimiser(model: torch.nn.Module, config: TrainConfig) -> torch.optim.Optimizer:
    """AdamW over what takes a gradient; biases without decay, everything outside the body at head_lr_factor."""
    groups: dict[tuple[bool, bool], dict] = {}
    for name, p in model.named_parameters():
        if not p.requires_grad:
            continue
        body, plain = name.startswith(("features", "body")), p.ndim == 1
        group = groups.setdefault((body, plain), {"params": [], "weight_decay": 0.0 if plain else config.weight_decay,
                                                  "factor": 1.0 if body else config.head_lr_factor})
        group["params"].append(p)
    return torch.optim.AdamW(list(groups.values()), lr=config.lr, fused=True)


def has_fast_bfloat16(device: torch.device) -> bool:
    """Whether bfloat16 is faster than float32 here: any GPU we train on, of the processors those with AVX-512 or AMX."""
    return device.type == "cuda" or torch.backends.cpu.get_cpu_capability() in ("AVX512", "AMX")


def describe_machine(device: torch.device, bfloat16: bool) -> str:
    """What a stage ran on, for the model card: "2 CPU cores, bfloat16"."""
    what = torch.cuda.get_device_name(device) if device.type == "cuda" else f"{torch.get_num_threads()} CPU cores"
    return f"{what}, {'bfloat16' if bfloat16 else 'float32'}"


class Ema:
    """Average of weights and batch-norm statistics; the decay grows from 0.1 so that a short run does not lag."""

    def __init__(self, model: torch.nn.Module, decay: float):
        self.state = {k: v.detach().clone() for k, v in model.state_dict().items()}
        self.decay, self.steps = decay, 0

    @torch.no_grad()
    def update(self, model: torch.nn.Module) -> None:
        self.steps += 1
        d = min(self.decay, (1 + self.steps) / (10 + self.steps))
        for k, v in model.state_dict().items():
            if v.dtype.is_floating_point:
                self.state[k].lerp_(v, 1 - d)
            else:
                self.state[k].copy_(v)


def load_teacher(path: Path, device: torch.device) -> Teacher:
    """A checkpoint of the teacher stage."""
    saved = torch.load(path, map_location="cpu", weights_only=False)
    model = Teacher(data_dir() / saved["base"])
    model.load_state_dict(saved["ema"])
    return model.to(device).eval().requires_grad_(False)


def shrink(crops: torch.Tensor, size: int) -> torch.Tensor:
    return crops if crops.shape[2] == size else F.interpolate(crops, size=(size, size), mode="area")


def forward(model: torch.nn.Module, crops: torch.Tensor, size: int, bfloat16: bool) -> tuple[torch.Tensor, torch.Tensor]:
    """crops: [b, 3, s, s], 0..1, s >= size. Returns (logit [b], logits of the classes [b, 7]) in float32."""
    x = shrink(crops, size)
    x = x * 2 - 1 if isinstance(model, Teacher) else to_input(x)
    with torch.autocast(crops.device.type, torch.bfloat16, enabled=bfloat16):
        logit, dx = model(x.contiguous(memory_format=torch.channels_last))
    return logit.float(), dx.float()


@torch.inference_mode()
def predict(model: torch.nn.Module, crops: torch.Tensor, size: int, device: torch.device, bfloat16: bool,
            batch: int = 128) -> np.ndarray:
    """crops: [n, 3, 128, 128] uint8 -> logits [n] (for watching a run; evaluate.py is exact)."""
    model.eval()
    out = [forward(model, crops[i:i + batch].to(device) / 255.0, size, bfloat16)[0].cpu() for i in range(0, len(crops), batch)]
    return torch.cat(out).numpy()


class LesionLoss:
    """Binary cross-entropy of the malignancy logit and cross-entropy of the seven classes; what is unknown counts nothing."""

    def __init__(self, rows: list[Row], config: TrainConfig, device: torch.device):
        self.label = torch.tensor([r.label for r in rows], dtype=torch.float32, device=device)
        self.dx = torch.tensor([r.dx for r in rows], device=device)
        self.config = config

    def __call__(self, answer: tuple[torch.Tensor, torch.Tensor], index: torch.Tensor, soft: torch.Tensor | None) -> torch.Tensor:
        """answer: logit [b] and classes [b, 7] of the rows `index`; soft: the teacher's probability of each, or None."""
        logit, dx_logit = answer
        s = self.config.label_smoothing
        known = self.label[index] >= 0
        target = self.label[index].clamp(min=0) * (1 - s) + 0.5 * s
        each = F.binary_cross_entropy_with_logits(logit, target, reduction="none")
        loss = (each * known).sum() / known.sum().clamp(min=1)
        loss = loss + self.config.dx_weight * F.cross_entropy(dx_logit, self.dx[index], ignore_index=-1, label_smoothing=s)
        if soft is not None:
            loss = loss + self.config.soft_weight * F.binary_cross_entropy_with_logits(logit, soft)
        return loss


def read_start(path: Path, config: TrainConfig) -> tuple[dict[str, torch.Tensor], list[dict]]:
    """(state, stages before) of what a stage starts from: a checkpoint, or a shipped folder such as public/model/v2, of which
    the auxiliary head is drawn anew."""
    if path.is_dir():
        shipped = read_tfjs(path)
        if not np.allclose([shipped.mean, shipped.std], [MEAN, STD], atol=1e-6):
            raise SystemExit(f"{path} was trained on inputs of another scale")
        state = {**Student("flatten").state_dict(), **shipped.state_dict()}
        version = json.loads((path / "manifest.json").read_text())["version"]
        record = json.loads(METRICS.read_text())
        stages = record["training"]["stages"] if record["version"] == version else []
        stages = [*stages, {"stage": "shipped", "version": version}]
    else:
        before = torch.load(path, map_location="cpu", weights_only=False)
        state, stages = before["ema"], before["stages"]
    if config.stage == "student":
        state = expand_head(state) if config.head == "flatten" else collapse_head(state)
    return state, stages


def mixup_share(alpha: float, rng: torch.Generator) -> float:
    """The first picture's share in a mixed batch, drawn from Beta(alpha, alpha) as arXiv:1710.09412 does: 0..1."""
    a, b = torch._standard_gamma(torch.full((2,), alpha), generator=rng)
    return (a / (a + b)).item()


def take(soft: torch.Tensor | None, partner: torch.Tensor) -> torch.Tensor | None:
    """The teacher's answers in the order of the pictures that were mixed in."""
    return None if soft is None else soft[partner.to(soft.device)]


def make_model(config: TrainConfig, base: Path) -> torch.nn.Module:
    if config.stage == "teacher":
        return Teacher(base)
    student = Student(config.head, config.dropout)
    student.features.freeze(config.frozen_blocks)
    return student


def train(config: TrainConfig, out: Path, init: Path | None, teacher_path: Path | None = None, base: str = "",
          stop_at: int | None = None) -> None:
    """stop_at: raise KeyboardInterrupt after that step, as a person would (for the test of resuming)."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    bfloat16 = has_fast_bfloat16(device)
    folder = data_dir()
    if folder is None:
        raise SystemExit("Set LESION_DATA to the data folder (the one with labels.csv).")
    torch.manual_seed(config.seed)
    rng = torch.Generator().manual_seed(config.seed)

    rows = [r for r in read_rows(folder) if r.source in LESION_SOURCES and (r.label >= 0 or r.dx >= 0)]
    train_rows = [r for r in rows if r.split == "train"]
    val_rows = [r for r in rows if r.split == "val" and r.label >= 0]
    config = config.with_steps(len(train_rows))
    pool = CropPool(read_images(folder, train_rows), config.crop_scale).to(device)
    weights = group_weights(train_rows)
    lesion_loss = LesionLoss(train_rows, config, device)
    val_crops = centre_crops(read_images(folder, val_rows))
    val_label = np.array([r.label for r in val_rows])
    val_source = np.array([r.source for r in val_rows])

    model = make_model(config, folder / base)
    step, seconds, history, stages = 0, 0.0, [], [dataclasses.asdict(config)]
    saved = torch.load(out, map_location="cpu", weights_only=False) if out.exists() else None
    if saved is None and init is not None:
        state, before = read_start(init, config)
        stages = [*before, *stages]
        model.load_state_dict(state)
    if saved is not None:
        model.load_state_dict(saved["model"])
    model.to(device, memory_format=torch.channels_last)
    ema = Ema(model, config.ema)
    optimiser = make_optimiser(model, config)
    if saved is not None:
        ema.state = {k: v.to(device) for k, v in saved["ema"].items()}
        optimiser.load_state_dict(saved["optimiser"])
        step, seconds, history, ema.steps = saved["step"], saved["seconds"], saved["history"], saved["step"]
        stages = [*saved["stages"][:-1], dataclasses.asdict(config)]  # what this run was changed to, if it was
        rng.set_state(saved["rng"])
        print(f"resumed at step {step}", flush=True)
    teacher = load_teacher(teacher_path, device) if teacher_path else None
    shadow = make_model(config, folder / base).to(device, memory_format=torch.channels_last)
    # Sampled fine, then averaged: antialiased.
    draw_px = max(config.size, config.teacher_px if teacher else 0, min(128, 2 * config.size))

    if saved is not None:
        torch.set_rng_state(saved["torch_rng"])  # last: building the models draws from it
    print(json.dumps(dataclasses.asdict(config)), flush=True)
    print(f"{len(train_rows)} training and {len(val_rows)} validation images, {describe_machine(device, bfloat16)}", flush=True)
    started, mean_loss, since = time.time(), 0.0, 0
    while step < config.steps:
        lr = learning_rate(step, config)
        for group in optimiser.param_groups:
            group["lr"] = lr * group["factor"]
        model.train()
        index = torch.multinomial(weights, config.batch, replacement=False, generator=rng)
        crops = paint_artefacts(pool.draw(index, draw_px, rng), config.artefacts, rng)
        soft = None
        if teacher:
            with torch.no_grad():
                soft = torch.sigmoid(forward(teacher, crops, config.teacher_px, bfloat16)[0])
        if config.mixup:
            share, partner = mixup_share(config.mixup, rng), torch.randperm(config.batch, generator=rng)
            crops = share * crops + (1 - share) * crops[partner.to(device)]
        answer = forward(model, crops, config.size, bfloat16)
        loss = lesion_loss(answer, index.to(device), soft)
        if config.mixup:
            loss = share * loss + (1 - share) * lesion_loss(answer, index[partner].to(device), take(soft, partner))
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), GRADIENT_NORM)
        optimiser.step()
        ema.update(model)
        step, mean_loss, since = step + 1, mean_loss + loss.item(), since + 1
        if step % 25 == 0:
            rate = since * config.batch / (time.time() - started)
            print(f"step {step}/{config.steps} loss {mean_loss / since:.4f} lr {lr:.6f} {rate:.1f} crops/s", flush=True)
        if step % config.eval_every == 0 or step == config.steps:
            seconds += time.time() - started
            shadow.load_state_dict(ema.state)
            logit = predict(shadow, val_crops, config.size, device, bfloat16)
            auc = {s: round(roc_auc(val_label[val_source == s], logit[val_source == s]), 4) for s in LESION_SOURCES}
            history.append({"step": step, "seconds": round(seconds), "loss": mean_loss / since, "val_auc": auc})
            print(f"step {step} val AUC {auc}", flush=True)
            stages[-1] = {**dataclasses.asdict(config), "done": step, "seconds": round(seconds),
                          "machine": describe_machine(device, bfloat16)}
            part = out.with_suffix(".part")
            torch.save({"config": dataclasses.asdict(config), "base": base, "step": step, "seconds": seconds,
                        "model": model.state_dict(), "ema": ema.state, "optimiser": optimiser.state_dict(),
                        "rng": rng.get_state(), "torch_rng": torch.get_rng_state(),
                        "history": history, "stages": stages}, part)
            os.replace(part, out)
            started, mean_loss, since = time.time(), 0.0, 0
        if step == stop_at:
            raise KeyboardInterrupt


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("preset", choices=sorted(PRESETS))
    parser.add_argument("--out", type=Path, required=True, help="checkpoint, resumed where it exists; keep it outside git")
    parser.add_argument("--init", type=Path, help="checkpoint of the stage before, or a shipped folder")
    parser.add_argument("--teacher", type=Path, help="a checkpoint of the teacher stage")
    parser.add_argument("--base", default="teacher-mobilenet-v2.npz", help="the teacher stage's ImageNet weights")
    options = {"steps": int, "epochs": float, "batch": int, "seed": int, "eval_every": int, "frozen_blocks": int, "lr": float,
               "ema": float, "soft_weight": float, "weight_decay": float, "artefacts": float, "mixup": float}
    for field, kind in options.items():
        parser.add_argument(f"--{field.replace('_', '-')}", type=kind)
    args = parser.parse_args()
    changed = {f: getattr(args, f) for f in options if getattr(args, f) is not None}
    train(dataclasses.replace(PRESETS[args.preset], **changed), args.out, args.init, args.teacher, args.base)


if __name__ == "__main__":
    main()
