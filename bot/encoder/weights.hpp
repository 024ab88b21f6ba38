// What the encoder has learned, read from the bytes of encoder.bin. The README describes the format.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "bot/encoder/matrix.hpp"
#include "bot/encoder/word_pieces.hpp"
#include "core/bytes.hpp"
#include "core/result.hpp"

namespace debrief::bot::encoder {

inline constexpr std::size_t pieces_max = 128;  ///< So many pieces of a text are read; the model knows no more places.
inline constexpr std::size_t embedding_width = 256;  ///< Numbers that a piece goes in with.
inline constexpr std::size_t width = 512;            ///< Numbers that a piece has after a layer, and a text at the end.
inline constexpr std::size_t inner_width = 1536;
inline constexpr std::size_t heads = 4;

struct Norm {
    std::vector<float> gain, bias;
};

/// One layer: attention among the pieces, then two matrices on each piece, both added to what came in.
struct Layer {
    Matrix widening;  ///< Brings what came in to `width` numbers before it is added; empty where it has so many.
    Norm before_attention;
    Matrix query_key_value;  ///< Three outputs of the input's width, one behind the other.
    Matrix attended;
    Norm before_inner;
    Matrix inner_up, inner_down;
};

struct Weights {
    WordPieces pieces;
    Matrix embedding;            ///< One row a piece, no bias.
    std::vector<float> signals;  ///< pieces_max rows of embedding_width numbers: what tells the places apart.
    std::array<Layer, 2> layers;
    Matrix output;
};

/// Errors: `corrupt` if the bytes are not those of an encoder, are cut or damaged; `too_new` if a newer program wrote
/// them.
core::Result<Weights> read_weights(core::ByteView file);

}  // namespace debrief::bot::encoder
