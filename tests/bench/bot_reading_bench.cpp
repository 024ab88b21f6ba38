// What it costs to read a note of 40 words: by its words alone, and with the encoder.
#include <fstream>
#include <iterator>

#include "bot/encoder/encoder.hpp"
#include "bot/understanding/understanding.hpp"
#include "tests/bench/bench_house.hpp"

using namespace debrief;
using bench::Figure;
using bench::seconds;

namespace {

constexpr int turns = 200;
constexpr std::string_view note =
    "The night shift still calls the technician for the old stations, because last Thursday an emergency waited "
    "seventy "
    "minutes. They lose the accreditation if that happens again, said Miriam. She wants a trial in May before the "
    "budget is frozen.";

}  // namespace

int main() {
    bot::NoteContext context;
    context.account = "Fairview Clinics";
    context.contacts = {{"Miriam Pike", "head of nursing"}, {"Olu Ade", "deputy"}};
    context.meeting_date = std::chrono::year{2025} / std::chrono::March / 12;
    static_cast<void>(bot::understand(note, {}, context));  // The models are read once.
    Figure words{"reading 40 words by themselves"};
    volatile std::size_t sink = 0;
    for (int i = 0; i < turns; ++i)
        words.add(1e3 * seconds([&] { sink = bot::understand(note, {}, context).facts.size(); }));
    words.print("ms", "<= 5");

    std::ifstream file{DEBRIEF_ENCODER_FILE, std::ios::binary};
    const std::string bytes{std::istreambuf_iterator<char>{file}, {}};
    if (bytes.empty()) {
        std::fprintf(stderr, "bench: the sentence encoder is not there; './dev deps' fetches it\n");
        return 0;
    }
    const auto encoder = bench::must(bot::encoder::Encoder::load(core::as_bytes(bytes)));
    context.encoder = &encoder;
    Figure meaning{"reading 40 words with the encoder"};
    for (int i = 0; i < turns; ++i)
        meaning.add(1e3 * seconds([&] { sink = bot::understand(note, {}, context).facts.size(); }));
    meaning.print("ms", "<= 40");
    return 0;
}
