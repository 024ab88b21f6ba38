// What a sentence's meaning costs, beside the least that it could cost: the products with its weights.
#include "bot/encoder/encoder.hpp"

#include <cstdint>
#include <fstream>
#include <iterator>

#include "bot/encoder/weights.hpp"
#include "tests/bench/bench_house.hpp"

using namespace debrief;
using namespace debrief::bot::encoder;
using bench::Figure;
using bench::seconds;

namespace {

constexpr int turns = 100;
constexpr std::string_view words =
    "The night shift still calls the technician for the old stations because last Thursday an emergency waited seventy "
    "minutes and they lose the accreditation if that happens again said Miriam who wants a trial in May before the "
    "budget is frozen ";

std::string sentence(int count) {
    std::size_t end = 0;
    while (count-- > 0) end = words.find(' ', end) + 1;
    return std::string{words.substr(0, end - 1)};
}

/// The matrices of the two layers, each with as many rows to multiply as the text has pieces.
float products(const Weights& weights, std::size_t pieces) {
    float sum = 0;
    for (const Layer& layer : weights.layers) {
        for (const Matrix* matrix :
             {&layer.widening, &layer.query_key_value, &layer.attended, &layer.inner_up, &layer.inner_down}) {
            if (matrix->rows == 0) continue;
            const RoundedRows rows{matrix->columns, std::vector<float>(pieces, 1.0F),
                                   std::vector<std::int16_t>(pieces * matrix->columns, 3)};
            sum += multiply(*matrix, rows)[0];
        }
    }
    return sum;
}

}  // namespace

int main() {
    std::ifstream file{DEBRIEF_ENCODER_FILE, std::ios::binary};
    const std::string bytes{std::istreambuf_iterator<char>{file}, {}};
    if (bytes.empty()) {
        std::fprintf(stderr, "bench: the sentence encoder is not there; './dev deps' fetches it\n");
        return 0;
    }
    Figure load{"loading the sentence encoder"};
    for (int i = 0; i < 10; ++i) load.add(1e3 * seconds([&] { bench::must(Encoder::load(core::as_bytes(bytes))); }));
    load.print("ms", "reported");

    const auto encoder = bench::must(Encoder::load(core::as_bytes(bytes)));
    const auto weights = bench::must(read_weights(core::as_bytes(bytes)));
    volatile float sink = 0;
    for (const int count : {10, 20, 40}) {
        const std::string text = sentence(count), name = "the meaning of " + std::to_string(count) + " words";
        const std::size_t pieces = weights.pieces.split(text).size();
        Figure meaning{name}, raw{name + ": its products"}, ratio{name + " as a multiple of that"};
        for (int i = 0; i < turns; ++i) {
            const double least = seconds([&] { sink = products(weights, pieces); });
            const double spent = seconds([&] { sink = encoder.encode(text)[0]; });
            meaning.add(1e3 * spent);
            raw.add(1e3 * least);
            ratio.add(spent / least);
        }
        meaning.print("ms", count == 40 ? "median <= 15" : "reported");
        raw.print("ms", "raw limit");
        ratio.print("times", "reported");
    }
}
