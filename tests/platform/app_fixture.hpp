// An App on a folder of its own, without a network, on a clock that stands still.
#pragma once

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/civil_date.hpp"
#include "core/device/device_store.hpp"
#include "platform/app/app.hpp"
#include "platform/app/schema.hpp"

namespace debrief::platform::test {

using nlohmann::json;

class TempFolder {
public:
    TempFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "debrief-app-XXXXXX").string();
        REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        path_ = pattern;
    }
    ~TempFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    [[nodiscard]] std::string store() const { return path_ + "/store"; }
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

inline AppConfig quiet_config(const TempFolder& folder) {
    AppConfig config;
    config.folder = folder.store();
    config.test_clock = core::parse_instant("2025-03-18T15:00:00Z");
    config.seed = 7;
    config.link = null_link;
    return config;
}

/// What a server that exists only in a test makes of a device that joins.
inline core::Status enrol_dana(core::DeviceStore& store) {
    auto identity = store.records().identity();
    identity.workspace = core::derive_uuid("test", "workspace");
    identity.workspace_name = "Northwind";
    identity.user = core::derive_uuid("test", "user");
    identity.user_name = "Dana Reyes";
    identity.role = "rep";
    identity.device = core::derive_uuid("test", "device");
    identity.incarnation = 1;
    DEBRIEF_TRY(store.records().set_identity(identity));
    return store.set_enrolment({"ws://localhost:1/sync", "secret-token", "server"});
}

/// An App whose results and notifications are held against the schema.
class Device {
public:
    explicit Device(const AppConfig& config) {
        auto opened = App::open(config);
        if (!opened) FAIL(opened.error().detail);
        app_ = std::move(*opened);
        app_->on_notification([this](const std::string& method, const json& params) {
            const auto fault = RpcSchema::get().fault_in_notification(method, params);
            if (!fault.empty()) FAIL(method << ": " << fault << " in " << params.dump());
            told.emplace_back(method, params);
        });
    }
    explicit Device(const TempFolder& folder) : Device(quiet_config(folder)) {}

    /// The result, which must be what the schema promises.
    json call(const std::string& method, const json& params = json::object()) {
        INFO(method << " " << params.dump());
        const auto result = app_->call(method, params);
        if (!result) FAIL(result.error().detail << " (" << result.error().field << ") " << result.error().hint);
        const auto fault = RpcSchema::get().fault_in_result(method, *result);
        if (!fault.empty()) FAIL(method << ": " << fault << " in " << result->dump());
        return *result;
    }
    /// The error; there must be one.
    core::Error refuse(const std::string& method, const json& params = json::object()) {
        INFO(method << " " << params.dump());
        const auto result = app_->call(method, params);
        REQUIRE_FALSE(result.has_value());
        return result.error();
    }
    void init() { call("store.init", {{"workspace", "Acme"}, {"user", "Dana Reyes"}}); }
    std::string put(const std::string& table, const json& fields) {
        return call("record.put", {{"table", table}, {"fields", fields}})["id"];
    }
    [[nodiscard]] std::vector<json> told_of(const std::string& method) const {
        std::vector<json> all;
        for (const auto& [name, params] : told) {
            if (name == method) all.push_back(params);
        }
        return all;
    }
    App& app() { return *app_; }
    void close() { app_.reset(); }

    std::vector<std::pair<std::string, json>> told;

private:
    std::unique_ptr<App> app_;
};

}  // namespace debrief::platform::test
