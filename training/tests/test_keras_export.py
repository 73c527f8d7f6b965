"""Keras itself loads the .h5 that the app's code wrote, and the Python that the app shows gives the engine's scores.

src/engine/own-model/write-keras.test.ts leaves the files in the folder KERAS_EXPORT; tools/keras-oracle/README.md says how.
"""

import json
import os
import shutil
from pathlib import Path

import numpy as np
import pytest

os.environ.setdefault("KERAS_BACKEND", "torch")
keras = pytest.importorskip("keras", reason="Keras is not installed (tools/keras-oracle/requirements.txt)")
pytest.importorskip("h5py", reason="h5py is not installed (tools/keras-oracle/requirements.txt)")

FOLDER = Path(os.environ.get("KERAS_EXPORT", "none"))
pytestmark = pytest.mark.skipif(not (FOLDER / "model.h5").exists(), reason="KERAS_EXPORT names no folder with a model.h5")


@pytest.fixture(scope="module")
def expected():
    return json.loads((FOLDER / "expected.json").read_text())


def test_keras_counts_the_same_parameters(expected):
    model = keras.models.load_model(FOLDER / "model.h5", compile=False)
    assert model.count_params() == expected["parameters"] == 16_812_353


def test_the_python_that_the_app_shows_prints_the_engines_scores(expected, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "model.h5").symlink_to(FOLDER / "model.h5")
    code = compile((FOLDER / "snippet.py").read_text(), "snippet.py", "exec")
    for name, logit in zip(expected["pictures"], expected["logits"]):
        shutil.copy(FOLDER / f"{name}.png", tmp_path / "photo.png")
        exec(code, {})
        printed = dict(line.split(": ") for line in capsys.readouterr().out.splitlines())
        assert float(printed["before calibration"]) == pytest.approx(1 / (1 + np.exp(-logit)), abs=1e-5)
        score = float(printed["before calibration"])
        assert np.log(score / (1 - score)) == pytest.approx(logit, abs=5e-4)
        z = expected["calibration"]["slope"] * logit + expected["calibration"]["offset"]
        assert float(printed["calibrated"]) == pytest.approx(1 / (1 + np.exp(-z)), abs=1e-4)
