// A conversation at a terminal: the editor gives the lines, and between keys the façade lives on.
#include <algorithm>
#include <cctype>

#include "platform/cli/chat.hpp"
#include "platform/cli/chat_help.hpp"
#include "platform/cli/line_editor.hpp"

namespace debrief::platform::cli {
namespace {

bool begins(const std::string& text, std::string_view start) {
    if (text.size() < start.size()) return false;
    return std::equal(start.begin(), start.end(), text.begin(), [](char a, char b) {
        return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
    });
}

std::vector<std::string> completions(std::string_view before, const std::vector<std::string>& names,
                                     const std::string& kind) {
    std::vector<std::string> out;
    const std::string_view word = before.substr(before.find_last_of(' ') + 1);
    if (word.empty()) return out;
    if (before.front() == '/' && word.size() == before.size()) {
        for (const HelpRow& row : chat_help_rows(kind, "en")) {
            std::string name = row.usage.substr(0, row.usage.find(' '));
            if (begins(name, word)) out.push_back(std::move(name));
        }
        return out;
    }
    for (const auto& name : names) {
        if (begins(name, word)) out.push_back(name);
    }
    return out;
}

}  // namespace

Outcome chat_with_keys(Context& context, Door& door, Chat& chat, const std::vector<std::string>& names) {
    watch_for_interruption();
    LineEditor* editor = nullptr;
    // During a call the user is not typing: notices then are printed as ordinary lines.
    bool typing = false;
    LineEditor::Hooks hooks;
    hooks.idle = [&] {
        door.poll(std::chrono::milliseconds{0});
        editor->passing(chat.passing());
    };
    hooks.pressed = [&] { chat.pressed(); };
    hooks.keep = [&](const std::string& typed) { chat.keep_draft(typed); };
    hooks.complete = [&](std::string_view before) { return completions(before, names, chat.kind()); };
    hooks.resized = [&] { context.out.set_width(columns_now()); };
    LineEditor line_editor{std::move(hooks)};
    editor = &line_editor;
    door.on_notification([&](const std::string& method, const nlohmann::json& params) {
        const auto words = chat.noticed(method, params);
        if (words.empty()) return;
        const auto print = [&] { context.out.paragraph({}, {Style::dim, words}); };
        if (typing) {
            // Whoever has said it types it no more: that goes before the line comes.
            editor->passing(chat.passing());
            editor->above(print);
        } else {
            print();
        }
    });
    for (const auto& line : chat.said_before()) editor->remember(line);

    std::string prefill = chat.draft();
    bool dropped_one = false;
    ExitCode end = ExitCode::done;
    for (;;) {
        typing = true;
        const LineEditor::Got got = editor->read("you      ", prefill);
        typing = false;
        prefill.clear();
        if (got.end == LineEditor::End::interrupted) {
            clear_interruption();
            if (!got.text.empty()) {
                editor->remember(got.text);
                chat.keep_draft({});
            }
            if (dropped_one) {
                end = ExitCode::cancelled;
                break;
            }
            context.out.line(
                {{Style::dim,
                  got.text.empty()
                      ? "Ctrl-C again leaves; everything said is kept."
                      : "Line dropped (arrow up brings it back). Ctrl-C again leaves; everything said is kept."}});
            dropped_one = true;
            continue;
        }
        dropped_one = false;
        Chat::Done done;
        if (got.end == LineEditor::End::closed) {
            done = chat.stop();
        } else {
            if (got.text.empty()) continue;
            editor->remember(got.text);
            done = chat.line(got.text);
            // What could not be said is not lost: it stands there again. A mistyped command is better typed anew.
            if (done.failed) {
                if (got.text.front() != '/') prefill = got.text;
            } else if (!chat.draft().empty()) {
                chat.keep_draft({});
            }
        }
        if (interrupted()) {
            clear_interruption();
            dropped_one = true;
        }
        if (done.next != Chat::Next::more) break;
    }
    door.on_notification({});
    chat.farewell();
    return end;
}

}  // namespace debrief::platform::cli
