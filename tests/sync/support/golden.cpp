#include "tests/sync/support/golden.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <stdexcept>

#include "core/changes/digest.hpp"
#include "core/changes/sealed.hpp"
#include "core/changes/state_codec.hpp"
#include "core/uuid.hpp"
#include "sync/device_key.hpp"
#include "sync/frames/deflate.hpp"
#include "sync/frames/frame.hpp"
#include "sync/frames/json_text.hpp"
#include "sync/frames/wire.hpp"
#include "sync/invitation.hpp"

namespace debrief::sync::test {
namespace {

using json = Golden::json;

/// Fields that came after the first transcripts: those may lack them.
const std::set<std::pair<std::string, std::string>> added{
    {"hello", "z"}, {"welcome", "z"}, {"welcome", "seal"}, {"welcome", "key"}};

[[noreturn]] void fail(const std::string& why) {
    throw std::runtime_error(why);
}

template <typename T>
T must(core::Result<T> result) {
    if (!result) fail(result.error().detail);
    return std::move(*result);
}

std::filesystem::path folder() {
    return std::filesystem::path{DEBRIEF_SOURCE_DIR} / "tests/sync/golden";
}
bool has_only(const json& value, const char* key) {
    return value.is_object() && value.size() == 1 && value.contains(key);
}
json json_of(const core::Bytes& bytes) {
    return json{{"~", base64url(bytes)}};
}
/// A changeset in a box: of those who may not read it any more.
bool is_box(const json& value) {
    return value.is_object() && value.contains("sealed") && value["sealed"].is_object();
}
/// A frame with a signature of the server's.
bool is_order_of(const json& value) {
    return value.is_object() && value.contains("sig") && value["sig"] == "$order";
}
bool is_variable(const std::string& text) {
    return text.size() > 1 && text[0] == '$' && text[1] != '{';
}
std::string repeated(const json& how) {
    std::string text;
    for (auto left = how[1].get<int>(); left > 0; --left) text += how[0].get<std::string>();
    return text;
}

}  // namespace

std::vector<std::string> Golden::names() {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator{folder()}) {
        if (entry.path().extension() == ".jsonl") found.push_back(entry.path().stem().string());
    }
    std::sort(found.begin(), found.end());
    return found;
}

Golden::Golden(const std::string& name, Encoding encoding) : encoding_(encoding) {
    std::ifstream file{folder() / (name + ".jsonl")};
    if (!file) fail("there is no transcript " + name);
    std::string text;
    for (std::size_t number = 1; std::getline(file, text); ++number) {
        if (text.empty()) continue;
        auto said = json::parse(text);
        if (said.contains("vars")) {
            for (const auto& [variable, value] : said["vars"].items()) samples_["$" + variable] = value;
        }
        lines_.push_back({number, std::move(said)});
    }
    if (lines_.empty() || !lines_.front().said.contains("story")) fail(name + " does not say what it is about");
}

bool Golden::plays(const std::string& side) const {
    const auto& first = lines_.front().said;
    const auto lists = [&](const char* key, const std::string& wanted) {
        return !first.contains(key) || std::find(first[key].begin(), first[key].end(), wanted) != first[key].end();
    };
    return lists("plays", side) && lists("in", encoding_ == Encoding::json ? "json" : "cbor");
}

json Golden::value_of(const std::string& variable) {
    if (const auto at = bound_.find(variable); at != bound_.end()) return at->second;
    if (variable == "$applied") return applied_;
    if (variable == "$proof") {
        return json_of(sign(bytes("$seed"),
                            proof_message(*core::uuid_from_bytes(bytes("$server")),
                                          *core::uuid_from_bytes(bytes("$device")), number("$inc"), bytes("$nonce"))));
    }
    if (variable.rfind("$digest ", 0) == 0) {
        core::StateDigest digest;
        for (const auto& [id, state] : states_[told(variable.substr(8)).get<std::string>()]) digest.add(state);
        return json_of(digest.bytes());
    }
    if (variable == "$seal") return json_of(core::seal_key(bytes("$sealseed")));
    if (variable == "$orders") return json_of(public_key(order_seed(bytes("$sealseed"))));
    if (variable == "$key") return json_of(public_key(bytes("$seed")));
    if (variable == "$_") return "words for people";
    const auto at = samples_.find(variable);
    if (at == samples_.end()) fail(variable + " stands for nothing yet");
    return bound_[variable] = filled(at->second);
}

// "${ann}" within a text is that variable's id, as text.
json Golden::told(const std::string& text) {
    if (is_variable(text)) return value_of(text);
    std::string out;
    std::size_t at = 0;
    for (auto next = text.find("${"); next != std::string::npos; next = text.find("${", at)) {
        const auto end = text.find('}', next);
        out += text.substr(at, next - at) +
               core::uuid_from_bytes(bytes("$" + text.substr(next + 2, end - next - 2)))->text();
        at = end + 1;
    }
    return out + text.substr(at);
}

json Golden::filled(const json& value) {
    if (value.is_string()) return told(value.get<std::string>());
    if (has_only(value, "~")) return value;
    if (has_only(value, "uuid")) {
        const auto id = core::parse_uuid(value["uuid"].get<std::string>());
        if (!id) fail("this is no id: " + value.dump());
        return json_of(core::Bytes(id->bytes.begin(), id->bytes.end()));
    }
    if (has_only(value, "cbor")) return json_of(must(cbor_of_json(filled(value["cbor"]).dump())));
    if (has_only(value, "repeat")) return repeated(value["repeat"]);
    if (is_box(value)) return json_of(boxed(value));
    if (is_order_of(value)) return ordered(value);
    auto made = value;
    if (made.is_structured()) {
        for (auto& item : made) item = filled(item);
    }
    return made;
}

// As a device makes it; or with another n, hash or key, or a bit of it turned round, where that is said.
core::Bytes Golden::boxed(const json& how) {
    const auto payload = must(parse_base64url(filled(how["sealed"])["~"].get<std::string>()));
    const auto n = how.contains("n") ? how["n"].get<std::uint64_t>() : must(core::decode_changeset(payload)).dot.n;
    const auto hash = core::payload_hash(how.contains("hash") ? core::Bytes{1} : payload);
    const auto key = bytes(how.value("to", "$seal"));
    // Chance of its own for each; the same wherever the story is told.
    auto made = must(core::seal(payload, n, hash, key, core::payload_hash(payload)));
    if (how.contains("turned")) made[how["turned"].get<std::size_t>()] ^= 1U;
    return made;
}

// Opened with the story's own seed: only where the device is played.
std::string Golden::compare_box(const json& expected, const json& actual, const std::string& path) {
    const auto sealed = core::read_sealed(must(parse_base64url(actual["~"].get<std::string>())));
    if (!sealed) return path + ": not sealed";
    const auto payload = core::unseal(*sealed, bytes("$sealseed"));
    if (!payload) return path + ": not sealed to the server's key";
    const auto changeset = core::decode_changeset(*payload);
    if (!changeset || changeset->dot.n != sealed->n || core::known_hash(*payload) != sealed->hash)
        return path + ": its content is not what the box says";
    return compare(expected["sealed"], json_of(*payload), path + "<sealed>");
}

core::Bytes Golden::bytes(const std::string& variable) {
    return must(parse_base64url(value_of(variable)["~"].get<std::string>()));
}
std::uint64_t Golden::number(const std::string& variable) {
    return value_of(variable).get<std::uint64_t>();
}

core::Bytes Golden::encoded(const core::Bytes& cbor) const {
    if (encoding_ == Encoding::cbor) return cbor;
    const auto text = must(json_of_cbor(cbor));
    return {text.begin(), text.end()};
}
core::Bytes Golden::cbor_in(core::ByteView message) const {
    if (encoding_ == Encoding::cbor) return {message.begin(), message.end()};
    return must(cbor_of_json(core::as_text(message)));
}
core::Bytes Golden::cbor_of(const json& frame) {
    return must(cbor_of_json(filled(frame).dump()));
}

std::string Golden::shown(core::ByteView message) const {
    return must(json_of_cbor(cbor_in(message)));
}
std::string Golden::kind(core::ByteView message) const {
    const auto frame = json::parse(shown(message));
    const bool has_one = frame.is_object() && frame.contains("k") && frame["k"].is_string();
    return has_one ? frame["k"].get<std::string>() : std::string{};
}

void Golden::count(core::ByteView message) {
    const auto which = kind(message);
    if (which == "state") {
        const auto frame = json::parse(shown(message));
        const auto scope = frame["s"].get<std::string>();
        if (!frame.contains("a") && !frame.contains("again")) states_.erase(scope);
        for (const auto& record : frame["r"]) {
            auto state = must(core::decode_state(must(parse_base64url(record["~"].get<std::string>()))));
            states_[scope][state.id] = std::move(state);
        }
    }
    if (which == "log" || which == "state" || which == "state_end") applied_ += cbor_in(message).size();
}

std::vector<core::Bytes> Golden::messages(const json& frame) {
    if (has_only(frame, "raw")) {  // What is no frame at all.
        const auto& raw = frame["raw"];
        if (raw.is_string())
            return {core::Bytes(raw.get_ref<const std::string&>().begin(), raw.get_ref<const std::string&>().end())};
        return {must(parse_base64url(filled(raw)["~"].get<std::string>()))};
    }
    if (has_only(frame, "z")) {
        const auto cbor = cbor_of(frame["z"]);
        return {encoded(encode(ZippedFrame{cbor.size(), deflated(cbor)}))};
    }
    std::vector<core::Bytes> all;
    const auto cbor = std::make_shared<const core::Bytes>(cbor_of(has_only(frame, "parts") ? frame["parts"] : frame));
    count(encoded(*cbor));
    for (const auto& message : messages_of(cbor, encoding_)) all.push_back(*message);
    if (has_only(frame, "parts") == (all.size() == 1))
        fail("a frame is in pieces where it is too long, and only there");
    return all;
}

std::string Golden::take(const json& frame, std::vector<core::Bytes>& waiting) {
    if (waiting.empty()) return "nothing was said in place of " + frame.dump();
    auto whole = cbor_in(waiting.front());
    std::size_t used = 1;
    if (has_only(frame, "parts")) {
        Unpacker unpacker{encoding_};
        std::optional<Received> received;
        for (used = 0; !received && used < waiting.size(); ++used) received = must(unpacker.take(waiting[used]));
        if (used < 2 || !received) return "it did not come in pieces: " + shown(waiting.front());
        whole = encode(received->frame);
    } else if (has_only(frame, "z")) {
        const auto zip = json::parse(must(json_of_cbor(whole)));
        if (zip["k"] != "z") return "it is not deflated: " + zip.dump();
        whole = must(inflated(must(parse_base64url(zip["b"]["~"].get<std::string>())), zip["o"].get<std::size_t>()));
    }
    const auto& expected = has_only(frame, "parts") ? frame["parts"] : has_only(frame, "z") ? frame["z"] : frame;
    auto difference = compare(expected, json::parse(must(json_of_cbor(whole))), "");
    if (!difference.empty()) return difference;
    count(encoded(whole));
    waiting.erase(waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(used));
    return {};
}

std::string Golden::differs(const json& frame, const std::vector<core::Bytes>& waiting) {
    const auto bound = bound_;
    const auto states = states_;
    const auto applied = applied_;
    auto left = waiting;
    auto difference = take(frame, left);
    bound_ = bound;
    states_ = states;
    applied_ = applied;
    return difference;
}

std::optional<json> Golden::known(const json& value) {
    if (!value.is_string() || !is_variable(value.get<std::string>())) return filled(value);
    const auto variable = value.get<std::string>();
    const bool told_now = variable == "$applied" || variable == "$proof" || variable.rfind("$digest ", 0) == 0;
    if (!told_now && !bound_.contains(variable)) return std::nullopt;
    return value_of(variable);
}

bool Golden::may_lack(const json& frame, const std::string& field) {
    return frame.contains("k") && frame["k"].is_string() && added.contains({frame["k"].get<std::string>(), field});
}

bool Golden::proves(const json& signature) {
    const auto key = bound_.contains("$key") ? bytes("$key") : public_key(bytes("$seed"));
    const auto message = proof_message(*core::uuid_from_bytes(bytes("$server")),
                                       *core::uuid_from_bytes(bytes("$device")), number("$inc"), bytes("$nonce"));
    return has_only(signature, "~") && verify(key, message, must(parse_base64url(signature["~"].get<std::string>())));
}

json Golden::ordered(const json& how) {
    auto made = how;
    made["sig"] = json_of(core::Bytes(signature_bytes));
    made = filled(made);
    const auto order = std::get<WipeFrame>(must(decode_frame(must(cbor_of_json(made.dump())))));
    made["sig"] = json_of(sign(order_seed(bytes("$sealseed")),
                               wipe_message(order, *core::uuid_from_bytes(bytes("$device")), number("$inc"))));
    return made;
}

bool Golden::is_order(const json& frame) {
    const auto order = std::get<WipeFrame>(must(decode_frame(must(cbor_of_json(frame.dump())))));
    return verify(bytes("$orders"), wipe_message(order, *core::uuid_from_bytes(bytes("$device")), number("$inc")),
                  order.signature);
}

std::string Golden::compare_text(const std::string& expected, const json& actual, const std::string& path) {
    if (expected == "$_") return {};
    if (expected.rfind("$digest ", 0) == 0)
        return value_of(expected) == actual ? "" : path + ": not the digest of what was sent";
    if (expected == "$proof") return proves(actual) ? "" : path + ": it proves nothing";
    if (expected == "$applied")
        return actual == json(applied_) ? "" : path + ": " + actual.dump() + " instead of " + std::to_string(applied_);
    if (is_variable(expected)) {
        const auto [at, fresh] = bound_.emplace(expected, actual);
        if (fresh || at->second == actual) return {};
        return path + ": " + actual.dump() + " instead of " + expected + " = " + at->second.dump();
    }
    return told(expected) == actual ? "" : path + ": " + actual.dump() + " instead of " + expected;
}

std::string Golden::compare(const json& expected, const json& actual, const std::string& path) {
    const auto different = [&] { return path + ": " + actual.dump() + " instead of " + expected.dump(); };
    if (expected.is_string()) return compare_text(expected.get<std::string>(), actual, path);
    if (has_only(expected, "repeat"))
        return json(repeated(expected["repeat"])) == actual ? "" : path + ": another text";
    if (has_only(expected, "cbor") && has_only(actual, "~")) {
        const auto inner = json_of_cbor(must(parse_base64url(actual["~"].get<std::string>())));
        return inner ? compare(expected["cbor"], json::parse(*inner), path + "<cbor>") : different();
    }
    if (is_box(expected)) return has_only(actual, "~") ? compare_box(expected, actual, path) : different();
    if (expected.is_object() && actual.is_object()) {
        if (is_order_of(expected)) {
            if (!is_order(actual)) return path + ".sig: it is not the server's";
            auto unsigned_expected = expected, unsigned_actual = actual;
            unsigned_expected.erase("sig"), unsigned_actual.erase("sig");
            return compare(unsigned_expected, unsigned_actual, path);
        }
        for (const auto& [key, value] : expected.items()) {
            if (!actual.contains(key)) return path + "." + key + " is missing in " + actual.dump();
            if (auto found = compare(value, actual[key], path + "." + key); !found.empty()) return found;
        }
        for (const auto& [key, value] : actual.items()) {
            if (expected.contains(key)) continue;
            if (may_lack(actual, key)) continue;
            return path + "." + key + " = " + value.dump() + " is not in the transcript";
        }
        return {};
    }
    if (expected.is_array() && actual.is_array() && expected.size() == actual.size()) {
        for (std::size_t i = 0; i < expected.size(); ++i) {
            auto found = compare(expected[i], actual[i], path + "[" + std::to_string(i) + "]");
            if (!found.empty()) return found;
        }
        return {};
    }
    return expected == actual ? "" : different();
}

}  // namespace debrief::sync::test
