#include "platform/cli/progress.hpp"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "platform/cli/layout.hpp"
#include "platform/cli/words.hpp"

namespace debrief::platform::cli {
namespace {

std::string time_words(std::uint64_t seconds) {
    if (seconds < 60) return std::to_string(seconds) + " s";
    const std::uint64_t minutes = (seconds + 30) / 60;
    return minutes < 120 ? std::to_string(minutes) + " min" : std::to_string((minutes + 30) / 60) + " h";
}

}  // namespace

std::string progress_words(std::uint64_t done, std::uint64_t of, std::chrono::milliseconds taken, std::size_t width) {
    const std::string count = of == 0 ? std::to_string(done) : std::to_string(done) + " of " + std::to_string(of);
    const std::string share = of == 0 ? "" : " (" + std::to_string(done * 100 / of) + " %)";
    std::string rate, left;
    const auto ms = static_cast<std::uint64_t>(taken.count());
    if (done > 0 && ms >= 1000) {
        const std::uint64_t a_second = std::max<std::uint64_t>(1, done * 1000 / ms);
        rate = ", " + std::to_string(a_second) + " a second";
        if (of > done) left = ", " + time_words((of - done + a_second - 1) / a_second) + " left";
    }
    const std::array forms{count + share + rate + left, count + rate + left, count + left, count};
    for (const auto& form : forms) {
        if (width == 0 || display_width(form) <= width) return form;
    }
    return forms.back();
}

ProgressLine::ProgressLine(Context& context, Door* door, std::string label, std::chrono::milliseconds between)
    : context_(context), door_(door), label_(std::move(label)), between_(between), shown_(Clock::now()) {
    watch_for_interruption();
    context_.out.passing(label_ + " …");
    if (door_ == nullptr) return;
    door_->on_notification([this](const std::string& method, const nlohmann::json& params) {
        if (method != "progress") return;
        take(static_cast<std::uint64_t>(number_of(params, "done")),
             static_cast<std::uint64_t>(number_of(params, "of")));
    });
}

ProgressLine::~ProgressLine() {
    if (door_ != nullptr) door_->on_notification({});
    context_.out.passing({});
}

void ProgressLine::take(std::uint64_t done, std::uint64_t of) {
    const auto now = Clock::now();
    if (!begun_) begun_ = now;
    const auto& look = context_.out.look();
    const bool terminal = look.width_err > 0;
    if (!terminal && (look.json || now - shown_ < between_)) return;
    if (terminal && done > 0 && now - shown_ < paint_every) return;
    shown_ = now;
    const auto taken = std::chrono::duration_cast<std::chrono::milliseconds>(now - *begun_);
    if (!terminal) return context_.out.talk(label_ + ": " + progress_words(done, of, taken, 0));
    const std::size_t used = display_width(label_) + 3;  // A blank on either side of the colon and the edge.
    const std::size_t room = look.width_err > used + 24 ? look.width_err - used : 0;
    // On a very narrow screen the numbers matter more than what they count.
    context_.out.passing(room > 0 ? label_ + ": " + progress_words(done, of, taken, room)
                                  : progress_words(done, of, taken, look.width_err - 1));
}

}  // namespace debrief::platform::cli
