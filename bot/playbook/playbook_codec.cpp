// Reads a playbook's JSON and says everything that is at fault, each with its entry and the reason.
#include <algorithm>
#include <set>

#include <nlohmann/json.hpp>

#include "bot/playbook/playbook.hpp"
#include "bot/playbook/wording_rules.hpp"

namespace debrief::bot {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 7> kind_names{"debrief",   "deal_review", "plan_review", "competitive_review",
                                                     "rehearsal", "coaching",    "ending"};

/// What a one-to-one asks about, in a dimension's place.
constexpr std::array<std::string_view, 3> rep_topics{"rep_goal", "rep_obstacle", "rep_help"};

class Reader {
public:
    PlaybookCheck read(std::string_view text) {
        const json document = json::parse(text, nullptr, false);
        if (document.is_discarded() || !document.is_object()) {
            error("playbook", "not a JSON object");
            return std::move(check_);
        }
        Playbook book;
        unknown_keys(document, "playbook",
                     {"id", "version", "kind", "active", "languages", "limits", "weights", "questions"});
        book.id = identifier(document, "id", "id");
        book.version = text_of(document, "version", "version");
        book.kind = text_of(document, "kind", "kind");
        if (!book.kind.empty() && std::find(kind_names.begin(), kind_names.end(), book.kind) == kind_names.end()) {
            error("kind", "'" + book.kind + "' is no kind of conversation");
        }
        if (const std::size_t bytes = document.dump().size(); bytes > playbook_bytes_max) {
            error("playbook", "holds " + std::to_string(bytes) + " bytes; at most " +
                                  std::to_string(playbook_bytes_max) + " fit into a record");
        }
        languages(document, book);
        limits(document, book);
        weights(document, book);
        questions(document, book);
        whole(book);
        if (check_.errors.empty()) check_.playbook = std::move(book);
        return std::move(check_);
    }

private:
    void error(std::string entry, std::string reason) {
        check_.errors.push_back({std::move(entry), std::move(reason)});
    }
    void warning(std::string entry, std::string reason) {
        check_.warnings.push_back({std::move(entry), std::move(reason)});
    }

    void unknown_keys(const json& object, const std::string& entry, std::initializer_list<std::string_view> known) {
        for (const auto& [key, value] : object.items()) {
            if (std::find(known.begin(), known.end(), key) == known.end()) {
                error(entry == "playbook" ? key : entry + "." + key, "unknown entry");
            }
        }
    }
    std::string text_of(const json& object, const char* key, const std::string& entry) {
        if (!object.contains(key)) {
            error(entry, "missing");
            return {};
        }
        if (!object[key].is_string() || object[key].get_ref<const std::string&>().empty()) {
            error(entry, "must be a text that is not empty");
            return {};
        }
        return object[key].get<std::string>();
    }
    std::string identifier(const json& object, const char* key, const std::string& entry) {
        std::string id = text_of(object, key, entry);
        const bool good = !id.empty() && id.size() <= 40 && id.front() >= 'a' && id.front() <= 'z' &&
                          std::all_of(id.begin(), id.end(), [](char c) {
                              return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
                          });
        if (!id.empty() && !good) error(entry, "'" + id + "' must be lower-case letters, digits and _, at most 40");
        return id;
    }
    void integer(const json& object, const char* key, const std::string& entry, int low, int high, int& out) {
        if (!object.contains(key)) return;
        const std::string at = entry + "." + key;
        if (!object[key].is_number_integer()) return error(at, "must be a whole number");
        const auto value = object[key].get<std::int64_t>();
        if (value < low || value > high) {
            return error(at, "must be " + std::to_string(low) + " to " + std::to_string(high));
        }
        out = static_cast<int>(value);
    }

    void languages(const json& document, Playbook& book) {
        book.languages = {"en"};
        if (!document.contains("languages")) return;
        const json& list = document["languages"];
        if (!list.is_array() || list.empty()) return error("languages", "must be a list of en, de");
        book.languages.clear();
        for (const json& entry : list) {
            if (entry != "en" && entry != "de") {
                error("languages", "only en and de are known");
            } else {
                book.languages.push_back(entry.get<std::string>());
            }
        }
    }
    void limits(const json& document, Playbook& book) {
        if (!document.contains("limits")) return;
        const json& part = document["limits"];
        if (!part.is_object()) return error("limits", "must be an object");
        unknown_keys(part, "limits", {"questions", "probes", "reframes", "minutes"});
        integer(part, "questions", "limits", 1, book.kind == "debrief" ? 5 : 12, book.limits.questions);
        integer(part, "probes", "limits", 0, 1, book.limits.probes);
        integer(part, "reframes", "limits", 0, 5, book.limits.reframes);
        integer(part, "minutes", "limits", 1, 60, book.limits.minutes);
    }
    void weights(const json& document, Playbook& book) {
        if (!document.contains("weights")) return;
        const json& part = document["weights"];
        if (!part.is_object()) return error("weights", "must be an object");
        unknown_keys(part, "weights", {"missing", "contradicted", "stale", "stance_unknown", "promise_due", "on_plan"});
        integer(part, "missing", "weights", 0, 1000, book.weights.missing);
        integer(part, "contradicted", "weights", 0, 1000, book.weights.contradicted);
        integer(part, "stale", "weights", 0, 1000, book.weights.stale);
        integer(part, "stance_unknown", "weights", 0, 1000, book.weights.stance_unknown);
        integer(part, "promise_due", "weights", 0, 1000, book.weights.promise_due);
        integer(part, "on_plan", "weights", 0, 1000, book.weights.on_plan);
        if (book.weights.missing <= book.weights.contradicted || book.weights.contradicted <= book.weights.stale) {
            warning("weights", "missing should outweigh contradicted, and contradicted stale");
        }
    }

    Wording wording(const json& question, const char* key, const std::string& entry, const Playbook& book, bool asks) {
        if (!question.contains(key)) return {};
        const json& part = question[key];
        const std::string at = entry + "." + key;
        if (!part.is_object()) {
            error(at, "must be an object with the text in each language");
            return {};
        }
        unknown_keys(part, at, {"en", "de"});
        Wording out{text_of(part, "en", at + ".en"), {}};
        if (part.contains("de")) out.de = text_of(part, "de", at + ".de");
        const bool german = std::find(book.languages.begin(), book.languages.end(), "de") != book.languages.end();
        if (german && out.de.empty()) warning(at, "not translated into German; English is used");
        for (const std::string* text : {&out.en, &out.de}) {
            const std::string which = at + (text == &out.en ? ".en" : ".de");
            for (const std::string& fault : faults_of_wording(*text, asks)) error(which, fault);
        }
        return out;
    }

    template <typename Word, std::size_t n>
    void words(const json& part, const std::string& entry, const char* key,
               const std::array<std::string_view, n>& names, std::vector<Word>& out) {
        if (!part.contains(key)) return;
        const std::string at = entry + "." + key;
        if (!part[key].is_array() || part[key].empty()) return error(at, "must be a list that is not empty");
        for (const json& one : part[key]) {
            const std::string name = one.is_string() ? one.get<std::string>() : one.dump();
            if (const auto word = core::detail::parse_word<Word>(names, name)) {
                out.push_back(*word);
            } else {
                std::string known;
                for (const std::string_view each : names) known += (known.empty() ? "" : ", ") + std::string(each);
                error(at, "'" + name + "' is none of " + known);
            }
        }
    }
    void triggers(const json& part, const std::string& at, Question& question) {
        if (!part.is_object() || !part.contains("any") || !part["any"].is_array() || part["any"].empty()) {
            return error(at, "must be {\"any\": [condition, …]}");
        }
        unknown_keys(part, at, {"any", "industry", "moment", "stage", "known", "unknown"});
        words(part, at, "moment", occasion_names, question.moment);
        words(part, at, "stage", stage_names, question.stage);
        words(part, at, "known", core::dimension_names, question.known);
        words(part, at, "unknown", core::dimension_names, question.not_known);
        for (const json& entry : part["any"]) {
            const std::string name = entry.is_string() ? entry.get<std::string>() : entry.dump();
            if (const auto trigger = core::detail::parse_word<Trigger>(trigger_names, name)) {
                question.when.push_back(*trigger);
            } else {
                error(at + ".any", "'" + name + "' is no condition");
            }
        }
        if (!part.contains("industry")) return;
        if (!part["industry"].is_array()) return error(at + ".industry", "must be a list of texts");
        for (const json& entry : part["industry"]) {
            if (entry.is_string() && !entry.get_ref<const std::string&>().empty()) {
                question.industry.push_back(entry.get<std::string>());
            } else {
                error(at + ".industry", "must be a list of texts");
            }
        }
    }

    void questions(const json& document, Playbook& book) {
        if (!document.contains("questions")) return error("questions", "missing");
        const json& list = document["questions"];
        if (!list.is_array() || list.empty() || list.size() > 100) {
            return error("questions", "must be a list of 1 to 100 questions");
        }
        for (std::size_t i = 0; i < list.size(); ++i) {
            question(list[i], "questions[" + std::to_string(i) + "]", book);
        }
        for (Question& q : book.questions) inherit(book, q);
    }
    /// What a question leaves out is said as the one that it is like says it.
    void inherit(const Playbook& book, Question& q) {
        if (q.like.empty()) return;
        const Question* other = book.question(q.like);
        if (other == nullptr || other == &q || !other->like.empty()) {
            return error(q.id, "'like' names '" + q.like + "', which is no other question with texts of its own");
        }
        for (const auto text : {&Question::probe, &Question::reframe, &Question::dont_know, &Question::unknown,
                                &Question::why, &Question::confirm}) {
            if ((q.*text).empty()) q.*text = other->*text;
        }
    }
    void question(const json& part, const std::string& entry, Playbook& book) {
        if (!part.is_object()) return error(entry, "must be an object");
        unknown_keys(part, entry,
                     {"id", "dimension", "text", "probe", "reframe", "dont_know", "unknown", "why", "confirm", "when",
                      "after", "value", "like"});
        Question out;
        out.id = identifier(part, "id", entry + ".id");
        if (book.question(out.id) != nullptr) error(entry + ".id", "'" + out.id + "' is there twice");
        const std::string dimension = text_of(part, "dimension", entry + ".dimension");
        if (const auto known = core::parse_dimension(dimension)) {
            out.dimension = *known;
        } else if (book.kind == "coaching" &&
                   std::find(rep_topics.begin(), rep_topics.end(), dimension) != rep_topics.end()) {
            // About the rep, not about a customer: the question's id says which.
            if (dimension != out.id) error(entry + ".dimension", "must be the question's id, '" + out.id + "'");
        } else if (!dimension.empty()) {
            error(entry + ".dimension", "'" + dimension + "' is no dimension");
        }
        if (!part.contains("text")) error(entry + ".text", "missing");
        out.text = wording(part, "text", entry, book, true);
        out.probe = wording(part, "probe", entry, book, true);
        out.reframe = wording(part, "reframe", entry, book, true);
        out.confirm = wording(part, "confirm", entry, book, true);
        out.dont_know = wording(part, "dont_know", entry, book, false);
        out.unknown = wording(part, "unknown", entry, book, false);
        out.why = wording(part, "why", entry, book, false);
        if (part.contains("when")) {
            triggers(part["when"], entry + ".when", out);
        } else {
            error(entry + ".when", "missing");
        }
        if (part.contains("like")) out.like = text_of(part, "like", entry + ".like");
        if (part.contains("after")) out.after = text_of(part, "after", entry + ".after");
        integer(part, "value", entry, 0, 100, out.value);
        book.questions.push_back(std::move(out));
    }

    void whole(const Playbook& book) {
        for (const Question& q : book.questions) {
            const auto has = [&](Trigger t) { return std::find(q.when.begin(), q.when.end(), t) != q.when.end(); };
            // A review's topic without a dimension is heard, and no more.
            const bool heard = has(Trigger::topic) && q.dimension == core::Dimension::unknown;
            const bool answered = !has(Trigger::changed) && !heard;
            if (has(Trigger::after) != !q.after.empty()) error(q.id, "'after' and the condition 'after' go together");
            if (!q.after.empty() && (book.question(q.after) == nullptr || q.after == q.id)) {
                error(q.id, "'after' names '" + q.after + "', which is no other question");
            }
            if (has(Trigger::stale) && has(Trigger::missing) && q.confirm.empty())
                warning(q.id, "asked when stale, but has no 'confirm' text");
            if (has(Trigger::missing) && q.unknown.empty()) warning(q.id, "has no 'unknown' text; a plain one is used");
            if (answered && q.probe.empty()) warning(q.id, "has no probe for a vague answer");
            if (answered && q.reframe.empty()) warning(q.id, "has no reframe for a seller-centred answer");
        }
        if (book.kind == "debrief") cells(book);
    }
    void cells(const Playbook& book) {
        for (std::size_t i = 0; i < occasion_names.size(); ++i) {
            const auto moment = static_cast<Occasion>(i);
            const auto starts = std::count_if(book.questions.begin(), book.questions.end(), [&](const Question& q) {
                const bool opens = std::find(q.when.begin(), q.when.end(), Trigger::start) != q.when.end();
                return opens &&
                       (q.moment.empty() || std::find(q.moment.begin(), q.moment.end(), moment) != q.moment.end()) &&
                       q.industry.empty() && q.stage.empty() && q.known.empty() && q.not_known.empty();
            });
            if (starts != 1) {
                error("questions", "exactly one question must have the condition 'start' in the moment '" +
                                       std::string(occasion_names[i]) + "', and no other condition");
            }
        }
        for (const auto& [dimension, moment] : empty_cells(book)) {
            warning("questions", "no question for " + std::string(core::name_of(dimension)) + " in the moment " +
                                     std::string(occasion_names[static_cast<std::size_t>(moment)]));
        }
    }

    PlaybookCheck check_;
};

}  // namespace

PlaybookCheck check_playbook(std::string_view json) {
    return Reader{}.read(json);
}

}  // namespace debrief::bot
