#include "bot/playbook/playbook.hpp"

#include <algorithm>

namespace debrief::embedded {
extern const std::string_view playbook_debrief;
extern const std::string_view playbook_schema;
}  // namespace debrief::embedded

namespace debrief::bot {

const std::string& Wording::in(std::string_view language) const {
    return language == "de" && !de.empty() ? de : en;
}

const Question* Playbook::question(std::string_view wanted) const {
    const auto found =
        std::find_if(questions.begin(), questions.end(), [&](const Question& q) { return q.id == wanted; });
    return found == questions.end() ? nullptr : &*found;
}

const Question& Playbook::opening() const {
    const auto found = std::find_if(questions.begin(), questions.end(), [](const Question& q) {
        return std::find(q.when.begin(), q.when.end(), Trigger::start) != q.when.end();
    });
    DEBRIEF_CHECK(found != questions.end());
    return *found;
}

core::Result<Playbook> parse_playbook(std::string_view json) {
    PlaybookCheck check = check_playbook(json);
    if (!check.playbook) {
        const PlaybookFinding& first = check.errors.front();
        return core::Error{core::Errc::invalid, "The playbook was refused: " + first.entry + ": " + first.reason,
                           first.entry, "Run 'debrief playbook check FILE' to see every entry that is at fault."};
    }
    return std::move(*check.playbook);
}

std::string_view builtin_debrief_json() {
    return embedded::playbook_debrief;
}
std::string_view playbook_schema_json() {
    return embedded::playbook_schema;
}

const Playbook& builtin_debrief() {
    static const Playbook built_in = [] {
        PlaybookCheck check = check_playbook(builtin_debrief_json());
        DEBRIEF_CHECK(check.playbook.has_value());
        return std::move(*check.playbook);
    }();
    return built_in;
}

}  // namespace debrief::bot
