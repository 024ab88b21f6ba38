// What a sentence is about, as 512 numbers: sentences that mean much the same have much the same numbers, whatever
// their words. Learned from English text by others; runs on the device alone, and gives the same bits on every machine.
// Source: Cer et al., "Universal Sentence Encoder", 2018 (the small transformer), with weights rounded to 8 bits.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string_view>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace debrief::bot::encoder {

/// Of length 1; all zeros for a text without any character.
using Meaning = std::array<float, 512>;

/// How close two meanings are: their cosine, -1 to 1. Sentences about different things lie at about 0 to 0.3, those
/// that say the same in other words at about 0.4 to 0.8: compare figures with each other rather than with a fixed one.
float similarity(const Meaning& a, const Meaning& b);

struct Weights;

/// Threads: const use from any number at once.
class Encoder {
public:
    /// Of a text only the first so many bytes are looked at, and of them the first 128 word pieces (about 100 words).
    static constexpr std::size_t text_max = 16'384;

    /// Reads the bytes of encoder.bin, about 7 MB; they are copied. Takes about 10 ms.
    /// Errors: `corrupt` if they are not what they should be; `too_new` if they were made for a newer program.
    static core::Result<Encoder> load(core::ByteView file);

    Encoder(Encoder&&) noexcept;
    Encoder& operator=(Encoder&&) noexcept;
    ~Encoder();

    /// The meaning of a UTF-8 text, best of one sentence. Upper and lower case differ. Every text is fine: bytes that
    /// are not UTF-8 count as unknown characters. Takes about a quarter of a millisecond a word.
    [[nodiscard]] Meaning encode(std::string_view text) const;

private:
    explicit Encoder(Weights weights);

    std::unique_ptr<const Weights> weights_;
};

}  // namespace debrief::bot::encoder
