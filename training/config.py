"""Settings of a run; they are saved in its checkpoint."""
from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TrainConfig:
    """One stage. Stages run in order, each starting from the one before (see README.md, "Training")."""

    stage: str  # "teacher" (MobileNet), "student" (VGG)
    size: int  # input side in pixels
    steps: int
    batch: int
    head: str = "pool"  # student: "pool" or "flatten" (128 px only)
    optimiser: str = "sgd"  # "sgd" (Nesterov 0.9) or "adamw"
    lr: float = 0.05
    head_lr_factor: float = 1.0
    weight_decay: float = 5e-4
    warmup: int = 200
    ema: float = 0.995
    label_smoothing: float = 0.05
    dx_weight: float = 0.5
    tiny_share: float = 0.0  # share of each batch drawn from Tiny-ImageNet
    embed_weight: float = 0.0  # distillation of the teacher's standardised embedding
    soft_weight: float = 0.0  # distillation of the teacher's malignancy probability
    teacher_px: int = 128
    crop_scale: tuple[float, float] = (0.55, 1.05)
    eval_every: int = 250
    seed: int = 1


PRESETS = {
    # MobileNet V2 with ImageNet weights, fine-tuned on lesions: the teacher of what follows.
    "teacher": TrainConfig("teacher", 128, steps=1300, batch=64, optimiser="adamw", lr=3e-4, head_lr_factor=5,
                           weight_decay=0.02, warmup=100, ema=0.99),
    # The VGG learns general vision (the teacher's embedding, on everyday pictures too) and lesions together, at a size
    # where a step is cheap.
    "pretrain": TrainConfig("student", 48, steps=1600, batch=96, lr=0.05, tiny_share=0.33, embed_weight=1.0,
                            teacher_px=96, ema=0.99),
    # Lesions, with the fine-tuned teacher's probabilities and embeddings on the same fresh crops.
    "lesions64": TrainConfig("student", 64, steps=2000, batch=64, lr=0.03, embed_weight=1.0, soft_weight=1.0, ema=0.995),
    # The same for long, with everyday pictures between, so that the features stay general.
    "mixed64": TrainConfig("student", 64, steps=4000, batch=80, lr=0.03, tiny_share=0.2, embed_weight=1.0, soft_weight=1.0,
                           ema=0.998, eval_every=200),
    # Full size with the shipped head.
    "lesions128": TrainConfig("student", 128, steps=500, batch=48, head="flatten", lr=0.01, warmup=50, embed_weight=1.0,
                              soft_weight=1.0, ema=0.99, eval_every=100),
}
