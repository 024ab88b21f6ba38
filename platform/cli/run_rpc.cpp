// `debrief rpc`.
#include "core/civil_date.hpp"
#include "platform/app/app.hpp"
#include "platform/cli/run_commands.hpp"
#include "platform/rpc/stdio.hpp"

namespace debrief::platform::cli {

Outcome run_rpc(Context& context, const Arguments&) {
    auto config = app_config(context);
    if (!config) return config.error();
    auto app = App::open(*config);
    if (!app) return app.error();
    watch_for_interruption();
    return static_cast<ExitCode>(serve_stdio(**app, 0, 1, interrupted));
}

}  // namespace debrief::platform::cli
