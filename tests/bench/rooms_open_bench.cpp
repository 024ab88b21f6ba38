// A review's room with 10,000 lines: how long it takes to open it, to read what is new, and to say a line in it; beside
// the least that it could cost, SQLite reading the same rows. Half of the lines are what colleagues tell each other and
// the bot, half what the bot made of them.
#include <nlohmann/json.hpp>

#include "bot/dialogue/codec.hpp"
#include "bot/dialogue/engine.hpp"
#include "core/catalogue/scope.hpp"
#include "platform/app/app.hpp"
#include "platform/app/sync_link.hpp"
#include "platform/files/store_folder.hpp"
#include "tests/bench/bench_house.hpp"

using namespace debrief;
using bench::Figure;
using bench::must;
using bench::seconds;
using core::Uuid;
using nlohmann::json;

namespace {

constexpr std::size_t lines_in_all = 10'000;
constexpr std::size_t people = 50;

platform::AppConfig config_of(const std::string& folder) {
    platform::AppConfig config;
    config.folder = folder;
    config.link = platform::null_link;
    return config;
}

json call(platform::App& app, const std::string& method, const json& params = json::object()) {
    return must(app.call(method, params));
}

Uuid id_of(const json& value) {
    return *core::parse_uuid(value.get<std::string>());
}

/// Writes the room's lines as the devices of its members would have brought them.
class Filling {
public:
    Filling(const std::string& file, const Uuid& account, const Uuid& room)
        : device_(must(core::DeviceStore::open({.path = file, .vfs = {}}, clock_, random_))) {
        talk_.id = room;
        talk_.kind = "deal_review";
        talk_.account.id = account;
        talk_.scope = core::account_scope(account);
    }

    void run(std::size_t already, const Uuid& last) {
        last_ = last;
        for (std::size_t i = 0; i < people; ++i) {
            members_.push_back(device_->records().new_id());
            edits_.emplace_back(
                core::Put{"user", members_.back(), {{"name", "Member " + std::to_string(i)}, {"role", "rep"}}, {}});
        }
        for (std::size_t i = already; i + 1 < lines_in_all; i += 2) exchange(i);
        flush();
    }

private:
    void write(bot::Message line) {
        line.conversation = talk_.id;
        line.at = device_->records().now();
        line.follows = last_;
        last_ = line.id;
        edits_.emplace_back(bot::message_put(talk_, line));
        if (edits_.size() >= 500) flush();
    }
    void exchange(std::size_t i) {
        bot::Message line;
        line.id = device_->records().new_id();
        line.author = bot::AuthorKind::user;
        line.user.id = members_[i % people];
        line.text = "They lose two days a month to the old reconciliation, says the controller, case " +
                    std::to_string(i) + ", and nobody has time for it.";
        bot::Message reply;
        reply.id = device_->records().new_id();
        reply.text = "Noted, Member " + std::to_string(i % people) + ".";
        reply.step.emplace();
        reply.step->did = "answered";
        reply.step->line = line.id;
        reply.step->question = "cost";
        reply.step->items = {device_->records().new_id()};
        if (i % 20 == 0) {
            bot::Contribution told;
            told.kind = "told";
            told.text = "case " + std::to_string(i) + " costs them two days a month";
            told.by = line.user;
            told.dimension = core::Dimension::cost_of_inaction;
            reply.step->adds.push_back(std::move(told));
        }
        write(std::move(line));
        write(std::move(reply));
    }
    void flush() {
        must(device_->records().write(edits_));
        edits_.clear();
    }

    platform::AppClock clock_;
    platform::AppRandom random_;
    std::unique_ptr<core::DeviceStore> device_;
    bot::Conversation talk_;
    std::vector<Uuid> members_;
    std::vector<core::Edit> edits_;
    std::optional<Uuid> last_;
};

}  // namespace

int main() {
    bench::Folder folder{"rooms_open"};
    const auto store = folder.file("store");
    std::string account, room;
    {
        auto app = must(platform::App::open(config_of(store)));
        call(*app, "store.init", {{"workspace", "Acme"}, {"user", "Ada Lind"}, {"role", "manager"}});
        account = call(*app, "record.put", {{"table", "account"}, {"fields", {{"name", "Brightfield"}}}})["id"];
        const auto begun = call(*app, "chat.start", {{"kind", "deal_review"}, {"account", account}});
        room = begun["conversation"];
        const auto& lines = begun["messages"];
        Filling{platform::record_file(store), id_of(json(account)), id_of(json(room))}.run(lines.size(),
                                                                                           id_of(lines.back()["id"]));
    }

    Figure open{"opening a room of 10,000 lines, the first of a program"}, text{"the same, as JSON text"},
        newest{"opening it for a person: the newest 200 lines, as JSON text"}, again{"opening it again"},
        news{"chat.get of the newest lines"}, note{"a line to a colleague"}, fact{"a line that tells a fact"},
        raw{"SQLite reading the same rows"};
    for (int round = 0; round < 9; ++round) {
        auto app = must(platform::App::open(config_of(store)));
        json seen;
        const json start{{"kind", "deal_review"}, {"account", account}};
        open.add(1e3 * seconds([&] { seen = call(*app, "chat.start", start); }));
        if (seen["messages"].size() + 1 < lines_in_all) bench::stop("lines are missing");
        again.add(1e3 * seconds([&] { seen = call(*app, "chat.start", start); }));
        const json get{{"conversation", room}, {"after", seen["messages"].back()["id"]}};
        for (int n = 0; n < 3; ++n) news.add(1e3 * seconds([&] { call(*app, "chat.get", get); }));
        for (int n = 0; n < 3; ++n) {
            const auto number = std::to_string(round * 3 + n);
            note.add(1e3 * seconds([&] {
                         call(*app, "chat.say", {{"conversation", room}, {"text", "@Member 7, see my note " + number}});
                     }));
            fact.add(1e3 * seconds([&] {
                         call(*app, "chat.say",
                              {{"conversation", room},
                               {"text", "The plant stops twice a month, said Sarah Chen, and that costs them " +
                                            number + " hours."}});
                     }));
        }
        app = must(platform::App::open(config_of(store)));
        const json request{{"jsonrpc", "2.0"}, {"id", 1}, {"method", "chat.start"}, {"params", start}};
        text.add(1e3 * seconds([&] {
                     if (app->handle(request.dump()).size() < lines_in_all) bench::stop("lines are missing");
                 }));
        app = must(platform::App::open(config_of(store)));
        auto for_a_person = request;
        for_a_person["params"]["last"] = 200;
        newest.add(1e3 * seconds([&] {
                       const auto answer = json::parse(app->handle(for_a_person.dump()));
                       if (answer["result"]["earlier"].get<std::size_t>() + 200 < lines_in_all)
                           bench::stop("lines are missing");
                   }));
    }
    {
        platform::AppClock clock;
        platform::AppRandom random;
        auto device = must(core::DeviceStore::open({.path = platform::record_file(store), .vfs = {}}, clock, random));
        for (int i = 0; i < 9; ++i) {
            raw.add(1e3 * seconds([&] {
                        must(device->records().database().integer(
                            "SELECT sum(length(text) + length(body) + length(follows) + at) FROM t_message"));
                    }));
        }
    }
    open.print("ms", "<= 50");
    text.print("ms", "<= 50");
    newest.print("ms", "<= 50");
    again.print("ms", "<= 50");
    news.print("ms", "<= 20");
    note.print("ms", "<= 20");
    fact.print("ms", "<= 20");
    raw.print("ms", "raw limit");
}
