import numpy as np
import pytest

from training.resample import centre_square, normalise, resample_square
from training.tests.make_vectors import VECTORS, draw_picture, format_vectors


def test_committed_vectors_are_what_python_gives_now() -> None:
    committed = VECTORS.read_text(encoding="utf-8")
    assert committed == format_vectors(), "run python -m training.tests.make_vectors and look at the difference"


def test_one_to_one_is_the_identity() -> None:
    image = draw_picture("hash", 128, 128)
    assert np.array_equal(resample_square(image, 0, 0, 128), image)


def test_reducing_by_two_by_hand() -> None:
    # Half width 2 source pixels: weights 1, 3, 3, 1 of 8. At the border the outer one is dropped and the rest
    # make 1: 3, 3, 1 of 7.
    row = np.array([10, 20, 40, 80], dtype=np.uint8)
    image = np.repeat(np.repeat(row[None, :, None], 4, 0), 3, 2)
    out = resample_square(image, 0, 0, 4, 2)
    assert out[0, :, 0].tolist() == [round((3 * 10 + 3 * 20 + 40) / 7), round((20 + 3 * 40 + 3 * 80) / 7)]


def test_crop_outside_the_image_raises() -> None:
    with pytest.raises(ValueError, match="outside"):
        resample_square(draw_picture("hash", 20, 20), 100, 0, 10, 8)


def test_centre_square_of_odd_remainders_is_fractional() -> None:
    assert centre_square(201, 150) == (25.5, 0.0, 150.0)
    assert centre_square(61, 97) == (0.0, 18.0, 61.0)


def test_normalise_ends() -> None:
    half = (0.5, 0.5, 0.5)
    assert normalise(np.array([[0, 255, 51]], dtype=np.uint8), half, half).tolist() == [[-1.0, 1.0, pytest.approx(-0.6)]]
    # ImageNet's mean is 0, as it was for VGG16.
    assert np.abs(normalise(np.array([[124, 117, 104]], dtype=np.uint8))).max() < 0.01
