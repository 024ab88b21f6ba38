// Golden transcripts: stories on the wire, a line a step, that never change once landed. How they are written is said
// in tests/sync/golden/README.md. Here: reading them, and telling whether what was said is what stands there.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/bytes.hpp"
#include "core/changes/merge.hpp"
#include "sync/session.hpp"

namespace debrief::sync::test {

/// Errors of all: std::runtime_error, which ends the test.
class Golden {
public:
    using json = nlohmann::ordered_json;
    struct Line {
        std::size_t number = 0;
        json said;
    };

    Golden(const std::string& name, Encoding encoding);
    static std::vector<std::string> names();

    [[nodiscard]] const std::vector<Line>& lines() const { return lines_; }
    /// From the first line: is the story told of this side (`server`, `device`), and in this encoding?
    [[nodiscard]] bool plays(const std::string& side) const;
    [[nodiscard]] Encoding encoding() const { return encoding_; }

    /// The messages that carry a frame of the transcript, with variables replaced by what they stand for.
    std::vector<core::Bytes> messages(const json& frame);
    /// Empty if the messages that wait, oldest first, begin with this frame: they are taken. Else where they differ.
    /// Variables that are met for the first time stand from now on for what is there.
    std::string take(const json& frame, std::vector<core::Bytes>& waiting);
    /// As `take`, but nothing comes of it.
    std::string differs(const json& frame, const std::vector<core::Bytes>& waiting);
    /// What a value of the transcript says now; nothing for `$_` and for variables that were not met yet.
    std::optional<json> known(const json& value);
    /// Transcripts that are older than this field may lack it in this frame.
    [[nodiscard]] static bool may_lack(const json& frame, const std::string& field);
    /// A message as the transcript would have it, for people.
    [[nodiscard]] std::string shown(core::ByteView message) const;
    /// The kind of a message's frame.
    [[nodiscard]] std::string kind(core::ByteView message) const;

    json filled(const json& value);
    core::Bytes bytes(const std::string& variable);
    std::uint64_t number(const std::string& variable);
    void set(const std::string& variable, json value) { bound_[variable] = std::move(value); }

    /// A connection begins: nothing was applied on it yet.
    void opened() { applied_ = 0; }
    /// What is not compared counts all the same.
    void count(core::ByteView message);

private:
    json value_of(const std::string& variable);
    json told(const std::string& text);
    std::string compare(const json& expected, const json& actual, const std::string& path);
    std::string compare_text(const std::string& expected, const json& actual, const std::string& path);
    core::Bytes cbor_of(const json& frame);
    core::Bytes encoded(const core::Bytes& cbor) const;
    core::Bytes cbor_in(core::ByteView message) const;
    core::Bytes boxed(const json& how);
    std::string compare_box(const json& expected, const json& actual, const std::string& path);
    bool proves(const json& signature);
    /// An order to wipe, with its signature in place of "$order".
    json ordered(const json& how);
    /// Whether the server whose key is `$orders` gave it to this device.
    bool is_order(const json& frame);

    Encoding encoding_;
    std::vector<Line> lines_;
    std::map<std::string, json> samples_;  ///< For what the other side would have chosen.
    std::map<std::string, json> bound_;
    std::map<std::string, std::map<core::Uuid, core::RecordState>> states_;  ///< As sent, by scope.
    std::uint64_t applied_ = 0;  ///< CBOR of log and state on this connection.
};

}  // namespace debrief::sync::test
