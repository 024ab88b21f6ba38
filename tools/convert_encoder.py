#!/usr/bin/env python3
"""Makes encoder.bin, the sentence encoder that the program loads, from the files of the npm package.

usage: convert_encoder.py FOLDER OUTPUT

FOLDER holds model.json, vocab.json and the shards group1-shard1of7 … 7of7, as './dev deps' puts them there. The same
input gives the same bytes on every machine: only IEEE additions, multiplications and divisions, in a fixed order. The
format is described in bot/encoder/README.md. Needs nothing but the standard library; takes a few seconds.
"""
import array
import json
import os
import struct
import sys

MAGIC = b"debrenc\n"
VERSION = 1
ROOT = "module_apply_default/Encoder_en/"
KONA = ROOT + "KonaTransformer/Encode/"
KERNELS = "module/Encoder_en/KonaTransformer/Encode/"
TO_SIGNED = bytes((value + 128) % 256 for value in range(256))


def read_weights(folder):
    """Every tensor of the package that holds floats, by name: (shape, array of floats)."""
    with open(os.path.join(folder, "model.json"), encoding="utf-8") as file:
        manifest = json.load(file)["weightsManifest"]
    tensors = {}
    for group in manifest:
        data = bytearray()
        for path in group["paths"]:
            with open(os.path.join(folder, path), "rb") as shard:
                data += shard.read()
        at = 0
        for entry in group["weights"]:
            count = 1
            for size in entry["shape"]:
                count *= size
            if entry["dtype"] == "float32":
                floats = array.array("f", bytes(data[at:at + 4 * count]))
                if sys.byteorder == "big":
                    floats.byteswap()
                tensors[entry["name"]] = (entry["shape"], floats)
            at += 4 * count  # The package holds 4-byte numbers only.
        if at != len(data):
            raise ValueError(f"the shards hold {len(data)} bytes, the manifest names {at}")
    return tensors


def floats(values):
    return struct.pack(f"<{len(values)}f", *values)


def quantised(rows):
    """A matrix as one scale a row, then the rows as signed bytes: value = scale * byte."""
    scales, bodies = [], []
    for row in rows:
        largest = max(max(row), -min(row))
        scale = struct.unpack("<f", struct.pack("<f", largest / 127.0))[0]
        factor = 1.0 / scale if scale > 0 else 0.0
        # A scale that was rounded down would carry the largest value one past the end.
        lifted = bytes([min(int(value * factor + 128.5), 255) for value in row])
        scales.append(scale)
        bodies.append(lifted.translate(TO_SIGNED))
    return floats(scales) + b"".join(bodies)


class Model:
    def __init__(self, tensors):
        self.tensors = tensors

    def vector(self, name, size):
        shape, values = self.tensors[name]
        if len(values) != size:
            raise ValueError(f"{name} has the shape {shape}, not {size} numbers")
        return floats(values)

    def columns(self, name, inputs, outputs):
        """A kernel that maps `inputs` to `outputs` numbers; a row of the result belongs to one output."""
        shape, values = self.tensors[name]
        if shape[-2:] != [inputs, outputs] or len(values) != inputs * outputs:
            raise ValueError(f"{name} has the shape {shape}, not {inputs} x {outputs}")
        return quantised([values[column::outputs] for column in range(outputs)])

    def rows(self, name, count, width):
        """The first `count` rows of a table."""
        shape, values = self.tensors[name]
        if shape[-1] != width or shape[0] < count:
            raise ValueError(f"{name} has the shape {shape}, not at least {count} x {width}")
        return quantised([values[row * width:(row + 1) * width] for row in range(count)])

    def norm(self, place, size):
        place += "layer_prepostprocess/layer_norm/layer_norm_"
        return self.vector(place + "scale/ConcatPartitions/concat", size) + \
            self.vector(place + "bias/ConcatPartitions/concat", size)

    def layer(self, number, width):
        """One layer of the transformer: `width` numbers a piece go in, 512 come out."""
        place = f"{KONA}Layer_{number}/TransformerLayer/"
        kernels = f"{KERNELS}Layer_{number}/TransformerLayer/"
        stack = f"{KONA}TransformerStack/Layer_{number}/TransformerLayer/"
        parts = []
        if width != 512:
            parts += [self.columns(place + "dense/kernel/ConcatPartitions/concat", width, 512),
                      self.vector(place + "dense/bias/ConcatPartitions/concat", 512)]
        parts.append(self.norm(place, width))
        for name, outputs in (("qkv", 3 * width), ("output", 512)):
            inner = f"MultiheadAttention/{name}_transform_single/"
            parts += [self.columns(kernels + inner + "kernel/part_0", width, outputs),
                      self.vector(place + inner + "bias/ConcatPartitions/concat", outputs)]
        parts.append(self.norm(place + "FFN/", 512))
        for name, inputs, outputs in (("conv1", 512, 1536), ("conv2", 1536, 512)):
            parts += [self.columns(f"{stack}FFN/{name}/Tensordot/Reshape_1", inputs, outputs),
                      self.vector(f"{place}FFN/{name}/bias/ConcatPartitions/concat", outputs)]
        return b"".join(parts)


def vocabulary(folder):
    """(number of pieces, their bytes). Colons have no weight in the package; they count as 0 there."""
    with open(os.path.join(folder, "vocab.json"), encoding="utf-8") as file:
        pieces = json.load(file)
    words = [word.encode("utf-8") for word, _ in pieces]
    weights = [float(weight or 0) for _, weight in pieces]
    body = struct.pack(f"<{len(weights)}d", *weights)
    return len(pieces), body + b"".join(bytes([len(word)]) + word for word in words)


def checksum(payload):
    """FNV-1a over words of eight bytes, the last one filled up with zeros."""
    padded = payload + bytes(-len(payload) % 8)
    words = array.array("Q", padded)
    if sys.byteorder == "big":
        words.byteswap()
    state = 0xcbf29ce484222325
    for word in words:
        state = ((state ^ word) * 0x100000001b3) & 0xffffffffffffffff
    return state


def convert(folder):
    model = Model(read_weights(folder))
    count, words = vocabulary(folder)
    payload = b"".join([
        words,
        model.rows("module/Embeddings_en", count, 256),
        model.vector(KONA + "TransformerStack/Layer_0/AddTimingSignal/TimingSignal/ExpandDims_1", 128),
        model.layer(0, 256),
        model.layer(1, 512),
        model.columns("module/Encoder_en/hidden_layers/tanh_layer_0/weights", 512, 512),
        model.vector("module/Encoder_en/hidden_layers/tanh_layer_0/bias", 512),
    ])
    return MAGIC + struct.pack("<IIQQ", VERSION, count, len(payload), checksum(payload)) + payload


def main(arguments):
    if len(arguments) != 2:
        sys.exit(__doc__)
    folder, output = arguments
    try:
        made = convert(folder)
    except (OSError, KeyError, ValueError) as error:
        sys.exit(f"convert_encoder: {folder} does not hold the encoder that was expected: {error}")
    with open(output + ".part", "wb") as file:
        file.write(made)
    os.replace(output + ".part", output)


if __name__ == "__main__":
    main(sys.argv[1:])
