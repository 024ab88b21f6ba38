#include "platform/cli/line_editor.hpp"

#include <histedit.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <optional>

#include "platform/cli/context.hpp"
#include "platform/cli/environment.hpp"
#include "platform/cli/key_input.hpp"
#include "platform/cli/layout.hpp"
#include "platform/cli/safe_text.hpp"

namespace debrief::platform::cli {
namespace {

using SteadyClock = std::chrono::steady_clock;
constexpr int tick_ms = 40;
// Typed text older than a second survives a kill: half of it is for the disk.
constexpr std::chrono::milliseconds keep_after{500};

std::atomic<bool> resized{false};
extern "C" void on_resize(int) {
    resized.store(true);
}

}  // namespace

struct LineEditor::Impl {
    explicit Impl(Hooks given) : hooks(std::move(given)) {}
    ~Impl() {
        if (history != nullptr) ::history_end(history);
        if (editor != nullptr) ::el_end(editor);
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    static Impl& of(EditLine* editor) {
        void* self = nullptr;
        ::el_get(editor, EL_CLIENTDATA, &self);
        return *static_cast<Impl*>(self);
    }
    static char* prompt_of(EditLine* editor) { return of(editor).prompt.data(); }
    static int key_of(EditLine* editor, wchar_t* out) { return of(editor).key(out); }
    static unsigned char complete_of(EditLine* editor, int) { return of(editor).complete(); }

    [[nodiscard]] std::string typed() const {
        const LineInfo* line = ::el_line(editor);
        return {line->buffer, static_cast<std::size_t>(line->lastchar - line->buffer)};
    }
    [[nodiscard]] std::size_t typed_length() const {
        const LineInfoW* line = ::el_wline(editor);
        return static_cast<std::size_t>(line->lastchar - line->buffer);
    }

    /// Hands the line over once it has stood unsaved for half a second. Saving on every key would wear the disk.
    void tick() {
        const auto now = SteadyClock::now();
        if (now - last_look >= std::chrono::milliseconds{100}) {
            last_look = now;
            const std::string text = typed();
            if (text == kept) {
                changed_since.reset();
            } else if (!changed_since) {
                changed_since = now;
            } else if (now - *changed_since >= keep_after) {
                kept = text;
                changed_since.reset();
                if (hooks.keep) hooks.keep(with_line_breaks(text));
            }
        }
        if (resized.exchange(false)) {
            ::el_resize(editor);
            if (hooks.resized) hooks.resized();
        }
        if (hooks.idle && now - last_idle >= std::chrono::milliseconds{tick_ms}) {
            last_idle = now;
            hooks.idle();
        }
    }

    std::optional<unsigned char> byte(int wait_ms) {
        const bool for_ever = wait_ms < 0;
        for (int waited = 0; for_ever || waited <= wait_ms;) {
            if (interrupted()) return std::nullopt;
            if (read_at < read_end) return buffer[read_at++];
            pollfd input{STDIN_FILENO, POLLIN, 0};
            const int step = for_ever ? tick_ms : std::min(tick_ms, wait_ms);
            const int ready = ::poll(&input, 1, step);
            if (ready > 0) {
                const auto got = ::read(STDIN_FILENO, buffer.data(), buffer.size());
                if (got < 0 && errno == EINTR) continue;
                if (got <= 0) {
                    closed = true;
                    return std::nullopt;
                }
                read_at = 0;
                read_end = static_cast<std::size_t>(got);
                if (for_ever) tick();
                continue;
            }
            if (for_ever) {
                tick();
            } else {
                waited += std::max(step, 1);
            }
        }
        return std::nullopt;
    }

    int key(wchar_t* out) {
        for (;;) {
            const auto next = keys.next();
            // What passes leaves no trace above a line that is done.
            if (!next || *next == U'\r' || *next == U'\n') show_passing({});
            if (!next) return closed && !interrupted() ? 0 : -1;
            const bool prints = *next >= 0x20 && *next != 0x7F;
            if (prints && !keys.pasting() && hooks.pressed) hooks.pressed();
            if (prints && typed_length() >= bytes_max / 4) {
                if (!too_long) ::el_beep(editor);
                too_long = true;
                continue;
            }
            *out = static_cast<wchar_t>(*next);
            return 1;
        }
    }

    unsigned char complete() {
        const LineInfo* line = ::el_line(editor);
        const std::string before{line->buffer, static_cast<std::size_t>(line->cursor - line->buffer)};
        const auto start = before.find_last_of(' ') + 1;
        const std::string word = before.substr(start);
        std::vector<std::string> fitting = hooks.complete ? hooks.complete(before) : std::vector<std::string>{};
        if (fitting.empty()) return CC_REFRESH_BEEP;
        std::string common = fitting.front();
        for (const auto& one : fitting) {
            std::size_t same = 0;
            while (same < common.size() && same < one.size() && common[same] == one[same]) ++same;
            common.resize(same);
        }
        if (fitting.size() == 1) common += ' ';
        if (common.size() > word.size()) {
            ::el_deletestr(editor, static_cast<int>(characters(word)));
            ::el_insertstr(editor, common.c_str());
            return CC_REFRESH;
        }
        std::string list = "\r\n";
        for (const auto& one : fitting) list += safe_line(one) + "  ";
        list += "\r\n";
        write_out(list);
        return CC_REDISPLAY;
    }

    static std::size_t characters(const std::string& text) {
        std::size_t count = 0;
        for (std::size_t at = 0; at < text.size(); ++count) next_code_point(text, at);
        return count;
    }

    static void write_out(std::string_view text) {
        std::fflush(stdout);
        while (!text.empty()) {
            const auto written = ::write(STDOUT_FILENO, text.data(), text.size());
            if (written < 0 && errno != EINTR) return;
            if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
        }
    }

    /// Goes back to where the drawing began, and takes it away.
    void erase() const {
        const LineInfo* line = ::el_line(editor);
        const std::string_view before{line->buffer, static_cast<std::size_t>(line->cursor - line->buffer)};
        const auto rows = (display_width(prompt) + display_width(before)) / std::max<std::size_t>(columns_now(), 1) +
                          (passing.empty() ? 0 : 1);
        write_out("\r" + (rows > 0 ? "\033[" + std::to_string(rows) + "A" : std::string{}) + "\033[J");
    }

    void show_passing(const std::string& words) {
        // Cut to less than a row: only then is it known how far up it begins.
        const auto fits = wrap(safe_line(words), columns_now() - std::min<std::size_t>(columns_now(), 2)).front();
        if (fits == passing) return;
        erase();
        passing = fits;
        draw();
    }

    /// From where the cursor stands.
    void draw() const {
        if (!passing.empty()) write_out(passing + "\r\n");
        ::el_set(editor, EL_REFRESH);
    }

    Hooks hooks;
    EditLine* editor = nullptr;
    ::History* history = nullptr;
    std::string prompt, passing;
    KeyInput keys{[this](int wait_ms) { return byte(wait_ms); }};
    std::vector<unsigned char> buffer = std::vector<unsigned char>(4096);
    std::size_t read_at = 0, read_end = 0;
    bool closed = false;
    bool too_long = false;
    std::string kept;
    std::optional<SteadyClock::time_point> changed_since;
    SteadyClock::time_point last_look{}, last_idle{};
};

bool LineEditor::possible() {
    const char* term = std::getenv("TERM");
    return ::isatty(STDIN_FILENO) != 0 && ::isatty(STDOUT_FILENO) != 0 && term != nullptr && *term != '\0' &&
           std::string_view{term} != "dumb";
}

LineEditor::LineEditor(Hooks hooks) : impl_(std::make_unique<Impl>(std::move(hooks))) {
    // The editor counts characters by the locale; people write UTF-8 even where it says "C".
    const char* locale = std::setlocale(LC_CTYPE, "");
    if (locale == nullptr || MB_CUR_MAX == 1) std::setlocale(LC_CTYPE, "C.UTF-8");
    auto* editor = ::el_init("debrief", stdin, stdout, stderr);
    impl_->editor = editor;
    impl_->history = ::history_init();
    HistEvent event{};
    ::history(impl_->history, &event, H_SETSIZE, 500);
    ::history(impl_->history, &event, H_SETUNIQUE, 1);
    ::el_set(editor, EL_CLIENTDATA, static_cast<void*>(impl_.get()));
    ::el_set(editor, EL_PROMPT, &Impl::prompt_of);
    ::el_set(editor, EL_EDITOR, "emacs");
    ::el_set(editor, EL_SIGNAL, 0);
    ::el_set(editor, EL_HIST, ::history, impl_->history);
    ::el_set(editor, EL_ADDFN, "debrief-complete", "Completes commands and names", &Impl::complete_of);
    ::el_set(editor, EL_BIND, "^I", "debrief-complete", nullptr);
    ::el_set(editor, EL_BIND, "^R", "em-inc-search-prev", nullptr);
    ::el_source(editor, nullptr);
    ::el_set(editor, EL_GETCFN, &Impl::key_of);
    struct sigaction action {};
    action.sa_handler = on_resize;
    sigemptyset(&action.sa_mask);
    sigaction(SIGWINCH, &action, nullptr);
}

LineEditor::~LineEditor() = default;

LineEditor::Got LineEditor::read(const std::string& prompt, const std::string& prefill) {
    impl_->prompt = safe_line_keeping_edges(prompt);
    impl_->passing.clear();
    impl_->too_long = false;
    impl_->kept = prefill.empty() ? std::string{} : with_line_break_signs(safe_text(prefill));
    impl_->changed_since.reset();
    if (!prefill.empty()) ::el_push(impl_->editor, impl_->kept.c_str());
    Impl::write_out("\033[?2004h");
    int length = 0;
    const char* text = ::el_gets(impl_->editor, &length);
    Got got;
    if (text != nullptr && length > 0) {
        got.end = End::line;
        got.text.assign(text, static_cast<std::size_t>(length));
        while (!got.text.empty() && (got.text.back() == '\n' || got.text.back() == '\r')) got.text.pop_back();
    } else if (interrupted()) {
        got.end = End::interrupted;
        got.text = impl_->typed();
    }
    got.text = with_line_breaks(got.text);
    Impl::write_out(got.end == End::line ? "\033[?2004l" : "\033[?2004l\r\n");
    if (impl_->too_long) {
        // Half of what somebody pasted is not what they said.
        Impl::write_out(
            "That was more than 15 000 characters; nothing of it was said. Say it in pieces, or from a file: debrief "
            "chat "
            "ACCOUNT < FILE\r\n");
        got.text.clear();
    }
    return got;
}

void LineEditor::remember(const std::string& line) {
    const std::string one = with_line_break_signs(safe_text(line));
    if (one.find_first_not_of(' ') == std::string::npos) return;
    HistEvent event{};
    ::history(impl_->history, &event, H_ENTER, one.c_str());
}

void LineEditor::above(const std::function<void()>& print) {
    impl_->erase();
    print();
    impl_->draw();
}

void LineEditor::passing(const std::string& words) {
    impl_->show_passing(words);
}

}  // namespace debrief::platform::cli
