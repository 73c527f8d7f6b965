"""A Keras 2 .h5 -> a folder in the tfjs layers format, by the tensorflowjs package. A process of its own: it wants tf.keras 2."""

import os
import sys
import types

os.environ["TF_USE_LEGACY_KERAS"] = "1"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
# What the package imports and this conversion does not use.
for name in ("tensorflow_decision_forests", "jax", "jax.experimental", "jax.experimental.jax2tf"):
    sys.modules[name] = types.ModuleType(name)
sys.modules["jax.experimental"].jax2tf = sys.modules["jax.experimental.jax2tf"]

from tensorflowjs.converters.converter import dispatch_keras_h5_to_tfjs_layers_model_conversion as convert  # noqa: E402

if __name__ == "__main__":
    convert(sys.argv[1], output_dir=sys.argv[2])
