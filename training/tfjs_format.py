"""The shipped network in tfjs layers format: a Keras 2 Sequential topology, HWIO kernels, float16 shards."""
from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch

from .model import BLOCKS, CONV_NAMES, DENSE_UNITS, PARAMETERS, Shipped
from .resample import INPUT_PX

SHARD_BYTES = 4 * 1024 * 1024


def keras_weights(model: Shipped) -> list[tuple[str, np.ndarray]]:
    """Keras names and layouts, in order: conv kernels HWIO, dense kernels [in, out]. float16."""
    state = {k: v.numpy() for k, v in model.state_dict().items()}
    out = []
    for name in CONV_NAMES:
        out.append((f"{name}/kernel", state[f"features.conv.{name}.weight"].transpose(2, 3, 1, 0)))
        out.append((f"{name}/bias", state[f"features.conv.{name}.bias"]))
    for name in ("dense", "dense_1"):
        out.append((f"{name}/kernel", state[f"{name}.weight"].T))
        out.append((f"{name}/bias", state[f"{name}.bias"]))
    return [(name, np.ascontiguousarray(value, dtype=np.float16)) for name, value in out]


def round_to_float16(model: Shipped) -> Shipped:
    """The model that ships: each weight rounded to float16, kept as float32."""
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


def write_tfjs(model: Shipped, folder: Path) -> list[str]:
    """Writes model.json and its shards; returns their names, model.json first."""
    weights = keras_weights(model)
    if sum(w.size for _, w in weights) != PARAMETERS:
        raise AssertionError("not the network of the design")
    data = b"".join(w.tobytes() for _, w in weights)
    parts = [data[i:i + SHARD_BYTES] for i in range(0, len(data), SHARD_BYTES)]
    names = [f"group1-shard{i + 1}of{len(parts)}.bin" for i in range(len(parts))]
    for name, part in zip(names, parts):
        (folder / name).write_bytes(part)
    specs = [{"name": name, "shape": list(w.shape), "dtype": "float32",
              "quantization": {"dtype": "float16", "original_dtype": "float32"}} for name, w in weights]
    (folder / "model.json").write_text(json.dumps({
        "format": "layers-model", "generatedBy": "Lesion Lens training.export", "convertedBy": None,
        "modelTopology": keras_topology(), "weightsManifest": [{"paths": names, "weights": specs}],
    }, separators=(",", ":")))
    return ["model.json", *names]


def read_tfjs(folder: Path) -> Shipped:
    """The inverse of write_tfjs: a model folder -> the network, float32, with its manifest's normalisation if it has one."""
    spec = json.loads((folder / "model.json").read_text())["weightsManifest"][0]
    data = b"".join((folder / name).read_bytes() for name in spec["paths"])
    state, at = {}, 0
    for w in spec["weights"]:
        size = int(np.prod(w["shape"]))
        value = torch.from_numpy(np.frombuffer(data, np.float16, size, at).astype(np.float32).reshape(w["shape"]))
        at += 2 * size
        layer, kind = w["name"].split("/")
        if kind == "kernel":
            value = value.permute(3, 2, 0, 1) if value.ndim == 4 else value.T
        key = f"features.conv.{layer}" if layer in CONV_NAMES else layer
        state[f"{key}.{'weight' if kind == 'kernel' else 'bias'}"] = value.contiguous()
    manifest = folder / "manifest.json"
    scale = json.loads(manifest.read_text())["input"] if manifest.exists() else {}
    model = Shipped(**{k: scale[k] for k in ("mean", "std") if k in scale})
    model.load_state_dict(state)
    return model.eval()
