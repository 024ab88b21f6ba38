#include "training/corpus.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

namespace debrief::training {
namespace {

using Json = nlohmann::json;

[[noreturn]] void stop(const std::string& where, const std::string& what) {
    std::fprintf(stderr, "%s: %s\n", where.c_str(), what.c_str());
    std::exit(2);
}

template <std::size_t N>
std::size_t place_of(const std::array<std::string_view, N>& names, const std::string& name, const std::string& where) {
    const auto at = std::find(names.begin(), names.end(), name);
    if (at == names.end()) stop(where, "there is no label '" + name + "'");
    return static_cast<std::size_t>(at - names.begin());
}

std::chrono::year_month_day day_of(const std::string& text) {
    int year = 0;
    unsigned month = 0, day = 0;
    if (std::sscanf(text.c_str(), "%d-%u-%u", &year, &month, &day) != 3) stop(text, "this is no date");
    return std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(day);
}

Record read_record(const Json& line, const std::string& author) {
    Record r;
    r.id = line.at("id");
    r.text = line.at("text");
    r.author = author;
    r.sentences = line.at("sentences").get<std::vector<std::string>>();
    const auto& context = line.at("context");
    r.context.account = context.at("account");
    r.context.rep = context.at("rep");
    r.context.question_id = context.at("question_id");
    r.context.question = context.at("question");
    r.context.meeting_date = day_of(context.at("meeting_date"));
    for (const auto& c : context.at("contacts"))
        r.context.contacts.push_back({c.at("name"), c.at("role").is_string() ? c.at("role").get<std::string>() : ""});
    const auto& labels = line.at("labels");
    for (const std::string focus : labels.at("focus"))
        r.focus.push_back(static_cast<bot::Focus>(place_of(core::focus_names, focus, r.id)));
    for (const auto& fact : labels.at("facts")) {
        const std::string span = fact.at("span");
        const auto at = r.text.find(span);
        if (at == std::string::npos) stop(r.id, "this span is not in the text: " + span);
        r.facts.push_back({static_cast<bot::Dimension>(place_of(core::dimension_names, fact.at("dimension"), r.id)),
                           {at, span.size()}});
    }
    for (const auto& person : labels.at("people"))
        r.people.push_back({plain_name(person.at("name").get<std::string>()),
                            static_cast<bot::Stance>(place_of(core::stance_names, person.at("stance"), r.id))});
    r.vague = labels.at("vague");
    r.dont_know = labels.at("dont_know");
    return r;
}

std::vector<std::filesystem::path> files_of(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator{folder}) {
        if (entry.path().extension() == ".jsonl") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace

std::vector<Record> read_file(const std::filesystem::path& file) {
    std::vector<Record> records;
    std::ifstream in{file};
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        if (line.empty()) continue;
        try {
            records.push_back(read_record(Json::parse(line), file.stem().string()));
        } catch (const std::exception& error) {
            stop(file.string() + ":" + std::to_string(number), error.what());
        }
    }
    return records;
}

std::uint64_t stamp_of(const std::filesystem::path& folder) {
    std::uint64_t stamp = 14695981039346656037U;
    for (const auto& file : files_of(folder)) {
        std::ifstream in{file, std::ios::binary};
        for (std::istreambuf_iterator<char> at{in}, end; at != end; ++at)
            stamp = (stamp ^ static_cast<unsigned char>(*at)) * 1099511628211U;
    }
    return stamp;
}

std::vector<Record> read_corpus(const std::filesystem::path& folder) {
    std::vector<Record> records;
    for (const auto& file : files_of(folder)) {
        auto more = read_file(file);
        std::move(more.begin(), more.end(), std::back_inserter(records));
    }
    return records;
}

std::string plain_name(std::string_view name) {
    std::string plain;
    for (const char letter : name) {
        if (letter == '.' || letter == ',' || letter == '\'' || letter == '"') continue;
        plain += letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    }
    if (const auto quote = plain.find("\xE2\x80\x99"); quote != std::string::npos) plain.erase(quote, 3);
    for (const std::string_view first : {"the ", "a ", "an ", "their ", "his ", "her ", "its ", "our ", "my ", "new ",
                                         "mr ", "mrs ", "ms ", "dr ", "prof ", "sir ", "captain ", "capt "}) {
        if (plain.rfind(first, 0) == 0) plain.erase(0, first.size());
    }
    return plain;
}

}  // namespace debrief::training
