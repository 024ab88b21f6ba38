#include "core/device/reissue.hpp"

#include <algorithm>

#include "core/changes/merge.hpp"

namespace debrief::core {
namespace {

void tidy(std::vector<Dot>& dots) {
    std::sort(dots.begin(), dots.end());
    dots.erase(std::unique(dots.begin(), dots.end()), dots.end());
}

void rename(std::vector<Dot>& dots, const Dot& from, const Dot& to) {
    std::replace(dots.begin(), dots.end(), from, to);
    tidy(dots);
}

/// What `refused` had replaced in one field of a record; in all of its fields if `field` is empty.
std::vector<Dot> replaced_by(const Changeset& refused, const Uuid& record, std::string_view field) {
    std::vector<Dot> dots;
    for (const auto& write : refused.records) {
        if (write.record != record) continue;
        for (const auto& before : write.fields) {
            const bool wanted = field.empty() ? before.field != deleted_field : before.field == field;
            if (wanted) dots.insert(dots.end(), before.replaces.begin(), before.replaces.end());
        }
    }
    return dots;
}

void exchange(std::vector<Dot>& dots, const Dot& gone, const std::vector<Dot>& before) {
    if (std::erase(dots, gone) == 0) return;
    dots.insert(dots.end(), before.begin(), before.end());
    tidy(dots);
}

}  // namespace

std::set<Dot> dots_named(const Changeset& changeset) {
    std::set<Dot> dots;
    for (const auto& record : changeset.records) {
        for (const auto& field : record.fields) {
            dots.insert(field.replaces.begin(), field.replaces.end());
            dots.insert(field.covers.begin(), field.covers.end());
        }
    }
    return dots;
}

void rename_dot(Changeset& changeset, const Dot& from, const Dot& to) {
    for (auto& record : changeset.records) {
        for (auto& field : record.fields) {
            rename(field.replaces, from, to);
            rename(field.covers, from, to);
        }
    }
}

void drop_dot(Changeset& changeset, const Changeset& refused) {
    for (auto& record : changeset.records) {
        for (auto& field : record.fields) {
            exchange(field.replaces, refused.dot, replaced_by(refused, record.record, field.field));
            exchange(field.covers, refused.dot, replaced_by(refused, record.record, {}));
        }
    }
}

}  // namespace debrief::core
