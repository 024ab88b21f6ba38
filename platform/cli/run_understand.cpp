// `debrief understand`: one record of the understanding set a line in, its labels a line out.
#include <chrono>
#include <iostream>

#include "bot/understanding/labels_codec.hpp"
#include "platform/app/app.hpp"
#include "platform/cli/run_commands.hpp"
#include "platform/files/encoder_file.hpp"

namespace debrief::platform::cli {

Outcome run_understand(Context& context, const Arguments&) {
    const auto config = app_config(context);
    if (!config) return config.error();
    // In UTC, so that one file gives the same labels wherever it is read.
    const auto today = std::chrono::floor<std::chrono::days>(
        std::chrono::sys_time<std::chrono::milliseconds>{config->test_clock.value_or(context.environment.now)});
    std::optional<bot::encoder::Encoder> encoder;
    if (!config->encoder.empty()) {
        auto loaded = load_encoder(config->encoder);
        if (!loaded) return loaded.error();
        encoder.emplace(std::move(*loaded));
    }
    std::ios::sync_with_stdio(false);
    std::string line;
    std::size_t number = 0, failed = 0;
    while (std::getline(std::cin, line)) {
        ++number;
        if (!line.empty() && line.back() == '\r') line.pop_back();
        if (line.find_first_not_of(" \t") == std::string::npos) continue;
        const auto labels = bot::label_line(line, std::chrono::year_month_day{today}, encoder ? &*encoder : nullptr);
        if (labels) {
            context.out.raw(*labels + "\n");
            continue;
        }
        ++failed;
        Failure failure = failure_of(labels.error());
        failure.what = "Line " + std::to_string(number) + ": " + failure.what;
        failure.code = ExitCode::failed;
        context.out.fail(failure);
    }
    return failed == 0 ? ExitCode::done : ExitCode::failed;
}

}  // namespace debrief::platform::cli
