#include "sync/client/connection.hpp"

#include "core/catalogue/catalogue.hpp"
#include "sync/client/inbox_memory.hpp"
#include "sync/invitation.hpp"

namespace debrief::sync {

using core::Errc;
using core::Error;

void Connection::open() {
    stop();
    unpacker_.emplace(encoding_);
}

void Connection::stop() {
    // What cannot be kept now is asked for again.
    if (begun_) {
        static_cast<void>(apply_held().has_value());
        static_cast<void>(store_.keep_staged().has_value());
    }
    unpacker_.reset();
    begun_ = level_ = reporting_ = false;
    deflate_ = Deflate::no;
    applied_ = acknowledged_ = 0;
    held_ = {};
    moved_.clear();
    closing_.clear();
    again_.clear();
    refused_.clear();
    trouble_.clear();
    progress_ = {};
}

core::Result<std::optional<Received>> Connection::unpack(core::ByteView message) {
    if (!unpacker_) return std::optional<Received>{};
    return unpacker_->take(message);
}

void Connection::send(const Frame& frame, bool urgent) {
    for (auto& message : messages_of(frame, encoding_, deflate_)) {
        totals.bytes_sent += message->size();
        outgoing_.push_back({std::move(message), urgent});
    }
}

std::vector<SendFrame> Connection::take_outgoing() {
    return std::exchange(outgoing_, {});
}

core::Status Connection::greet(bool wipes) {
    if (!memory_) memory_ = CursorMemory::load(store_.records());
    const auto enrolment = store_.enrolment();
    if (!enrolment) return enrolment.error();
    if (!*enrolment) return Error{Errc::denied, "This device has not joined a server.", {}, {}};
    // Without one the server asks for a proof: nothing that must stop us.
    const auto token = parse_base64url((*enrolment)->token);
    const auto last_n = store_.last_n();
    if (!last_n) return last_n.error();
    const auto final_n = store_.final_n();
    if (!final_n) return final_n.error();
    auto cursors = store_.cursors();
    if (!cursors) return cursors.error();

    const auto& identity = store_.records().identity();
    HelloFrame hello;
    hello.device = identity.device;
    if (token) hello.token = *token;
    hello.incarnation = identity.incarnation;
    hello.last_n = *last_n;
    hello.final_n = *final_n;
    hello.catalogue = core::catalogue().version;
    hello.inflates = encoding_ == Encoding::cbor;
    hello.cursors = memory_->difference(*cursors);
    auto staged = store_.staged();
    if (!staged) return staged.error();
    progress_.records_done = 0;
    for (const auto& place : *staged) progress_.records_done += place.records;
    hello.staged = std::move(*staged);
    auto sealed = store_.sealed();
    if (!sealed) return sealed.error();
    hello.sealed = std::move(*sealed);
    hello.wipes = wipes;
    if (wipes) {
        const auto counts = store_.counts();
        if (!counts) return counts.error();
        hello.parked = counts->parked;
    }
    reported_ = std::move(*cursors);
    reporting_ = true;
    send(hello);
    return core::Ok{};
}

void Connection::forget() {
    if (memory_) memory_->forget();
}

core::Status Connection::begin(const WelcomeFrame& welcome) {
    const auto last_n = store_.last_n();
    if (!last_n) return last_n.error();
    const auto final_n = store_.final_n();
    if (!final_n) return final_n.error();
    if (welcome.expected_n > *last_n + 1) {
        return Error{Errc::invalid,
                     "The server has newer changes of this device than the device itself: its store was restored.",
                     {},
                     "Join the server again with a new invitation."};
    }
    if (welcome.expected_n <= *final_n) {
        return Error{Errc::invalid,
                     "The server lacks changes that it had acknowledged: it was restored. Nothing was sent.",
                     {},
                     "Tell your administrator. Everything is still on this device."};
    }
    DEBRIEF_TRY(refresh_identity(welcome));
    DEBRIEF_TRY(keep_inbox(store_.records(), {}));  // What waits now is said next, if anything does.
    // Held at a place that this server never had: the scope is fetched again from its beginning. Unsent changes stay.
    if (!welcome.reset.empty()) {
        return Error{Errc::unavailable,
                     "The server's log differs from what this device knows: it was restored. Nothing was sent.",
                     {},
                     "Tell your administrator. Everything is still on this device."};
    }
    if (welcome.inflates && encoding_ == Encoding::cbor) deflate_ = Deflate::yes;
    seal_key_ = welcome.seal_key;
    progress_.scopes_of = welcome.state_scopes;
    progress_.records_of = welcome.state_records;
    if (welcome.state_scopes == 0) progress_ = {};
    DEBRIEF_TRY(lose(welcome.closed));
    DEBRIEF_TRY(open_scopes(welcome.opened));
    if (const auto retried = store_.meet_server(welcome.catalogue); !retried) return retried.error();
    if (welcome.set != memory_->set()) DEBRIEF_TRY(memory_->adopt(store_.records(), welcome.set, reported_));
    reporting_ = false;
    begun_ = looks_for_strays_ = true;
    DEBRIEF_TRY(pusher_.begin());
    return push();
}

core::Status Connection::begin_leaving(std::uint64_t expected_n) {
    const auto final_n = store_.final_n();
    if (!final_n) return final_n.error();
    if (expected_n <= *final_n) {
        return Error{Errc::invalid,
                     "The server lacks changes that it had acknowledged: it was restored. Nothing was sent.",
                     {},
                     "Tell your administrator. Everything is still on this device."};
    }
    // Nobody here may mend what was refused any more.
    if (const auto issued = store_.retry_parked({}); !issued) return issued.error();
    begun_ = true;
    return pusher_.begin();
}

core::Status Connection::refresh_identity(const WelcomeFrame& welcome) {
    auto identity = store_.records().identity();
    const auto before = identity;
    if (!welcome.user_name.empty()) identity.user_name = welcome.user_name;
    if (!welcome.role.empty()) identity.role = welcome.role;
    if (identity.user_name == before.user_name && identity.role == before.role) return core::Ok{};
    return store_.records().set_identity(identity);
}

core::Status Connection::push() {
    if (!begun_) return core::Ok{};
    auto frames = pusher_.next();
    if (!frames) return frames.error();
    for (const auto& frame : *frames) {
        level_ = false;
        send(frame);
    }
    return close_scopes();
}

core::Status Connection::take(Received& received) {
    if (auto* log = std::get_if<LogFrame>(&received.frame)) return take_log(std::move(*log), received.bytes);
    DEBRIEF_TRY(apply_held());
    return take_other(received);
}

core::Status Connection::take_other(Received& received) {
    auto& frame = received.frame;
    if (auto* state = std::get_if<StateFrame>(&frame)) {
        DEBRIEF_TRY(take_state(std::move(*state)));
        return credit(received.bytes), core::Ok{};
    }
    if (const auto* end = std::get_if<StateEndFrame>(&frame)) {
        DEBRIEF_TRY(take_state_end(*end));
        return credit(received.bytes), core::Ok{};
    }
    if (const auto* results = std::get_if<ResultsFrame>(&frame)) return take_results(*results);
    if (std::holds_alternative<LevelFrame>(frame)) return take_level();
    if (const auto* opened = std::get_if<ScopeOpenFrame>(&frame)) {
        level_ = false;
        for (const auto& scope : opened->scopes) closing_.erase(scope);
        return open_scopes(opened->scopes);
    }
    if (const auto* closed = std::get_if<ScopeCloseFrame>(&frame)) {
        level_ = false;
        DEBRIEF_TRY(lose(closed->scopes));
        return push();
    }
    if (const auto* set = std::get_if<SetFrame>(&frame)) {
        if (!reporting_) return core::Ok{};
        reporting_ = false;
        return memory_->adopt(store_.records(), set->set, reported_);
    }
    if (const auto* inbox = std::get_if<InboxFrame>(&frame)) return keep_inbox(store_.records(), *inbox);
    return core::Ok{};  // A kind of a newer version.
}

core::Status Connection::take_results(const ResultsFrame& frame) {
    const auto before = store_.final_n();
    if (!before) return before.error();
    level_ = false;  // Our own entries follow.
    looks_for_strays_ = true;
    DEBRIEF_TRY(pusher_.take(frame));
    for (const auto& item : frame.items) {
        if (item.result.n <= *before) continue;
        if (item.result.kind == core::PushResult::Kind::ok) ++totals.pushed;
        if (item.result.kind == core::PushResult::Kind::rejected) ++totals.parked;
    }
    return push();
}

core::Status Connection::take_log(LogFrame&& frame, std::size_t bytes) {
    level_ = false;
    if (frame.scope != held_.scope || held_.entries.size() >= held_entries_max) DEBRIEF_TRY(apply_held());
    if (!takes_log(frame.scope)) return credit(bytes), core::Ok{};
    held_.scope = std::move(frame.scope);
    held_.sizes.push_back(frame.entries.size());
    held_.entries.insert(held_.entries.end(), std::make_move_iterator(frame.entries.begin()),
                         std::make_move_iterator(frame.entries.end()));
    held_.bytes += bytes;
    return core::Ok{};
}

core::Status Connection::apply_held() {
    if (held_.sizes.empty()) return core::Ok{};
    const auto held = std::exchange(held_, {});
    if (auto all = apply(held.scope, held.entries); !all) {
        if (held.sizes.size() == 1) return all;
        // Frame by frame: those before the one that cannot be applied are kept.
        auto begin = held.entries.begin();
        for (const auto size : held.sizes) {
            const auto end = begin + static_cast<std::ptrdiff_t>(size);
            DEBRIEF_TRY(apply(held.scope, {begin, end}));
            begin = end;
        }
    }
    return credit(held.bytes), core::Ok{};
}

core::Status Connection::apply(const std::string& scope, const std::vector<core::LogEntry>& entries) {
    DEBRIEF_TRY(store_.apply_log(scope, entries));
    moved_.insert(scope);
    for (const auto& entry : entries) {
        if (!entry.payload.empty()) ++totals.pulled;
    }
    return core::Ok{};
}

bool Connection::takes_log(const std::string& scope) const {
    if (closing_.count(scope) != 0 || refused_.count(scope) != 0) return false;
    const auto again = again_.find(scope);
    return again == again_.end() || again->second == Again::done;
}

void Connection::credit(std::size_t bytes) {
    applied_ += bytes;
    if (applied_ - acknowledged_ < acknowledge_each) return;
    acknowledged_ = applied_;
    send(AppliedFrame{applied_}, true);
}

core::Status Connection::take_state(StateFrame&& frame) {
    level_ = false;
    const auto scope = frame.piece.after.scope;
    if (closing_.count(scope) != 0 || refused_.count(scope) != 0) return core::Ok{};
    if (const auto again = again_.find(scope); again != again_.end() && again->second == Again::asked) {
        if (frame.piece.again || !frame.piece.after.last.is_nil()) return core::Ok{};
        again->second = Again::begun;
    }
    if (!frame.piece.again) progress_.records_done += frame.piece.records.size();
    auto staged = store_.stage(std::move(frame.piece));
    if (staged || staged.error().code != Errc::corrupt) return staged;
    return ask_again(scope, staged.error().detail);
}

core::Status Connection::take_state_end(const StateEndFrame& frame) {
    level_ = false;
    const auto& scope = frame.end.scope;
    if (closing_.count(scope) != 0 || refused_.count(scope) != 0) return core::Ok{};
    const auto again = again_.find(scope);
    if (again != again_.end() && again->second == Again::asked) return core::Ok{};
    const auto adopted = store_.adopt_state(frame.end);
    if (!adopted) {
        if (adopted.error().code != Errc::corrupt && adopted.error().code != Errc::not_found) return adopted.error();
        return ask_again(scope, adopted.error().detail);
    }
    if (!*adopted) return ask_again(scope, "What came of \"" + scope + "\" is not what the server says that it sent.");
    if (again != again_.end()) again->second = Again::done;
    totals.pulled += frame.end.records;
    moved_.insert(scope);
    if (progress_.scopes_done < progress_.scopes_of) ++progress_.scopes_done;
    return core::Ok{};
}

// Once: a bit may have turned on the way. Twice is a fault that trying again does not mend; all else goes on.
core::Status Connection::ask_again(const std::string& scope, const std::string& why) {
    DEBRIEF_TRY(store_.drop_staged(scope));
    if (again_.emplace(scope, Again::asked).second) {
        send(WantFrame{{{scope, 0, 0, {}, 0}}});
        return core::Ok{};
    }
    refused_.insert(scope);
    trouble_ = why + " Nothing of it was taken; everything else is up to date.";
    return core::Ok{};
}

core::Status Connection::take_level() {
    level_ = true;
    // By now the server has opened whatever it took from us, if we may still see it.
    if (looks_for_strays_ && pusher_.idle()) {
        looks_for_strays_ = false;
        const auto strays = store_.strays();
        if (!strays) return strays.error();
        for (const auto& scope : *strays) DEBRIEF_TRY(store_.close_scope(scope));
    }
    if (reporting_ || moved_.size() < remember_each) return core::Ok{};
    auto cursors = store_.cursors();
    if (!cursors) return cursors.error();
    moved_.clear();
    CursorsFrame frame{memory_->difference(*cursors)};
    reported_ = std::move(*cursors);
    reporting_ = true;
    send(frame);
    return core::Ok{};
}

core::Status Connection::open_scopes(const std::vector<std::string>& scopes) {
    if (scopes.empty()) return core::Ok{};
    return store_.records().transact([&]() -> core::Status {
        for (const auto& scope : scopes) DEBRIEF_TRY(store_.open_scope(scope));
        return core::Ok{};
    });
}

core::Status Connection::lose(const std::vector<std::string>& scopes) {
    if (!seal_key_.empty()) {
        if (scopes.empty()) return core::Ok{};
        return store_.records().transact([&]() -> core::Status {
            for (const auto& scope : scopes) DEBRIEF_TRY(store_.lose_scope(scope, seal_key_));
            return core::Ok{};
        });
    }
    // An older server: what waits there must stay readable until it has taken it over.
    closing_.insert(scopes.begin(), scopes.end());
    return scopes.empty() ? core::Status{core::Ok{}} : issue_refused_again();
}

core::Status Connection::issue_refused_again() {
    std::uint64_t after = 0;
    for (bool again = true; again;) {
        again = false;
        const auto parked = store_.parked();
        if (!parked) return parked.error();
        for (const auto& entry : *parked) {
            if (entry.n <= after || closing_.count(entry.scope) == 0) continue;
            after = entry.n;
            const auto issued = store_.retry_parked(entry.n);  // With what was built on it.
            if (!issued) return issued.error();
            again = true;
            break;
        }
    }
    return core::Ok{};
}

core::Status Connection::close_scopes() {
    // What was written there and not sent yet goes first: the server takes it over for whoever serves the account now.
    if (closing_.empty() || !pusher_.idle()) return core::Ok{};
    DEBRIEF_TRY(store_.records().transact([&]() -> core::Status {
        for (const auto& scope : closing_) DEBRIEF_TRY(store_.close_scope(scope));
        return core::Ok{};
    }));
    closing_.clear();
    return core::Ok{};
}

}  // namespace debrief::sync
