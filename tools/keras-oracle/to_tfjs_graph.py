"""A Keras 2 .h5 -> a folder in the tfjs graph format, by the tensorflowjs package. A process of its own: it wants tf.keras 2."""

import sys
import tempfile

import to_tfjs  # noqa: F401  sets up what the package imports

import tf_keras  # noqa: E402
from tensorflowjs.converters import tf_saved_model_conversion_v2 as converter  # noqa: E402

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as saved:
        tf_keras.models.load_model(sys.argv[1]).export(saved)
        converter.convert_tf_saved_model(saved, sys.argv[2])
