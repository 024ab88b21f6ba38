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

Doubts GoldenSide::play_in_doubt() {
    doubts_.emplace();
    play();
    return *doubts_;
}

bool GoldenSide::expects(const json& line) const {
    if (line.contains("shows")) return line["at"] == side_;
    if (line.contains("closed")) return line["closed"] == side_;
    if (side_ == "server") return line.contains("down") || line.contains("older") || line.contains("overheard");
    return line.contains("up") || line.contains("status") || line.contains("seen");
}

void GoldenSide::play() {
    for (const auto& line : golden.lines()) {
        INFO("line " << line.number << ": " << line.said.dump().substr(0, shown_max));
        if (line.said.value("only", side_) != side_) continue;
        line_ = line.number;
        if (doubts_ && expects(line.said)) ++doubts_->lines;
        golden.set("$now", clock.now().count());
        try {
            step(line.said);
        } catch (const std::runtime_error& error) {
            FAIL(error.what());
        }
    }
    finish();
}

void GoldenSide::doubt(const json& wanted, Exact exact, const std::function<std::string(const json&)>& differs) {
    doubts_->looked_at.insert(line_);
    each_change(golden, wanted, exact, [&](const json& changed, const std::string& path) {
        ++doubts_->changes;
        if (differs(changed).empty()) doubts_->unseen.push_back("line " + std::to_string(line_) + " " + path);
    });
}

void GoldenSide::check(const json& wanted, const std::function<std::string(const json&)>& differs) {
    if (doubts_) doubt(wanted, Exact::no, differs);
    const auto difference = differs(wanted);
    if (!difference.empty()) FAIL(difference);
}

void GoldenSide::expect(const json& frame, std::vector<core::Bytes>& waiting) {
    if (doubts_) doubt(frame, Exact::yes, [&](const json& changed) { return golden.differs(changed, waiting); });
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
    json what{{"fields", wanted["fields"]}};
    if (wanted.contains("conflicts")) what["conflicts"] = wanted["conflicts"];
    check(what, [&](const json& said) {
        if (record->has_value() == said["fields"].is_null()) return std::string{"it is there, or is not"};
        if (!*record) return std::string{};
        for (const auto& [name, value] : fields_of(golden.filled(said["fields"]))) {
            const auto found = (*record)->fields.find(name);
            if (found == (*record)->fields.end() ? !core::is_null(value) : found->second != value) return name;
        }
        const bool same = !said.contains("conflicts") || json((*record)->conflicts) == said["conflicts"];
        return std::string{same ? "" : "conflicts"};
    });
}

void GoldenSide::check_code(const std::optional<Close>& close, const json& line) {
    REQUIRE(close);
    check(line["code"], [&](const json& code) { return std::string{json(close->code) == code ? "" : "code"}; });
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
