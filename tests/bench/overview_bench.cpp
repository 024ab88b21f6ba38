// team.overview of a manager with 8,800 opportunities and 100,000 observations: the first of a program, the next ones,
// and one after a single new fact; beside the least that it could cost, SQLite reading the same rows.
#include <nlohmann/json.hpp>

#include "core/civil_date.hpp"
#include "core/journey/words.hpp"
#include "platform/app/app.hpp"
#include "platform/app/sync_link.hpp"
#include "platform/files/store_folder.hpp"
#include "tests/bench/bench_house.hpp"

using namespace debrief;
using bench::Figure;
using bench::must;
using bench::seconds;
using core::Put;
using core::Uuid;
using nlohmann::json;

namespace {

constexpr int accounts = 85;
constexpr int opportunities = 8'800;
constexpr int observations = 100'000;
constexpr int contacts = 8;  // Of each account.
constexpr std::string_view now = "2025-11-25T15:00:00Z";

platform::AppConfig config_of(const std::string& folder) {
    platform::AppConfig config;
    config.folder = folder;
    config.test_clock = core::parse_instant(now);
    config.seed = 7;
    config.link = platform::null_link;
    return config;
}

json call(platform::App& app, const std::string& method, const json& params = json::object()) {
    return must(app.call(method, params));
}

std::string day(int before) {
    return core::civil_text(*core::parse_day("2025-11-25") - std::chrono::days{before});
}

class Filling {
public:
    explicit Filling(const std::string& file)
        : clock_(core::parse_instant(now)),
          device_(must(core::DeviceStore::open({.path = file, .vfs = {}}, clock_, random_))) {}

    void run() {
        for (int i = 0; i < 4; ++i)
            people_.push_back(put("user", {{"name", "Rep " + std::to_string(i)}, {"role", "rep"}}));
        for (int i = 0; i < accounts; ++i) account(i);
        for (int i = 0; i < opportunities; ++i) opportunity(i);
        for (int i = 0; i < observations; ++i) observation(i);
        flush();
    }

private:
    Uuid put(const char* table, core::FieldMap fields) {
        const auto id = device_->records().new_id();
        edits_.emplace_back(Put{table, id, std::move(fields), {}});
        if (edits_.size() >= 500) flush();
        return id;
    }
    void flush() {
        must(device_->records().write(edits_));
        edits_.clear();
    }
    void account(int i) {
        const auto id = put(
            "account", {{"name", "Account " + std::to_string(i)}, {"owner", people_[static_cast<std::size_t>(i % 4)]}});
        accounts_.push_back(id);
        for (int c = 0; c < contacts; ++c) {
            const auto name = "Person " + std::to_string(i * contacts + c);
            contacts_.push_back(put("contact", {{"account", id}, {"name", name}}));
            put("stance", {{"account", id},
                           {"contact", contacts_.back()},
                           {"stance", std::string{c % 4 == 0   ? "champion"
                                                  : c % 4 == 1 ? "skeptic"
                                                               : "neutral"}},
                           {"since", day(20 + c * 9)}});
            put("commitment", {{"account", id},
                               {"owner", contacts_.back()},
                               {"text", "Sends the restart log of both weeks"},
                               {"due", day(10 * c - 30)},
                               {"state", std::string{c % 3 == 0 ? "kept" : "open"}},
                               {"since", day(60)}});
        }
    }
    void opportunity(int i) {
        constexpr std::array<const char*, 4> outcomes{"bought", "not_bought", "open", "bought"};
        core::FieldMap fields{{"account", accounts_[static_cast<std::size_t>(i % accounts)]},
                              {"name", "Product " + std::to_string(i)},
                              {"product", "Product " + std::to_string(i % 7)},
                              {"owner", people_[static_cast<std::size_t>(i % 4)]},
                              {"engaged_on", day(100 + i % 400)},
                              {"outcome", std::string{outcomes[static_cast<std::size_t>(i % 4)]}}};
        if (i % 4 != 2) fields["ended_on"] = day(i % 400);
        put("opportunity", std::move(fields));
    }
    void observation(int i) {
        const auto at = static_cast<std::size_t>(i % accounts);
        core::FieldMap fields{
            {"account", accounts_[at]},
            {"dimension", std::string{core::dimension_names[static_cast<std::size_t>(i / accounts) % 9]}},
            {"text",
             "They lose two days a month to the old reconciliation, says the controller, case " + std::to_string(i)},
            {"said_on", day(i * 7 % 360)},
            {"state", "confirmed"},
            {"by", people_[at % 4]},
            {"person", contacts_[at * contacts + static_cast<std::size_t>(i) % contacts]},
            {"recorded_at", static_cast<std::int64_t>(1'742'292'000'000 + i)},
            {"source", R"({"quote":"two days a month","question":"what_hurts","playbook":"debrief","version":"2"})"}};
        if (i % 20 == 0 && last_) fields["supersedes"] = *last_;
        last_ = put("observation", std::move(fields));
    }

    platform::AppClock clock_;
    platform::AppRandom random_;
    std::unique_ptr<core::DeviceStore> device_;
    std::vector<core::Edit> edits_;
    std::vector<Uuid> people_, accounts_, contacts_;
    std::optional<Uuid> last_;
};

}  // namespace

int main() {
    bench::Folder folder{"overview"};
    const auto store = folder.file("store");
    call(*must(platform::App::open(config_of(store))), "store.init",
         {{"workspace", "Acme"}, {"user", "Ada Lind"}, {"role", "manager"}});
    Filling{platform::record_file(store)}.run();

    Figure first{"team overview, the first of a program"}, next{"team overview, again"},
        after{"team overview, after one new fact"}, raw{"SQLite reading the same rows"};
    for (int i = 0; i < 5; ++i) {
        auto app = must(platform::App::open(config_of(store)));
        json seen;
        first.add(1e3 * seconds([&] { seen = call(*app, "team.overview"); }));
        if (seen["accounts"].size() != accounts) bench::stop("accounts are missing");
        for (int n = 0; n < 5; ++n) next.add(1e3 * seconds([&] { call(*app, "team.overview"); }));
        const auto account = seen["accounts"][0]["account"];
        for (int n = 0; n < 3; ++n) {
            call(*app, "record.put",
                 {{"table", "observation"},
                  {"fields",
                   {{"account", account},
                    {"dimension", "timing"},
                    {"text", "The audit is in June"},
                    {"said_on", "2025-11-24"},
                    {"state", "confirmed"}}}});
            after.add(1e3 * seconds([&] { call(*app, "team.overview"); }));
        }
    }
    {
        platform::AppClock clock{core::parse_instant(now)};
        platform::AppRandom random;
        auto device = must(core::DeviceStore::open({.path = platform::record_file(store), .vfs = {}}, clock, random));
        for (int i = 0; i < 5; ++i) {
            raw.add(1e3 * seconds([&] {
                        must(device->records().database().integer(
                            "SELECT sum(length(text) + length(said_on) + length(source)) FROM t_observation"));
                        must(device->records().database().integer("SELECT count(DISTINCT product) FROM t_opportunity"));
                    }));
        }
    }
    first.print("ms", "<= 100");
    next.print("ms", "<= 100");
    after.print("ms", "<= 100");
    raw.print("ms", "raw limit");
}
