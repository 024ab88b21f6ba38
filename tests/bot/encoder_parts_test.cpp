// The parts of the encoder that need no weights.
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "bot/encoder/arithmetic.hpp"
#include "bot/encoder/matrix.hpp"
#include "bot/encoder/word_pieces.hpp"

using namespace debrief;
using namespace debrief::bot::encoder;

namespace {

using Vocabulary = std::vector<WordPieces::Piece>;

Vocabulary small_vocabulary() {
    Vocabulary pieces(WordPieces::marks, {"mark", 0.0});
    for (const auto& [text, weight] : Vocabulary{{"\xE2\x96\x81", -3.0},  // 6: a blank
                                                 {"a", -4.0},             // 7
                                                 {"b", -4.5},             // 8
                                                 {"ab", -5.0},            // 9
                                                 {"\xE2\x96\x81"
                                                  "a",
                                                  -8},              // 10
                                                 {"ab", -20.0}}) {  // 11: takes the place of 9
        pieces.push_back({text, weight});
    }
    return pieces;
}

using Ids = std::vector<PieceId>;

}  // namespace

TEST_CASE("the heaviest way to cut a text is taken", "[encoder]") {
    const auto pieces = WordPieces::make(small_vocabulary());
    REQUIRE(pieces);
    CHECK(pieces->split("").empty());
    CHECK(pieces->split("a") == Ids{6, 7});
    CHECK(pieces->split("ab") == Ids{6, 7, 8});  // The later "ab" counts, and it weighs less than its letters.
    CHECK(pieces->split(" ") == Ids{6, 6});
    CHECK(pieces->split("axxb") == Ids{6, 7, 0, 8});  // A run of unknown characters is one piece.
    CHECK(pieces->split("\xF0\x9F\x98\x80") == Ids{6, 0});
    CHECK(pieces->split("a\xFF\xFE"
                        "b") == Ids{6, 7, 0, 8});
    CHECK(pieces->split("mark") == Ids{6, 0, 7, 0});
    CHECK(pieces->split("\xEF\xBD\x81") == Ids{6, 7});  // A wide "a" is an "a".
}

TEST_CASE("a vocabulary that cannot be is refused", "[encoder]") {
    const auto refused = [](Vocabulary pieces) { return !WordPieces::make(pieces); };
    CHECK(refused({}));
    CHECK(refused(Vocabulary(WordPieces::marks, {"mark", 0.0})));
    CHECK(refused(Vocabulary(70'000, {"a", 0.0})));
    for (const WordPieces::Piece& wrong :
         Vocabulary{{"", -1.0}, {"\xC3", -1.0}, {"c", std::nan("")}, {"c", HUGE_VAL}}) {
        auto pieces = small_vocabulary();
        pieces.push_back(wrong);
        CHECK(refused(pieces));
    }
}

TEST_CASE("products are summed exactly, up to the largest", "[encoder]") {
    Matrix matrix{8,
                  columns_max,
                  std::vector<float>(8, 0.5F),
                  std::vector<std::int8_t>(8 * columns_max),
                  {0, 1, 2, 3, 4, 5, 6, 7}};
    for (std::size_t i = 0; i < matrix.weights.size(); ++i) {
        matrix.weights[i] = static_cast<std::int8_t>(i < columns_max ? -128 : static_cast<int>(i * 37 % 255) - 127);
    }
    for (const std::size_t count : {1U, 2U, 3U}) {
        RoundedRows rows{columns_max, std::vector<float>(count, 2.0F), std::vector<std::int16_t>(count * columns_max)};
        for (std::size_t i = 0; i < rows.values.size(); ++i) {
            rows.values[i] =
                static_cast<std::int16_t>(i < columns_max ? -8191 : static_cast<int>(i * 101 % 16383) - 8191);
        }
        const auto out = multiply(matrix, rows);
        REQUIRE(out.size() == count * 8);
        for (std::size_t at = 0; at < out.size(); ++at) {
            const std::size_t row = at / 8, r = at % 8;
            std::int64_t sum = 0;
            for (std::size_t c = 0; c < columns_max; ++c) {
                sum += std::int64_t{matrix.weights[r * columns_max + c]} * rows.values[row * columns_max + c];
            }
            CHECK(out[at] == static_cast<float>(sum) + static_cast<float>(r));
        }
    }
}

TEST_CASE("numbers are rounded to the nearest step of their row", "[encoder]") {
    const float infinite = std::numeric_limits<float>::infinity();
    std::vector<float> rows(5 * 16, 0.0F);
    rows[0] = 1.0F, rows[1] = -1.0F, rows[2] = 0.25F;
    rows[32] = infinite, rows[33] = 1.0F;
    rows[48] = std::nanf(""), rows[49] = 1.0F;
    rows[64] = std::numeric_limits<float>::max(), rows[65] = 1.0F;
    const auto made = rounded(rows, 16);
    CHECK(made.values[0] == 8191);
    CHECK(made.values[1] == -8191);
    CHECK(made.values[2] == 2048);
    CHECK(made.scales[0] == Approx(1.0 / 8191));
    for (const std::size_t row : {1U, 2U, 3U}) {
        CHECK(made.scales[row] == 0.0F);
        for (std::size_t i = 0; i < 16; ++i) CHECK(made.values[row * 16 + i] == 0);
    }
    CHECK(made.values[64] == 8191);
    CHECK(made.values[65] == 0);
}

TEST_CASE("the functions are right to the last digits of a float", "[encoder]") {
    for (int i = 0; i <= 8700; ++i) {
        const float x = -0.01F * static_cast<float>(i);
        CAPTURE(x);
        if (x > -87.0F) REQUIRE(exp_negative(x) == Approx(std::exp(double{x})).epsilon(4e-7));
        const float t = static_cast<float>(i - 4350) / 500.0F;
        REQUIRE(tanh_of(t) == Approx(std::tanh(double{t})).margin(3e-7));
    }
    CHECK(exp_negative(-1000.0F) == 0.0F);
    CHECK(exp_negative(std::nanf("")) == 0.0F);
    CHECK(exp_negative(0.0F) == 1.0F);
    CHECK(exp_negative(5.0F) == 1.0F);

    const std::vector<float> rates{1.0F, 0.5F, 1e-4F, 0.0F};
    const auto table = position_signals(128, rates);
    for (std::size_t position = 0; position < 128; ++position) {
        for (std::size_t i = 0; i < rates.size(); ++i) {
            const double angle = static_cast<double>(position) * double{rates[i]};
            CHECK(table[position * 8 + i] == Approx(std::sin(angle)).margin(1e-7));
            CHECK(table[position * 8 + 4 + i] == Approx(std::cos(angle)).margin(1e-7));
        }
    }
}

TEST_CASE("rows are normalised and shared out", "[encoder]") {
    std::vector<float> row{1, 2, 3, 4, 5, 6, 7, 8}, gain(8, 2.0F), bias(8, 0.5F), out(8);
    normalise(row, gain, bias, out);
    CHECK(out[0] == Approx(0.5 - 2 * 3.5 / std::sqrt(5.25)).epsilon(1e-5));
    CHECK(out[7] == Approx(0.5 + 2 * 3.5 / std::sqrt(5.25)).epsilon(1e-5));
    CHECK(dot(row.data(), row.data(), 8) == 204.0F);

    softmax(row);
    CHECK(std::accumulate(row.begin(), row.end(), 0.0) == Approx(1.0));
    CHECK(row[7] / row[6] == Approx(std::exp(1.0)));
    std::vector<float> none;
    softmax(none);

    std::vector<float> zeros(8, 0.0F);
    give_unit_length(zeros);
    CHECK(zeros == std::vector<float>(8, 0.0F));
    give_unit_length(out);
    CHECK(dot(out.data(), out.data(), 8) == Approx(1.0));
}
