"""
Small models that are read in part or not at all: see the table below. Written to FOLDER/others/ by the same libraries as
write_fixtures.py, which says what to install.

    python tools/keras-oracle/write_others.py src/engine/own-model/testdata
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras
import numpy as np
import tf_keras


def plain(k, layers, size=(12, 12, 3), name="plain"):
    return k.Sequential([k.layers.Input(size), *layers], name=name)


def end(k):
    return [k.layers.Flatten(), k.layers.Dense(1, activation="sigmoid", name="score")]


def make(k):
    """{name: model}"""
    L = k.layers
    conv = lambda name="conv": L.Conv2D(2, 3, name=name)

    @k.saving.register_keras_serializable(package="Mine")
    class Attention(L.Layer):
        def call(self, x):
            return x

    @k.saving.register_keras_serializable(package="Mine")
    def wave(x):
        return x * 1.5

    i = L.Input((12, 12, 3), name="photo")
    two_outputs = k.Model(i, [L.Flatten()(conv()(i)), L.GlobalAveragePooling2D()(i)])
    j = L.Input((4,), name="age")
    x = L.Concatenate()([L.Flatten()(conv()(i)), j])
    nan = plain(k, [conv(), *end(k)])
    nan.get_layer("score").set_weights([np.full((200, 1), np.nan), np.zeros(1)])
    return {
        "lambda": plain(k, [L.Lambda(lambda x: x / 255.0, name="scale", output_shape=(12, 12, 3)), conv(), *end(k)]),
        "custom": plain(k, [conv(), Attention(name="look"), *end(k)]),
        "custom-activation": plain(k, [L.Conv2D(2, 3, activation=wave, name="conv"), *end(k)]),
        "lstm": plain(k, [conv(), L.Reshape((10, 20)), L.LSTM(2, name="memory"), L.Dense(1)]),
        "per-frame": plain(k, [L.TimeDistributed(conv("inner"), name="frames"), L.Flatten()], (2, 12, 12, 3)),
        "dense-only": plain(k, end(k)),
        "any-size": plain(k, [conv(), L.GlobalAveragePooling2D(), L.Dense(1)], (None, None, 3)),
        "four-channels": plain(k, [conv(), *end(k)], (12, 12, 4)),
        "two-inputs": k.Model([i, j], L.Dense(1)(x)),
        "two-outputs": two_outputs,
        "maps-out": plain(k, [conv()]),
        "nan": nan,
        "grey": plain(k, [conv(), *end(k)], (12, 12, 1)),
    }


def main(folder):
    folder = Path(folder) / "others"
    folder.mkdir(parents=True, exist_ok=True)
    for name, model in make(tf_keras).items():
        model.save(folder / f"{name}.keras2.h5", include_optimizer=False)
    for name, model in make(keras).items():
        model.save(folder / f"{name}.keras")
    plain(tf_keras, [tf_keras.layers.Conv2D(2, 3), *end(tf_keras)]).save_weights(folder / "weights-only.keras2.h5")
    plain(keras, [keras.layers.Conv2D(2, 3), *end(keras)]).save_weights(folder / "weights-only.weights.h5")


if __name__ == "__main__":
    main(sys.argv[1])
