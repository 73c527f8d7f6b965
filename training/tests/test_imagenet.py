"""Reading ImageNet's VGG16 out of an ONNX file; a file of drawn weights stands in for the download."""
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from onnx import TensorProto, helper, numpy_helper

from training.imagenet import (KERAS_FIRST_BIAS, KERAS_FIRST_KERNEL, BadWeightsError, check_published, read_convolutions,
                               student_from)
from training.model import BLOCKS, CONV_NAMES
from training.resample import normalise


def drawn_weights() -> dict[str, np.ndarray]:
    rng = np.random.default_rng(0)
    out, channels = {}, 3
    for block, count, width in BLOCKS:
        for i in range(count):
            name = f"functional_1/block{block}_conv{i + 1}_1"
            out[f"{name}/convolution/ReadVariableOp:0"] = rng.random((width, channels, 3, 3), dtype=np.float32) - 0.5
            out[f"{name}/Squeeze:0"] = rng.random(width, dtype=np.float32)
            channels = width
    first = "functional_1/block1_conv1_1/"
    out[f"{first}convolution/ReadVariableOp:0"][0, 0].ravel()[:4] = KERAS_FIRST_KERNEL
    out[f"{first}Squeeze:0"][:4] = KERAS_FIRST_BIAS
    return out


def write_onnx(weights: dict[str, np.ndarray], file: Path) -> Path:
    value = [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1])]
    graph = helper.make_graph([helper.make_node("Identity", ["x"], ["y"])], "vgg16", value,
                              [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1])],
                              [numpy_helper.from_array(v, k) for k, v in weights.items()])
    onnx.save(helper.make_model(graph), str(file))
    return file


@pytest.fixture(scope="module")
def weights() -> dict[str, np.ndarray]:
    return drawn_weights()


def test_every_convolution_is_read(weights: dict[str, np.ndarray], tmp_path: Path) -> None:
    convolutions = read_convolutions(write_onnx(weights, tmp_path / "vgg.onnx"))
    check_published(convolutions)
    assert list(convolutions) == list(CONV_NAMES)
    student = student_from(convolutions)
    for name in CONV_NAMES[1:]:
        assert np.array_equal(student.features.conv[name].weight.detach().numpy(),
                              weights[f"functional_1/{name}_1/convolution/ReadVariableOp:0"])


def test_first_layer_sees_what_it_saw_on_imagenet(weights: dict[str, np.ndarray], tmp_path: Path) -> None:
    """BGR, grey levels minus ImageNet's mean, padded with zeros, by the stored kernel; RGB by ours, borders included."""
    convolutions = read_convolutions(write_onnx(weights, tmp_path / "vgg.onnx"))
    pixels = np.random.default_rng(1).integers(0, 256, (1, 16, 16, 3), dtype=np.uint8)
    bgr = pixels[..., ::-1].astype(np.float32) - np.array([103.939, 116.779, 123.68], np.float32)
    kernel, bias = (torch.from_numpy(np.array(v)) for v in convolutions["block1_conv1"])
    wanted = torch.conv2d(torch.from_numpy(bgr.transpose(0, 3, 1, 2).copy()), kernel, bias, padding=1)
    ours = torch.from_numpy(normalise(pixels).transpose(0, 3, 1, 2).copy())
    got = student_from(convolutions).features.conv["block1_conv1"](ours)
    assert wanted.abs().max() > 100
    assert (got - wanted).abs().max() < 1e-2


def test_a_missing_layer_is_named(weights: dict[str, np.ndarray], tmp_path: Path) -> None:
    less = {k: v for k, v in weights.items() if "block4_conv2_1/Squeeze" not in k}
    with pytest.raises(BadWeightsError, match="block4_conv2 is not in"):
        read_convolutions(write_onnx(less, tmp_path / "vgg.onnx"))


def test_another_shape_is_named(weights: dict[str, np.ndarray], tmp_path: Path) -> None:
    key = "functional_1/block5_conv3_1/convolution/ReadVariableOp:0"
    with pytest.raises(BadWeightsError, match="block5_conv3 has the shapes"):
        read_convolutions(write_onnx({**weights, key: weights[key][:, :100]}, tmp_path / "vgg.onnx"))


def test_another_networks_values_are_refused(weights: dict[str, np.ndarray], tmp_path: Path) -> None:
    key = "functional_1/block1_conv1_1/convolution/ReadVariableOp:0"
    convolutions = read_convolutions(write_onnx({**weights, key: weights[key] + 0.01}, tmp_path / "vgg.onnx"))
    with pytest.raises(BadWeightsError, match="block1_conv1 begins with"):
        check_published(convolutions)
