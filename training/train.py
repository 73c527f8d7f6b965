"""python -m training.train PRESET --out CKPT [--init CKPT] [--teacher NPZ_OR_CKPT] [--steps N] ...

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

from .config import PRESETS, TrainConfig
from .data import CropPool, centre_crops, data_dir, group_weights, read_images, read_rows, read_tiny_imagenet, to_input
from .metrics import roc_auc
from .model import Student, expand_head
from .teacher import MobileNet, Teacher

LESION_SOURCES = ("ham10000", "isic-msk-uda", "pad-ufes-20")


def learning_rate(step: int, config: TrainConfig) -> float:
    """Linear warm-up, then cosine decay to 1 %."""
    if step < config.warmup:
        return config.lr * (step + 1) / config.warmup
    t = (step - config.warmup) / max(1, config.steps - config.warmup)
    return config.lr * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * t)))


def make_optimiser(model: torch.nn.Module, config: TrainConfig) -> torch.optim.Optimizer:
    decay, plain, head = [], [], []
    for name, p in model.named_parameters():
        if config.stage == "teacher" and name.startswith(("logit", "dx")):
            head.append(p)
        else:
            (decay if p.ndim > 1 else plain).append(p)
    groups = [
        {"params": decay, "weight_decay": config.weight_decay, "factor": 1.0},
        {"params": plain, "weight_decay": 0.0, "factor": 1.0},
        {"params": head, "weight_decay": config.weight_decay, "factor": config.head_lr_factor},
    ]
    groups = [g for g in groups if g["params"]]
    if config.optimiser == "adamw":
        return torch.optim.AdamW(groups, lr=config.lr)
    return torch.optim.SGD(groups, lr=config.lr, momentum=0.9, nesterov=True)


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


def standardise(e: torch.Tensor) -> torch.Tensor:
    """[b, d] -> zero mean, unit deviation over the batch; dimensions that are silent in this batch stay near zero."""
    return (e - e.mean(0)) / e.std(0).clamp(min=0.05)


def load_teacher(path: Path, device: torch.device) -> torch.nn.Module:
    """A MobileNet npz (ImageNet weights) or a checkpoint of the teacher stage."""
    if path.suffix == ".npz":
        model: torch.nn.Module = MobileNet(path)
    else:
        saved = torch.load(path, map_location="cpu", weights_only=False)
        model = Teacher(data_dir() / saved["base"])
        model.load_state_dict(saved["ema"])
    return model.to(device).eval().requires_grad_(False)


@torch.inference_mode()
def predict(model: torch.nn.Module, crops: torch.Tensor, size: int, device: torch.device, batch: int = 128) -> np.ndarray:
    """crops: [n, 3, 128, 128] uint8 -> logits [n], in bf16 autocast (for watching a run; evaluate.py is exact)."""
    model.eval()
    out = []
    for i in range(0, len(crops), batch):
        x = to_input(crops[i:i + batch].to(device))
        if size != x.shape[2]:
            x = F.interpolate(x, size=(size, size), mode="area")
        with torch.autocast(device.type, torch.bfloat16):
            out.append(model(x.contiguous(memory_format=torch.channels_last))[0].float().cpu())
    return torch.cat(out).numpy()


def train(config: TrainConfig, out: Path, init: Path | None, teacher_path: Path | None, base: str,
          stop_at: int | None = None) -> None:
    """stop_at: raise KeyboardInterrupt after that step, as a person would (for the test of resuming)."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    folder = data_dir()
    if folder is None:
        raise SystemExit("Set LESION_DATA to the data folder (the one with labels.csv).")
    torch.manual_seed(config.seed)
    rng = torch.Generator().manual_seed(config.seed)

    rows = [r for r in read_rows(folder) if r.source in LESION_SOURCES and (r.label >= 0 or r.dx >= 0)]
    train_rows = [r for r in rows if r.split == "train"]
    val_rows = [r for r in rows if r.split == "val" and r.label >= 0]
    pool = CropPool(read_images(folder, train_rows), config.crop_scale).to(device)
    weights = group_weights(train_rows)
    label = torch.tensor([r.label for r in train_rows], dtype=torch.float32, device=device)
    dx = torch.tensor([r.dx for r in train_rows], device=device)
    val_crops = centre_crops(read_images(folder, val_rows))
    val_label = np.array([r.label for r in val_rows])
    val_source = np.array([r.source for r in val_rows])
    tiny_batch = int(config.batch * config.tiny_share)
    lesion_batch = config.batch - tiny_batch
    if tiny_batch:
        images, labels = read_tiny_imagenet(folder)
        tiny_pool = CropPool(images, (0.6, 1.0), rotate=False, colour=0.5).to(device)
        tiny_label = labels.to(device)

    model: torch.nn.Module
    model = Teacher(folder / base) if config.stage == "teacher" else Student(config.head)
    step, history, stages = 0, [], [dataclasses.asdict(config)]
    saved = torch.load(out, map_location="cpu", weights_only=False) if out.exists() else None
    if saved is None and init is not None:
        before = torch.load(init, map_location="cpu", weights_only=False)
        state, stages = before["ema"], [*before.get("stages", []), *stages]
        model.load_state_dict(expand_head(state) if config.head == "flatten" else state)
    if saved is not None:
        model.load_state_dict(saved["model"])
    model.to(device, memory_format=torch.channels_last)
    ema = Ema(model, config.ema)
    optimiser = make_optimiser(model, config)
    if saved is not None:
        ema.state = {k: v.to(device) for k, v in saved["ema"].items()}
        optimiser.load_state_dict(saved["optimiser"])
        step, history, ema.steps = saved["step"], saved["history"], saved["step"]
        stages = [*saved["stages"][:-1], dataclasses.asdict(config)]  # what this run was changed to, if it was
        rng.set_state(saved["rng"])
        print(f"resumed at step {step}", flush=True)
    teacher = load_teacher(teacher_path, device) if teacher_path else None
    shadow = Teacher(folder / base) if config.stage == "teacher" else Student(config.head)
    shadow.to(device, memory_format=torch.channels_last)

    def soft_bce(logit: torch.Tensor, target: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        return (F.binary_cross_entropy_with_logits(logit, target, reduction="none") * mask).sum() / mask.sum().clamp(min=1)

    def lesion_loss(logit: torch.Tensor, dx_logit: torch.Tensor, index: torch.Tensor) -> torch.Tensor:
        y, known = label[index].clamp(min=0), (label[index] >= 0).float()
        s = config.label_smoothing
        loss = soft_bce(logit, y * (1 - s) + 0.5 * s, known)
        return loss + config.dx_weight * F.cross_entropy(dx_logit, dx[index], ignore_index=-1, label_smoothing=s)

    def step_loss() -> torch.Tensor:
        index = torch.multinomial(weights, lesion_batch, replacement=False, generator=rng)
        draw = max(config.size, config.teacher_px) if teacher else config.size
        if draw == config.size and config.size < 128:
            draw *= 2  # sample fine, then average: antialiased
        crops = pool.draw(index, draw, rng)
        index = index.to(device)
        if tiny_batch:
            tiny_index = torch.randint(len(tiny_label), (tiny_batch,), generator=rng)
            crops = torch.cat([crops, tiny_pool.draw(tiny_index, draw, rng)])
        x = F.interpolate(crops, size=(config.size, config.size), mode="area") if config.size != draw else crops
        with torch.autocast(device.type, torch.bfloat16):
            if config.stage == "teacher":
                logit, dx_logit, _ = model(x.contiguous(memory_format=torch.channels_last))
                return lesion_loss(logit.float(), dx_logit.float(), index)
            logit, pooled = model(x.contiguous(memory_format=torch.channels_last))
        lesion = slice(0, lesion_batch)
        loss = lesion_loss(logit[lesion].float(), model.dx(pooled[lesion]), index)
        if tiny_batch:
            loss = loss + F.cross_entropy(model.tiny(pooled[lesion_batch:]), tiny_label[tiny_index.to(device)],
                                          label_smoothing=0.1) * 0.5
        if teacher:
            t = crops if config.teacher_px == draw else F.interpolate(crops, size=(config.teacher_px,) * 2, mode="area")
            with torch.no_grad(), torch.autocast(device.type, torch.bfloat16):
                answer = teacher(t.contiguous(memory_format=torch.channels_last))
            t_embed = (answer[2] if isinstance(answer, tuple) else answer).float()
            embed = F.mse_loss(model.embed(pooled[lesion]), standardise(t_embed[lesion]))
            if tiny_batch:
                embed = embed + F.mse_loss(model.embed_tiny(pooled[lesion_batch:]), standardise(t_embed[lesion_batch:]))
            loss = loss + config.embed_weight * embed
            if config.soft_weight and isinstance(answer, tuple):
                target = torch.sigmoid(answer[0].float()[lesion])
                loss = loss + config.soft_weight * soft_bce(logit[lesion].float(), target, torch.ones_like(target))
        return loss

    if saved is not None:
        torch.set_rng_state(saved["torch_rng"])  # last: building the models draws from it
    print(json.dumps(dataclasses.asdict(config)), flush=True)
    print(f"{len(train_rows)} training and {len(val_rows)} validation images, {device}", flush=True)
    started, mean_loss, since = time.time(), 0.0, 0
    while step < config.steps:
        lr = learning_rate(step, config)
        for group in optimiser.param_groups:
            group["lr"] = lr * group["factor"]
        model.train()
        loss = step_loss()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        optimiser.step()
        ema.update(model)
        step, mean_loss, since = step + 1, mean_loss + loss.item(), since + 1
        if step % 25 == 0:
            rate = since * config.batch / (time.time() - started)
            print(f"step {step}/{config.steps} loss {mean_loss / since:.4f} lr {lr:.5f} {rate:.0f} img/s", flush=True)
        if step % config.eval_every == 0 or step == config.steps:
            shadow.load_state_dict(ema.state)
            logit = predict(shadow, val_crops, config.size, device)
            auc = {s: round(roc_auc(val_label[val_source == s], logit[val_source == s]), 4) for s in LESION_SOURCES}
            history.append({"step": step, "loss": mean_loss / since, "val_auc": auc})
            print(f"step {step} val AUC {auc}", flush=True)
            part = out.with_suffix(".part")
            torch.save({"config": dataclasses.asdict(config), "base": base, "step": step, "model": model.state_dict(),
                        "ema": ema.state, "optimiser": optimiser.state_dict(), "rng": rng.get_state(),
                        "torch_rng": torch.get_rng_state(),
                        "history": history, "stages": stages}, part)
            os.replace(part, out)
            started, mean_loss, since = time.time(), 0.0, 0
        if step == stop_at:
            raise KeyboardInterrupt


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("preset", choices=sorted(PRESETS))
    parser.add_argument("--out", type=Path, required=True, help="checkpoint, resumed where it exists; keep it outside git")
    parser.add_argument("--init", type=Path, help="checkpoint of the stage before")
    parser.add_argument("--teacher", type=Path, help="MobileNet npz, or a checkpoint of the teacher stage")
    parser.add_argument("--base", default="teacher-mobilenet-v2.npz", help="the teacher stage's ImageNet weights")
    for field in ("steps", "batch", "seed", "eval_every"):
        parser.add_argument(f"--{field.replace('_', '-')}", type=int)
    parser.add_argument("--lr", type=float)
    args = parser.parse_args()
    changed = {f: getattr(args, f) for f in ("steps", "batch", "seed", "eval_every", "lr") if getattr(args, f) is not None}
    train(dataclasses.replace(PRESETS[args.preset], **changed), args.out, args.init, args.teacher, args.base)


if __name__ == "__main__":
    main()
