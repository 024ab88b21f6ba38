#include "platform/app/account_view_codec.hpp"

#include "core/cbor.hpp"

namespace debrief::platform {
namespace {

using core::CborReader;
using core::CborWriter;
using core::Uuid;

// One description of the members serves both ways. Each list begins with its length; what may be missing is null.
class Writing {
public:
    explicit Writing(CborWriter& out) : out_(out) {}
    void text(const std::string& value) { out_.text(value); }
    void number(std::int64_t value) { out_.integer(value); }
    void flag(bool value) { out_.boolean(value); }
    void id(const Uuid& value) { out_.bytes(value.view()); }
    void dimension(core::Dimension value) { out_.unsigned_integer(static_cast<std::uint64_t>(value)); }
    template <typename Duration>
    void duration(Duration value) {
        out_.integer(value.count());
    }
    void day(std::chrono::sys_days value) { duration(value.time_since_epoch()); }
    template <typename T, typename Each>
    void list(const std::vector<T>& all, const Each& each) {
        out_.array(all.size());
        for (const auto& one : all) each(one);
    }
    template <typename T, typename Each>
    void maybe(const std::optional<T>& value, const Each& each) {
        if (value)
            each(*value);
        else
            out_.null();
    }

private:
    CborWriter& out_;
};

class Reading {
public:
    explicit Reading(CborReader& in) : in_(in) {}
    void text(std::string& value) { value = in_.text(); }
    template <typename Number>
    void number(Number& value) {
        value = static_cast<Number>(in_.integer());
    }
    void flag(bool& value) { value = in_.boolean(); }
    void id(Uuid& value) {
        const auto read = core::uuid_from_bytes(in_.bytes());
        if (!read) in_.fail();
        value = read.value_or(Uuid{});
    }
    void dimension(core::Dimension& value) {
        const auto read = in_.unsigned_integer();
        if (read >= core::dimension_names.size()) return in_.fail();
        value = static_cast<core::Dimension>(read);
    }
    template <typename Duration>
    void duration(Duration& value) {
        value = Duration{static_cast<typename Duration::rep>(in_.integer())};
    }
    void day(std::chrono::sys_days& value) {
        std::chrono::days since{};
        duration(since);
        value = std::chrono::sys_days{since};
    }
    template <typename T, typename Each>
    void list(std::vector<T>& all, const Each& each) {
        const auto count = in_.array();
        for (std::size_t i = 0; i < count && in_.ok(); ++i) each(all.emplace_back());
    }
    template <typename T, typename Each>
    void maybe(std::optional<T>& value, const Each& each) {
        if (in_.peek() == CborReader::Kind::null)
            in_.null();
        else
            each(value.emplace());
    }

private:
    CborReader& in_;
};

template <typename Io, typename Named>
void pass_named(Io& io, Named& who) {
    io.id(who.id);
    io.text(who.name);
}

template <typename Io, typename Ids>
void pass_ids(Io& io, Ids& ids) {
    io.list(ids, [&](auto& id) { io.id(id); });
}

template <typename Io, typename Change>
void pass_change(Io& io, Change& change) {
    io.text(change.on);
    io.dimension(change.dimension);
    io.text(change.kind);
    io.text(change.before);
    io.text(change.after);
    io.text(change.why);
    pass_ids(io, change.evidence);
    io.maybe(change.person, [&](auto& person) { pass_named(io, person); });
}

template <typename Io, typename Source>
void pass_source(Io& io, Source& source) {
    io.maybe(source.conversation, [&](auto& id) { io.id(id); });
    io.maybe(source.message, [&](auto& id) { io.id(id); });
    io.text(source.quote);
    io.text(source.question);
    io.text(source.playbook);
    io.text(source.version);
    io.text(source.because);
    io.maybe(source.because_message, [&](auto& id) { io.id(id); });
}

template <typename Io, typename Commitment>
void pass_commitment(Io& io, Commitment& commitment) {
    auto& made = commitment.made;
    io.id(made.id);
    io.text(made.text);
    pass_named(io, made.owner);
    io.text(made.due);
    io.text(made.state);
    io.text(made.since);
    pass_source(io, made.source);
    io.duration(made.recorded);
    io.maybe(made.observation, [&](auto& id) { io.id(id); });
    io.text(made.settled_on);
    io.duration(made.settled_at);
    io.text(commitment.state);
}

template <typename Io, typename View>
void pass(Io& io, View& view) {
    io.number(view.risk.score);
    io.list(view.risk.reasons, [&](auto& reason) {
        io.text(reason.code);
        io.number(reason.points);
        io.text(reason.text);
        pass_ids(io, reason.evidence);
        io.text(reason.lowers);
    });
    io.maybe(view.score_30, [&](auto& score) { io.number(score); });
    io.maybe(view.score_90, [&](auto& score) { io.number(score); });
    for (auto& heard : view.heard) io.maybe(heard, [&](auto& ago) { io.duration(ago); });
    io.maybe(view.last_heard, [&](auto& day) { io.day(day); });
    io.list(view.shifted, [&](auto& change) { pass_change(io, change); });
    io.list(view.overdue, [&](auto& commitment) { pass_commitment(io, commitment); });
    io.flag(view.heard_of);
}

}  // namespace

core::Bytes bytes_of(const AccountView& view) {
    CborWriter out;
    Writing io{out};
    pass(io, view);
    return out.take();
}

std::optional<AccountView> account_view_of(core::ByteView bytes) {
    CborReader in{bytes};
    Reading io{in};
    AccountView view;
    pass(io, view);
    if (!in.ok() || !in.at_end()) return std::nullopt;
    return view;
}

}  // namespace debrief::platform
