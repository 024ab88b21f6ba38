#include "bot/understanding/reading.hpp"

namespace debrief::bot::understanding {

void find_private_remarks(Reading& r) {
    bool confidential = false;  // "Off the record:" covers the sentence that it opens.
    for (std::size_t c = 0; c < r.clauses.size(); ++c) {
        const Clause& clause = r.clauses[c];
        if (c > 0 && r.clauses[c - 1].sentence != clause.sentence) confidential = false;
        const double weight = r.cues[c].private_remark.value;
        if (weight < 3 && !confidential) continue;
        r.cues[c].private_remark.value = std::max(weight, 4.0);
        const std::string cue = fold(r.words(r.cues[c].private_remark.begin, r.cues[c].private_remark.end));
        for (const std::string_view opening : {"off the record", "between", "confiden", "just between"})
            confidential = confidential || cue.compare(0, opening.size(), opening) == 0;
        const Span span = r.span(clause.begin, clause.end);
        auto& remarks = r.result.private_remarks;
        if (!remarks.empty() && c > 0 && r.clauses[c - 1].sentence == clause.sentence &&
            r.cues[c - 1].private_remark.value >= 3) {
            remarks.back().length = span.offset + span.length - remarks.back().offset;
        } else {
            remarks.push_back(span);
        }
    }
}

}  // namespace debrief::bot::understanding
