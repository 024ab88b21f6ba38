#include "core/import/findings.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "core/import/text.hpp"

namespace debrief::core::intake {

void Findings::note(std::string_view kind, std::string_view file, std::size_t line) {
    auto found = std::find_if(noted_.begin(), noted_.end(),
                              [&](const ImportAnomaly& a) { return a.kind == kind && a.file == file; });
    if (found == noted_.end()) {
        noted_.push_back({std::string{kind}, 0, {}, std::string{file}, {}});
        found = noted_.end() - 1;
    }
    ++found->count;
    if (line != 0) found->lines.push_back(line);
}

std::size_t Findings::count(std::string_view kind) const {
    std::size_t sum = 0;
    for (const ImportAnomaly& anomaly : noted_) {
        if (anomaly.kind == kind) sum += anomaly.count;
    }
    return sum;
}

void Findings::explain(std::string_view kind, const std::string& done) {
    for (ImportAnomaly& anomaly : noted_) {
        if (anomaly.kind == kind) anomaly.done = done;
    }
    order_.emplace_back(kind);
}

void Findings::reject(std::string_view file, std::size_t line, std::string reason) {
    rejected_.push_back({std::string{file}, line, std::move(reason)});
}

void Findings::report_to(ImportReport& report) {
    for (const std::string& kind : order_) {
        for (ImportAnomaly& anomaly : noted_) {
            if (anomaly.kind != kind || anomaly.count == 0) continue;
            std::sort(anomaly.lines.begin(), anomaly.lines.end());
            report.anomalies.push_back(std::exchange(anomaly, {}));
        }
    }
    for (const ImportAnomaly& anomaly : noted_) DEBRIEF_CHECK(anomaly.count == 0);
    std::stable_sort(rejected_.begin(), rejected_.end(), [](const RejectedRow& a, const RejectedRow& b) {
        return std::tie(a.file, a.line) < std::tie(b.file, b.line);
    });
    if (rejected_.size() > ImportReport::rejected_max) {
        const std::size_t more = rejected_.size() - ImportReport::rejected_max;
        rejected_.resize(ImportReport::rejected_max);
        report.anomalies.push_back({"more_rejected",
                                    more,
                                    with_commas(more) + " more rows were refused; only the first ones are listed.",
                                    {},
                                    {}});
    }
    report.rejected = std::move(rejected_);
    noted_.clear();
    order_.clear();
    rejected_.clear();
}

}  // namespace debrief::core::intake
