#include "platform/cli/chat.hpp"

#include <algorithm>

#include "platform/cli/chat_help.hpp"
#include "platform/cli/chat_view.hpp"
#include "platform/cli/chat_words.hpp"
#include "platform/cli/words.hpp"

namespace debrief::platform::cli {

using nlohmann::json;

namespace {

/// Of those before an open conversation, for the keys that bring back what was said.
constexpr int lines_kept = 200;

RoomLine::Time steady_now() {
    return std::chrono::duration_cast<RoomLine::Time>(std::chrono::steady_clock::now().time_since_epoch());
}

}  // namespace

Chat::Chat(Context& context, Door& door, Named account, bool interactive)
    : context_(context), door_(door), account_(std::move(account)), interactive_(interactive) {}

core::Status Chat::start(const json& params) {
    started_with_ = params;
    // A person looks at the end of a long room; a program reads all of it.
    if (interactive_ && !context_.out.look().json) started_with_["last"] = lines_kept;
    auto started = door_.call("chat.start", started_with_);
    if (!started) return started.error();
    opened(*started);
    draft_ = text_of(state_, "draft");
    if (auto status = door_.call("sync.status", json::object())) sync_ = *status;
    if (auto info = door_.call("system.info", json::object())) me_ = text_of(*info, "user");
    kind_ = text_of(params, "kind");
    auto& out = context_.out;
    if (out.look().json) {
        for (const auto& message : messages_) out.json_line(message);
        return core::Ok{};
    }
    if (!interactive_) {
        // A pipe is told what is open now, not the whole story again.
        std::size_t from = messages_.size();
        while (from > 0 && text_of(messages_[from - 1].value("author", json::object()), "kind") == "bot") --from;
        for (std::size_t i = from; i < messages_.size(); ++i) show_message(out, messages_[i], false, me_);
        return core::Ok{};
    }
    out.paragraph({Style::strong, (contact_       ? contact_->name + ", "
                                   : opportunity_ ? opportunity_->name + ", "
                                                  : "") +
                                      account_.name + "  "},
                  {Style::dim, is_room() ? "/help lists what you can do; Ctrl-D leaves, the others go on"
                                         : "/help lists what you can do; Ctrl-D stops"});
    if (flag_of(sync_, "enrolled") && text_of(sync_, "state") == "offline") {
        told_offline_ = true;
        out.line({{Style::dim, sync_line(sync_, context_.environment)}});
    }
    show_thread(out, messages_, earlier_, me_);
    return core::Ok{};
}

void Chat::opened(const json& started) {
    conversation_ = text_of(started, "conversation");
    messages_ = started.value("messages", json::array());
    earlier_ = static_cast<std::size_t>(number_of(started, "earlier"));
    state_ = started.value("state", json::object());
}

std::vector<std::string> Chat::said_before() const {
    std::vector<std::string> lines;
    for (const auto& message : messages_) {
        if (text_of(message.value("author", json::object()), "kind") == "user")
            lines.push_back(text_of(message, "text"));
    }
    return lines;
}

Chat::Done Chat::answer(const core::Result<json>& reply) {
    if (!reply) {
        const Failure failure = failure_of(reply.error());
        context_.out.fail(failure);
        // Nothing is here any more to talk about.
        return {sync_.contains("wiped") ? Next::quit : Next::more, true, failure.code};
    }
    const std::string phase_before = text_of(state_, "phase");
    state_ = reply->value("state", state_);
    for (const auto& message : reply->value("messages", json::array())) {
        messages_.push_back(message);
        if (context_.out.look().json) {
            context_.out.json_line(message);
        } else {
            show_message(context_.out, message, interactive_, me_);
        }
    }
    const std::string phase = text_of(state_, "phase");
    if (phase == "confirming" && phase_before != "confirming" && !context_.out.look().json) show_kept_apart();
    const bool over = phase == "done" || (phase == "stopped" && phase_before != "stopped");
    if (over && contact_ && phase_before != "done" && !context_.out.look().json) show_practice();
    return {over ? Next::over : Next::more, false, ExitCode::done};
}

std::string Chat::kind() const {
    // A debrief of how an opportunity ended begins under a playbook of its own.
    const bool ends = text_of(state_.value("playbook", json::object()), "id") == "ending";
    return kind_.empty() ? "debrief" : ends ? "ending" : kind_;
}

void Chat::show_screen() {
    if (contact_) return show_practice();
    auto got = door_.call("chat.get", {{"conversation", conversation_}});
    if (!got) return;
    if (kind_ == "coaching") return show_note(context_.out, got->value("outcome", json::object()));
    show_understood(context_.out, got->value("understood", json::array()));
    show_kept_apart();
}

void Chat::show_practice() {
    auto got = door_.call("chat.get", {{"conversation", conversation_}});
    if (!got) return;
    const json outcome = got->value("outcome", json::object());
    if (number_of(outcome, "answered") > 0) context_.out.paragraph(text_of(outcome, "page"));
}

void Chat::show_kept_apart() {
    // In a one-to-one the manager speaks of what the manager does.
    if (kind_ == "coaching") return;
    auto got = door_.call("chat.get", {{"conversation", conversation_}});
    if (got) cli::show_kept_apart(context_.out, got->value("messages", json::array()));
}

void Chat::show_status() {
    context_.out.line({{Style::dim, where_we_stand(state_)}});
    if (auto status = door_.call("sync.status", json::object())) {
        sync_ = *status;
        context_.out.line({{Style::dim, sync_line(sync_, context_.environment)}});
    }
}

namespace {

/// For as long as a call lasts.
struct Calling {
    explicit Calling(bool& flag) : flag_(flag) { flag_ = true; }
    ~Calling() { flag_ = false; }
    Calling(const Calling&) = delete;
    Calling& operator=(const Calling&) = delete;
    bool& flag_;
};

}  // namespace

Chat::Done Chat::act(const std::string& action, std::optional<std::size_t> item, const std::string& text) {
    json params{{"conversation", conversation_}, {"action", action}};
    if (!text.empty()) params["text"] = text;
    // The promises of a one-to-one are no findings: the bot knows them by their number.
    if (item && kind_ == "coaching") {
        const Calling calling{calling_};
        return answer(
            door_.call("chat.say", {{"conversation", conversation_}, {"text", action + " " + std::to_string(*item)}}));
    }
    if (item) {
        auto got = door_.call("chat.get", {{"conversation", conversation_}});
        if (!got) return answer(got.error());
        const json items = numbered_items(got->value("understood", json::array()));
        if (*item > items.size()) {
            return answer(core::Error{core::Errc::invalid,
                                      "There is no item " + std::to_string(*item) + ". The screen shows " +
                                          std::to_string(items.size()) + ".",
                                      "item", "/show"});
        }
        params["item"] = text_of(items[*item - 1], "id");
    }
    const Calling calling{calling_};
    return answer(door_.call("chat.act", params));
}

void Chat::join_the_first() {
    if (!others_talk_) return;
    others_talk_ = false;
    const auto first = door_.call("chat.start", started_with_);
    if (!first || text_of(*first, "conversation") == conversation_) return;
    const bool spoke = !said_before().empty();
    opened(*first);
    auto& out = context_.out;
    if (out.look().json) {
        for (const auto& message : messages_) out.json_line(message);
        return;
    }
    out.talk("A colleague began this review a moment before you. You are all in one room now.");
    if (spoke) out.talk("What you said until now is kept, but not in this room: say again what they should see.");
    if (interactive_) show_thread(out, messages_, earlier_, me_);
}

Chat::Done Chat::line(const std::string& typed) {
    if (is_room()) join_the_first();
    const ChatLine read = read_chat_line(typed);
    if (const auto* say = std::get_if<Say>(&read)) {
        const Calling calling{calling_};
        const auto done = answer(door_.call("chat.say", {{"conversation", conversation_}, {"text", say->text}}));
        if (room_.rested()) tell_presence("here");
        return done;
    }
    if (const auto* action = std::get_if<Act>(&read)) return act(action->action, action->item, action->text);
    if (const auto* mistyped = std::get_if<Mistyped>(&read)) {
        context_.out.fail({mistyped->what,
                           "A line that begins with / is a command; // says it to the bot.",
                           mistyped->next,
                           ExitCode::usage,
                           "usage",
                           {}});
        return {Next::more, true, ExitCode::usage};
    }
    switch (std::get<Local>(read)) {
        case Local::help:
            show_chat_help(context_.out, kind(), text_of(state_, "language"));
            break;
        case Local::status:
            show_status();
            break;
        case Local::show:
            show_screen();
            break;
        case Local::quit:
            return {Next::quit, false, ExitCode::done};
        case Local::nothing:
            break;
    }
    return {};
}

Chat::Done Chat::stop() {
    const std::string phase = text_of(state_, "phase");
    // In a review the others go on: who leaves must not put the last screen before them.
    const bool leaves = is_room() || phase == "confirming" || phase == "done" || phase == "stopped";
    if (leaves) return {Next::quit, false, ExitCode::done};
    Done done = act("stop", std::nullopt, {});
    if (done.failed) done.next = Next::quit;
    return done;
}

void Chat::keep_draft(const std::string& text) {
    if (auto kept = door_.call("chat.draft", {{"conversation", conversation_}, {"text", text}})) draft_ = text;
}

std::string Chat::noticed(const std::string& method, const json& params) {
    if (method == "message") {
        const json message = params.value("message", json::object());
        const bool ours = text_of(params, "conversation") == conversation_;
        others_talk_ = others_talk_ || !ours;
        if (ours && flag_of(message, "redacted") &&
            text_of(message.value("author", json::object()), "kind") == "user") {
            return "A private remark was not kept.";
        }
        return ours ? overheard(message) : std::string{};
    }
    if (method == "presence") {
        if (text_of(params, "conversation") == conversation_) room_.hear(params, steady_now());
        return {};
    }
    if (method == "reminder") {
        // Another meeting that waits does not talk into this one: 'debrief' alone and 'debrief watch' say so.
        return params.contains("meeting") ? std::string{} : "Reminder: " + text_of(params, "text");
    }
    if (method != "sync") return {};
    sync_ = params;
    const std::string state = text_of(params, "state");
    const bool offline = state == "offline";
    if (params.contains("wiped")) return text_of(params, "detail") + " " + cut_off_error(params).hint;
    if (state == "revoked") return "An administrator has cut this device off: it may no longer sync.";
    // Said once when it changes; the way back through connecting and syncing is nobody's concern.
    if (offline == told_offline_ || (!offline && state != "caught_up")) return {};
    told_offline_ = offline;
    return sync_line(params, context_.environment);
}

/// Two who spoke at once were both given the next question.
bool Chat::asks_the_open_question(const json& message) const {
    const auto last =
        std::find_if(messages_.rbegin(), messages_.rend(), [](const json& one) { return one.contains("ask"); });
    return last != messages_.rend() && message.contains("ask") && !flag_of(message["ask"], "restated") &&
           text_of(*last, "text") == text_of(message, "text") &&
           text_of((*last)["ask"], "question") == text_of(message["ask"], "question");
}

std::string Chat::overheard(const json& message) {
    const json author = message.value("author", json::object());
    const bool bot = text_of(author, "kind") == "bot";
    // The bot's reply to the own line comes with the answer to the call.
    if (text_of(author, "user") == me_ || (bot && calling_)) return {};
    const auto known = std::find_if(messages_.begin(), messages_.end(),
                                    [&](const json& one) { return text_of(one, "id") == text_of(message, "id"); });
    if (known != messages_.end()) return {};
    const bool asked_already = bot && asks_the_open_question(message);
    messages_.push_back(message);
    room_.heard_from(text_of(author, "user"), steady_now());
    if (asked_already) return {};
    return (bot ? std::string{"debrief"} : text_of(author, "name")) + ": " + text_of(message, "text");
}

bool Chat::is_room() const {
    return kind_.ends_with("_review");
}

void Chat::tell_presence(const char* state) {
    static_cast<void>(door_.call("presence.tell", {{"conversation", conversation_}, {"state", state}}).has_value());
}

void Chat::pressed() {
    if (is_room() && room_.pressed(steady_now())) tell_presence("typing");
}

std::string Chat::passing() const {
    return room_.text(steady_now());
}

void Chat::farewell() {
    if (interactive_ && is_room()) tell_presence("gone");
    if (context_.out.look().json) {
        context_.out.json_line({{"conversation", conversation_}, {"state", state_}});
        return;
    }
    if (sync_.contains("wiped")) return;  // There is nothing to go on with.
    const bool finished = text_of(state_, "phase") == "done";
    const std::string next = what_next(kind(), finished, program_words(context_), account_.name,
                                       contact_       ? contact_->name
                                       : opportunity_ ? opportunity_->name
                                                      : std::string{});
    if (interactive_) {
        context_.out.line({{Style::dim, next}});
    } else {
        context_.out.talk(next);
    }
}

}  // namespace debrief::platform::cli
