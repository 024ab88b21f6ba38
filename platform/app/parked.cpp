#include "platform/app/parked.hpp"

#include "core/changes/changeset.hpp"
#include "core/civil_date.hpp"
#include "platform/app/json_codec.hpp"

namespace debrief::platform {

using nlohmann::json;

json parked_json(const core::OutboxEntry& entry) {
    json records = json::array();
    if (const auto changeset = core::decode_changeset(entry.payload)) {
        for (const auto& write : changeset->records) {
            const auto* table = core::catalogue().table(write.table);
            json fields = json::object();
            for (const auto& field : write.fields) {
                fields[field.field] = value_json(field.value, table == nullptr ? nullptr : table->field(field.field));
            }
            records.push_back({{"table", write.table}, {"id", write.record.text()}, {"fields", std::move(fields)}});
        }
    }
    return {{"n", entry.n},
            {"scope", entry.scope},
            {"code", entry.code},
            {"at", core::instant_text(entry.at)},
            {"records", std::move(records)}};
}

json parked_json(core::DeviceStore& device) {
    json list = json::array();
    if (const auto parked = device.parked()) {
        for (const auto& entry : *parked) list.push_back(parked_json(entry));
    }
    return list;
}

}  // namespace debrief::platform
