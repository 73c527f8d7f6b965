import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
import torch

from training.codes import Codes
from training.export import golden_cases
from training.model import CONV_NAMES, Shipped
from training.quantise import choose_scales, nearest_codes
from training.tfjs_format import read_tfjs, round_to_float16, write_tfjs

MODELS = Path(__file__).parents[2] / "public" / "model"


def test_what_is_written_reads_back(tmp_path: Path) -> None:
    torch.manual_seed(0)
    model = round_to_float16(Shipped())
    names = write_tfjs(model, tmp_path)
    assert names[0] == "model.json" and all((tmp_path / n).exists() for n in names)
    spec = json.loads((tmp_path / "model.json").read_text())
    layers = [layer["config"]["name"] for layer in spec["modelTopology"]["model_config"]["config"]["layers"]]
    assert layers[0] == "input_1" and layers[-4:] == ["flatten", "dense", "dropout", "dense_1"]
    assert [n for n in layers if "conv" in n] == list(CONV_NAMES)
    shape = {w["name"]: w["shape"] for w in spec["weightsManifest"][0]["weights"]}
    assert shape["block2_conv1/kernel"] == [3, 3, 64, 128] and shape["dense/kernel"] == [8192, 256]
    (tmp_path / "manifest.json").write_text(json.dumps({"input": {"mean": [0.1, 0.2, 0.3], "std": [0.4, 0.5, 0.6]}}))
    back = read_tfjs(tmp_path)
    assert back.mean == (0.1, 0.2, 0.3) and back.std == (0.4, 0.5, 0.6)
    for (name, a), b in zip(model.state_dict().items(), back.state_dict().values()):
        assert torch.equal(a, b), name


def test_kernels_in_8_bits_read_back(tmp_path: Path) -> None:
    torch.manual_seed(0)
    model = round_to_float16(Shipped())
    codes = {}
    for name, layer in (("block4_conv2", model.features.conv["block4_conv2"]), ("dense", model.dense)):
        scale = choose_scales(layer.weight.detach().flatten(1), torch.ones(layer.weight[0].numel()))
        codes[name] = Codes(nearest_codes(layer.weight.detach(), scale).to(torch.int8), scale)
        layer.weight.data.copy_(codes[name].values())
    names = write_tfjs(model, tmp_path, codes)
    for (name, a), b in zip(model.state_dict().items(), read_tfjs(tmp_path).state_dict().values()):
        assert torch.equal(a, b), name
    (tmp_path / names[-1]).write_bytes((tmp_path / names[-1]).read_bytes() + b"\0")
    with pytest.raises(ValueError, match="bytes of weights"):
        read_tfjs(tmp_path)


@pytest.mark.parametrize("folder", sorted(p.parent for p in MODELS.glob("*/manifest.json")), ids=lambda p: p.name)
def test_shipped_files_are_what_the_manifest_says(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["version"] == folder.name
    assert {f["path"] for f in manifest["files"]} | {"manifest.json"} == {p.name for p in folder.iterdir()}
    for f in manifest["files"]:
        data = (folder / f["path"]).read_bytes()
        assert len(data) == f["sizeBytes"] and hashlib.sha256(data).hexdigest() == f["sha256"]
    assert sum(f["sizeBytes"] for f in manifest["files"]) <= 17_500_000
    assert manifest["quantisation"]["maxScoreChange"] <= 0.01 and manifest["quantisation"]["aucChange"] <= 0.001


@pytest.mark.parametrize("folder", sorted(p.parent for p in MODELS.glob("*/manifest.json")), ids=lambda p: p.name)
def test_golden_answers_come_from_the_shipped_weights(folder: Path) -> None:
    stored = json.loads((folder / "golden.json").read_text())["cases"]
    for old, new in zip(stored, golden_cases(read_tfjs(folder)), strict=True):
        assert old["inputSha256"] == new["inputSha256"]
        assert old["logit"] == pytest.approx(new["logit"], abs=1e-9)
        for a, b in zip(old["layers"], new["layers"], strict=True):
            assert a["name"] == b["name"]
            assert np.allclose([a["mean"], a["max"]], [b["mean"], b["max"]], rtol=1e-9)
