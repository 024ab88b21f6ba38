#include "bot/dialogue/screening.hpp"

#include <algorithm>

#include "bot/dialogue/engine.hpp"
#include "bot/dialogue/listening.hpp"

namespace debrief::bot {

std::string without_placeholders(std::string_view text) {
    std::string out(text);
    for (std::size_t at = out.find(private_placeholder); at != std::string::npos;
         at = out.find(private_placeholder, at)) {
        std::fill_n(out.begin() + static_cast<std::ptrdiff_t>(at), private_placeholder.size(), ' ');
    }
    return out;
}

ScreenedLine screen_line(std::string_view text, const Conversation& conversation, const World& world) {
    const NoteContext context = note_context(conversation, world, {});
    std::vector<Span> remarks = private_remarks_in(text, context);
    std::sort(remarks.begin(), remarks.end(), [](const Span& a, const Span& b) { return a.offset < b.offset; });
    ScreenedLine out;
    std::size_t at = 0;
    for (const Span& remark : remarks) {
        const std::size_t end = std::min(remark.offset + remark.length, text.size());
        if (end <= at) continue;
        if (remark.offset > at || out.text.empty()) {
            if (remark.offset > at) out.text.append(text.substr(at, remark.offset - at));
            out.text.append(private_placeholder);
        }
        at = end;
        out.redacted = true;
    }
    out.text.append(text.substr(at));
    return out;
}

}  // namespace debrief::bot
