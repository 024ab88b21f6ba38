#include <catch2/catch.hpp>

#include <stdexcept>

#include "tests/sync/support/golden_sides.hpp"

namespace debrief::sync::test {
namespace {

constexpr std::size_t shown_max = 1000;  // Bytes of one message, for people.

core::Value value_of(const Golden::json& value) {
    if (value.is_null()) return core::Null{};
    if (value.is_boolean()) return value.get<bool>();
    if (value.is_number()) return value.get<std::int64_t>();
    if (value.is_string()) return value.get<std::string>();
    return *core::uuid_from_bytes(*parse_base64url(value["~"].get<std::string>()));
}

}  // namespace

void GoldenSide::play() {
    for (const auto& line : golden.lines()) {
        INFO("line " << line.number << ": " << line.said.dump().substr(0, shown_max));
        if (line.said.value("only", side_) != side_) continue;
        golden.set("$now", clock.now().count());
        try {
            step(line.said);
        } catch (const std::runtime_error& error) {
            FAIL(error.what());
        }
    }
    finish();
}

void GoldenSide::expect(const json& frame, std::vector<core::Bytes>& waiting) {
    const auto difference = golden.take(frame, waiting);
    if (difference.empty()) return;
    std::string all;
    for (const auto& message : waiting) all += "\n  " + golden.shown(message).substr(0, shown_max);
    FAIL(difference.substr(0, shown_max) << "\nsaid was:" << all);
}

core::FieldMap GoldenSide::fields_of(const json& filled) {
    core::FieldMap fields;
    for (const auto& [name, value] : filled.items()) fields[name] = value_of(value);
    return fields;
}

core::Uuid GoldenSide::id(const json& variable) {
    return *core::uuid_from_bytes(golden.bytes(variable.get<std::string>()));
}

void GoldenSide::check_shown(core::Store& store, const json& wanted) {
    const auto record = store.get(wanted["table"].get<std::string>(), id(wanted["id"]));
    REQUIRE(record);
    REQUIRE(record->has_value() == !wanted["fields"].is_null());
    if (!*record) return;
    for (const auto& [name, value] : fields_of(golden.filled(wanted["fields"]))) {
        INFO(name);
        const auto found = (*record)->fields.find(name);
        CHECK((found == (*record)->fields.end() ? core::is_null(value) : found->second == value));
    }
    if (wanted.contains("conflicts"))
        CHECK((*record)->conflicts == wanted["conflicts"].get<std::vector<std::string>>());
}

void GoldenSide::pass(std::chrono::milliseconds time, const std::function<void(Timer)>& fire) {
    const auto end = clock.now() + time;
    for (;;) {
        auto first = timers.end();
        for (auto at = timers.begin(); at != timers.end(); ++at) {
            if (at->second <= end && (first == timers.end() || at->second < first->second)) first = at;
        }
        if (first == timers.end()) break;
        const auto which = first->first;
        clock.set(std::max(clock.now(), first->second));
        timers.erase(first);
        fire(which);
    }
    clock.set(end);
}

}  // namespace debrief::sync::test
