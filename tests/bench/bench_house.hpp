// A server behind real sockets in a thread of its own, devices with real files, and what the benches count with.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include "core/device/device_store.hpp"
#include "core/store/database.hpp"
#include "platform/app/sources.hpp"
#include "platform/net/sync_driver.hpp"
#include "platform/server/server_loop.hpp"
#include "sync/invitation.hpp"
#include "sync/server/admin.hpp"

namespace debrief::bench {

[[noreturn]] inline void stop(const std::string& why) {
    std::fprintf(stderr, "bench: %s\n", why.c_str());
    std::exit(1);
}
template <typename T>
T must(core::Result<T> result) {
    if (!result) stop(result.error().detail + " " + result.error().hint);
    return std::move(*result);
}

/// By the clock on the wall; with DEBRIEF_BENCH_CPU set, what this process spent on a processor: for a machine that has
/// other things to do as well. Waiting for the disk does not count then.
template <typename Work>
double seconds(Work work) {
    static const bool of_processor = std::getenv("DEBRIEF_BENCH_CPU") != nullptr;
    const auto start = std::chrono::steady_clock::now();
    const auto spent = std::clock();
    work();
    if (of_processor) return static_cast<double>(std::clock() - spent) / CLOCKS_PER_SEC;
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// One figure: what was measured, several times.
class Figure {
public:
    explicit Figure(std::string name) : name_(std::move(name)) {}
    void add(double value) { values_.push_back(value); }
    /// One line of JSON.
    void print(const char* unit, const char* target) {
        std::sort(values_.begin(), values_.end());
        const auto at = [this](double share) {
            return values_[std::min(values_.size() - 1, static_cast<std::size_t>(share * double(values_.size())))];
        };
        std::printf(
            "{\"figure\": \"%s\", \"unit\": \"%s\", \"target\": \"%s\", \"n\": %zu, \"median\": %.4g, \"min\": %.4g, "
            "\"max\": %.4g, \"p99\": %.4g}\n",
            name_.c_str(), unit, target, values_.size(), at(0.5), values_.front(), values_.back(), at(0.99));
        std::fflush(stdout);
    }

private:
    std::string name_;
    std::vector<double> values_;
};

/// Every field of an observation that a debrief fills, ten of them.
inline core::FieldMap ten_fields(std::size_t i, const core::Uuid& account, const core::Uuid& person) {
    return {{"account", account},
            {"dimension", "why_change"},
            {"text",
             "They lose two days a month to the old reconciliation, says the controller, case " + std::to_string(i)},
            {"said_on", "2025-03-18"},
            {"state", "confirmed"},
            {"by", person},
            {"person", account},
            {"recorded_at", static_cast<std::int64_t>(1'742'292'000'000 + i)},
            {"invented", true},
            {"source", "{\"quote\":\"two days a month\"}"}};
}

/// A folder on this disk that goes when the bench ends.
class Folder {
public:
    explicit Folder(const std::string& name) : path_("bench_" + name) {
        std::filesystem::remove_all(path_);
        std::filesystem::create_directories(path_);
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] std::string file(const std::string& name) const { return path_ + "/" + name; }

private:
    std::string path_;
};

inline core::Store::Config config_for(const std::string& path) {
    core::Store::Config config;
    config.path = path;
    return config;
}

/// One user, Ann, who serves one account; any number of devices of hers.
class House {
public:
    explicit House(const std::string& name) : folder_(name) {
        auto config = config_for(folder_.file("server.db"));
        config.search = false;
        store_ = must(sync::ServerStore::open(config, clock_, random_, "Sales"));
        ann_ = must(sync::add_user(*store_, {"Ann", "rep", {}, {}, {}}));
        account_ = store_->records().new_id();
        must(store_->write({core::Put{"account", account_, {{"name", std::string{"Acme"}}}, {}}}));
        must(sync::assign(*store_, "Acme", "Ann"));
        loop_ = must(platform::ServerLoop::start(io_, *store_, clock_, random_, {}));
        thread_ = std::thread{[this] { io_.run(); }};
    }
    ~House() {
        on_server([this](sync::ServerStore&) { loop_->drain([] {}); });
        io_.stop();
        thread_.join();
    }
    House(const House&) = delete;
    House& operator=(const House&) = delete;

    /// Does something with the server's store, in the server's thread.
    template <typename Work>
    void on_server(Work work) {
        std::promise<void> done;
        boost::asio::post(io_, [&] {
            work(*store_);
            done.set_value();
        });
        done.get_future().wait();
    }
    std::string invitation() {
        core::Bytes secret;
        on_server([&](sync::ServerStore& store) { secret = must(sync::invite(store, "Ann")); });
        return sync::invitation_url(loop_->address(), secret);
    }
    [[nodiscard]] std::string address() const { return loop_->address(); }
    [[nodiscard]] const core::Uuid& account() const { return account_; }
    [[nodiscard]] const core::Uuid& ann() const { return ann_; }
    [[nodiscard]] const Folder& folder() const { return folder_; }

private:
    Folder folder_;
    platform::AppClock clock_;
    platform::AppRandom random_;
    std::unique_ptr<sync::ServerStore> store_;
    boost::asio::io_context io_{1};
    std::unique_ptr<platform::ServerLoop> loop_;
    std::thread thread_;
    core::Uuid ann_, account_;
};

/// A device that has joined and is caught up, and offline again.
class Device {
public:
    Device(House& house, const std::string& name) : Device(house.folder().file(name), house.invitation()) {}
    Device(const std::string& path, const std::string& invitation)
        : store_(must(core::DeviceStore::open(config_for(path), clock_, random_))),
          link_(platform::websocket_link({*store_, clock_, random_, [] {}})) {
        must(link_->join(invitation, {}, std::chrono::seconds{30}));
        sync();
    }
    core::DeviceStore& store() { return *store_; }
    core::Store& records() { return store_->records(); }
    platform::SyncLink& link() { return *link_; }
    std::size_t count(const std::string& table) {
        const auto name =
            must(records().database().integer("SELECT number FROM table_name WHERE name = '" + table + "'"));
        return static_cast<std::size_t>(
            must(records().database().integer("SELECT count(*) FROM record WHERE tbl = " + std::to_string(name))));
    }
    /// Stays connected until nothing waits and so many conflicts are there.
    void follow_until(std::size_t conflicts) {
        link().connect();
        for (bool done = false; !done;) {
            link().poll(std::chrono::milliseconds{2});
            if (link().status().state != platform::LinkStatus::State::caught_up) continue;
            done = counts().pending == 0 && counts().conflicts == conflicts;
        }
    }
    core::SyncCounts counts() { return must(store_->counts()); }
    platform::LinkRound sync() { return must(link_->once(std::chrono::minutes{5})); }
    void put(const std::string& table, core::FieldMap fields, std::optional<core::Uuid> id = {}) {
        must(records().write({core::Put{table, id.value_or(records().new_id()), std::move(fields), {}}}));
    }

private:
    platform::AppClock clock_;
    platform::AppRandom random_;
    std::unique_ptr<core::DeviceStore> store_;
    std::unique_ptr<platform::SyncLink> link_;
};

}  // namespace debrief::bench
