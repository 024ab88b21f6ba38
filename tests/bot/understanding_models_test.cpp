// The models that travel in the program, and the arithmetic that must give the same bits on every machine.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "bot/understanding/arithmetic.hpp"
#include "bot/understanding/labels_codec.hpp"
#include "bot/understanding/models.hpp"

using namespace debrief;
using namespace debrief::bot::understanding;

TEST_CASE("the program carries models for words alone and for words with the encoder", "[understanding][models]") {
    for (const bool with_encoder : {false, true}) {
        const auto& models = built_in_models(with_encoder);
        CHECK(models.topic.classes() == dimension_count + 1);
        CHECK(models.focus.classes() == core::focus_names.size());
        CHECK(models.stance.classes() == stance_count);
        CHECK(models.topic.size() > 10'000);
    }
}

// After a change to training/corpus: './dev train'.
TEST_CASE("the models were trained on the corpus that lies beside them", "[understanding][models]") {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator{DEBRIEF_SOURCE_DIR "/training/corpus"}) {
        if (entry.path().extension() == ".jsonl") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    std::uint64_t stamp = 14695981039346656037U;
    for (const auto& file : files) {
        std::ifstream in{file, std::ios::binary};
        const std::string bytes{std::istreambuf_iterator<char>{in}, {}};
        for (const char byte : bytes) stamp = (stamp ^ static_cast<unsigned char>(byte)) * 1099511628211U;
    }
    CHECK(files.size() > 3);
    CHECK(trained_on() == stamp);
}

TEST_CASE("models survive their bytes, and damaged ones are refused", "[understanding][models]") {
    Models models;
    const auto small = [](std::size_t classes) {
        return LinearModel{
            classes, std::vector<std::int16_t>(classes, 7), {3, 9}, std::vector<std::int8_t>(2 * classes, -5), {}};
    };
    models.topic = small(dimension_count + 1);
    models.focus = small(core::focus_names.size());
    models.stance = small(stance_count);
    models.join = models.vague = models.dont_know = small(2);
    const auto bytes = models.write();
    core::ByteView whole{bytes};
    const auto read = Models::read(whole);
    REQUIRE(read);
    CHECK(whole.empty());
    CHECK(read->write() == bytes);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        core::ByteView part{bytes.data(), size};
        CHECK_FALSE(Models::read(part));
    }
    auto unsorted = models;
    unsorted.topic = LinearModel{dimension_count + 1,
                                 std::vector<std::int16_t>(dimension_count + 1),
                                 {9, 3},
                                 std::vector<std::int8_t>(2 * (dimension_count + 1)),
                                 {}};
    const auto wrong = unsorted.write();
    core::ByteView view{wrong};
    CHECK(Models::read(view).error().code == core::Errc::corrupt);
}

TEST_CASE("exponential and logarithm are those of the library, to twelve digits", "[understanding][models]") {
    for (double x = -40; x < 40; x += 0.37) CHECK(exponential(x) == Approx(std::exp(x)).epsilon(1e-12));
    CHECK(exponential(-800) == 0);
    for (double x = 1e-12; x < 1e12; x *= 1.7) CHECK(logarithm(x) == Approx(std::log(x)).epsilon(1e-12));
}

TEST_CASE("a note is read with the encoder where there is one, and a pasted page without", "[understanding][models]") {
    std::ifstream in{DEBRIEF_ENCODER_FILE, std::ios::binary};
    const std::string file{std::istreambuf_iterator<char>{in}, {}};
    if (file.empty()) {
        WARN("SKIPPED: there is no " DEBRIEF_ENCODER_FILE "; './dev deps' fetches what it is made of");
        return;
    }
    const auto encoder = bot::encoder::Encoder::load(core::as_bytes(file));
    REQUIRE(encoder);
    bot::NoteContext alone, with;
    alone.meeting_date = with.meeting_date = std::chrono::year{2025} / std::chrono::March / 12;
    with.encoder = &*encoder;
    const auto labels = [](const std::string& text, const bot::NoteContext& context) {
        return bot::labels_json(bot::understand(text, {}, context));
    };
    std::string text = "The night shift still calls the technician. They need it by June.";
    CHECK(labels(text, with) == labels(text, with));
    CHECK(labels(text, with) != labels(text, alone));
    while (text.size() <= encoded_max) text += " The line stops every week.";
    CHECK(labels(text, with) == labels(text, alone));
}
