#include "bot/encoder/encoder.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>
#include <vector>

#include "bot/encoder/arithmetic.hpp"
#include "bot/encoder/weights.hpp"

namespace debrief::bot::encoder {
namespace {

using Rows = std::vector<float>;  // One row of numbers for each piece of the text, one behind the other.

static_assert(std::tuple_size_v<Meaning> == width);

Rows embedded(const Weights& weights, std::span<const PieceId> pieces) {
    Rows rows(pieces.size() * embedding_width);
    for (std::size_t place = 0; place < pieces.size(); ++place) {
        const std::size_t piece = pieces[place];
        const float scale = 2.0F * weights.embedding.scales[piece];  // The model adds the embedding twice.
        for (std::size_t i = 0; i < embedding_width; ++i) {
            const std::size_t at = place * embedding_width + i;
            rows[at] = scale * static_cast<float>(weights.embedding.weights[piece * embedding_width + i]) +
                       weights.signals[at];
        }
    }
    return rows;
}

Rows normalised(const Norm& norm, const Rows& rows) {
    Rows out(rows.size());
    const std::size_t size = norm.gain.size();
    for (std::size_t start = 0; start < rows.size(); start += size) {
        normalise(std::span{rows}.subspan(start, size), norm.gain, norm.bias, std::span{out}.subspan(start, size));
    }
    return out;
}

Rows mapped(const Matrix& matrix, const Rows& rows) {
    return multiply(matrix, rounded(rows, matrix.columns));
}

void add(Rows& to, const Rows& from) {
    for (std::size_t i = 0; i < to.size(); ++i) to[i] += from[i];
}

/// Each piece looks at all pieces of the text. A row of `input` holds query, key and value; a row of the result is as
/// wide as one of them.
Rows attention(const Rows& input, std::size_t size) {
    const std::size_t stride = 3 * size, count = input.size() / stride, head_size = size / heads;
    const float factor = 1.0F / std::sqrt(static_cast<float>(head_size));
    Rows out(count * size);
    std::vector<float> shares(count);
    for (std::size_t head = 0; head < heads; ++head) {
        const float* queries = input.data() + head * head_size;
        const float* keys = queries + size;
        const float* values = keys + size;
        for (std::size_t from = 0; from < count; ++from) {
            for (std::size_t to = 0; to < count; ++to) {
                shares[to] = factor * dot(queries + from * stride, keys + to * stride, head_size);
            }
            softmax(shares);
            float* sum = out.data() + from * size + head * head_size;
            for (std::size_t to = 0; to < count; ++to) {
                const float* value = values + to * stride;
                for (std::size_t i = 0; i < head_size; ++i) sum[i] += shares[to] * value[i];
            }
        }
    }
    return out;
}

Rows passed_through(const Layer& layer, Rows rows) {
    const std::size_t size = layer.before_attention.gain.size();
    const Rows looked = attention(mapped(layer.query_key_value, normalised(layer.before_attention, rows)), size);
    if (layer.widening.rows != 0) rows = mapped(layer.widening, rows);
    add(rows, mapped(layer.attended, looked));
    Rows inner = mapped(layer.inner_up, normalised(layer.before_inner, rows));
    for (float& x : inner) x = x > 0.0F ? x : 0.0F;
    add(rows, mapped(layer.inner_down, inner));
    return rows;
}

Rows mean_of(const Rows& rows) {
    Rows mean(width);
    for (std::size_t i = 0; i < rows.size(); ++i) mean[i % width] += rows[i];
    const std::size_t count = rows.size() / width;
    for (float& x : mean) x /= static_cast<float>(count);
    return mean;
}

/// The text up to its limit, without half a character at the end.
std::string_view cut(std::string_view text) {
    if (text.size() <= Encoder::text_max) return text;
    const auto starts_character = [&](std::size_t i) { return (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U; };
    std::size_t end = Encoder::text_max;
    for (std::size_t back = 0; back < 4; ++back) {
        if (starts_character(Encoder::text_max - back)) {
            end = Encoder::text_max - back;
            break;
        }
    }
    return text.substr(0, end);
}

}  // namespace

float similarity(const Meaning& a, const Meaning& b) {
    return dot(a.data(), b.data(), a.size());
}

Encoder::Encoder(Weights weights) : weights_(std::make_unique<const Weights>(std::move(weights))) {}
Encoder::Encoder(Encoder&&) noexcept = default;
Encoder& Encoder::operator=(Encoder&&) noexcept = default;
Encoder::~Encoder() = default;

core::Result<Encoder> Encoder::load(core::ByteView file) {
    auto weights = read_weights(file);
    if (!weights) return weights.error();
    return Encoder{*std::move(weights)};
}

Meaning Encoder::encode(std::string_view text) const {
    Meaning meaning{};
    const auto all = weights_->pieces.split(cut(text));
    if (all.empty()) return meaning;
    Rows rows = embedded(*weights_, std::span{all}.first(std::min(all.size(), pieces_max)));
    for (const Layer& layer : weights_->layers) rows = passed_through(layer, std::move(rows));
    const Rows output = mapped(weights_->output, mean_of(rows));
    std::transform(output.begin(), output.end(), meaning.begin(), tanh_of);
    give_unit_length(meaning);
    return meaning;
}

}  // namespace debrief::bot::encoder
