#include "platform/cli/door.hpp"

#include <nlohmann/json.hpp>

#include "platform/app/app.hpp"

namespace debrief::platform::cli {
namespace {

class AppDoor final : public Door {
public:
    explicit AppDoor(std::unique_ptr<App> app) : app_(std::move(app)) {}

    core::Result<nlohmann::json> call(const std::string& method, const nlohmann::json& params) override {
        return app_->call(method, params);
    }
    void on_notification(Notify notify) override { app_->on_notification(std::move(notify)); }
    void poll(std::chrono::milliseconds wait) override { app_->poll(wait); }

private:
    std::unique_ptr<App> app_;
};

}  // namespace

std::unique_ptr<Door> door_of(std::unique_ptr<App> app) {
    return std::make_unique<AppDoor>(std::move(app));
}

}  // namespace debrief::platform::cli
