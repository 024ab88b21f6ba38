// `debrief serve`.
#include "core/civil_date.hpp"
#include "platform/cli/run_commands.hpp"
#include "platform/server/serve.hpp"

namespace debrief::platform::cli {

Outcome run_serve(Context& context, const Arguments& arguments) {
    if (context.globals.seed) {
        return core::Error{core::Errc::invalid,
                           "'serve' refuses --seed. A server whose secrets can be foretold protects nobody.", "seed",
                           "Run it without --seed."};
    }
    ServeOptions options;
    options.data = arguments.text("data");
    if (const auto listen = arguments.value("listen")) options.listen = *listen;
    options.tls_cert = arguments.value("tls-cert").value_or("");
    options.tls_key = arguments.value("tls-key").value_or("");
    options.url = arguments.value("url").value_or("");
    options.web = arguments.value("web").value_or("");
    if (const auto admin = arguments.value("admin")) options.admin = *admin;
    // `--store` is the server's database here: a device's folder has no meaning for it.
    options.store = arguments.value("database").value_or(context.globals.store.value_or(std::string{}));
    if (const auto& clock = context.globals.test_clock) {
        options.test_clock = clock->empty() ? context.environment.now : core::parse_instant(*clock);
        if (!options.test_clock) {
            return core::Error{core::Errc::invalid,
                               "--test-clock needs an instant with its offset, not '" + *clock + "'.", "test-clock",
                               "--test-clock 2025-03-18T09:30:00Z"};
        }
    }
    options.json = context.out.look().json;
    const auto failed = serve(options);
    if (!failed) return ExitCode::done;
    Failure failure = failure_of(failed->error);
    failure.code = static_cast<ExitCode>(failed->exit_code);
    return failure;
}

}  // namespace debrief::platform::cli
