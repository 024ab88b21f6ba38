// Gives each change of a push its one final result: the one that it got before, or the judge's now. What came in a box
// is opened first.
#pragma once

#include "core/changes/sealed.hpp"
#include "sync/server/device_table.hpp"
#include "sync/server/judge.hpp"

namespace debrief::sync {

/// Threads: one owner. Inside the commit's transaction.
class Answering {
public:
    Answering(ResultTable& results, Judge& judge, DeviceTable& devices)
        : results_(results), judge_(judge), devices_(devices) {}

    /// The seed of the key that devices seal to.
    void open_boxes_with(core::Bytes seal_seed) { seal_seed_ = std::move(seal_seed); }

    /// Errors: nothing could be stored; `directory` as Judge::judge.
    core::Result<Answer> answer(const Push& push, Directory& directory);

private:
    /// What is in the box counts, if it is what the box says.
    core::Result<core::PushResult> judge_sealed(const Push& push, std::uint64_t n, const core::Sealed& sealed,
                                                Directory& directory);

    ResultTable& results_;
    Judge& judge_;
    DeviceTable& devices_;
    core::Bytes seal_seed_;
};

}  // namespace debrief::sync
