#include "core/changes/dot_codec.hpp"

#include <algorithm>

namespace debrief::core {
namespace {
// SQLite's integers are signed.
}  // namespace

void ReplicaList::add(const Dot& dot) {
    const std::pair replica{dot.device, dot.incarnation};
    if (std::find(replicas_.begin(), replicas_.end(), replica) == replicas_.end()) replicas_.push_back(replica);
}

std::size_t ReplicaList::place(const Dot& dot) const {
    const auto found = std::find(replicas_.begin(), replicas_.end(), std::pair{dot.device, dot.incarnation});
    DEBRIEF_CHECK(found != replicas_.end());
    return static_cast<std::size_t>(found - replicas_.begin());
}

Dot ReplicaList::dot(std::uint64_t place, std::uint64_t n) const {
    const auto& [device, incarnation] = replicas_[static_cast<std::size_t>(place)];
    return {device, incarnation, n};
}

void ReplicaList::write(CborWriter& out) const {
    out.array(replicas_.size() * 2);
    for (const auto& [device, incarnation] : replicas_) {
        out.bytes(device.view());
        out.unsigned_integer(incarnation);
    }
}

ReplicaList ReplicaList::read(CborReader& in) {
    ReplicaList list;
    const auto items = in.array();
    if (items % 2 != 0) in.fail();
    for (std::size_t at = 0; at < items && in.ok(); at += 2) {
        const auto device = uuid_from_bytes(in.bytes());
        const auto incarnation = in.unsigned_integer();
        if (!device || incarnation > number_max) {
            in.fail();
            break;
        }
        const auto before = list.replicas_.size();
        list.add({*device, incarnation, 0});
        if (list.replicas_.size() == before) in.fail();
    }
    return list;
}

void ReplicaList::write_dot(CborWriter& out, const Dot& dot) const {
    out.unsigned_integer(place(dot));
    out.unsigned_integer(dot.n);
}

Dot ReplicaList::read_dot(CborReader& in) const {
    const auto place = in.unsigned_integer();
    const auto n = in.unsigned_integer();
    if (!in.ok() || !known(place) || n > number_max) {
        in.fail();
        return {};
    }
    return dot(place, n);
}

void ReplicaList::write_dots(CborWriter& out, std::span<const Dot> dots) const {
    out.array(dots.size() * 2);
    for (const auto& dot : dots) write_dot(out, dot);
}

std::vector<Dot> ReplicaList::read_dots(CborReader& in) const {
    std::vector<Dot> dots;
    const auto items = in.array();
    if (items % 2 != 0) in.fail();
    for (std::size_t at = 0; at < items && in.ok(); at += 2) {
        dots.push_back(read_dot(in));
        if (dots.size() > 1 && !(dots[dots.size() - 2] < dots.back())) in.fail();
    }
    return dots;
}

}  // namespace debrief::core
