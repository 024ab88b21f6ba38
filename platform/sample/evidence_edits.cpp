#include "platform/sample/evidence_edits.hpp"

#include <algorithm>
#include <map>

#include <nlohmann/json.hpp>

#include "core/civil_date.hpp"

namespace debrief::platform {
namespace {

using core::FieldMap;
using core::Instant;
using core::Uuid;
using nlohmann::json;

constexpr std::chrono::minutes until_noted{20};    // From the end of a meeting to the rep's notes.
constexpr std::chrono::minutes since_waiting{30};  // From the end of today's last meeting to now.
constexpr std::chrono::minutes between_waiting{70};

class Maker {
public:
    Maker(const AccountEvidence& evidence, const EvidenceContext& context) : evidence_{evidence}, context_{context} {}

    EvidenceRecords make() {
        for (const SampleMeeting& meeting : evidence_.meetings) {
            noted_[meeting.day] = day(meeting.day) + meeting.at + meeting.length + until_noted;
        }
        for (const SampleContact& contact : evidence_.contacts) add_contact(contact);
        for (const SampleMeeting& meeting : evidence_.meetings) {
            const Instant begin = day(meeting.day) + meeting.at;
            add_meeting(meeting, "meeting/" + meeting.key, begin, begin + meeting.length, true);
        }
        for (const SampleObservation& observation : evidence_.observations) add_observation(observation);
        for (const SampleStance& stance : evidence_.stances) add_stance(stance);
        for (const SampleCommitment& commitment : evidence_.commitments) add_commitment(commitment);
        add_meetings_ahead();
        return std::move(records_);
    }

private:
    [[nodiscard]] Instant day(int days) const {
        return std::chrono::duration_cast<Instant>((context_.today + std::chrono::days{days}).time_since_epoch());
    }
    [[nodiscard]] std::string civil(int days) const { return sample_civil(days, "day", context_.today); }
    [[nodiscard]] Uuid id(const std::string& what) const {
        return core::derive_uuid("sample", context_.account.text() + "/" + what);
    }
    [[nodiscard]] Uuid contact_id(const std::string& key) const { return id("contact/" + key); }
    [[nodiscard]] Uuid observation_id(const std::string& key) const { return id("observation/" + key); }
    /// When what was heard on that day was written down.
    [[nodiscard]] std::int64_t noted(int days) const {
        const auto found = noted_.find(days);
        return (found != noted_.end() ? found->second : day(days) + std::chrono::hours{12}).count();
    }

    void add(std::string table, const Uuid& record, FieldMap fields) {
        fields.emplace("account", context_.account);
        fields.emplace("invented", true);
        records_.puts.push_back({std::move(table), record, std::move(fields), {}});
    }

    void add_contact(const SampleContact& contact) {
        FieldMap fields{{"name", contact.name},
                        {"role", contact.role},
                        {"confirmed", true},
                        {"external_key", key("contact/" + contact.key)}};
        if (!contact.email.empty()) fields.emplace("email", contact.email);
        if (!contact.relations.empty()) {
            json relations = json::array();
            for (const auto& [kind, to] : contact.relations)
                relations.push_back({{"kind", kind}, {"to", contact_id(to).text()}});
            fields.emplace("relations", relations.dump());
        }
        add("contact", contact_id(contact.key), std::move(fields));
    }

    Uuid add_meeting(const SampleMeeting& meeting, const std::string& what, Instant begin, Instant end,
                     bool debriefed) {
        core::UuidSet with;
        for (const std::string& contact : meeting.with) with.push_back(contact_id(contact));
        std::sort(with.begin(), with.end());
        FieldMap fields{{"title", meeting.title},     {"at", begin.count()}, {"ends_at", end.count()},
                        {"date", civil(meeting.day)}, {"contacts", with},    {"debriefed", debriefed},
                        {"external_key", key(what)}};
        if (!meeting.place.empty()) fields.emplace("place", meeting.place);
        add("meeting", id(what), std::move(fields));
        return id(what);
    }

    void add_observation(const SampleObservation& observation) {
        FieldMap fields{
            {"dimension", observation.dimension},    {"text", with_dates(observation.text, context_.today)},
            {"said_on", civil(observation.day)},     {"state", std::string{"confirmed"}},
            {"recorded_at", noted(observation.day)}, {"external_key", key("observation/" + observation.key)}};
        if (context_.rep) fields.emplace("by", *context_.rep);
        if (!observation.person.empty()) fields.emplace("person", contact_id(observation.person));
        if (!observation.concern_kind.empty()) fields.emplace("concern_kind", observation.concern_kind);
        if (!observation.about.empty()) fields.emplace("about", observation.about);
        if (!observation.quote.empty()) {
            fields.emplace("source", json{{"quote", with_dates(observation.quote, context_.today)}}.dump());
        }
        if (!observation.supersedes.empty()) fields.emplace("supersedes", observation_id(observation.supersedes));
        for (const SampleObservation& later : evidence_.observations) {
            if (later.supersedes != observation.key) continue;
            fields["superseded_by"] = observation_id(later.key);
            fields["state"] = std::string{"superseded"};
        }
        if (!observation.dates.empty()) {
            json dates = json::array();
            for (const SampleDate& date : observation.dates) {
                dates.push_back({{"text", with_dates(date.text, context_.today)},
                                 {"value", sample_civil(date.days, date.unit, context_.today)}});
            }
            fields.emplace("dates", dates.dump());
        }
        add("observation", observation_id(observation.key), std::move(fields));
    }

    void add_stance(const SampleStance& stance) {
        core::UuidSet observations;
        for (const std::string& one : stance.evidence) observations.push_back(observation_id(one));
        std::sort(observations.begin(), observations.end());
        add("stance", id("stance/" + stance.contact + "/" + stance.stance),
            {{"contact", contact_id(stance.contact)},
             {"stance", stance.stance},
             {"since", civil(stance.day)},
             {"evidence", observations},
             {"recorded_at", noted(stance.day)}});
    }

    void add_commitment(const SampleCommitment& commitment) {
        FieldMap fields{{"owner", contact_id(commitment.owner)}, {"text", commitment.text},
                        {"due", civil(commitment.due)},          {"state", commitment.state},
                        {"since", civil(commitment.day)},        {"recorded_at", noted(commitment.day)}};
        if (!commitment.observation.empty()) fields.emplace("observation", observation_id(commitment.observation));
        add("commitment", id("commitment/" + commitment.key), std::move(fields));
    }

    void add_meetings_ahead() {
        // Today's ended a while ago by the clock; where "today" is another day than the clock's, in the morning of that
        // day.
        // On another day these are other meetings: there is always one that waits for its debrief.
        const Instant midnight = day(0);
        const bool same_day = context_.now >= midnight && context_.now < midnight + std::chrono::days{1};
        const Instant last = same_day ? context_.now - since_waiting : midnight + std::chrono::hours{12};
        const auto earlier = between_waiting * static_cast<int>(context_.place);
        constexpr std::chrono::minutes step{5};  // Nobody meets at 10:07.
        const Instant end = std::chrono::floor<std::chrono::duration<std::int64_t, std::ratio<300>>>(last - earlier);
        static_assert(step.count() * 60 == 300);
        SampleMeeting waiting = evidence_.waiting;
        records_.waiting = add_meeting(waiting, "waiting/" + civil(0), end - std::chrono::minutes{50}, end, false);
        const Instant begin = day(evidence_.next.day) + evidence_.next.at;
        records_.next = add_meeting(evidence_.next, "next/" + civil(0), begin, begin + evidence_.next.length, false);
    }

    [[nodiscard]] std::string key(const std::string& what) const { return "sample:" + evidence_.account + "/" + what; }

    const AccountEvidence& evidence_;
    const EvidenceContext& context_;
    EvidenceRecords records_;
    std::map<int, Instant> noted_;
};

}  // namespace

EvidenceRecords evidence_records(const AccountEvidence& evidence, const EvidenceContext& context) {
    return Maker{evidence, context}.make();
}

}  // namespace debrief::platform
