"""Probes on made-up features, where the answer is known, and on a network's own maps."""
import json

import numpy as np
import pytest
import torch

from training.model import Shipped
from training.probes import (PROBE_LAYERS, Probes, centre_inputs, fit_probes, layer_means, phone_limits, pick, unlike_limit, vary)
from training.data import Row

FEATURES = 12


def cloud(centre: float, n: int, seed: int) -> np.ndarray:
    """Features round a centre, not below zero."""
    return np.abs(np.random.default_rng(seed).normal(centre, 0.3, (n, FEATURES))).astype(np.float32)


@pytest.fixture(scope="module")
def probes() -> Probes:
    return fit_probes([cloud(1.0, 200, 1)], [cloud(2.0, 60, 2)], [cloud(5.0, 300, 3), np.empty((0, FEATURES))])


def test_tells_lesions_from_others_and_phones_from_dermatoscopes(probes: Probes) -> None:
    unlike = [probes.answer(cloud(c, 100, 9))[0] for c in (1.0, 2.0, 5.0)]
    assert (unlike[0] < 0).mean() > 0.95 and (unlike[1] < 0).mean() > 0.95 and (unlike[2] > 0).mean() > 0.95
    phone = [probes.answer(cloud(c, 100, 9))[1] for c in (1.0, 2.0)]
    assert (phone[0] < 0).mean() > 0.95 and (phone[1] > 0).mean() > 0.95


def test_each_group_counts_alike_however_many_rows_it_has() -> None:
    few = fit_probes([cloud(1.0, 200, 1)], [cloud(2.0, 60, 2)], [cloud(5.0, 300, 3)])
    many = fit_probes([np.tile(cloud(1.0, 200, 1), (5, 1))], [cloud(2.0, 60, 2)], [cloud(5.0, 300, 3)])
    assert np.allclose(few.phone[0], many.phone[0], atol=1e-3) and abs(few.phone[1] - many.phone[1]) < 1e-2
    assert np.allclose(few.unlike[0], many.unlike[0], atol=1e-3)


def test_survives_json_and_answers_the_same(probes: Probes) -> None:
    again = Probes.from_json(json.loads(json.dumps(probes.to_json())))
    for a, b in zip(probes.answer(cloud(1.5, 20, 4)), again.answer(cloud(1.5, 20, 4))):
        assert np.abs(a - b).max() < 1e-3
    assert probes.to_json()["layers"] == list(PROBE_LAYERS)


def test_a_map_that_never_moves_does_not_shout() -> None:
    still = cloud(1.0, 200, 1)
    still[:, 0] = 1.0
    other = cloud(5.0, 200, 3)
    other[:, 0] = 1.0
    fitted = fit_probes([still], [still + 0.2], [other])
    moved = still[:1].copy()
    moved[0, 0] += 0.01
    assert abs(fitted.answer(moved)[0] - fitted.answer(still[:1])[0]).max() < 0.2


def test_limits_lie_between_or_keep_the_lesions() -> None:
    lesions, others = np.linspace(-9, -3, 1001), np.linspace(2, 8, 1001)
    limit = unlike_limit([lesions, lesions - 1], others)
    assert -3.2 < limit < 2.2 and abs(limit - (-3.09 + 2.09) / 2) < 0.02
    assert unlike_limit([lesions], np.linspace(-8, -2, 1001)) == pytest.approx(np.quantile(lesions, 0.985))
    low, high = phone_limits(np.linspace(-9, 1, 1001), np.linspace(-1, 9, 1001))
    assert (low, high) == (pytest.approx(-0.9), pytest.approx(0.9))
    assert phone_limits(np.linspace(-9, -3, 11), np.linspace(3, 9, 11)) == (pytest.approx(0), pytest.approx(0))


def test_layer_means_are_those_of_the_maps() -> None:
    torch.manual_seed(1)
    model = Shipped().eval()
    inputs = np.random.default_rng(1).integers(0, 256, (3, 128, 128, 3), dtype=np.uint8)
    means = layer_means(model, inputs, batch=2)
    assert means.shape == (3, 128 + 256 + 512 + 512) and (means >= 0).all()
    assert np.allclose(layer_means(model, inputs[2:]), means[2:], rtol=1e-4, atol=1e-6)


def test_varied_pictures_keep_size_and_are_the_same_for_a_seed() -> None:
    images = [np.random.default_rng(i).integers(0, 256, (40, 60, 3), dtype=np.uint8) for i in range(6)]
    a, b = (vary(images, np.random.default_rng(7)) for _ in range(2))
    assert a.shape == (6, 128, 128, 3) and (a == b).all() and (a != vary(images, np.random.default_rng(8))).any()
    assert centre_inputs(images).shape == (6, 128, 128, 3)


def test_picks_no_more_than_asked_and_of_one_split() -> None:
    rows = [Row(f"{i}.jpg", "ham10000", "train" if i % 2 else "val", 0, 0, "") for i in range(40)]
    got = pick(rows, "ham10000", "train", np.random.default_rng(1), most=7)
    assert len(got) == 7 and all(r.split == "train" for r in got) and got == sorted(got, key=lambda r: int(r.file[:-4]))
