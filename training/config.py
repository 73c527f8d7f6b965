"""Settings of a run; they are saved in its checkpoint."""
from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class TrainConfig:
    """One stage. Stages run in order, each starting from the one before (see README.md, "Train it")."""

    stage: str  # "teacher" (MobileNet), "student" (VGG)
    size: int  # input side in pixels
    batch: int
    steps: int = 0  # 0: as many as `epochs` says
    epochs: float = 0.0  # crops drawn, in sizes of the training set: a tenth of the data takes a tenth of the time
    head: str = "pool"  # student: "pool" or "flatten" (128 px only)
    frozen_blocks: int = 0  # student: this many of the first blocks of convolutions keep their weights
    lr: float = 1e-4  # AdamW
    head_lr_factor: float = 10.0
    weight_decay: float = 0.02
    warmup: int = 60
    ema: float = 0.995
    dropout: float = 0.4  # before and inside the student's head
    label_smoothing: float = 0.05
    dx_weight: float = 0.5
    soft_weight: float = 0.0  # distillation of the teacher's malignancy probability
    teacher_px: int = 128
    crop_scale: tuple[float, float] = (0.55, 1.05)
    mixup: float = 0.0  # alpha of mixup (Zhang et al. 2018, arXiv:1710.09412); 0: none
    artefacts: float = 0.0  # share of crops with hair, ruler, ink, vignette or glare painted in
    eval_every: int = 250
    seed: int = 1

    def with_steps(self, images: int) -> TrainConfig:
        """The same stage with its steps counted, for a training set of so many images."""
        return self if self.steps else replace(self, steps=max(1, round(self.epochs * images / self.batch)))


PRESETS = {
    # MobileNet V2 with ImageNet weights, fine-tuned on lesions: a teacher for --teacher.
    "teacher": TrainConfig("teacher", 128, epochs=9, batch=64, lr=3e-4, head_lr_factor=5, warmup=100, ema=0.99),
    # A crop at 64 px teaches as much as one at 128 px and costs a quarter, so most of the way is gone there.
    "lesions64": TrainConfig("student", 64, epochs=16.5, batch=64, frozen_blocks=1, lr=1.5e-4),
    # Full size with the shipped head.
    "lesions128": TrainConfig("student", 128, epochs=7.6, batch=32, head="flatten", frozen_blocks=2, lr=7e-5, head_lr_factor=4,
                              ema=0.997, artefacts=0.2, eval_every=200),
}
