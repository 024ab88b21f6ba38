// A façade made up for tests of the command line: a few records, a bot with two questions, a switchable network.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/sources.hpp"
#include "platform/cli/cli.hpp"

namespace debrief::test {

/// What outlives one opening of the store.
struct FakeWorld {
    using json = nlohmann::json;
    using Answer = core::Result<json>;

    std::map<std::string, std::vector<json>> tables;
    json info{{"version", "0"},
              {"protocol", 1},
              {"catalogue", 1},
              {"workspace", "w"},
              {"user", "u1"},
              {"device", "d"},
              {"workspace_name", "Northwind"},
              {"user_name", "Jonas"},
              {"role", "rep"},
              {"now", "2025-03-18T12:00:00Z"},
              {"today", "2025-03-18"},
              {"enrolled", true}};
    json sync{{"state", "caught_up"},
              {"pending", 0},
              {"parked", json::array()},
              {"conflicts", 0},
              {"last_caught_up", "2025-03-18T11:58:00Z"},
              {"scopes", 3},
              {"clock_skew_ms", 0},
              {"enrolled", true}};
    json conflicts = json::array();
    json messages = json::array();
    json items = json::array();
    std::string phase = "asking", draft;
    std::vector<std::pair<std::string, json>> calls;                    ///< All, in order.
    std::map<std::string, std::function<Answer(const json&)>> special;  ///< Beats what is below.
    std::vector<std::pair<std::string, json>> news;                     ///< Delivered at the next polls, one each.
    bool initialised = true;

    FakeWorld() {
        tables["account"] = {{{"id", "a1"}, {"name", "Brightfield Dairy"}, {"industry", "food"}, {"owner", "u1"}},
                             {{"id", "a2"}, {"name", "Brightwater"}},
                             {{"id", "a3"}, {"name", "Konecta"}}};
        tables["contact"] = {{{"id", "c1"}, {"account", "a1"}, {"name", "Sarah Chen"}, {"role", "COO"}},
                             {{"id", "c2"}, {"account", "a1"}, {"name", "Mo Idris"}}};
        tables["user"] = {{{"id", "u1"}, {"name", "Jonas"}}};
        tables["meeting"] = {
            {{"id", "m1"}, {"account", "a1"}, {"title", "Plant visit"}, {"at", "2025-03-18T10:00:00Z"}}};
    }

    json bot(const std::string& text) {
        json message{{"id", "b" + std::to_string(messages.size())},
                     {"author", {{"kind", "bot"}, {"name", "Debrief"}}},
                     {"text", text}};
        messages.push_back(message);
        return message;
    }
    json state() const {
        return {{"phase", phase},  {"open", nullptr}, {"asked", 1},       {"limit", 5},
                {"account", "a1"}, {"meeting", "m1"}, {"language", "en"}, {"draft", draft}};
    }
    json reply(json said) { return {{"messages", json::array({std::move(said)})}, {"state", state()}}; }

    Answer call(const std::string& method, const json& params) {
        calls.emplace_back(method, params);
        if (const auto found = special.find(method); found != special.end()) return found->second(params);
        if (method == "system.info") return info;
        if (method == "sync.status" || method == "sync.connect") return sync;
        if (method == "sync.pending") return json{{"changes", json::array()}};
        if (method == "change.list") return json{{"acts", json::array()}};
        if (method == "sync.once") return json{{"pushed", 1}, {"pulled", 2}, {"parked", 0}};
        if (method == "store.init") return json{{"workspace", "w"}, {"user", "u1"}, {"device", "d"}};
        if (method == "record.list") return json{{"records", list(params)}};
        if (method == "record.get") return get(params);
        if (method == "record.put") return json{{"id", "new"}};
        if (method == "conflict.list") return json{{"conflicts", conflicts}};
        if (method == "conflict.resolve") return json::object();
        if (method == "search") return json{{"hits", json::array()}};
        if (method == "chat.list") return json{{"conversations", json::array()}};
        if (method == "playbook.get")
            return json{
                {"questions", json::array({{{"id", "why_change"}, {"text", {{"en", "Why must they change?"}}}}})}};
        if (method.rfind("chat.", 0) == 0) return chat(method, params);
        return core::Error{core::Errc::unavailable, "'" + method + "' is not available yet.", "", ""};
    }

    json list(const json& params) {
        json out = json::array();
        const json where = params.value("where", json::object());  // Outlives its items().
        for (const auto& record : tables[params.at("table")]) {
            bool fits = true;
            for (const auto& [key, value] : where.items()) {
                if (!value.is_object() && record.value(key, json{}) != value) fits = false;
            }
            if (fits) out.push_back(record);
        }
        return out;
    }
    Answer get(const json& params) {
        for (const auto& record : tables[params.at("table")]) {
            if (record.at("id") == params.at("id")) return record;
        }
        return core::Error{core::Errc::not_found, "There is no such record.", "id", ""};
    }
    Answer chat(const std::string& method, const json& params) {
        if (method == "chat.start") {
            const bool resumed = !messages.empty();
            if (!resumed) bot("What did you learn about Brightfield Dairy?");
            return json{{"conversation", "k1"}, {"resumed", resumed}, {"messages", messages}, {"state", state()}};
        }
        if (method == "chat.draft") {
            if (params.contains("text")) draft = params["text"];
            return json{{"text", draft}};
        }
        if (method == "chat.get") return json{{"messages", messages}, {"state", state()}, {"understood", items}};
        if (method == "chat.say") {
            const std::string text = params.at("text");
            draft.clear();
            messages.push_back(
                {{"id", "y" + std::to_string(messages.size())},
                 {"author", {{"kind", "user"}, {"name", "Jonas"}}},
                 {"text", text},
                 {"focus",
                  json::array({{{"text", text},
                                {"focus", text.find("discount") == std::string::npos ? "customer" : "seller"}}})}});
            items.push_back({{"id", "i" + std::to_string(items.size() + 1)},
                             {"dimension", "concern"},
                             {"text", text},
                             {"person", {{"id", "c1"}, {"name", "Sarah Chen"}}},
                             {"said_on", "2025-03-18"},
                             {"by", {{"id", "u1"}, {"name", "Jonas"}}},
                             {"dates", json::array()},
                             {"state", "proposed"},
                             {"source", {{"quote", text}}}});
            return reply(bot("And what would it cost them to leave it?"));
        }
        const std::string action = params.at("action");
        if (action == "stop") phase = items.empty() ? "stopped" : "confirming";
        if (action == "confirm") phase = "done";
        if (action == "drop") {
            for (auto& item : items) {
                if (item["id"] == params.value("item", "")) item["state"] = "withdrawn";
            }
        }
        return reply(bot(action + " it is."));
    }
};

class FakeDoor final : public platform::cli::Door {
public:
    explicit FakeDoor(FakeWorld& world) : world_(world) {}
    core::Result<nlohmann::json> call(const std::string& method, const nlohmann::json& params) override {
        return world_.call(method, params);
    }
    void on_notification(Notify notify) override { notify_ = std::move(notify); }
    void poll(std::chrono::milliseconds) override {
        if (world_.news.empty() || !notify_) return;
        const auto [method, params] = world_.news.front();
        world_.news.erase(world_.news.begin());
        notify_(method, params);
    }

private:
    FakeWorld& world_;
    Notify notify_;
};

/// What a command wrote and how it ended.
struct Ran {
    platform::cli::ExitCode code = platform::cli::ExitCode::done;
    std::string out, err;
};

struct Terminal {
    std::size_t width = 0;
    bool colour = false;
    bool json = false;
    std::map<std::string, std::string> variables = {};
};

/// Runs one command line over `world`, in a folder that holds something.
inline Ran run_cli(FakeWorld& world, const std::vector<std::string>& words, const Terminal& terminal = {}) {
    using namespace platform::cli;
    Ran ran;
    Output::Look look;
    look.width = terminal.width;
    look.colour = look.colour_err = terminal.colour;
    look.json = terminal.json;
    Output out{[&](std::string_view text) { ran.out += text; }, [&](std::string_view text) { ran.err += text; }, look};
    Environment environment;
    environment.variable = [&](const std::string& name) -> std::optional<std::string> {
        const auto found = terminal.variables.find(name);
        if (found != terminal.variables.end()) return found->second;
        if (name == "DEBRIEF_HOME")
            return world.initialised ? std::string{DEBRIEF_SOURCE_DIR}
                                     : std::string{DEBRIEF_SOURCE_DIR} + "/no/such/folder";
        return std::nullopt;
    };
    environment.now = core::Instant(1742299200000);  // 2025-03-18T12:00:00Z
    ran.code = run(words, environment, out, [&](const Context&) -> core::Result<std::unique_ptr<Door>> {
        return std::unique_ptr<Door>{std::make_unique<FakeDoor>(world)};
    });
    return ran;
}

}  // namespace debrief::test
