#include "core/import/ics.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/import/text.hpp"

namespace debrief::core::intake {
namespace {

std::string upper(std::string_view text) {
    std::string result{text};
    for (char& c : result) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return result;
}

struct LogicalLine {
    std::string text;
    std::size_t line = 0;
};

/// Joins folded lines: one that begins with a blank goes on with the line before.
class Unfolder {
public:
    explicit Unfolder(std::string_view text) : text_{text} {}

    std::optional<LogicalLine> next() {
        if (at_ >= text_.size()) return std::nullopt;
        LogicalLine result{std::string{physical()}, here_};
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) {
            const std::string_view more = physical().substr(1);
            if (result.text.size() <= ics_line_bytes_max) result.text += more;  // One too long is refused, not kept.
        }
        return result;
    }

private:
    std::string_view physical() {
        const std::size_t end = std::min(text_.find('\n', at_), text_.size());
        std::string_view line = text_.substr(at_, end - at_);
        at_ = end + 1;
        here_ = ++counted_;
        if (line.ends_with('\r')) line.remove_suffix(1);
        return line;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t counted_ = 0;
    std::size_t here_ = 0;
};

/// NAME;PARAMETER=VALUE;PARAMETER="VALUE":VALUE
std::optional<IcsProperty> parse_property(std::string_view line) {
    IcsProperty property;
    const std::size_t name_end = line.find_first_of(":;");
    if (name_end == std::string_view::npos || name_end == 0) return std::nullopt;
    property.name = upper(line.substr(0, name_end));
    std::size_t at = name_end;
    while (line[at] == ';') {
        const std::size_t equals = line.find('=', at);
        if (equals == std::string_view::npos) return std::nullopt;
        const std::string key = upper(line.substr(at + 1, equals - at - 1));
        std::string value;
        bool quoted = false;
        for (at = equals + 1; at < line.size(); ++at) {
            const char c = line[at];
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ';' || c == ':')) {
                break;
            } else {
                value.push_back(c);
            }
        }
        if (at >= line.size()) return std::nullopt;
        property.parameters.emplace(key, std::move(value));
    }
    property.value = line.substr(at + 1);
    return property;
}

}  // namespace

std::string IcsProperty::text() const {
    std::string result;
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (value[i] != '\\' || i + 1 == value.size()) {
            result.push_back(value[i]);
            continue;
        }
        const char escaped = value[++i];
        result.push_back(escaped == 'n' || escaped == 'N' ? '\n' : escaped);
    }
    return result;
}

std::string IcsProperty::parameter(const std::string& key) const {
    const auto found = parameters.find(key);
    return found == parameters.end() ? std::string{} : found->second;
}

const IcsProperty* IcsComponent::find(std::string_view property) const {
    const auto found = std::find_if(properties.begin(), properties.end(),
                                    [property](const IcsProperty& p) { return p.name == property; });
    return found == properties.end() ? nullptr : &*found;
}

std::string IcsComponent::text(std::string_view property) const {
    const IcsProperty* found = find(property);
    return found == nullptr ? std::string{} : std::string{trimmed(found->text())};
}

Result<std::vector<IcsComponent>> read_ics(std::string_view file, std::string_view text, Findings& findings,
                                           Pulse* pulse) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    std::vector<IcsComponent> open;  // The outermost first.
    std::vector<IcsComponent> whole;
    std::size_t too_deep = 0;
    bool is_calendar = false;
    Unfolder lines{text};
    while (const auto line = lines.next()) {
        if (pulse != nullptr && !pulse->row()) return pulse->status().error();
        if (trimmed(line->text).empty()) continue;
        const auto refuse = [&](std::string reason) { findings.reject(file, line->line, std::move(reason)); };
        if (line->text.size() > ics_line_bytes_max) {
            refuse("a line of more than 64 KiB");
            continue;
        }
        if (!is_clean_text(line->text)) {
            refuse("not valid UTF-8 text");
            continue;
        }
        auto property = parse_property(line->text);
        if (!is_calendar && (!property || property->name != "BEGIN" || upper(trimmed(property->value)) != "VCALENDAR"))
            break;
        is_calendar = true;
        if (!property) {
            refuse("no calendar line: a name, a colon and a value are expected");
            continue;
        }
        property->line = line->line;
        const std::string component = upper(trimmed(property->value));
        if (property->name == "BEGIN") {
            if (too_deep > 0 || open.size() == ics_depth_max) {
                ++too_deep;
                if (too_deep == 1) refuse("components nested more than " + std::to_string(ics_depth_max) + " deep");
            } else {
                open.push_back({component, line->line, {}, {}});
            }
        } else if (property->name == "END") {
            if (too_deep > 0) {
                --too_deep;
            } else if (open.empty() || open.back().name != component) {
                refuse("END:" + component + " closes nothing that is open");
            } else {
                IcsComponent closed = std::move(open.back());
                open.pop_back();
                (open.empty() ? whole : open.back().children).push_back(std::move(closed));
            }
        } else if (too_deep == 0 && !open.empty()) {
            open.back().properties.push_back(std::move(*property));
        }
    }
    if (!is_calendar) {
        return Error{Errc::invalid,
                     std::string{file} + " is no iCalendar file: it does not begin with BEGIN:VCALENDAR.",
                     std::string{file}, "Export the calendar as .ics and try again."};
    }
    // The file is cut off: what was complete counts, the rest is named.
    while (!open.empty()) {
        IcsComponent cut = std::move(open.back());
        open.pop_back();
        if (cut.name == "VCALENDAR") {
            whole.push_back(std::move(cut));
        } else {
            findings.reject(file, cut.line, "the file ends within this " + cut.name);
        }
    }
    return whole;
}

}  // namespace debrief::core::intake
