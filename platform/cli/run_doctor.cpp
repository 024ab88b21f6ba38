// `debrief doctor`: looks at what usually goes wrong, and says for each what to do.
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <array>
#include <cstdio>

#include <nlohmann/json.hpp>

#include "platform/cli/run_commands.hpp"
#include "platform/cli/words.hpp"
#include "platform/files/encoder_file.hpp"

namespace debrief::platform::cli {
namespace {

using nlohmann::json;

struct Check {
    std::string name;
    bool passed = false;
    std::string detail;
    std::string fix;
};

Check folder_check(const std::string& folder) {
    struct stat info {};
    if (::stat(folder.c_str(), &info) != 0)
        return {"store folder", false, folder + " does not exist yet",
                "debrief demo, debrief init or debrief join URL"};
    if (!S_ISDIR(info.st_mode))
        return {"store folder", false, folder + " is no folder", "Choose another with --store DIR"};
    if ((info.st_mode & 077U) != 0) {
        std::array<char, 8> mode{};
        std::snprintf(mode.data(), mode.size(), "%04o", static_cast<unsigned>(info.st_mode & 0777U));
        return {"store folder", false, folder + " can be read by others (mode " + mode.data() + ")",
                "chmod 700 " + quoted_for_shell(folder)};
    }
    return {"store folder", true, folder + ", readable by you alone", ""};
}

Check disk_check(const std::string& folder) {
    struct statvfs info {};
    if (::statvfs(folder.c_str(), &info) != 0) return {"disk", true, "not looked at: the folder is not there", ""};
    const auto free_mib = static_cast<unsigned long long>(info.f_bavail) * info.f_frsize / (1024ULL * 1024ULL);
    const std::string detail = std::to_string(free_mib) + " MiB free";
    return {"disk", free_mib >= 100, detail,
            free_mib >= 100 ? "" : "Free some space: a full disk stops saving (nothing saved is lost)"};
}

/// Less is understood without it; nothing else changes. So only a file that is there and of no use is a fault.
Check encoder_check(const std::string& path) {
    const std::string why = "a note is read by its words alone, and less of it is understood";
    if (path.empty())
        return {"sentence encoder", true,
                "not there: " + why + ". It lies beside the program, or where DEBRIEF_ENCODER says", ""};
    const auto loaded = load_encoder(path);
    if (loaded) return {"sentence encoder", true, path, ""};
    return {"sentence encoder", false, loaded.error().detail + " So " + why,
            loaded.error().hint.empty() ? "Build it again, or set DEBRIEF_ENCODER=off" : loaded.error().hint};
}

}  // namespace

Outcome run_doctor(Context& context, const Arguments&) {
    std::vector<Check> checks;
    checks.push_back(folder_check(context.folder));
    checks.push_back(disk_check(context.folder));
    checks.push_back(encoder_check(encoder_path(context.environment.variable("DEBRIEF_ENCODER").value_or(""))));
    ExitCode code = ExitCode::done;
    // Opening makes a store where there is none; a doctor only looks.
    if (context.store_exists()) {
        auto door = context.door();
        if (!door) {
            const Failure failure = failure_of(door.error());
            checks.push_back({"store", false, failure.what + " " + failure.why, failure.next});
        } else {
            auto info = (*door)->call("system.info", json::object());
            const bool owned = info && !(*info)["user"].is_null();
            checks.push_back({"store", info.has_value(),
                              info ? "opens, catalogue version " + std::to_string(number_of(*info, "catalogue"))
                                   : info.error().detail,
                              info ? "" : "debrief export, then a new store with --store"});
            const auto standing = (*door)->call("sync.status", json::object());
            const bool wiped = standing && standing->contains("wiped");
            if (wiped) {
                const auto error = cut_off_error(*standing);
                checks.push_back({"owner", false, error.detail, error.hint});
            } else if (info)
                checks.push_back(
                    {"owner", owned,
                     owned ? text_of(*info, "user_name") + " in " + text_of(*info, "workspace_name") : "nobody yet",
                     owned ? "" : "debrief init, or debrief join URL"});
            if (auto sync = (*door)->call("sync.status", json::object()); sync && flag_of(*sync, "enrolled")) {
                auto round = (*door)->call("sync.once", {{"timeout_s", 5}});
                checks.push_back({"server", round.has_value(), round ? "answers" : round.error().detail,
                                  round ? ""
                                        : (round.error().hint.empty() ? "Check the network, then: debrief sync"
                                                                      : round.error().hint)});
                if (auto after = (*door)->call("sync.status", json::object())) sync = std::move(after);
                const auto skew = number_of(*sync, "clock_skew_ms");
                const bool near = skew > -120000 && skew < 120000;
                checks.push_back({"clock", near, "differs from the server's by " + std::to_string(skew / 1000) + " s",
                                  near ? "" : "Set this machine's clock"});
                const json parked = sync->value("parked", json::array());
                checks.push_back({"refused changes", parked.empty(), std::to_string(parked.size()),
                                  parked.empty() ? "" : "debrief parked"});
                const auto conflicts = number_of(*sync, "conflicts");
                checks.push_back({"conflicts", conflicts == 0, std::to_string(conflicts),
                                  conflicts == 0 ? "" : "debrief conflicts"});
            }
        }
    }
    json lines = json::array();
    for (const auto& check : checks) {
        if (!check.passed) code = ExitCode::failed;
        lines.push_back(
            {{"check", check.name}, {"passed", check.passed}, {"detail", check.detail}, {"fix", check.fix}});
        if (context.out.look().json) continue;
        context.out.paragraph({check.passed ? Style::good : Style::bad, check.passed ? "PASSED  " : "FAILED  "},
                              {Style::plain, check.name + ": " + check.detail});
        if (!check.passed && !check.fix.empty())
            context.out.paragraph({Style::plain, "        "}, {Style::accent, check.fix});
    }
    if (context.out.look().json) context.out.json(lines);
    return code;
}

}  // namespace debrief::platform::cli
