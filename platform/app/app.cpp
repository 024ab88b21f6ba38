#include "platform/app/app.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <exception>

#include <nlohmann/json.hpp>

#include "platform/app/announcer.hpp"
#include "platform/app/context.hpp"
#include "platform/app/link_keeper.hpp"
#include "platform/app/presence.hpp"
#include "platform/app/registry.hpp"
#include "platform/app/schema.hpp"
#include "platform/app/wiping.hpp"
#include "platform/files/store_folder.hpp"
#include "platform/log/log.hpp"
#include "platform/rpc/json_rpc.hpp"

namespace debrief::platform {
namespace {

using core::Errc;
using core::Error;

// How long another program's change may go unseen.
constexpr std::chrono::milliseconds look_every{100};

}  // namespace

struct App::Impl {
    explicit Impl(const AppConfig& config) : context(config) {}

    core::Result<nlohmann::json> call(const std::string& method, const nlohmann::json& params);

    Context context;
    std::atomic<bool> woken{false};
};

core::Result<nlohmann::json> App::Impl::call(const std::string& method, const nlohmann::json& params) {
    auto accepted = RpcSchema::get().accept(method, params);
    if (!accepted) return accepted.error();
    const auto* found = find_method(method);
    DEBRIEF_CHECK(found != nullptr);
    if (found->needs_owner && context.identity().user.is_nil()) {
        if (context.wiped) return wiped_error(*context.wiped);
        return Error{Errc::denied,
                     "This store belongs to nobody yet.",
                     {},
                     "Make a workspace of your own with 'debrief init' (store.init), or join one with 'debrief join "
                     "INVITATION' (sync.join)."};
    }
    if (found->needs_owner && !method.starts_with("sync.") && context.keeper->handing_over()) {
        return Error{
            Errc::denied,
            "An administrator has cut this device off: what was not sent is being handed over, and nothing new is "
            "taken.",
            {},
            "Ask your administrator for a new invitation."};
    }
    return found->handler(context, *accepted);
}

App::App(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
App::~App() = default;

core::Result<std::unique_ptr<App>> App::open(const AppConfig& config) {
    try {
        DEBRIEF_TRY(finish_wiping(config.folder));
        DEBRIEF_TRY(prepare_store_folder(config.folder));
        auto impl = std::make_unique<Impl>(config);
        DEBRIEF_TRY(impl->context.open_store());
        return std::unique_ptr<App>{new App(std::move(impl))};
    } catch (const std::exception& failure) {
        return Error{Errc::internal, std::string{"Opening the store failed: "} + failure.what(), {}, {}};
    }
}

core::Result<nlohmann::json> App::call(const std::string& method, const nlohmann::json& params) {
    // Shared, for an answer may still come when something threw in the meantime.
    const auto answer = std::make_shared<std::optional<core::Result<nlohmann::json>>>();
    begin(method, params, [answer](core::Result<nlohmann::json> result) { *answer = std::move(result); });
    while (!*answer) {
        try {
            impl_->context.poll(std::chrono::milliseconds{200});
        } catch (const std::exception& failure) {
            return Error{Errc::internal, method + " failed: " + failure.what(), {}, {}};
        }
    }
    return std::move(**answer);
}

void App::begin(const std::string& method, const nlohmann::json& params,
                std::function<void(core::Result<nlohmann::json>)> done) {
    auto& context = impl_->context;
    const Answer answer = [&context, done = std::move(done)](core::Result<nlohmann::json> result) {
        context.announcer->flush();
        done(std::move(result));
    };
    // Libraries throw; nobody outside this door needs to know.
    Later later;
    core::Result<nlohmann::json> result{nlohmann::json(nullptr)};
    try {
        notice_wiping(context);
        context.announcer->look_elsewhere();
        result = impl_->call(method, params);
        later = context.take_later();
        if (result && later) return later(answer);
    } catch (const std::bad_alloc&) {
        result = Error{Errc::too_large, "There is not enough memory for this.", {}, {}};
    } catch (const std::exception& failure) {
        result = Error{Errc::internal, method + " failed: " + failure.what(), {}, {}};
    }
    answer(std::move(result));
}

std::string App::handle(const std::string& request) {
    return answer_json_rpc(
        request, [this](const std::string& method, const nlohmann::json& params) { return call(method, params); });
}

void App::begin_handling(const std::string& request, std::function<void(const std::string& response)> done) {
    begin_json_rpc(
        request,
        [this](const std::string& method, const nlohmann::json& params, const RpcDone& answer) {
            begin(method, params, answer);
        },
        std::move(done));
}

void App::on_notification(Notify notify) {
    impl_->context.announcer->listen(std::move(notify));
}

void App::poll(std::chrono::milliseconds wait) {
    auto& context = impl_->context;
    const auto until = std::chrono::steady_clock::now() + wait;
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        try {
            notice_wiping(context);
            context.poll(std::clamp(left, std::chrono::milliseconds{0}, look_every));
            context.presence->pass();
            context.announcer->look_elsewhere();
            context.announcer->remind();
            if (context.announcer->flush()) return;
        } catch (const std::exception& failure) {
            log(LogLevel::error, "poll_failed", {{"why", std::string{failure.what()}}});
            return;
        }
        if (impl_->woken.exchange(false) || left <= std::chrono::milliseconds{0}) return;
    }
}

void App::wake() {
    impl_->woken = true;
    impl_->context.keeper->wake();
}

}  // namespace debrief::platform
