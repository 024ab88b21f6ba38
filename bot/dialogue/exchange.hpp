// One line of the user and the reply in the making: what the handlers read, and what they write their decisions to.
// Not for doors: they use engine.hpp.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/dialogue/conversation.hpp"
#include "bot/dialogue/engine.hpp"
#include "bot/dialogue/phrases.hpp"
#include "bot/playbook/situation.hpp"
#include "bot/understanding/understanding.hpp"

namespace debrief::bot {

/// The newest word on each person; an entry that is withdrawn takes the older one with it.
void merge_person(std::vector<PersonNamed>& people, const PersonNamed& named);

/// The civil day from which relative dates count.
std::chrono::sys_days meeting_day(const Conversation& conversation, const World& world);

/// One finding quotes a clause, not a page; a field holds 64 KiB with everything around it.
inline constexpr std::size_t evidence_bytes_max = 2000;

class Exchange {
public:
    /// `line` is null when the bot speaks unasked: the opening, a recap.
    Exchange(const Playbook& playbook, const Conversation& conversation, const World& world, const Message* line);

    const Playbook& book;
    const Conversation& conversation;
    const World& world;
    const Message* line;
    State state;                 ///< Before the line; handlers keep it up to date as they decide.
    std::vector<Proposal> live;  ///< What is proposed now, in the order said.
    core::Instant at{};          ///< The line's time: what two devices agree on.
    Step step;                   ///< What is made of the line.
    std::vector<core::Edit> edits;
    std::vector<core::Uuid> erase;  ///< Lines to be erased once this turn is written.

    [[nodiscard]] std::string_view language() const { return conversation.language; }
    [[nodiscard]] std::chrono::sys_days today() const;  ///< Of the line, by the user's clock.
    [[nodiscard]] std::uint64_t variant() const;        ///< Chooses among wordings; the same on every device.
    [[nodiscard]] std::string say(Phrase which, Slots slots = {}) const {
        return phrase(which, language(), slots, variant());
    }
    /// A text of the playbook with names filled in; `otherwise` where the playbook has none.
    [[nodiscard]] std::string from_book(const Wording& wording, Phrase otherwise, const Ask& ask) const;

    /// Words that lead the next question, in one message with it if that stays short.
    void tell(std::string_view text);
    void answer(std::string text, Answer found);
    /// A verdict on the line, in a message of its own.
    void judge(std::string text, Judged judged);
    /// A message of its own, however long.
    void show(std::string text);
    void ask(Ask ask, std::string text);
    /// Puts the open question again, uncounted; on the confirm screen, the screen.
    void restate();

    /// Something understood: written as proposed.
    void propose(Proposal proposal);
    /// Changes a live proposal and remembers how it stood.
    void change(const Proposal& changed);
    /// Takes a live proposal out.
    void withdraw(const core::Uuid& item);
    /// As `withdraw`, for good: nothing of it is kept for undo.
    void forget(const core::Uuid& item);
    void name_person(PersonNamed person);
    /// The question that the line answered has its answer.
    void settle(std::string did);

    [[nodiscard]] const Proposal* proposal(const core::Uuid& item) const;
    [[nodiscard]] const core::Item* stored(const core::Uuid& item) const;  ///< A current or former fact of the journey.
    /// A stored fact whose place was taken in this conversation.
    [[nodiscard]] bool replaced(const core::Uuid& item) const;
    [[nodiscard]] std::string name_of_contact(const core::Uuid& contact) const;
    [[nodiscard]] core::Source source(std::string_view quote) const;  ///< This line's.
    [[nodiscard]] core::Item blank_item() const;                      ///< With all that every item of this line shares.
    [[nodiscard]] core::Uuid new_item_id() const;                     ///< The same on every device.

    Turn finish(Phase phase);

private:
    struct Block {
        std::string text;
        std::optional<Ask> ask;
        std::optional<Answer> answer;
        std::optional<Judged> judged;
    };
    void flush();

    Phase phase_before_;
    std::string lead_;
    std::vector<Block> blocks_;
};

/// Where the customer and the rep stand in this meeting.
Situation situation(const Exchange& exchange);

/// What a question says, with account, person, fact and date filled in.
std::string question_text(const Exchange& exchange, const Ask& ask);
/// Puts the same question in another way: its probe, or its turn to the customer's side. `did`: what becomes of the
/// line.
void follow_up(Exchange& exchange, const Ask& asked, AskKind kind, std::string did);

/// Asks the next question, or shows the confirm screen when there is none or no time for it.
void go_on(Exchange& exchange);

}  // namespace debrief::bot
