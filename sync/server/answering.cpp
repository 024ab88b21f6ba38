#include "sync/server/answering.hpp"

#include "core/defects.hpp"

namespace debrief::sync {
namespace {

using core::PushResult;
using core::Result;

std::optional<core::Sealed> box_of(core::ByteView pushed) {
    if (!core::is_sealed(pushed)) return std::nullopt;
    auto read = core::read_sealed(pushed);
    return read ? std::optional{std::move(*read)} : std::nullopt;
}

PushResult rejected(std::uint64_t n, std::string_view code) {
    return {n, PushResult::Kind::rejected, 0, {}, std::string{code}};
}

}  // namespace

Result<Answer> Answering::answer(const Push& push, Directory& directory) {
    Answer answer;
    answer.session = push.session;
    const auto expected = results_.expected(push.device, push.incarnation);
    if (!expected) return expected.error();
    answer.expected = *expected;
    for (std::size_t i = 0; i < push.payloads.size(); ++i) {
        const core::Dot dot{push.device, push.incarnation, push.first + i};
        if (dot.n > answer.expected) break;  // A gap: nothing after it is looked at.
        const auto& pushed = push.payloads[i];
        const auto sealed = box_of(pushed);
        const auto hash = sealed ? sealed->hash : core::known_hash(pushed);
        if (dot.n < answer.expected) {
            const auto known = results_.find(dot);
            if (!known) return known.error();
            if (!*known) return core::Error{core::Errc::corrupt, "A result is missing.", {}, {}};
            if (core::defective(core::Defect::push_twice))
                static_cast<void>(judge_.judge(push, dot.n, pushed, hash, directory).has_value());
            answer.results.push_back((*known)->hash == hash ? (*known)->result : rejected(dot.n, refused::clone));
            answer.duplicate.push_back(true);
            continue;
        }
        if (push.leaving) {
            const auto taken = devices_.count_taken_over(push.device, pushed.size());
            if (!taken) return taken.error();
            answer.full = !*taken;
            if (answer.full) break;
        }
        auto result = sealed         ? judge_sealed(push, dot.n, *sealed, directory)
                      : push.leaving ? judge_.take_over(push, dot.n, pushed, hash, directory)
                                     : judge_.judge(push, dot.n, pushed, hash, directory);
        if (!result) return result.error();
        DEBRIEF_TRY(results_.keep(dot, {*result, hash}));
        answer.results.push_back(std::move(*result));
        answer.duplicate.push_back(false);
        ++answer.expected;
    }
    return answer;
}

Result<PushResult> Answering::judge_sealed(const Push& push, std::uint64_t n, const core::Sealed& sealed,
                                           Directory& directory) {
    const auto payload = core::unseal(sealed, seal_seed_);
    if (!payload || sealed.n != n || core::known_hash(*payload) != sealed.hash) return rejected(n, refused::corrupt);
    if (push.leaving) return judge_.take_over(push, n, *payload, sealed.hash, directory);
    return judge_.judge(push, n, *payload, sealed.hash, directory, Came::sealed);
}

}  // namespace debrief::sync
