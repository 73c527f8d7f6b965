import pytest
import torch

from training.artefacts import PAINTERS, paint_artefacts


@pytest.mark.parametrize("paint", PAINTERS, ids=lambda p: p.__name__)
def test_each_kind_shows_and_leaves_the_most_of_a_crop(paint) -> None:
    rng = torch.Generator().manual_seed(0)
    crops = torch.rand(64, 3, 96, 96, generator=rng) * 0.2 + 0.5
    painted = paint(crops, lambda low, high, *shape: torch.rand(shape, generator=rng) * (high - low) + low)
    assert painted.shape == crops.shape and painted.min() >= 0 and painted.max() <= 1
    changed = ((painted - crops).abs().amax(1) > 0.05).float().mean((1, 2))
    assert (changed > 0).float().mean() > 0.8
    assert changed.median() < 0.5


def test_the_share_is_kept_and_the_seed_decides() -> None:
    crops = torch.full((400, 3, 32, 32), 0.5)
    painted = paint_artefacts(crops, 0.25, torch.Generator().manual_seed(1))
    touched = (painted != crops).flatten(1).any(1).float().mean()
    assert 0.15 < touched < 0.35
    assert torch.equal(painted, paint_artefacts(crops, 0.25, torch.Generator().manual_seed(1)))
    assert paint_artefacts(crops, 0.0, torch.Generator()) is crops
    assert (crops == 0.5).all()
