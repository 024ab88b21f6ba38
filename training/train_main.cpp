// Trains the models of the understanding, or says how good they are. `./dev train` calls it.
//   debrief_train CORPUS ENCODER MODELS                     trains on the whole corpus, without and with the encoder
//   debrief_train CORPUS ENCODER --hold-out FOLDER          for each author: trains on the others, labels theirs
//   debrief_train CORPUS ENCODER --curve SHARE FOLDER       the same on that share of the others' accounts, in percent
//   debrief_train CORPUS ENCODER --label RECORDS LABELS     trains on the whole corpus, labels other records
// ENCODER is encoder.bin, or - for words alone. Labels are scored by training/score.py.
#include <cstdio>
#include <fstream>
#include <map>

#include "bot/encoder/encoder.hpp"
#include "bot/understanding/labels_codec.hpp"
#include "training/lessons.hpp"

using namespace debrief;
using namespace debrief::training;
using namespace debrief::bot::understanding;

namespace {

using Some = std::vector<const Record*>;

std::string bytes_of(const std::string& path) {
    std::ifstream in{path, std::ios::binary};
    if (!in) std::fprintf(stderr, "debrief_train: %s cannot be read\n", path.c_str()), std::exit(2);
    return {std::istreambuf_iterator<char>{in}, {}};
}

/// What the encoder says of a text, asked once for each.
MeaningOf remembering(const std::string& path) {
    if (path == "-") return {};
    auto loaded = bot::encoder::Encoder::load(core::as_bytes(bytes_of(path)));
    if (!loaded) std::fprintf(stderr, "debrief_train: %s\n", loaded.error().detail.c_str()), std::exit(2);
    const auto encoder = std::make_shared<const bot::encoder::Encoder>(std::move(*loaded));
    const auto known = std::make_shared<std::map<std::string, Meaning, std::less<>>>();
    return [encoder, known](std::string_view words) {
        const auto at = known->find(words);
        if (at != known->end()) return at->second;
        return known->emplace(std::string{words}, meaning_of(*encoder, words)).first->second;
    };
}

void write_labels(const Some& records, const Models& models, const MeaningOf& ask, const std::string& path) {
    std::ofstream out{path};
    for (const auto* r : records)
        out << R"({"id":")" << r->id << R"(","labels":)" << bot::labels_json(label(*r, models, ask)) << "}\n";
}

Some all_of(const std::vector<Record>& records) {
    Some all;
    for (const auto& r : records) all.push_back(&r);
    return all;
}

int hold_out(const std::vector<Record>& records, const MeaningOf& ask, int percent,
             const std::filesystem::path& folder) {
    std::map<std::string, Some> authors;
    std::map<std::string, int> accounts;
    for (const auto& r : records) {
        authors[r.author].push_back(&r);
        accounts.emplace(r.context.account, static_cast<int>(accounts.size()));
    }
    std::filesystem::create_directories(folder);
    for (const auto& [author, theirs] : authors) {
        Some others;
        for (const auto& r : records) {
            if (r.author != author && accounts[r.context.account] * 37 % 100 < percent) others.push_back(&r);
        }
        write_labels(theirs, train(others, ask), ask, folder / (author + ".jsonl"));
        std::fprintf(stderr, "%s: %zu records, trained on %zu of others\n", author.c_str(), theirs.size(),
                     others.size());
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv + 1, argv + argc);
    const bool labels = words.size() == 5 && words[2] == "--label", curve = words.size() == 5 && words[2] == "--curve";
    const bool held = words.size() == 4 && words[2] == "--hold-out";
    if (!labels && !curve && !held && words.size() != 3) {
        std::fprintf(stderr,
                     "usage: debrief_train CORPUS ENCODER MODELS | --hold-out FOLDER | --curve PERCENT FOLDER |"
                     " --label RECORDS LABELS\n");
        return 2;
    }
    const auto records = read_corpus(words[0]);
    const auto ask = remembering(words[1]);
    if (held) return hold_out(records, ask, 100, words[3]);
    if (curve) return hold_out(records, ask, std::stoi(words[3]), words[4]);
    if (labels) {
        const auto others = read_file(words[3]);
        write_labels(all_of(others), train(all_of(records), ask), ask, words[4]);
        return 0;
    }
    if (!ask) return std::fprintf(stderr, "debrief_train: the models need the encoder; './dev deps' fetches it\n"), 2;
    core::Bytes bytes;
    const auto stamp = stamp_of(words[0]);
    for (std::size_t b = 0; b < 8; ++b) bytes.push_back(static_cast<std::uint8_t>(stamp >> (8 * b)));
    for (const auto& models : {train(all_of(records), {}), train(all_of(records), ask)}) {
        const auto one = models.write();
        bytes.insert(bytes.end(), one.begin(), one.end());
    }
    std::ofstream{words[2], std::ios::binary}.write(reinterpret_cast<const char*>(bytes.data()),
                                                    static_cast<std::streamsize>(bytes.size()));
    std::printf("%zu records, %zu KiB of models\n", records.size(), bytes.size() / 1024);
    return 0;
}
