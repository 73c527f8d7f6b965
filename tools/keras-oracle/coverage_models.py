"""Small models that between them have every kind of layer that the app reads. `k` is Keras 3 or tf_keras (Keras 2)."""

import numpy as np


def mobilenet(k):
    """Like MobileNet V2: depthwise convolutions, ReLU6, batch normalisation (one frozen), an inverted residual."""
    L = k.layers
    i = x = L.Input((33, 33, 3), name="photo")
    x = L.Conv2D(8, 3, strides=2, padding="same", use_bias=False, name="Conv1")(x)
    x = L.BatchNormalization(epsilon=1e-3, momentum=0.99, name="bn_Conv1")(x)
    x = L.ReLU(6.0, name="Conv1_relu")(x)
    for n, stride in ((1, 1), (2, 2)):
        y = x
        x = L.Conv2D(16, 1, use_bias=False, name=f"b{n}_expand")(x)
        x = L.BatchNormalization(name=f"b{n}_expand_BN", trainable=n != 2)(x)
        x = L.Activation("relu6", name=f"b{n}_expand_relu")(x)
        if stride == 2:
            x = L.ZeroPadding2D(((0, 1), (1, 2)), name=f"b{n}_pad")(x)
        x = L.DepthwiseConv2D(
            3, strides=stride, padding="same" if stride == 1 else "valid", use_bias=False, name=f"b{n}_depthwise"
        )(x)
        x = L.BatchNormalization(scale=n == 1, name=f"b{n}_depthwise_BN")(x)
        x = L.ReLU(max_value=6, negative_slope=0.1, threshold=0.05, name=f"b{n}_depthwise_relu")(x)
        x = L.Conv2D(8, 1, use_bias=False, name=f"b{n}_project")(x)
        x = L.BatchNormalization(center=n == 1, name=f"b{n}_project_BN")(x)
        if stride == 1:
            x = L.Add(name=f"b{n}_add")([y, x])
    x = L.GlobalAveragePooling2D(name="gap")(x)
    x = L.Reshape((1, 1, 8), name="reshape_1")(x)
    x = L.Dropout(0.3, name="dropout")(x)
    x = L.Conv2D(1, (1, 1), name="conv_preds")(x)
    x = L.Flatten(name="flat")(x)
    x = L.Activation("sigmoid", name="act_sigmoid")(x)
    return k.Model(i, x, name="tiny_mobilenet")


def resnet(k):
    """Like ResNet-50: padding by a layer, a projected shortcut, softmax over two classes."""
    L = k.layers
    i = L.Input((32, 32, 3), name="input_1")
    x = L.ZeroPadding2D(3, name="conv1_pad")(i)
    x = L.Conv2D(8, 7, strides=2, name="conv1_conv")(x)
    x = L.BatchNormalization(epsilon=1.001e-5, name="conv1_bn")(x)
    x = L.Activation("relu", name="conv1_relu")(x)
    x = L.ZeroPadding2D((1, 1), name="pool1_pad")(x)
    x = L.MaxPooling2D(3, strides=2, name="pool1_pool")(x)
    shortcut = L.Conv2D(12, 1, strides=2, name="b1_0_conv")(x)
    x = L.Conv2D(4, 1, strides=2, activation="relu", name="b1_1_conv")(x)
    x = L.Conv2D(12, 3, padding="SAME", kernel_regularizer="l2", name="b1_2_conv")(x)
    x = L.Add(name="b1_add")([shortcut, x])
    x = L.Activation("relu", name="b1_out")(x)
    x = L.GlobalAveragePooling2D(keepdims=True, name="avg_pool")(x)
    x = L.Flatten(name="flatten")(x)
    x = L.Dense(2, activation="softmax", name="predictions")(x)
    return k.Model(i, x, name="tiny_resnet")


def inception(k):
    """Like Inception: branches joined, kernels that are not square, dilations, 'same' pools of odd sizes."""
    L = k.layers
    i = L.Input((21, 26, 3), name="photo")
    x = L.Conv2D(6, (3, 2), strides=(1, 2), padding="same", activation="elu", name="stem")(i)
    a = L.Conv2D(4, 1, activation="relu", name="a")(x)
    b = L.Conv2D(4, (1, 5), padding="same", activation="tanh", name="b1")(x)
    b = L.Conv2D(4, (5, 1), padding="same", activation="softplus", name="b2")(b)
    c = L.AveragePooling2D(3, strides=1, padding="same", name="c_pool")(x)
    c = L.Conv2D(3, 3, padding="same", dilation_rate=2, activation="swish", name="c_dilated")(c)
    d = L.MaxPooling2D((3, 2), strides=1, padding="same", name="d_pool")(x)
    x = L.Concatenate(name="mixed0")([a, b, c, d])
    x = L.AveragePooling2D(2, strides=2, padding="same", name="mixed0_pool")(x)
    y = L.Conv2D(5, 3, dilation_rate=(2, 1), activation="hard_sigmoid" if k.__version__ < "3" else "linear", name="e")(x)
    y = L.Activation("softsign", name="e_act")(y)
    g = L.GlobalMaxPooling2D(name="gmp")(y)
    h = L.GlobalAveragePooling2D(name="gap")(x)
    x = L.Concatenate(axis=-1, name="features")([g, h])
    x = L.Dense(7, activation="selu", name="fc")(x)
    x = L.Dense(1, activation="linear", name="logit")(x)
    return k.Model(i, x, name="tiny_inception")


def nested(k):
    """The tutorial's kind: a Sequential of a VGG, which is a model of its own, and a head; and a Sequential within."""
    L = k.layers
    i = x = L.Input((32, 32, 3), name="input_1")
    for block, channels in ((1, 4), (2, 6)):
        for conv in (1, 2):
            x = L.Conv2D(channels, 3, padding="same", activation="relu", name=f"block{block}_conv{conv}")(x)
        x = L.MaxPooling2D(2, name=f"block{block}_pool")(x)
    vgg = k.Model(i, x, name="vgg16")
    vgg.trainable = False
    middle = k.Sequential(
        [
            L.Input((8, 8, 6)),
            L.Conv2D(5, 3, name="inner_conv"),
            L.BatchNormalization(name="inner_bn"),
            L.Conv2D(4, 1, use_bias=False, name="inner_conv_2"),
            L.BatchNormalization(name="inner_bn_2"),
        ],
        name="sequential_1",
    )
    return k.Sequential(
        [
            L.Input((32, 32, 3)),
            vgg,
            middle,
            L.Flatten(name="flatten"),
            L.Dense(8, activation="relu", name="dense"),
            L.Dropout(0.5, name="dropout"),
            L.Dense(1, activation="sigmoid", name="dense_1"),
        ],
        name="sequential_3",
    )


def mixed(k):
    """Separable convolutions, up-sampling, gates, merges, the activations that are layers, what only training uses."""
    L = k.layers
    is2 = k.__version__ < "3"
    slope = {"alpha": 0.2} if is2 else {"negative_slope": 0.2}
    i = L.Input((16, 16, 3), name="photo")
    x = L.SeparableConv2D(6, 3, padding="same", depth_multiplier=2, activation="relu", name="sep_1")(i)
    x = L.LeakyReLU(**slope, name="leaky")(x)
    x = L.SeparableConv2D(6, 3, strides=2, use_bias=False, name="sep_2")(x)
    x = L.PReLU(shared_axes=[1, 2], alpha_initializer="glorot_uniform", name="prelu")(x)
    x = L.SpatialDropout2D(0.1, name="spatial_dropout")(x)
    x = L.DepthwiseConv2D(3, depth_multiplier=2, padding="same", name="dw")(x)
    x = L.ELU(0.7, name="elu")(x)
    x = L.GaussianNoise(0.1, name="noise")(x)
    s = L.GlobalAveragePooling2D(name="se_squeeze")(x)
    s = L.Reshape((1, 1, -1), name="se_reshape")(s)
    s = L.Dense(12, activation="sigmoid", name="se_gate")(s)
    x = L.Multiply(name="se_excite")([x, s])
    u = L.UpSampling2D((2, 3), name="up_nearest")(x)
    v = L.UpSampling2D((2, 3), interpolation="bilinear", name="up_bilinear")(x)
    a = L.Average(name="average")([u, v])
    m = L.Maximum(name="maximum")([u, v])
    d = L.Subtract(name="subtract")([a, m])
    x = L.Minimum(name="minimum")([d, u])
    x = L.Cropping2D(((1, 2), (0, 3)), name="crop")(x)
    x = L.PReLU(alpha_initializer="glorot_uniform", name="prelu_full")(x)
    x = L.Conv2DTranspose(4, 3, strides=2, padding="same", name="transpose")(x)
    x = L.Softmax(name="softmax")(x)
    x = L.Permute((3, 1, 2), name="permute")(x)
    x = L.Reshape((4, -1), name="rows")(x)
    x = L.Flatten(name="flatten")(x)
    x = L.GaussianDropout(0.1, name="gaussian_dropout")(x)
    x = L.Dense(3, activation="softmax", name="classes")(x)
    return k.Model(i, x, name="tiny_mixed")


def preprocessing(k):
    """What newer models bring along: their own scaling of pixels, grouped convolutions, gelu, layer normalisation."""
    L = k.layers
    norm = L.Normalization(mean=[0.485, 0.456, 0.406], variance=[0.0524, 0.0502, 0.0506], name="normalization")
    learned = L.Normalization(name="normalization_1")
    learned.adapt(np.random.default_rng(7).normal(0.4, 1.7, (8, 16, 16, 3)).astype(np.float32))
    i = L.Input((16, 16, 3), name="photo")
    x = L.Rescaling(1 / 127.5, offset=-1.0, name="rescaling")(i)
    x = norm(x)
    x = learned(x)
    x = L.Rescaling([1.0, 0.5, 2.0], name="rescaling_1")(x)
    x = L.RandomFlip("horizontal", name="random_flip")(x)
    x = L.RandomRotation(0.2, name="random_rotation")(x)
    x = L.Conv2D(8, 3, padding="same", activation="gelu", name="conv")(x)
    x = L.Conv2D(12, 3, groups=4, strides=2, padding="same", name="grouped")(x)
    x = L.LayerNormalization(name="layer_norm")(x)
    x = L.Activation("gelu", name="gelu")(x)
    x = L.Conv2D(6, 3, groups=2, activation="exponential", name="grouped_2")(x)
    x = L.BatchNormalization(name="bn")(x)
    x = L.GlobalAveragePooling2D(name="gap")(x)
    x = L.Dense(1, name="dense")(x)
    return k.Model(i, x, name="tiny_preprocessing")


def operations(k):
    """Calls without layers: the preprocessing of Keras's applications, arithmetic with numbers, a layer called twice."""
    L = k.layers
    i = L.Input((12, 12, 3), name="photo")
    x = k.applications.mobilenet_v2.preprocess_input(i)
    twice = L.Conv2D(3, 3, padding="same", activation="relu", name="twice")
    x = twice(twice(x))
    y = x + 3.0
    y = L.ReLU(6.0, name="relu6")(y) * (1 / 6)
    x = 2.0 - x * y
    z = k.applications.resnet50.preprocess_input(i) / np.array([200.0, 100.0, 50.0], np.float32)
    z = L.Conv2D(3, 1, name="one")(z)
    x = L.Concatenate(name="both")([x, z])
    x = L.Conv2D(4, 3, name="last")(x)
    x = k.activations.relu(x) if k.__version__ < "3" else k.ops.relu(x)
    x = L.GlobalAveragePooling2D(name="gap")(x)
    x = L.Dense(1, activation="sigmoid", name="score")(x)
    return k.Model(i, x, name="tiny_operations")


COVERAGE = {f.__name__: f for f in (mobilenet, resnet, inception, nested, mixed, preprocessing, operations)}
