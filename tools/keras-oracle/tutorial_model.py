"""
The network of the tutorial, with the weights that ship, as a Keras model: Sequential(VGG16, Flatten, Dense, Dropout, Dense),
where VGG16 is a model of its own. Writes it as .h5 and .keras (67 MB each), its weights alone in the layouts of Keras 3 and 2,
and what Keras makes of two golden pictures.

    KERAS_BACKEND=torch python tools/keras-oracle/tutorial_model.py FOLDER            (pip install keras h5py; torch is there)
    python tools/keras-oracle/tutorial_model.py FOLDER --keras2                       (pip install tensorflow-cpu tf_keras torch)

Beside each file lie `expected.json` (scores, layers) and `expected.f32`: for each picture its input and each layer's activations.
"""

import importlib
import json
import re
import sys
from pathlib import Path

import h5py
import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from training.golden import draw_golden_input  # noqa: E402
from training.tfjs_format import read_tfjs  # noqa: E402

PICTURES = ("lesion", "noise")
CONVOLUTIONS = ((1, 2, 64), (2, 2, 128), (3, 3, 256), (4, 3, 512), (5, 3, 512))


def shipped_weights():
    """{Keras's name: float32 values} of the version that the app ships, and its manifest."""
    [version] = re.findall(r"MODEL_VERSION = '(.+)'", (ROOT / "src" / "domain" / "model-version.ts").read_text())
    folder = ROOT / "public" / "model" / version
    found = {}
    for name, values in read_tfjs(folder).state_dict().items():
        layer, kind = name.removeprefix("features.conv.").split(".")
        if kind == "bias":
            found[f"{layer}/bias"] = values.numpy()
        else:
            found[f"{layer}/kernel"] = (values.permute(2, 3, 1, 0) if values.ndim == 4 else values.T).numpy()
    return found, json.loads((folder / "manifest.json").read_text())


def build(k, weights):
    L = k.layers
    i = x = L.Input((128, 128, 3), name="input_1")
    for block, convolutions, channels in CONVOLUTIONS:
        for conv in range(1, convolutions + 1):
            x = L.Conv2D(channels, 3, padding="same", activation="relu", name=f"block{block}_conv{conv}")(x)
        x = L.MaxPooling2D(2, name=f"block{block}_pool")(x)
    vgg = k.Model(i, x, name="vgg16")
    head = [L.Flatten(), L.Dense(256, activation="relu", name="dense"), L.Dropout(0.5), L.Dense(1, "sigmoid", name="dense_1")]
    model = k.Sequential([L.Input((128, 128, 3)), vgg, *head], name="sequential_3")
    for layer in [*vgg.layers, *head]:
        if layer.weights:
            layer.set_weights([weights[f"{layer.name}/kernel"], weights[f"{layer.name}/bias"]])
    return model, vgg


def main(folder, library):
    k = importlib.import_module(library)
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    weights, manifest = shipped_weights()
    model, vgg = build(k, weights)
    model.save(folder / "tutorial.h5")
    model.save_weights(folder / "tutorial.weights.h5")
    if library == "keras":
        model.save(folder / "tutorial.keras")
        from keras.src.legacy.saving import legacy_h5_format

        with h5py.File(folder / "tutorial.keras2-weights.h5", "w") as file:
            legacy_h5_format.save_weights_to_hdf5_group(file, model)
    mean, std = (np.array(manifest["input"][key], np.float32) for key in ("mean", "std"))
    pictures = np.stack([draw_golden_input(name) for name in PICTURES]).astype(np.float32)
    x = (pictures / 255 - mean) / std
    shown = [layer for layer in vgg.layers if "block" in layer.name]
    maps = k.Model(vgg.inputs, [layer.output for layer in shown]).predict(x, verbose=0)
    scores = model.predict(x, verbose=0)[:, 0]
    expected = {
        "keras": k.__version__,
        "parameters": model.count_params(),
        "pictures": PICTURES,
        "scores": [float(s) for s in scores],
        "layers": [{"path": f"vgg16/{layer.name}", "shape": list(m.shape[1:])} for layer, m in zip(shown, maps)],
    }
    (folder / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
    with open(folder / "expected.f32", "wb") as out:
        for n in range(len(PICTURES)):
            for values in (x[n], *[m[n] for m in maps]):
                out.write(np.ascontiguousarray(values, "<f4").tobytes())
    print(k.__version__, expected["parameters"], expected["scores"])


if __name__ == "__main__":
    main(sys.argv[1], "tf_keras" if "--keras2" in sys.argv else "keras")
