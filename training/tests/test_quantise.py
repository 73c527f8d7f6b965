import pytest
import torch

from training.codes import LEVELS, Codes
from training.quantise import choose_scales, draw_windows, nearest_codes, round_convolution, round_kernel, round_scale


def test_a_code_times_its_scale_is_a_float16() -> None:
    torch.manual_seed(0)
    scale = round_scale(torch.logspace(-6, -1, 200))
    assert (scale / torch.logspace(-6, -1, 200) - 1).abs().max() < 1 / 16 + 1e-6
    values = Codes(torch.arange(-LEVELS, LEVELS + 1, dtype=torch.int8).repeat(200, 1), scale).values()
    assert torch.equal(values, values.half().float())


def test_one_large_weight_does_not_coarsen_the_others() -> None:
    torch.manual_seed(0)
    weight = torch.randn(1, 4000)
    even = choose_scales(weight, torch.ones(4000))
    weight[0, 7] = 6
    power = torch.ones(4000)
    power[7] = 0
    assert choose_scales(weight, power) < 6 / LEVELS * 0.8
    assert choose_scales(weight, power) == pytest.approx(even, rel=0.15)


def correlated(n: int, inputs: int) -> torch.Tensor:
    return torch.randn(n, inputs // 4) @ torch.randn(inputs // 4, inputs) + 0.3 * torch.randn(n, inputs)


def test_later_inputs_make_up_for_what_rounding_moved() -> None:
    torch.manual_seed(1)
    x, weight = correlated(2000, 200), torch.randn(8, 200)
    moments = x.T @ x / len(x)
    scale = choose_scales(weight, moments.diagonal())
    nearest = Codes(nearest_codes(weight, scale).to(torch.int8), scale)
    made_up = round_kernel(weight, moments, torch.zeros(200, 200))

    def error(codes: Codes) -> float:
        return (x @ (codes.values() - weight).T).square().mean().item()

    assert error(made_up) < error(nearest) / 2


def test_weights_make_up_for_inputs_that_moved_before() -> None:
    torch.manual_seed(2)
    was, weight = correlated(2000, 64), torch.randn(8, 64)
    now = was * 0.9
    moments, drift = now.T @ now / 2000, (was - now).T @ now / 2000
    wanted = was @ weight.T

    def error(codes: Codes) -> float:
        return ((now @ codes.values().T - wanted).square().mean() / wanted.square().mean()).item()

    assert error(round_kernel(weight, moments, drift)) < 1e-3 < error(round_kernel(weight, moments, torch.zeros(64, 64)))


def test_windows_are_what_a_convolution_multiplies() -> None:
    torch.manual_seed(3)
    maps, conv = torch.randn(2, 5, 4, 4), torch.nn.Conv2d(5, 3, 3, padding=1, bias=False)
    with torch.no_grad():
        sums = draw_windows(maps, 99, 0) @ conv.weight.flatten(1).T
        wanted = conv(maps).permute(0, 2, 3, 1).reshape(-1, 3)
    assert sums.shape == wanted.shape
    assert torch.allclose(sums.sort(0).values, wanted.sort(0).values, atol=1e-5)


def test_a_rounded_convolution_answers_nearly_the_same() -> None:
    torch.manual_seed(4)
    was = torch.randn(40, 16, 8, 8).relu()
    now = was + 0.01 * torch.randn_like(was)
    layer = torch.nn.Conv2d(16, 8, 3, padding=1)
    with torch.inference_mode():
        wanted = layer(was)
        before = (layer(now) - wanted).mean((0, 2, 3))
        codes = round_convolution(layer, draw_windows(was, 64, 0), draw_windows(now, 64, 0))
        error = layer(now) - wanted
    assert torch.equal(layer.weight, codes.values()) and codes.codes.shape == (8, 16, 3, 3)
    assert torch.equal(layer.bias, layer.bias.half().float())
    assert error.square().mean().sqrt() < 0.02 * wanted.std()
    assert error.mean((0, 2, 3)).abs().max() < max(1e-3, before.abs().max().item())
