#include "platform/app/where.hpp"

#include <array>
#include <utility>

#include "platform/app/json_codec.hpp"
#include "platform/app/schema_check.hpp"

namespace debrief::platform {
namespace {

using core::Errc;
using core::Error;
using core::Where;
using nlohmann::json;

constexpr std::array<std::pair<std::string_view, Where::Op>, 7> ops{{{"equal", Where::Op::equal},
                                                                     {"not_equal", Where::Op::not_equal},
                                                                     {"less", Where::Op::less},
                                                                     {"less_equal", Where::Op::less_equal},
                                                                     {"greater", Where::Op::greater},
                                                                     {"greater_equal", Where::Op::greater_equal},
                                                                     {"contains", Where::Op::contains}}};

core::Result<Where> one(core::Store& store, const std::string& name, const core::Field& field, Where::Op op,
                        const json& value, const std::string& place) {
    if (value.is_null()) {
        if (op == Where::Op::equal) return Where{name, Where::Op::is_null, core::Null{}};
        return Error{Errc::invalid, "'" + place + "' cannot be null with this operation.", place, {}};
    }
    // A set is asked for one of its elements.
    core::Field element = field;
    if (field.type == core::FieldType::refs) {
        element.type = core::FieldType::ref;
        op = Where::Op::contains;
    }
    auto read = value_from_json(store, element, value, place, std::nullopt);
    if (!read) return read.error();
    return Where{name, op, std::move(*read)};
}

}  // namespace

core::Result<std::vector<Where>> where_from_json(core::Store& store, const core::Table& table, const json& where) {
    static constexpr core::Field id_field{.name = "id", .type = core::FieldType::ref};
    static constexpr core::Field scope_field{.name = "scope", .type = core::FieldType::text};
    std::vector<Where> all;
    for (const auto& [name, value] : where.items()) {
        const std::string place = "where." + name;
        const auto* field = name == "id" ? &id_field : name == "scope" ? &scope_field : table.field(name);
        if (field == nullptr) return unknown_field(table, name, place);
        if (!value.is_object()) {
            auto condition = one(store, name, *field, Where::Op::equal, value, place);
            if (!condition) return condition.error();
            all.push_back(std::move(*condition));
            continue;
        }
        for (const auto& [word, operand] : value.items()) {
            const Where::Op* op = nullptr;
            for (const auto& known : ops) {
                if (known.first == word) op = &known.second;
            }
            if (op == nullptr) {
                return Error{Errc::invalid, "'" + place + "." + word + "' is no operation.", place,
                             "Operations: equal, not_equal, less, less_equal, greater, greater_equal, contains."};
            }
            auto condition = one(store, name, *field, *op, operand, place + "." + word);
            if (!condition) return condition.error();
            all.push_back(std::move(*condition));
        }
    }
    return all;
}

Error unknown_field(const core::Table& table, const std::string& name, const std::string& place) {
    std::vector<std::string> names;
    for (const auto& field : table.fields) names.emplace_back(field.name);
    const auto near = nearest_word(name, names);
    return {Errc::invalid, "The table '" + std::string{table.name} + "' has no field '" + name + "'.", place,
            near.empty() ? "catalogue.get lists the fields." : "Did you mean '" + near + "'?"};
}

}  // namespace debrief::platform
