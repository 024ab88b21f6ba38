// Random histories of three devices and a server, each step compared with the reference model: what a write becomes,
// what is confirmed, what is shown, what is in conflict, and what becomes of refused changes.
// DEBRIEF_SEED=n plays one seed again.
#include <catch2/catch.hpp>

#include <cstdlib>

#include "core/catalogue/scope.hpp"
#include "core/changes/state_codec.hpp"
#include "core/store/records.hpp"
#include "tests/core/support/fakes.hpp"
#include "tests/core/support/reference.hpp"

using namespace debrief::core;
using namespace debrief::core::test;

namespace {

const Uuid acme = id_of(1), meeting = id_of(200);
const std::string scope = account_scope(acme);

std::vector<Uuid> ids() {
    std::vector<Uuid> all{meeting};
    for (std::uint64_t i = 0; i < 4; ++i) all.push_back(id_of(100 + i));
    return all;
}

Edit random_edit(FakeRandom& random) {
    const auto which = id_of(100 + random.below(4));
    const std::string word(1, static_cast<char>('a' + random.below(3)));
    switch (random.below(8)) {
        case 0:
            return Delete{"contact", which};
        case 1: {
            UuidSet set;
            for (std::uint64_t i = 0; i < 3; ++i) {
                if (random.below(2) == 0) set.push_back(id_of(i));
            }
            return Put{"meeting", meeting, {{"account", acme}, {"at", std::int64_t{1}}, {"contacts", set}}, {}};
        }
        case 2:
            return Put{"contact", which, {{"account", acme}, {"name", "N" + word}, {"phone", Null{}}}, {}};
        default:
            return Put{"contact", which, {{"account", acme}, {"name", "N"}, {"role", word}}, {}};
    }
}

RefRecord record_of(const RecordState& state) {
    RefRecord out;
    for (const auto& [field, heads] : state.fields) {
        for (const auto& head : heads) out[field][head.dot] = {head.value, head.time, head.author, head.covers};
    }
    return out;
}

RefRecord at(const RefState& state, const Uuid& id) {
    const auto found = state.find(id);
    return found == state.end() ? RefRecord{} : found->second;
}

/// What differs between a store and the model; empty if nothing does.
std::string difference(Store& store, const RefState& shown, const RefState& confirmed) {
    Records records{store.database(), catalogue(), false};
    for (const auto& id : ids()) {
        const auto expected = at(shown, id);
        const auto found = must(records.find(id));
        if (found.has_value() != !expected.empty()) return id.text() + " is " + (found ? "here" : "missing");
        if (!found) continue;
        if (record_of(found->state) != expected) return "the heads of " + id.text();
        auto without = record_of(found->state);
        if (found->confirmed && found->confirmed->empty()) without.clear();
        if (found->confirmed && !found->confirmed->empty()) without = record_of(must(decode_state(*found->confirmed)));
        if (without != at(confirmed, id)) return "what is confirmed of " + id.text();
        const auto visible = must(store.get(found->state.table, id));
        if (visible.has_value() == hidden(expected)) return id.text() + " is shown or hidden wrongly";
        if (!visible) continue;
        if (visible->conflicts != conflicts_in(expected)) return "the conflicts of " + id.text();
        const auto role = expected.find("role");
        const auto* value = visible->find("role");
        const auto wanted = role == expected.end() ? Value{Null{}} : shown_of(role->second);
        if ((value == nullptr ? Value{Null{}} : *value) != wanted) return "the role that is shown of " + id.text();
    }
    return {};
}

class Play {
public:
    Play(std::uint64_t seed, Defect defect) : random_(seed), defect_(defect) {
        server_ = must(Store::open({.path = ":memory:", .search = false}, clock_, chance_));
        for (std::uint64_t i = 1; i <= 3; ++i) {
            devices_.push_back(std::make_unique<Device>(i));
            must(devices_.back()->store->open_scope(scope));
            models_.emplace_back(devices_.back()->records().identity(), defect);
        }
    }

    /// The first difference, with its step; empty if there is none.
    std::string run(int steps) {
        for (int step = 0; step < steps; ++step) {
            who_ = random_.below(devices_.size());
            device().clock.advance(Instant{static_cast<std::int64_t>(random_.below(1500))});
            auto wrong = act();
            if (wrong.empty()) wrong = difference(device().records(), model().shown(), model().confirmed());
            if (wrong.empty()) wrong = difference(*server_, log_state_, log_state_);
            if (!wrong.empty()) return "step " + std::to_string(step) + ": " + wrong;
        }
        return {};
    }
    std::size_t refused() const { return refused_.size(); }

private:
    struct Entry {
        Changeset change;
        Bytes payload;
        HybridTime effective;
        Uuid author;
    };
    Device& device() { return *devices_[who_]; }
    ReferenceDevice& model() { return models_[who_]; }

    std::string act() {
        switch (random_.below(10)) {
            case 0:
            case 1:
                return push();
            case 2:
            case 3:
                return pull();
            case 4:
                if (random_.below(4) != 0) return write();
                return retry();
            case 5:
                if (random_.below(4) != 0) return write();
                return discard();
            default:
                return write();
        }
    }

    std::string write() {
        const auto edit = random_edit(random_);
        const auto expected = model().expected(edit);
        const auto before = must(device().store->last_n());
        if (!device()->write({edit})) {
            return must(device().store->last_n()) == before ? "" : "a refused write left something";
        }
        const auto after = must(device().store->last_n());
        if (after == before) return expected.empty() ? "" : "something should have been written";
        const auto change = must(decode_changeset(must(device().store->unsent(after, 1)).front().payload));
        if (change.records.size() != 1 || change.records[0].fields.size() != expected.size()) return "what was written";
        for (std::size_t i = 0; i < expected.size(); ++i) {
            const auto& field = change.records[0].fields[i];
            if (field.field != expected[i].field || field.value != expected[i].value ||
                field.replaces != expected[i].replaces || field.covers != expected[i].covers)
                return "the write of " + field.field;
        }
        model().wrote(change);
        return {};
    }

    std::string push() {
        std::vector<PushResult> results;
        for (const auto& entry : must(device().store->unsent(1, 1U << 30U))) {
            const auto change = must(decode_changeset(entry.payload));
            const bool fine = !depends(change) && random_.below(8) != 0;
            PushResult result{entry.n, PushResult::Kind::rejected, 0, {}, "invalid"};
            if (fine) {
                const HybridTime effective{change.time.packed + HybridTime::at(Instant{300}).packed};
                const auto author = device().records().identity().user;
                log_.push_back({change, entry.payload, effective, author});
                fold(log_state_, change, effective, author, defect_);
                must(server_->merge({change, author, effective}));
                result = {entry.n, PushResult::Kind::ok, log_.size(), effective, {}};
            } else {
                refused_.insert(change.dot);
            }
            model().judged(entry.n, fine);
            results.push_back(result);
        }
        must(device().store->settle(results));
        return {};
    }

    /// What was built on a refused change is refused, as the server does.
    bool depends(const Changeset& change) {
        for (const auto& record : change.records) {
            for (const auto& field : record.fields) {
                for (const auto* dots : {&field.replaces, &field.covers}) {
                    for (const auto& dot : *dots) {
                        if (dot != change.dot && refused_.contains(dot)) return true;
                    }
                }
            }
        }
        return false;
    }

    std::string pull() {
        const auto from = must(device().store->cursors()).front().position;
        std::vector<LogEntry> entries;
        for (auto place = from; place < log_.size() && random_.below(5) != 0; ++place) {
            const auto& entry = log_[place];
            entries.push_back({place + 1, place * 7, entry.change.dot, entry.author, entry.effective, entry.payload});
            model().applied(entry.change, entry.effective, entry.author);
        }
        must(device().store->apply_log(scope, entries));
        return {};
    }

    std::string retry() {
        must(device().store->retry_parked(std::nullopt));
        model().retry();
        if (must(device().store->last_n()) != model().own().size()) return "how many were issued again";
        for (const auto& entry : must(device().store->unsent(1, 1U << 30U))) {
            const auto change = must(decode_changeset(entry.payload));
            const auto& expected = model().own().at(entry.n - 1).change;
            for (std::size_t r = 0; r < expected.records.size(); ++r) {
                for (std::size_t f = 0; f < expected.records[r].fields.size(); ++f) {
                    const auto& is = change.records.at(r).fields.at(f);
                    const auto& should = expected.records[r].fields[f];
                    if (is.replaces != should.replaces || is.covers != should.covers)
                        return "what change " + std::to_string(entry.n) + " replaces in " + is.field;
                }
            }
        }
        return {};
    }

    std::string discard() {
        const auto parked = must(device().store->parked());
        if (parked.empty()) return {};
        const auto n = parked[random_.below(parked.size())].n;
        must(device().store->discard_parked(n));
        model().discard(n);
        return {};
    }

    FakeRandom random_, chance_{99};
    FakeClock clock_;
    Defect defect_;
    std::unique_ptr<Store> server_;
    std::vector<std::unique_ptr<Device>> devices_;
    std::vector<ReferenceDevice> models_;
    std::vector<Entry> log_;
    RefState log_state_;
    std::set<Dot> refused_;
    std::size_t who_ = 0;
};

}  // namespace

TEST_CASE("after every step of a random history, devices and server are as the reference model says",
          "[core][reference]") {
    const char* only = std::getenv("DEBRIEF_SEED");
    const std::uint64_t first = only == nullptr ? 1 : std::strtoull(only, nullptr, 10);
    const std::uint64_t last = only == nullptr ? 12 : first;
    std::size_t refused = 0;
    for (auto seed = first; seed <= last; ++seed) {
        INFO("DEBRIEF_SEED=" << seed);
        Play play{seed, Defect::none};
        REQUIRE(play.run(300) == "");
        refused += play.refused();
    }
    CHECK(refused > 0);
}

TEST_CASE("the comparison finds a model that drops equal values, and one that forgets what was replaced",
          "[core][reference]") {
    for (const auto defect : {Defect::equal_values_dropped, Defect::replaces_forgotten}) {
        std::string found;
        for (std::uint64_t seed = 1; seed <= 12 && found.empty(); ++seed) found = Play{seed, defect}.run(300);
        CHECK_FALSE(found.empty());
    }
}
