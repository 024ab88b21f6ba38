#include "tests/sync/support/golden_doubt.hpp"

#include <optional>

#include "sync/invitation.hpp"

namespace debrief::sync::test {
namespace {

using json = Golden::json;
using Take = std::function<void(const json&, const std::string&)>;

bool is_bytes(const json& value) {
    return value.is_object() && value.size() == 1 && value.contains("~");
}

/// Another value of the same kind.
json another(const json& value) {
    if (value.is_boolean()) return !value.get<bool>();
    if (value.is_number_unsigned()) return value.get<std::uint64_t>() + 1;
    if (value.is_number()) return value.get<std::int64_t>() + 1;
    if (value.is_string()) return value.get<std::string>() + "x";
    if (is_bytes(value)) {
        auto bytes = *parse_base64url(value["~"].get<std::string>());
        bytes.empty() ? bytes.push_back(1) : static_cast<void>(bytes.back() ^= 1U);
        return json{{"~", base64url(bytes)}};
    }
    return "x";
}

/// What stands in the transcript for one value, not for a list or a map.
bool is_leaf(const json& value) {
    if (!value.is_structured()) return true;
    if (!value.is_object() || value.size() != 1) return false;
    return value.contains("~") || value.contains("uuid") || value.contains("repeat");
}

/// A copy of `whole` with another value at a place.
json with(const json& whole, const json::json_pointer& at, const json& value) {
    auto changed = whole;
    changed[at] = value;
    return changed;
}

void visit(Golden& golden, const json& whole, Exact exact, const json::json_pointer& at, const Take& take) {
    const auto& here = whole[at];
    if (is_leaf(here)) {
        const auto known = golden.known(here);
        if (known) take(with(whole, at, another(*known)), at.to_string());
        return;
    }
    if (here.is_array()) {
        if (!here.empty()) {
            auto shorter = here;
            shorter.erase(shorter.size() - 1);
            take(with(whole, at, shorter), at.to_string() + " with an item less");
        }
        for (std::size_t i = 0; i < here.size(); ++i) visit(golden, whole, exact, at / i, take);
        return;
    }
    const bool wraps = here.size() == 1 && (here.contains("cbor") || here.contains("parts") || here.contains("z"));
    for (const auto& [key, value] : here.items()) {
        const bool box = key == "sealed" && value.is_object();
        if (exact == Exact::yes && !wraps && !box && !Golden::may_lack(here, key)) {
            auto less = here;
            less.erase(key);
            take(with(whole, at, less), at.to_string() + " without " + key);
        }
        visit(golden, whole, exact, at / key, take);
    }
    if (exact == Exact::no || wraps || (here.contains("sealed") && here["sealed"].is_object())) return;
    auto more = here;
    more["zz"] = 1;
    take(with(whole, at, more), at.to_string() + " with a field more");
}

}  // namespace

void each_change(Golden& golden, const json& expected, Exact exact, const Take& take) {
    visit(golden, expected, exact, json::json_pointer{}, take);
}

}  // namespace debrief::sync::test
