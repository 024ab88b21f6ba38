#include "platform/link/cut_off.hpp"

#include "core/civil_date.hpp"

namespace debrief::platform {
namespace {

std::string changes(std::uint64_t number) {
    return std::to_string(number) + (number == 1 ? " change" : " changes");
}

}  // namespace

std::string cut_off_words(const CutOffStore& store) {
    std::string words = "This device was cut off by an administrator";
    if (store.cut_off_at.count() > 0)
        words += " on " + core::civil_text(core::day_of(store.cut_off_at, std::chrono::minutes{0}));
    words += ".";
    if (store.handed_over > 0) words += " What had not been sent was handed over (" + changes(store.handed_over) + ").";
    if (store.lost > 0) words += " The server did not take " + changes(store.lost) + ".";
    return words + " The store on this device was wiped.";
}

}  // namespace debrief::platform
