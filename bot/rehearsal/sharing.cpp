#include "bot/rehearsal/sharing.hpp"

#include <algorithm>
#include <map>

#include "bot/dialogue/words.hpp"
#include "bot/rehearsal/judging.hpp"
#include "bot/rehearsal/texts.hpp"
#include "bot/rehearsal/turns.hpp"
#include "core/catalogue/scope.hpp"
#include "core/civil_date.hpp"

namespace debrief::bot::rehearsal {
namespace {

/// Between rep and manager evidence stands by reference only: an erasure of what it quotes need not look there.
std::string question_shared(const Answered& one, std::string_view language) {
    const Ask& ask = *one.asked->ask;
    const HardQuestion* q = question_called(ask.question);
    if (q != nullptr && !q->names("{fact}")) return one.asked->text;
    return say(Text::summary_stored, language, {{"id", ask.about.empty() ? ask.question : ask.about.front().text()}});
}

}  // namespace

bool wants_answers(std::string_view text) {
    const std::string plain = plain_line(text);
    return contains_phrase(plain, "answers") || contains_phrase(plain, "antworten") ||
           contains_phrase(plain, "words") || contains_phrase(plain, "worten");
}

std::string summary(const Conversation& conversation, const Played& who, const std::vector<Answered>& answers,
                    bool with_answers) {
    const std::string_view language = conversation.language;
    // The last try of each question, in the order in which they were asked.
    std::vector<std::string> order;
    std::map<std::string, const Answered*> last;
    for (const Answered& one : answers) {
        const std::string& question = one.verdict->step->question;
        if (last.emplace(question, &one).second) order.push_back(question);
        last[question] = &one;
    }
    std::size_t good = 0;
    std::string lines;
    for (const std::string& question : order) {
        const Answered& one = *last[question];
        const Judged& judged = *one.verdict->judged;
        good += judged.credited ? 1U : 0U;
        const std::string verdict = judged.credited
                                        ? say(Text::verdict_good, language)
                                        : say(Text::verdict_weak, language, {{"what", axes(judged, false, language)}});
        lines += "\n" + say(Text::summary_line, language,
                            {{"question", question_shared(one, language)}, {"verdict", verdict}});
        if (with_answers)
            lines += "\n" + say(Text::summary_answer, language, {{"answer", clipped(one.line->text, 2000)}});
    }
    return say(Text::summary_head, language,
               {{"person", who.contact.name},
                {"account", conversation.account.name},
                {"good", std::to_string(good)},
                {"count", std::to_string(order.size())}}) +
           lines;
}

std::vector<core::Edit> share_edits(const Conversation& conversation, const World& world, const State& state,
                                    core::Instant at, bool with_answers) {
    const std::string text =
        summary(conversation, played(conversation, world), answers(conversation, state), with_answers);
    const auto day =
        std::chrono::floor<std::chrono::days>(std::chrono::sys_time<std::chrono::milliseconds>{at} + world.utc_offset);
    std::vector<core::Edit> edits;
    for (const core::NamedId& manager : world.managers) {
        const std::string scope = core::text_of({core::ScopeKind::coaching, conversation.rep.id, manager.id});
        edits.emplace_back(
            core::Put{"coaching_note",
                      core::derive_uuid("shared-rehearsal", conversation.id.text() + scope),
                      {{"rep", conversation.rep.id}, {"text", text}, {"shared", true}, {"on", core::civil_text(day)}},
                      scope});
    }
    edits.emplace_back(core::Put{"rehearsal", rehearsal_id(conversation.id), {{"shared", true}}, {}});
    return edits;
}

}  // namespace debrief::bot::rehearsal
