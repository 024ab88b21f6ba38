// What the command line needs of the façade, so that every command can be tried against a made-up one.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "core/result.hpp"

namespace debrief::platform {
class App;
}

namespace debrief::platform::cli {

class Door {
public:
    using Notify = std::function<void(const std::string& method, const nlohmann::json& params)>;

    virtual ~Door() = default;
    virtual core::Result<nlohmann::json> call(const std::string& method, const nlohmann::json& params) = 0;
    virtual void on_notification(Notify notify) = 0;
    /// Runs what is ready; waits at most `wait`.
    virtual void poll(std::chrono::milliseconds wait) = 0;
};

std::unique_ptr<Door> door_of(std::unique_ptr<App> app);

}  // namespace debrief::platform::cli
