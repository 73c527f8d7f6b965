"""The shipped network in files: tfjs layers format (a Keras 2 Sequential topology, HWIO kernels, shards), but that kernels may be
in 8 bits: in the shards the scales, one an output channel, float16, then the codes, int8; a weight is code * scale."""
from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import numpy as np
import torch

from .codes import Codes
from .model import BLOCKS, CONV_NAMES, DENSE_UNITS, PARAMETERS, Shipped
from .resample import INPUT_PX

SHARD_BYTES = 4 * 1024 * 1024


def keras_kernel(kernel: torch.Tensor) -> np.ndarray:
    """Of a convolution HWIO, of a dense layer [in, out]."""
    return np.ascontiguousarray(kernel.permute(2, 3, 1, 0) if kernel.ndim == 4 else kernel.T)


def state_key(layer: str) -> str:
    return f"features.conv.{layer}" if layer in CONV_NAMES else layer


def keras_weights(model: Shipped, codes: Mapping[str, Codes]) -> list[tuple[dict, bytes]]:
    """Of each kernel and bias, in the network's order, the entry in the weights manifest and the bytes in the shards."""
    state = model.state_dict()
    out = []
    for layer in (*CONV_NAMES, "dense", "dense_1"):
        for kind, value in (("kernel", keras_kernel(state[f"{state_key(layer)}.weight"])),
                            ("bias", state[f"{state_key(layer)}.bias"].numpy())):
            is_coded = kind == "kernel" and layer in codes
            if is_coded:
                data = codes[layer].scale.numpy().astype("<f2").tobytes() + keras_kernel(codes[layer].codes).tobytes()
            else:
                data = value.astype("<f2").tobytes()
            out.append(({"name": f"{layer}/{kind}", "shape": list(value.shape), "dtype": "float32",
                         "quantization": {"dtype": "int8" if is_coded else "float16", "original_dtype": "float32"}}, data))
    return out


def round_to_float16(model: Shipped) -> Shipped:
    """Each weight rounded to float16, kept as float32."""
    rounded = Shipped(model.mean, model.std)
    rounded.load_state_dict({k: v.half().float() for k, v in model.state_dict().items()})
    return rounded.eval()


def keras_topology() -> dict:
    """A Keras 2 Sequential model as tfjs's loadLayersModel reads it."""
    def layer(kind: str, name: str, **config: object) -> dict:
        return {"class_name": kind, "config": {"name": name, "trainable": True, "dtype": "float32", **config}}

    layers = [{"class_name": "InputLayer", "config": {
        "batch_input_shape": [None, INPUT_PX, INPUT_PX, 3], "dtype": "float32", "sparse": False, "name": "input_1"}}]
    for block, count, channels in BLOCKS:
        layers += [
            layer("Conv2D", f"block{block}_conv{i + 1}", filters=channels, kernel_size=[3, 3], strides=[1, 1],
                  padding="same", data_format="channels_last", dilation_rate=[1, 1], activation="relu", use_bias=True)
            for i in range(count)
        ]
        layers.append(layer("MaxPooling2D", f"block{block}_pool", pool_size=[2, 2], padding="valid", strides=[2, 2],
                            data_format="channels_last"))
    layers.append(layer("Flatten", "flatten", data_format="channels_last"))
    layers.append(layer("Dense", "dense", units=DENSE_UNITS, activation="relu", use_bias=True))
    layers.append(layer("Dropout", "dropout", rate=0.5))
    layers.append(layer("Dense", "dense_1", units=1, activation="sigmoid", use_bias=True))
    return {"keras_version": "2.15.0", "backend": "tensorflow",
            "model_config": {"class_name": "Sequential", "config": {"name": "lesion_lens_vgg16", "layers": layers}}}


def write_tfjs(model: Shipped, folder: Path, codes: Mapping[str, Codes] = MappingProxyType({})) -> list[str]:
    """Writes model.json and its shards; returns their names, model.json first.

    codes: of the layers whose kernels are stored in 8 bits, the same kernels as the model's; all else is stored as float16."""
    weights = keras_weights(model, codes)
    if sum(int(np.prod(spec["shape"])) for spec, _ in weights) != PARAMETERS:
        raise AssertionError("not the network of the design")
    data = b"".join(part for _, part in weights)
    parts = [data[i:i + SHARD_BYTES] for i in range(0, len(data), SHARD_BYTES)]
    names = [f"group1-shard{i + 1}of{len(parts)}.bin" for i in range(len(parts))]
    for name, part in zip(names, parts):
        (folder / name).write_bytes(part)
    (folder / "model.json").write_text(json.dumps({
        "format": "layers-model", "generatedBy": "Lesion Lens training.export", "convertedBy": None,
        "modelTopology": keras_topology(), "weightsManifest": [{"paths": names, "weights": [spec for spec, _ in weights]}],
    }, separators=(",", ":")))
    return ["model.json", *names]


def read_tfjs(folder: Path) -> Shipped:
    """The inverse of write_tfjs: a model folder -> the network, float32, with its manifest's normalisation if it has one."""
    spec = json.loads((folder / "model.json").read_text())["weightsManifest"][0]
    data = b"".join((folder / name).read_bytes() for name in spec["paths"])
    state, at = {}, 0

    def take(dtype: str, shape: list[int]) -> np.ndarray:
        nonlocal at
        values = np.frombuffer(data, dtype, int(np.prod(shape)), at).reshape(shape)
        at += values.nbytes
        return values.astype(np.float32)

    for w in spec["weights"]:
        if w["quantization"]["dtype"] == "int8":
            scale = take("<f2", w["shape"][-1:])
            value = torch.from_numpy(take("int8", w["shape"]) * scale)
        else:
            value = torch.from_numpy(take("<f2", w["shape"]))
        layer, kind = w["name"].split("/")
        if kind == "kernel":
            value = value.permute(3, 2, 0, 1) if value.ndim == 4 else value.T
        state[f"{state_key(layer)}.{'weight' if kind == 'kernel' else 'bias'}"] = value.contiguous()
    if at != len(data):
        raise ValueError(f"{len(data)} bytes of weights, not {at}")
    manifest = folder / "manifest.json"
    scale = json.loads(manifest.read_text())["input"] if manifest.exists() else {}
    model = Shipped(**{k: scale[k] for k in ("mean", "std") if k in scale})
    model.load_state_dict(state)
    return model.eval()
