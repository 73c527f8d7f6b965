"""
Writes the coverage models in every format that the app reads, and what Keras itself computes: one row a layer.

    python3 -m venv /tmp/oracle && /tmp/oracle/bin/pip install tensorflow-cpu tf_keras keras h5py
    /tmp/oracle/bin/pip install --no-deps tensorflowjs tensorflow_hub packaging
    /tmp/oracle/bin/python tools/keras-oracle/write_fixtures.py src/engine/own-model/testdata [NAME ...]

Keras 2 (tf_keras) makes weights and activations; Keras 3 gets the same weights and must agree before its files are written.
"""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras
import numpy as np
import tensorflow as tf
import tf_keras
from coverage_models import COVERAGE

AGREE = 2e-5
# Layers that only Keras 3 has so, or that it names otherwise.
OWN_RECORDS = ("inception", "operations")
GRAPHS = ("mobilenet", "resnet", "nested")


def seeded_weights(model, seed):
    """Weights of no special kind; variances and scales stay positive."""
    rng = np.random.default_rng(seed)
    values = []
    for w, name in zip(model.get_weights(), [v.name for v in model.weights]):
        if name.split("/")[-1].split(":")[0] in ("mean", "variance", "count") or w.dtype.kind != "f":
            values.append(w)  # of a Normalization, which learned them by `adapt`
        elif "variance" in name or "gamma" in name:
            values.append(rng.uniform(0.5, 1.5, w.shape).astype(np.float32))
        else:
            fan = max(1, int(np.prod(w.shape[:-1])))
            values.append((rng.standard_normal(w.shape) / np.sqrt(fan)).astype(np.float32))
    model.set_weights(values)


def set_by_layer(target, source):
    """Layer by layer: the two libraries order a whole model's weights differently where some are frozen."""
    for a, b in zip(real_layers(target), real_layers(source), strict=True):
        if hasattr(a, "layers"):
            set_by_layer(a, b)
        elif type(a).__name__ != "Normalization":
            a.set_weights(b.get_weights())


def real_layers(model):
    return sorted((l for l in model.layers if l.weights), key=lambda l: l.name)


def record(k, model, x, prefix=""):
    """[(path, layer, trainable parameters, activations)], inner layers of nested models included, in the model's order."""
    rows = []
    layers = [l for l in model.layers if type(l).__name__ != "InputLayer"]
    # A layer's first call; of a model its last one, as the first may be its own making.
    node = lambda l: l._inbound_nodes[-1 if hasattr(l, "layers") else 0]
    first = lambda t: t[0] if isinstance(t, (list, tuple)) else t
    outputs = k.Model(model.inputs, [first(node(l).output_tensors if k is keras else node(l).outputs) for l in layers])(x, training=False)
    for layer, out in zip(layers, outputs):
        if hasattr(layer, "layers"):
            at = first(node(layer).input_tensors)
            inner = k.Model(model.inputs, at)(x, training=False)
            rows += record(k, layer, inner, f"{prefix}{layer.name}/")
        else:
            trainable = sum(int(np.prod(w.shape)) for w in layer.trainable_weights)
            rows.append((prefix + layer.name, layer, trainable, np.asarray(out)[0]))
    return rows


def write_expected(path, model, x, rows):
    trainable = sum(int(np.prod(w.shape)) for w in model.trainable_weights)
    total = model.count_params()
    head = {
        "input": list(x.shape[1:]),
        "output": np.asarray(model(x, training=False))[0].tolist(),
        "parameters": total,
        "trainable": trainable,
        "layers": [
            {"path": path, "type": type(l).__name__, "shape": list(a.shape), "parameters": l.count_params(), "trainable": t}
            for path, l, t, a in rows
        ],
    }
    values = np.concatenate([x.ravel(), *[a.ravel() for *_, a in rows]]).astype("<f4")
    Path(f"{path}.json").write_text(json.dumps(head, indent=1) + "\n")
    Path(f"{path}.f32.gz").write_bytes(gzip.compress(values.tobytes(), 9, mtime=0))


def main(folder, *only):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for seed, (name, build) in enumerate(COVERAGE.items()):
        if only and name not in only:
            continue
        tf_keras.utils.set_random_seed(seed)
        old = build(tf_keras)
        seeded_weights(old, seed)
        scale = 255 if name in ("preprocessing", "operations") else 1
        x = (np.random.default_rng(100 + seed).random((1, *old.input_shape[1:])) * scale).astype(np.float32)
        rows = record(tf_keras, old, x)
        write_expected(folder / name, old, x, rows)
        old.save(folder / f"{name}.keras2.h5", include_optimizer=False)
        if name != "operations":  # Keras 2 cannot write "x[..., ::-1]" into this format
            old.save(folder / f"{name}.keras2.keras", save_format="keras")
        for script, ending in (("to_tfjs.py", "tfjs"), ("to_tfjs_graph.py", "graph")):
            if ending == "tfjs" or name in GRAPHS:
                command = [Path(__file__).with_name(script), folder / f"{name}.keras2.h5", folder / f"{name}.{ending}"]
                subprocess.run([sys.executable, *command], check=True)
        new = build(keras)
        set_by_layer(new, old)
        theirs = record(keras, new, x)
        if name != "inception":  # hard_sigmoid is another function in Keras 3, so that layer differs on purpose
            found = {path: values for path, _, _, values in theirs}
            worst = {path: np.abs(a - found[path]).max() / max(1, np.abs(a).max()) for path, _, _, a in rows if path in found}
            assert max(worst.values()) < AGREE, (name, worst)
        if name in OWN_RECORDS:
            write_expected(folder / f"{name}.keras3", new, x, theirs)
        new.save(folder / f"{name}.keras")
        new.save(folder / f"{name}.keras3.h5", include_optimizer=False)
        print(name, old.count_params(), "parameters,", len(rows), "layers")
    print("tensorflow", tf.__version__, "keras", keras.__version__, "tf_keras", tf_keras.__version__)


if __name__ == "__main__":
    main(*sys.argv[1:])
