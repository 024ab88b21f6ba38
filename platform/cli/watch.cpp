#include "platform/cli/watch.hpp"

#include <chrono>

#include "core/civil_date.hpp"
#include "platform/cli/names.hpp"
#include "platform/cli/words.hpp"

namespace debrief::platform::cli {
namespace {

using nlohmann::json;

/// A field that holds a JSON document may come as the document or as its text.
json document_in(const json& record, const char* key) {
    const auto found = record.find(key);
    if (found == record.end()) return json::object();
    if (found->is_object()) return *found;
    if (!found->is_string()) return json::object();
    json parsed = json::parse(found->get_ref<const std::string&>(), nullptr, false);
    return parsed.is_object() ? parsed : json::object();
}

std::string clock_now(const Environment& environment) {
    const auto now =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch());
    const std::string text = core::instant_text(std::chrono::floor<std::chrono::seconds>(now + environment.utc_offset));
    return text.size() >= 19 ? text.substr(11, 8) : text;
}

}  // namespace

core::Status Watch::remember_present() {
    auto present = all_records(context_, "observation", {{"state", "confirmed"}});
    if (!present) return present.error();
    for (const auto& record : *present) known_.insert(text_of(record, "id"));
    return core::Ok{};
}

std::string Watch::name(const std::string& table, const std::string& id) {
    if (id.empty()) return {};
    auto& known = names_[id];
    if (known.empty() || known == id) known = name_of_record(context_, table, id);
    return known;
}

std::string Watch::question_words(const json& source) {
    const std::string question = text_of(source, "question"), playbook = text_of(source, "playbook"),
                      version = text_of(source, "version");
    if (question.empty() || playbook.empty()) return {};
    const std::string key = playbook + " " + version;
    if (questions_.find(key) == questions_.end()) {
        auto& words = questions_[key];
        json params{{"playbook", playbook}};
        if (!version.empty()) params["version"] = version;
        if (auto got = door_.call("playbook.get", params)) {
            for (const auto& one : got->value("questions", json::array()))
                words[text_of(one, "id")] = text_of(one.value("text", json::object()), "en");
        }
    }
    return questions_[key][question];
}

/// The question's words with what they were about. What we cannot know here is left open.
std::string asked_about(std::string words, const std::string& account, const std::string& person) {
    const auto put = [&words](std::string_view place, const std::string& what) {
        for (auto at = words.find(place); at != std::string::npos && !what.empty();
             at = words.find(place, at + what.size())) {
            words.replace(at, place.size(), what);
        }
    };
    put("{account}", account);
    put("{person}", person);
    for (auto hole = words.find('{'); hole != std::string::npos; hole = words.find('{', hole)) {
        const auto end = words.find('}', hole);
        if (end == std::string::npos) break;
        words.replace(hole, end + 1 - hole, "…");
    }
    return words;
}

void Watch::show(const std::string& method, const json& params) {
    if (method == "changed") {
        show_changed(params);
    } else if (method == "sync") {
        const std::string state = text_of(params, "state");
        if (state == sync_state_) return;
        sync_state_ = state;
        if (context_.out.look().json) {
            context_.out.json_line({{"kind", "sync"}, {"state", state}, {"status", params}});
        } else if ((state == "offline" || state == "caught_up" || state == "revoked") && state != told_state_) {
            // Each try to come back ends offline again: that is no news.
            told_state_ = state;
            context_.out.line(
                {{Style::dim, clock_now(context_.environment) + "  " + sync_line(params, context_.environment)}});
        }
    } else if (method == "reminder") {
        if (context_.out.look().json) {
            json line = params;
            line["kind"] = "reminder";
            context_.out.json_line(line);
        } else {
            context_.out.paragraph({Style::warn, clock_now(context_.environment) + "  reminder  "},
                                   {Style::plain, text_of(params, "text")});
        }
    }
}

void Watch::show_changed(const json& params) {
    for (const auto& touched : params.value("records", json::array())) {
        const std::string table = text_of(touched, "table"), id = text_of(touched, "id");
        auto record = door_.call("record.get", {{"table", table}, {"id", id}});
        if (!record) {
            if (record.error().code == core::Errc::not_found) show_other(table, {{"id", id}, {"removed", true}});
            continue;
        }
        if (table == "observation") {
            const std::string state = text_of(*record, "state");
            if (state == "confirmed" && known_.insert(id).second) {
                show_observation(*record);
                continue;
            }
            // What is only proposed is the rep's own and counts for nothing yet.
            if (state == "proposed" || state == "confirmed") continue;
        }
        show_other(table, *record);
    }
    // A list that was cut: look again at what matters.
    if (!flag_of(params, "more")) return;
    auto present = all_records(context_, "observation", {{"state", "confirmed"}});
    if (!present) return;
    for (const auto& record : *present) {
        if (known_.insert(text_of(record, "id")).second) show_observation(record);
    }
}

void Watch::show_observation(const json& record) {
    ++observations_;
    const json source = document_in(record, "source");
    const std::string account_id = text_of(record, "account"), person_id = text_of(record, "person"),
                      by_id = text_of(record, "by");
    const std::string account = name("account", account_id), person = name("contact", person_id),
                      by = name("user", by_id);
    const std::string question = text_of(source, "question"),
                      words = asked_about(question_words(source), account, person), quote = text_of(source, "quote");
    if (context_.out.look().json) {
        const auto named = [](const std::string& id, const std::string& of) {
            return id.empty() ? json(nullptr) : json{{"id", id}, {"name", of}};
        };
        context_.out.json_line({{"kind", "observation"},
                                {"id", text_of(record, "id")},
                                {"account", named(account_id, account)},
                                {"dimension", text_of(record, "dimension")},
                                {"text", text_of(record, "text")},
                                {"person", named(person_id, person)},
                                {"by", named(by_id, by)},
                                {"said_on", text_of(record, "said_on")},
                                {"question", question.empty() ? json(nullptr) : json(question)},
                                {"question_text", words.empty() ? json(nullptr) : json(words)},
                                {"quote", quote.empty() ? json(nullptr) : json(quote)}});
        return;
    }
    auto& out = context_.out;
    std::string head = account + " · " + dimension_words(text_of(record, "dimension"));
    if (!person.empty()) head += " · " + person;
    out.paragraph({Style::dim, clock_now(context_.environment) + "  "}, {Style::accent, head});
    out.paragraph({Style::plain, "          "}, {Style::strong, text_of(record, "text")});
    std::string said = "told by " + (by.empty() ? std::string{"somebody"} : by);
    if (!question.empty())
        said += ", answering " + (words.empty() ? question : in_quotes(words) + " (" + question + ")");
    out.paragraph({Style::plain, "          "}, {Style::dim, said});
}

void Watch::show_other(const std::string& table, const json& record) {
    const bool removed = flag_of(record, "removed");
    // The lines of a conversation are its owner's own business; what counts arrives as evidence.
    if (table == "message" || table == "room") return;
    if (context_.out.look().json) {
        context_.out.json_line({{"kind", "changed"},
                                {"table", table},
                                {"id", text_of(record, "id")},
                                {"removed", removed},
                                {"record", removed ? json(nullptr) : record}});
        return;
    }
    std::string what;
    for (const char* key : {"name", "title", "text", "stance", "state"}) {
        if (what = text_of(record, key); !what.empty()) break;
    }
    if (const auto account = text_of(record, "account"); !account.empty() && table != "account")
        what = name("account", account) + " · " + what;
    if (table == "stance") what += " · " + name("contact", text_of(record, "contact"));
    context_.out.paragraph(
        {Style::dim, clock_now(context_.environment) + "  " + table + (removed ? " removed  " : "  ")},
        {Style::dim, what});
}

}  // namespace debrief::platform::cli
