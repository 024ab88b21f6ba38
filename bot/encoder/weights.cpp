#include "bot/encoder/weights.hpp"

#include <bit>
#include <cmath>
#include <cstring>
#include <optional>
#include <string>
#include <utility>

#include "bot/encoder/arithmetic.hpp"

namespace debrief::bot::encoder {
namespace {

constexpr std::string_view magic = "debrenc\n";
constexpr std::uint32_t version = 1;
constexpr std::size_t header_size = 32;
constexpr float number_max = 1e6F;  // The real ones stay below 100; beyond this, sums might leave the floats.

core::Error damaged(const std::string& what) {
    return {core::Errc::corrupt, "The sentence encoder's file " + what + ".", {}, "Build it again with './dev build'."};
}

std::uint64_t little_endian(core::ByteView bytes) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) number |= std::uint64_t{bytes[i]} << (8U * i);
    return number;
}

/// FNV-1a over words of eight bytes, the last one filled up with zeros. Every change of one word changes it.
std::uint64_t checksum(core::ByteView bytes) {
    std::uint64_t state = 0xcbf29ce484222325U;
    for (std::size_t i = 0; i < bytes.size(); i += 8) {
        state = (state ^ little_endian(bytes.subspan(i, std::min<std::size_t>(8, bytes.size() - i)))) * 0x100000001b3U;
    }
    return state;
}

/// Takes what it is asked for from the front of the bytes. Once something is missing or impossible it gives zeros and
/// stays bad; the caller asks at the end.
class Reader {
public:
    explicit Reader(core::ByteView bytes) : rest_(bytes) {}

    [[nodiscard]] bool good() const { return good_; }
    [[nodiscard]] bool at_end() const { return rest_.empty(); }

    core::ByteView take(std::size_t count) {
        if (count > rest_.size()) {
            good_ = false;
            rest_ = {};
            return {};
        }
        const auto taken = rest_.first(count);
        rest_ = rest_.subspan(count);
        return taken;
    }

    std::vector<float> floats(std::size_t count) {
        std::vector<float> made(count);
        const auto bytes = take(4 * count);
        if (bytes.empty()) return made;
        for (std::size_t i = 0; i < count; ++i) {
            const float number =
                std::bit_cast<float>(static_cast<std::uint32_t>(little_endian(bytes.subspan(4 * i, 4))));
            if (number >= -number_max && number <= number_max) {
                made[i] = number;
            } else {
                good_ = false;
            }
        }
        return made;
    }

    /// A matrix without bias.
    Matrix table(std::size_t rows, std::size_t columns) {
        Matrix made{rows, columns, floats(rows), std::vector<std::int8_t>(rows * columns), {}};
        const auto bytes = take(rows * columns);
        if (!bytes.empty()) std::memcpy(made.weights.data(), bytes.data(), bytes.size());
        return made;
    }

    Matrix matrix(std::size_t rows, std::size_t columns) {
        Matrix made = table(rows, columns);
        made.bias = floats(rows);
        return made;
    }

    Norm norm(std::size_t size) {
        Norm made;
        made.gain = floats(size);
        made.bias = floats(size);
        return made;
    }

    Layer layer(std::size_t input) {
        Layer made;
        if (input != width) made.widening = matrix(width, input);
        made.before_attention = norm(input);
        made.query_key_value = matrix(3 * input, input);
        made.attended = matrix(width, input);
        made.before_inner = norm(width);
        made.inner_up = matrix(inner_width, width);
        made.inner_down = matrix(width, inner_width);
        return made;
    }

    std::vector<WordPieces::Piece> vocabulary(std::size_t count) {
        std::vector<WordPieces::Piece> made(count);
        const auto weights = take(8 * count);
        for (std::size_t i = 0; i < count && good_; ++i) {
            made[i].weight = std::bit_cast<double>(little_endian(weights.subspan(8 * i, 8)));
            const auto length = take(1);
            if (good_) made[i].text = core::as_text(take(length[0]));
        }
        return made;
    }

private:
    core::ByteView rest_;
    bool good_ = true;
};

/// Nothing if the header fits what follows it.
std::optional<core::Error> wrong_with(core::ByteView file) {
    if (file.size() < header_size || core::as_text(file.first(magic.size())) != magic) {
        return damaged("is not one");
    }
    if (little_endian(file.subspan(8, 4)) != version) {
        return core::Error{core::Errc::too_new, "The sentence encoder's file was made for a newer version.", {}, {}};
    }
    const auto payload = file.subspan(header_size);
    if (little_endian(file.subspan(16, 8)) != payload.size()) return damaged("is cut, or something follows it");
    if (little_endian(file.subspan(24, 8)) != checksum(payload)) return damaged("is damaged: its checksum differs");
    return std::nullopt;
}

}  // namespace

core::Result<Weights> read_weights(core::ByteView file) {
    if (auto error = wrong_with(file)) return *std::move(error);
    Reader reader{file.subspan(header_size)};
    const auto count = static_cast<std::size_t>(little_endian(file.subspan(12, 4)));
    if (count > file.size()) return damaged("names more word pieces than it can hold");
    auto pieces = WordPieces::make(reader.vocabulary(count));
    if (!pieces) return pieces.error();
    Weights made{*std::move(pieces), reader.table(count, embedding_width), {}, {}, {}};
    const auto rates = reader.floats(embedding_width / 2);
    made.layers = {reader.layer(embedding_width), reader.layer(width)};
    made.output = reader.matrix(width, width);
    if (!reader.good()) return damaged("lacks something, or holds a number that cannot be");
    if (!reader.at_end()) return damaged("holds more than it should");
    made.signals = position_signals(pieces_max, rates);
    return made;
}

}  // namespace debrief::bot::encoder
