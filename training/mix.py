"""python -m training.mix BEFORE AFTER --share 0.8 --out CKPT

Averages the weights of two stages of one run: share * AFTER + (1 - share) * BEFORE. A network that went on from another is
joined to it by a line along which the loss stays low, and a point on it often does better on other clinics' pictures than
either end (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models", arXiv:2109.01903). Choose the share on validation.
"""
from __future__ import annotations

import argparse
from pathlib import Path

import torch

from .model import expand_head


def mix_states(before: dict[str, torch.Tensor], after: dict[str, torch.Tensor], share: float) -> dict[str, torch.Tensor]:
    """The state between two of the same network; a pooled head of `before` is spread over all positions if `after`'s is."""
    if before["dense.weight"].shape != after["dense.weight"].shape:
        before = expand_head(before)
    return {name: share * value + (1 - share) * before[name] for name, value in after.items()}


def mix_stages(before: list[dict], after: list[dict], share: float) -> list[dict]:
    """The stages of the mix. Raises ValueError where AFTER did not go on from BEFORE: no line of low loss joins them then."""
    if after[:len(before)] != before:
        raise ValueError("AFTER did not start from BEFORE")
    return [*after, {"stage": "mix", "share": share, "of": len(after), "with": len(before)}]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--share", type=float, required=True, help="of AFTER, 0 to 1")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    before, after = (torch.load(p, map_location="cpu", weights_only=False) for p in (args.before, args.after))
    torch.save({"config": after["config"], "step": after["step"], "ema": mix_states(before["ema"], after["ema"], args.share),
                "stages": mix_stages(before["stages"], after["stages"], args.share)}, args.out)


if __name__ == "__main__":
    main()
