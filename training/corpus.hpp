// The labelled notes that the understanding learns from. Form of a line: training/README.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "bot/understanding/understanding.hpp"

namespace debrief::training {

struct GoldFact {
    bot::Dimension dimension{};
    bot::Span span;
};

struct GoldPerson {
    std::string name;
    bot::Stance stance{};
};

struct Record {
    std::string id, text, author;
    std::vector<std::string> sentences;
    bot::NoteContext context;
    std::vector<bot::Focus> focus;  ///< One a sentence.
    std::vector<GoldFact> facts;
    std::vector<GoldPerson> people;
    bool vague = false, dont_know = false;
};

/// Every record of a file. Stops the program at a line that it cannot read: the corpus is ours.
std::vector<Record> read_file(const std::filesystem::path& file);
/// Every record of every `*.jsonl` in the folder, files by name.
std::vector<Record> read_corpus(const std::filesystem::path& folder);

/// FNV-1a, 64 bits, over the bytes of the files that `read_corpus` reads: models say what they were trained on.
std::uint64_t stamp_of(const std::filesystem::path& folder);

/// A name as the scorer compares it: lower case, without article or title.
std::string plain_name(std::string_view name);

}  // namespace debrief::training
