#include "sync/frames/json_text.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/cbor.hpp"
#include "sync/frames/frame.hpp"
#include "sync/invitation.hpp"

namespace debrief::sync {
namespace {

using core::CborReader;
using core::CborWriter;
using core::Errc;
using core::Error;
using nlohmann::json;

constexpr std::string_view bytes_key = "~";
constexpr std::size_t depth_max = 16;

Error not_a_frame(std::string detail) {
    return Error{Errc::corrupt, std::move(detail), {}, {}};
}

// The recursion is bounded: the validator has seen to the depth.
json to_json(CborReader& in) {
    switch (in.peek()) {
        case CborReader::Kind::unsigned_integer:
            return in.unsigned_integer();
        case CborReader::Kind::negative_integer:
            return in.integer();
        case CborReader::Kind::boolean:
            return in.boolean();
        case CborReader::Kind::text:
            return std::string{in.text()};
        case CborReader::Kind::bytes:
            return json{{std::string{bytes_key}, base64url(in.bytes())}};
        case CborReader::Kind::array: {
            json list = json::array();
            for (auto left = in.array(); left > 0 && in.ok(); --left) list.push_back(to_json(in));
            return list;
        }
        case CborReader::Kind::map: {
            json object = json::object();
            for (auto left = in.map(); left > 0 && in.ok(); --left) {
                auto key = std::string{in.text()};
                object[std::move(key)] = to_json(in);
            }
            return object;
        }
        default:
            in.skip();
            return nullptr;
    }
}

core::Status to_cbor(const json& value, CborWriter& out) {
    switch (value.type()) {
        case json::value_t::null:
            out.null();
            return core::Ok{};
        case json::value_t::boolean:
            out.boolean(value.get<bool>());
            return core::Ok{};
        case json::value_t::number_integer:
            out.integer(value.get<std::int64_t>());
            return core::Ok{};
        case json::value_t::number_unsigned:
            out.unsigned_integer(value.get<std::uint64_t>());
            return core::Ok{};
        case json::value_t::string:
            out.text(value.get_ref<const std::string&>());
            return core::Ok{};
        case json::value_t::array:
            out.array(value.size());
            for (const auto& item : value) DEBRIEF_TRY(to_cbor(item, out));
            return core::Ok{};
        case json::value_t::object: {
            if (value.size() == 1 && value.begin().key() == bytes_key && value.begin()->is_string()) {
                const auto bytes = parse_base64url(value.begin()->get_ref<const std::string&>());
                if (!bytes) return not_a_frame("Bytes that are not base64url.");
                out.bytes(*bytes);
                return core::Ok{};
            }
            std::vector<const std::string*> keys;
            for (auto at = value.begin(); at != value.end(); ++at) keys.push_back(&at.key());
            std::sort(keys.begin(), keys.end(), [](const auto* a, const auto* b) {
                return a->size() != b->size() ? a->size() < b->size() : *a < *b;
            });
            out.map(keys.size());
            for (const auto* key : keys) {
                out.text(*key);
                DEBRIEF_TRY(to_cbor(value.at(*key), out));
            }
            return core::Ok{};
        }
        default:
            return not_a_frame("A number that is no integer of 64 bits.");
    }
}

// Before the parser, which builds whatever it is given.
bool too_deep(std::string_view text) {
    std::size_t depth = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char sign = text[i];
        if (in_string) {
            if (sign == '\\') ++i;
            if (sign == '"') in_string = false;
        } else if (sign == '"') {
            in_string = true;
        } else if (sign == '[' || sign == '{') {
            if (++depth > depth_max) return true;
        } else if ((sign == ']' || sign == '}') && depth > 0) {
            --depth;
        }
    }
    return false;
}

}  // namespace

core::Result<std::string> json_of_cbor(core::ByteView cbor) {
    core::CborLimits limits;
    limits.bytes = whole_bytes_max;  // As decode_frame.
    DEBRIEF_TRY(core::validate_cbor(cbor, limits));
    CborReader in{cbor};
    return to_json(in).dump();
}

core::Result<core::Bytes> cbor_of_json(std::string_view text) {
    if (too_deep(text)) return not_a_frame("JSON nested deeper than any frame.");
    const auto value = json::parse(text, nullptr, false);
    if (value.is_discarded()) return not_a_frame("This is not JSON.");
    CborWriter out;
    DEBRIEF_TRY(to_cbor(value, out));
    return out.take();
}

}  // namespace debrief::sync
