#include "platform/cli/environment.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "core/civil_date.hpp"

namespace debrief::platform::cli {
namespace {

std::optional<std::string> process_variable(const std::string& name) {
    const char* value = std::getenv(name.c_str());
    if (value == nullptr) return std::nullopt;
    return value;
}

std::optional<std::string> filled(const Environment& environment, const std::string& name) {
    auto value = environment.variable(name);
    if (value && value->empty()) return std::nullopt;
    return value;
}

}  // namespace

std::size_t columns_now() {
    if (const char* value = std::getenv("COLUMNS"); value != nullptr) {
        std::size_t columns = 0;
        const std::string_view text{value};
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), columns);
        if (error == std::errc{} && end == text.data() + text.size() && columns >= 10 && columns <= 1000)
            return columns;
    }
    if (::isatty(STDOUT_FILENO) == 0) return 0;
    winsize size{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 10) return size.ws_col;
    return 80;
}

Environment Environment::of_process() {
    Environment environment;
    environment.variable = process_variable;
    environment.stdin_terminal = ::isatty(STDIN_FILENO) != 0;
    environment.stdout_terminal = ::isatty(STDOUT_FILENO) != 0;
    environment.stderr_terminal = ::isatty(STDERR_FILENO) != 0;
    environment.columns = columns_now();
    const auto now = std::chrono::system_clock::now();
    environment.now = std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch());
    const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
    std::tm local{};
    if (::localtime_r(&seconds, &local) != nullptr) environment.utc_offset = std::chrono::minutes{local.tm_gmtoff / 60};
    return environment;
}

core::Result<std::string> store_folder(const std::optional<std::string>& option, const Environment& environment) {
    if (option) {
        if (option->empty()) {
            return core::Error{core::Errc::invalid, "--store was given without a folder.", "store",
                               "debrief --store FOLDER …"};
        }
        return *option;
    }
    if (auto home = filled(environment, "DEBRIEF_HOME")) return *home;
#ifdef __APPLE__
    if (auto home = filled(environment, "HOME")) return *home + "/Library/Application Support/Debrief";
#else
    // The specification asks to ignore a relative path here.
    if (auto data = filled(environment, "XDG_DATA_HOME"); data && data->front() == '/') return *data + "/debrief";
    if (auto home = filled(environment, "HOME")) return *home + "/.local/share/debrief";
#endif
    return core::Error{core::Errc::invalid,
                       "There is no place for the store. Neither --store, DEBRIEF_HOME nor HOME says where it is.",
                       "store", "debrief --store FOLDER …"};
}

bool wants_colour(ColourWish wish, bool terminal, const Environment& environment) {
    if (wish == ColourWish::always) return true;
    if (wish == ColourWish::never) return false;
    if (filled(environment, "NO_COLOR")) return false;
    if (const auto force = filled(environment, "CLICOLOR_FORCE"); force && *force != "0") return true;
    if (const auto term = environment.variable("TERM"); term && *term == "dumb") return false;
    if (const auto colour = environment.variable("CLICOLOR"); colour && *colour == "0") return false;
    return terminal;
}

bool may_prompt(const Environment& environment) {
    return environment.stdin_terminal && environment.stderr_terminal && !filled(environment, "DEBRIEF_NO_PROMPT");
}

std::string local_time(const std::string& instant, const Environment& environment) {
    const auto parsed = core::parse_instant(instant);
    if (!parsed) return instant;
    using namespace std::chrono;
    const milliseconds local = *parsed + environment.utc_offset;
    const auto day = floor<days>(local);
    const auto minutes_of_day = duration_cast<minutes>(local - day);
    std::array<char, 8> clock{};
    std::snprintf(clock.data(), clock.size(), "%02d:%02d", static_cast<int>(minutes_of_day.count() / 60),
                  static_cast<int>(minutes_of_day.count() % 60));
    if (day == floor<days>(environment.now + environment.utc_offset)) return clock.data();
    return core::civil_text(sys_days{day}) + " " + clock.data();
}

}  // namespace debrief::platform::cli
