// One conversation at a terminal or a pipe: turns lines into calls and answers into lines. It reads no keys itself.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "platform/cli/context.hpp"
#include "platform/cli/names.hpp"
#include "platform/cli/room_line.hpp"

namespace debrief::platform::cli {

/// Threads: one.
class Chat {
public:
    enum class Next { more, over, quit };
    /// What became of a line. A line that failed was not said, or not answered: the user can send it again.
    struct Done {
        Next next = Next::more;
        bool failed = false;
        ExitCode code = ExitCode::done;
    };

    Chat(Context& context, Door& door, Named account, bool interactive);
    /// With whom it is: then the last words lead back to `debrief rehearse`.
    void practise_with(Named contact) { contact_ = std::move(contact); }
    /// Of which opportunity it tells how it ended: then they lead back to `debrief outcome`.
    void tell_end_of(Named opportunity) { opportunity_ = std::move(opportunity); }

    /// Opens or resumes. `params` are those of chat.start.
    core::Status start(const nlohmann::json& params);
    Done line(const std::string& typed);
    /// What Ctrl-D does: asks the bot to stop; leaves if it has stopped already, and a review's room at once.
    Done stop();
    /// Keeps what is typed and not sent. Quiet: a failure here must not disturb the typing.
    void keep_draft(const std::string& text);
    /// A notification of the façade that came while waiting.
    /// Returns what the user should be shown above the line being typed; empty for nothing.
    std::string noticed(const std::string& method, const nlohmann::json& params);

    /// A key was pressed: in a review the others see that something is being typed.
    void pressed();
    /// What stands above the line being typed for as long as it is so; empty for nothing.
    [[nodiscard]] std::string passing() const;

    [[nodiscard]] const std::string& conversation() const { return conversation_; }
    [[nodiscard]] const std::string& draft() const { return draft_; }
    [[nodiscard]] std::vector<std::string> said_before() const;
    [[nodiscard]] const nlohmann::json& state() const { return state_; }
    /// As chat_help.hpp names kinds.
    [[nodiscard]] std::string kind() const;
    /// The last words before leaving: how to go on.
    void farewell();

private:
    /// Takes what chat.start gave.
    void opened(const nlohmann::json& started);
    Done act(const std::string& action, std::optional<std::size_t> item, const std::string& text);
    Done answer(const core::Result<nlohmann::json>& reply);
    /// What has come of it so far: what was understood, the note, how the answers stood.
    void show_screen();
    void show_kept_apart();
    /// Of a rehearsal: what was asked, how it was judged, what comes again. Nothing where nothing was answered.
    void show_practice();
    void show_status();
    [[nodiscard]] bool is_room() const;
    /// Two who begin the same review at once make two rooms: whoever was later goes to the other's.
    void join_the_first();
    /// What this person does in the room. Quiet: it must not disturb the typing.
    void tell_presence(const char* state);
    /// A line that somebody else's device wrote into this room; empty if it is known or our own.
    std::string overheard(const nlohmann::json& message);
    [[nodiscard]] bool asks_the_open_question(const nlohmann::json& message) const;

    Context& context_;
    Door& door_;
    Named account_;
    std::optional<Named> contact_, opportunity_;
    bool interactive_;
    std::string conversation_;
    std::string draft_;
    std::string me_;    ///< The user's id.
    std::string kind_;  ///< debrief, deal_review …
    bool calling_ = false;
    bool others_talk_ = false;                                ///< A line came that stands in another room.
    nlohmann::json started_with_ = nlohmann::json::object();  ///< The parameters of chat.start.
    nlohmann::json messages_ = nlohmann::json::array();
    std::size_t earlier_ = 0;  ///< How many lines come before those.
    nlohmann::json state_ = nlohmann::json::object();
    nlohmann::json sync_ = nlohmann::json::object();
    bool told_offline_ = false;
    RoomLine room_;
};

/// One conversation from its first line to its last, at a terminal or a pipe; what was confirmed is given a moment to
/// leave. `account`: of a one-to-one the rep. `about`: the opportunity of which it tells how it ended.
Outcome converse_about(Context& context, Door& door, const Named& account, const std::optional<Named>& about,
                       const nlohmann::json& params, bool echo);
/// Lines from standard input that is no terminal.
/// `echo`: prints the user's own lines as well, so that the output reads as a transcript.
Outcome chat_with_pipe(Context& context, Door& door, Chat& chat, bool echo);
/// Keys from a terminal.
Outcome chat_with_keys(Context& context, Door& door, Chat& chat, const std::vector<std::string>& names);

}  // namespace debrief::platform::cli
