#include "core/value.hpp"

#include "core/cbor.hpp"
#include "core/utf8.hpp"
#include "core/value_codec.hpp"

namespace debrief::core {
namespace {

template <typename TextForm>
void write(CborWriter& out, const Value& value, TextForm text_form) {
    if (const auto* flag = std::get_if<bool>(&value)) return out.boolean(*flag);
    if (const auto* number = std::get_if<std::int64_t>(&value)) return out.integer(*number);
    if (const auto* text = std::get_if<std::string>(&value)) return out.text(text_form(*text));
    if (const auto* id = std::get_if<Uuid>(&value)) return out.bytes(id->view());
    if (const auto* set = std::get_if<UuidSet>(&value)) {
        out.array(set->size());
        for (const auto& id : *set) out.bytes(id.view());
        return;
    }
    out.null();
}

}  // namespace

Bytes canonical_bytes(const Value& value) {
    CborWriter out;
    write(out, value, [](const std::string& text) { return nfc(text); });
    return out.take();
}

bool same_value(const Value& a, const Value& b) {
    if (a.index() != b.index()) return false;
    return a == b || (std::holds_alternative<std::string>(a) && canonical_bytes(a) == canonical_bytes(b));
}

void write_value(CborWriter& out, const Value& value) {
    write(out, value, [](const std::string& text) -> std::string_view { return text; });
}

Value read_value(CborReader& in) {
    using Kind = CborReader::Kind;
    switch (in.peek()) {
        case Kind::boolean:
            return in.boolean();
        case Kind::unsigned_integer:
        case Kind::negative_integer:
            return in.integer();
        case Kind::text:
            return std::string{in.text()};
        case Kind::bytes: {
            const auto id = uuid_from_bytes(in.bytes());
            if (!id) in.fail();
            return id.value_or(Uuid{});
        }
        default:
            in.null();
            return Null{};
    }
}

}  // namespace debrief::core
