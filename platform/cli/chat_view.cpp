#include "platform/cli/chat_view.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "platform/cli/layout.hpp"
#include "platform/cli/words.hpp"

namespace debrief::platform::cli {
namespace {

using nlohmann::json;

bool by_bot(const json& message) {
    return text_of(message.value("author", json::object()), "kind") == "bot";
}

/// On one line and not longer than a reader takes in at a glance.
std::string shortened(const std::string& text, std::size_t width) {
    if (display_width(text) <= width) return text;
    return wrap(text, width > 2 ? width - 2 : width).front() + " …";
}

}  // namespace

void show_message(Output& out, const json& message, bool labels, const std::string& me) {
    const std::string text = text_of(message, "text");
    if (!labels) {
        out.paragraph(text);
        return;
    }
    if (by_bot(message)) {
        out.paragraph({Style::accent, "debrief  "}, {Style::plain, text});
    } else {
        const json author = message.value("author", json::object());
        const std::string name = text_of(author, "user") == me ? "you" : text_of(author, "name");
        out.paragraph({Style::dim, name + std::string(name.size() < 9 ? 9 - name.size() : 2, ' ')}, {Style::dim, text});
    }
}

void show_thread(Output& out, const json& messages, std::size_t earlier, const std::string& me) {
    constexpr std::size_t limit = 12;
    const std::size_t from = messages.size() > limit ? messages.size() - limit : 0;
    if (from + earlier > 0) out.line({{Style::dim, "… " + counted(from + earlier, "line", "lines") + " before"}});
    for (std::size_t i = from; i < messages.size(); ++i) show_message(out, messages[i], true, me);
}

json numbered_items(const json& items) {
    json shown = json::array();
    for (const auto& item : items) {
        if (text_of(item, "state") == "proposed") shown.push_back(item);
    }
    return shown;
}

void show_understood(Output& out, const json& items) {
    const json shown = numbered_items(items);
    const std::size_t room = out.width() == 0 ? 200 : out.width() * 2;
    if (shown.empty()) {
        out.line({{Style::dim, "Nothing waits for your word."}});
    } else {
        out.line({{Style::strong, "Understood (" + std::to_string(shown.size()) + ")"},
                  {Style::dim, "  nothing counts before /confirm"}});
    }
    std::size_t number = 1;
    for (const auto& item : shown) {
        std::string head = dimension_words(text_of(item, "dimension"));
        if (const auto person = name_in(item, "person"); !person.empty()) head += " · " + person;
        for (const auto& date : item.value("dates", json::array()))
            head += " · " + text_of(date, "text") + " = " + text_of(date, "value");
        const std::string mark = (number < 10 ? " " : "") + std::to_string(number) + ". ";
        ++number;
        out.paragraph({Style::strong, mark}, {Style::accent, head});
        const std::string text = text_of(item, "text");
        out.paragraph({Style::plain, "    "}, {Style::plain, text});
        const std::string quote = text_of(item.value("source", json::object()), "quote");
        if (!quote.empty() && quote != text)
            out.paragraph({Style::plain, "    "}, {Style::dim, in_quotes(shortened(quote, room))});
    }
    if (!shown.empty())
        out.paragraph({Style::dim, "/confirm  "},
                      {Style::dim, "all of it; /correct N TEXT, /drop N change one; /resume asks on"});
}

void show_kept_apart(Output& out, const json& messages) {
    const std::size_t room = out.width() == 0 ? 200 : out.width() * 2;
    bool first = true;
    for (const auto& message : messages) {
        if (by_bot(message)) continue;
        for (const auto& part : message.value("focus", json::array())) {
            if (text_of(part, "focus") != "seller") continue;
            if (first) out.line({{Style::warn, "About us, kept apart:"}});
            first = false;
            out.paragraph({Style::plain, "    "}, {Style::dim, in_quotes(shortened(text_of(part, "text"), room))});
        }
    }
}

void show_note(Output& out, const json& outcome) {
    const std::string note = text_of(outcome, "note");
    out.paragraph({Style::strong, "Your note  "},
                  {note.empty() ? Style::dim : Style::plain, note.empty() ? "nothing noted yet" : note});
    std::size_t number = 1;
    for (const auto& one : outcome.value("help", json::array())) {
        const std::string due = text_of(one, "due");
        out.paragraph({Style::accent, std::to_string(number++) + ". "},
                      {Style::plain, text_of(one, "text") + (due.empty() ? "" : ", until " + due)});
    }
    if (number == 1) out.line({{Style::dim, "You have promised nothing yet."}});
}

std::string what_next(std::string_view kind, bool finished, const std::string& command, const std::string& name,
                      const std::string& with) {
    const std::string whose = " " + quoted_for_shell(name);
    const std::string kept = "Everything said is kept. Go on with: " + command;
    if (kind == "rehearsal")
        return finished ? "Due again: " + command + " drills"
                        : "It waits for you: " + command + " rehearse " + quoted_for_shell(with);
    if (kind == "coaching")
        return finished ? "Whom you coach, and what you promised: " + command + " coach list"
                        : kept + " coach talk" + whose;
    if (kind == "ending" && finished)
        return "Next: " + command + " journey" + whose + "; a manager sees it with: " + command + " team";
    if (finished) return "Next: " + command + " plan" + whose + ", or " + command + " journey" + whose;
    if (kind == "ending") return kept + " outcome " + quoted_for_shell(with);
    if (!kind.ends_with("_review")) return kept + " chat" + whose;
    const std::string only = std::string{kind.substr(0, kind.size() - std::string_view{"_review"}.size())};
    return kept + " review" + whose + (only == "deal" ? "" : " --kind " + only);
}

std::string where_we_stand(const json& state) {
    const std::string phase = text_of(state, "phase");
    if (phase == "confirming") return "waiting for your word on what was understood";
    if (phase == "done") return "finished";
    if (phase == "stopped") return "stopped";
    return "question " + std::to_string(number_of(state, "asked")) + " of at most " +
           std::to_string(number_of(state, "limit"));
}

}  // namespace debrief::platform::cli
