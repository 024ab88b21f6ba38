#include "sync/server/server_store.hpp"

#include <algorithm>
#include <deque>

#include "core/store/database.hpp"
#include "sync/device_key.hpp"
#include "sync/invitation.hpp"
#include "sync/server/access.hpp"
#include "sync/server/answering.hpp"
#include "sync/server/device_table.hpp"
#include "sync/server/grant_table.hpp"
#include "sync/server/handover.hpp"
#include "sync/server/judge.hpp"
#include "sync/server/log_table.hpp"
#include "sync/server/result_table.hpp"
#include "sync/server/server_sink.hpp"

namespace debrief::sync {

using core::Bytes;
using core::Errc;
using core::Error;
using core::Result;
using core::Status;
using core::Uuid;

namespace {

bool hands_over(const std::vector<Answer>& answers) {
    return std::any_of(answers.begin(), answers.end(), [](const Answer& answer) {
        return std::any_of(answer.results.begin(), answer.results.end(), [](const core::PushResult& result) {
            return result.kind == core::PushResult::Kind::handed_over;
        });
    });
}

}  // namespace

struct ServerStore::Impl {
    Impl(std::unique_ptr<core::Store> opened, core::ClockSource& clock_source, core::RandomSource& random_source)
        : store(std::move(opened)),
          clock(clock_source),
          random(random_source),
          log(store->database(), random),
          results(store->database()),
          devices(store->database(), random),
          grants(store->database()),
          judge(*store, log, results, grants),
          answering(results, judge, devices),
          sink(*store, log, results),
          handover(*store, judge, sink) {}
    ~Impl() { store->set_sink(nullptr); }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    std::unique_ptr<core::Store> store;
    core::ClockSource& clock;
    core::RandomSource& random;
    LogTable log;
    ResultTable results;
    DeviceTable devices;
    GrantTable grants;
    Judge judge;
    Answering answering;
    ServerSink sink;
    HandoverBox handover;

    Bytes seal_key, order_key;
    Bytes signing_seed;  // Of order_key.
    Directory directory;
    std::deque<Push> queue;
    std::set<Uuid> revoked;
    bool inbox_changed = false;

    Status create_tables() {
        return store->transact([&]() -> Status {
            auto& db = store->database();
            DEBRIEF_TRY(store->index_scopes());
            DEBRIEF_TRY(LogTable::create(db));
            DEBRIEF_TRY(ResultTable::create(db));
            DEBRIEF_TRY(DeviceTable::create(db));
            DEBRIEF_TRY(GrantTable::create(db));
            DEBRIEF_TRY(HandoverBox::create(db));
            return ServerSink::create(db);
        });
    }

    // The server writes under a name of its own; it is nobody in the directory.
    Status take_identity(std::string_view workspace) {
        auto identity = store->identity();
        if (identity.device.is_nil()) {
            identity.workspace = store->new_id();
            identity.workspace_name = workspace.empty() ? "Workspace" : std::string{workspace};
            identity.device = store->new_id();
            identity.incarnation = draw_number(random);
        }
        identity.user = identity.device;
        identity.user_name = "Server";
        identity.role.clear();
        return store->set_identity(identity);
    }

    // Made at the first start, so that it is in every backup: what a device has sealed can then be opened for ever.
    Status take_seal_key() {
        constexpr std::string_view setting = "seal.seed";
        const auto kept = store->setting(setting);
        if (!kept) return kept.error();
        Bytes seed(core::seal_seed_bytes);
        if (*kept) {
            auto read = parse_base64url(**kept);
            if (!read) return read.error();
            if (read->size() != core::seal_seed_bytes)
                return Error{Errc::corrupt, "The server's key for sealed work is damaged.", {}, {}};
            seed = std::move(*read);
        } else {
            random.fill(seed);
            DEBRIEF_TRY(store->set_setting(setting, base64url(seed)));
        }
        seal_key = core::seal_key(seed);
        signing_seed = order_seed(seed);
        order_key = public_key(signing_seed);
        answering.open_boxes_with(std::move(seed));
        return core::Ok{};
    }

    Status refresh_directory() {
        if (!sink.directory_is_stale()) return core::Ok{};
        auto loaded = load_directory(*store);
        if (!loaded) return loaded.error();
        directory = std::move(*loaded);
        sink.directory_is_fresh();
        return core::Ok{};
    }

    // Read within the caller's transaction: what an administrator has just changed counts.
    Status may_sign_in(const Uuid& user) {
        DEBRIEF_TRY(refresh_directory());
        const auto found = directory.users.find(user);
        if (found != directory.users.end() && found->second.active) return core::Ok{};
        return Error{Errc::denied, "This user may not sign in.", {}, "Ask your administrator."};
    }

    // All that was pushed meanwhile, in one transaction. `each`: every change in a savepoint of its own.
    Status keep(const std::deque<Push>& pushes, std::vector<Answer>& answers, bool each) {
        judge.isolate(each);
        answers.clear();
        const auto answer_all = [&]() -> Status {
            for (const auto& push : pushes) {
                auto given = answering.answer(push, directory);
                if (!given) return given.error();
                answers.push_back(std::move(*given));
            }
            return core::Ok{};
        };
        auto kept = store->transact([&]() -> Status {
            DEBRIEF_TRY(grants.flush());
            if (each) return answer_all();
            log.hold_heads();
            DEBRIEF_TRY(store->together(answer_all));
            return log.write_heads();
        });
        log.drop_heads();
        return kept;
    }
};

ServerStore::ServerStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ServerStore::~ServerStore() = default;

Result<std::unique_ptr<ServerStore>> ServerStore::open(const core::Store::Config& config, core::ClockSource& clock,
                                                       core::RandomSource& random, std::string_view workspace) {
    auto settings = config;
    settings.search = false;
    auto store = core::Store::open(settings, clock, random);
    if (!store) return store.error();
    auto impl = std::make_unique<Impl>(std::move(*store), clock, random);
    DEBRIEF_TRY(impl->create_tables());
    DEBRIEF_TRY(impl->take_identity(workspace));
    DEBRIEF_TRY(impl->take_seal_key());
    impl->store->set_sink(&impl->sink);
    DEBRIEF_TRY(impl->refresh_directory());
    return std::unique_ptr<ServerStore>{new ServerStore{std::move(impl)}};
}

const Uuid& ServerStore::server_id() const {
    return impl_->store->identity().device;
}
const core::Identity& ServerStore::identity() const {
    return impl_->store->identity();
}
const Bytes& ServerStore::seal_key() const {
    return impl_->seal_key;
}
core::Store& ServerStore::records() {
    return *impl_->store;
}
core::Instant ServerStore::now() {
    return impl_->clock.now();
}

const Directory& ServerStore::directory() {
    // A directory that cannot be read opens nothing that was not open before; the next write says what is wrong.
    static_cast<void>(impl_->refresh_directory().has_value());
    return impl_->directory;
}

Result<std::vector<core::TouchedRecord>> ServerStore::write(const std::vector<core::Edit>& edits) {
    return impl_->store->write(edits);
}

Result<std::vector<core::TouchedRecord>> ServerStore::write_as(const Uuid& user, const std::vector<core::Edit>& edits) {
    const auto own = impl_->store->identity();
    auto theirs = own;
    theirs.user = user;
    DEBRIEF_TRY(impl_->store->set_identity(theirs));
    auto written = impl_->store->write(edits);
    DEBRIEF_TRY(impl_->store->set_identity(own));
    return written;
}

Result<std::vector<core::TouchedRecord>> ServerStore::erase(const Uuid& record) {
    std::vector<core::TouchedRecord> erased;
    DEBRIEF_TRY(impl_->store->transact([&]() -> Status {
        const auto place = impl_->store->locate(record);
        if (!place) return place.error();
        if (!*place || ((*place)->table != "contact" && (*place)->table != "message")) {
            return Error{Errc::not_found, "There is no contact or message " + record.text() + ".", {}, {}};
        }
        const auto reached = impl_->store->quoting({record});
        if (!reached) return reached.error();
        auto touched = impl_->store->erase(*reached);
        if (!touched) return touched.error();
        erased = std::move(*touched);
        return core::Ok{};
    }));
    return erased;
}

Result<Bytes> ServerStore::invite(const Uuid& user) {
    if (directory().users.count(user) == 0)
        return Error{Errc::not_found, "There is no user " + user.text() + ".", {}, {}};
    Bytes secret;
    DEBRIEF_TRY(impl_->store->transact([&]() -> Status {
        auto made =
            impl_->devices.invite(user, now() + std::chrono::duration_cast<std::chrono::milliseconds>(invitation_life));
        if (!made) return made.error();
        secret = std::move(*made);
        return core::Ok{};
    }));
    return secret;
}

Result<Enrolled> ServerStore::enrol(core::ByteView secret, std::string_view device_name, std::uint64_t incarnation,
                                    core::ByteView key) {
    Enrolled enrolled;
    DEBRIEF_TRY(impl_->store->transact([&]() -> Status {
        auto made = impl_->devices.enrol(secret, device_name, incarnation, key, impl_->store->new_id(), now());
        if (!made) return made.error();
        enrolled = std::move(*made);
        return impl_->may_sign_in(enrolled.user);  // If not, the invitation is not used up.
    }));
    return enrolled;
}

Result<SignedIn> ServerStore::sign_in(const Uuid& device, core::ByteView token) {
    SignedIn signed_in;
    DEBRIEF_TRY(impl_->store->transact([&]() -> Status {
        auto found = impl_->devices.sign_in(device, token, now());
        if (!found) return found.error();
        signed_in = std::move(*found);
        return impl_->may_sign_in(signed_in.user);
    }));
    return signed_in;
}

Result<SignedIn> ServerStore::prove(const Uuid& device, std::uint64_t incarnation, core::ByteView nonce,
                                    core::ByteView signature) {
    const auto message = proof_message(server_id(), device, incarnation, nonce);
    SignedIn signed_in;
    DEBRIEF_TRY(impl_->store->transact([&]() -> Status {
        auto proven = impl_->devices.prove(device, message, signature, now());
        if (!proven) return proven.error();
        signed_in = std::move(*proven);
        return impl_->may_sign_in(signed_in.user);
    }));
    return signed_in;
}

Result<std::vector<DeviceInfo>> ServerStore::devices() {
    return impl_->devices.list();
}

Status ServerStore::revoke(const Uuid& device) {
    bool found = false;
    DEBRIEF_TRY(impl_->store->transact([&]() -> Status {
        const auto done = impl_->devices.revoke(device, now());
        if (!done) return done.error();
        found = *done;
        return core::Ok{};
    }));
    if (!found) return Error{Errc::not_found, "There is no device " + device.text() + " to revoke.", {}, {}};
    impl_->revoked.insert(device);
    return core::Ok{};
}

Result<CutOff> ServerStore::cut_off(const Uuid& device) {
    return impl_->devices.cut_off(device);
}
const Bytes& ServerStore::order_key() const {
    return impl_->order_key;
}
Result<WipeFrame> ServerStore::order_wipe(const Uuid& device, std::uint64_t incarnation, bool full) {
    WipeFrame order;
    DEBRIEF_TRY(impl_->store->transact([&]() -> Status {
        const auto cut = impl_->devices.cut_off(device);
        if (!cut) return cut.error();
        const auto expected = impl_->results.expected(device, incarnation);
        if (!expected) return expected.error();
        order = {server_id(), cut->at, *expected, cut->handed_over, full, {}};
        return impl_->devices.note_wiped(device, now());
    }));
    order.signature = sign(impl_->signing_seed, wipe_message(order, device, incarnation));
    return order;
}

void ServerStore::submit(Push push) {
    impl_->queue.push_back(std::move(push));
}

bool ServerStore::has_work() const {
    return !impl_->queue.empty() || !impl_->revoked.empty() || impl_->log.has_grown() || impl_->grants.waiting() ||
           impl_->sink.has_news() || impl_->inbox_changed;
}

Result<Committed> ServerStore::commit() {
    auto& s = *impl_;
    Committed committed;
    DEBRIEF_TRY(s.refresh_directory());
    const auto queue = std::exchange(s.queue, {});
    if (!queue.empty() || s.grants.waiting()) {
        auto stored = s.keep(queue, committed.answers, false);
        if (!stored && s.judge.must_isolate()) {
            s.sink.directory_must_be_read();
            DEBRIEF_TRY(s.refresh_directory());
            stored = s.keep(queue, committed.answers, true);
        }
        if (!stored) {
            s.sink.directory_must_be_read();  // An account may have got an owner who does not exist on disk.
            DEBRIEF_TRY(s.refresh_directory());
            return stored.error();
        }
        s.grants.flushed();
    }
    committed.scopes = s.log.take_grown();
    committed.rewritten = s.log.take_rewritten();
    committed.accounts = s.sink.take_accounts();
    committed.people_changed = s.sink.take_people_changed();
    committed.revoked = std::exchange(s.revoked, {});
    committed.inbox_changed = std::exchange(s.inbox_changed, false) || hands_over(committed.answers);
    return committed;
}

Result<std::uint64_t> ServerStore::expected_n(const Uuid& device, std::uint64_t incarnation) {
    return impl_->results.expected(device, incarnation);
}
Result<core::ScopeCursor> ServerStore::head(std::string_view scope) {
    return impl_->log.head(scope);
}
Result<std::optional<std::uint64_t>> ServerStore::salt_at(std::string_view scope, std::uint64_t position) {
    return impl_->log.salt_at(scope, position);
}
Result<std::vector<core::LogEntry>> ServerStore::read_log(std::string_view scope, std::uint64_t position,
                                                          std::size_t bytes_max) {
    return impl_->log.read(scope, position, bytes_max);
}
Result<std::optional<std::vector<core::ScopeCursor>>> ServerStore::cursor_set(const Uuid& device, std::uint64_t id) {
    return impl_->grants.cursor_set(device, id);
}
std::uint64_t ServerStore::keep_cursor_set(const Uuid& device, std::uint64_t previous,
                                           const std::vector<core::ScopeCursor>& cursors) {
    const auto id = draw_number(impl_->random);
    impl_->grants.keep_cursor_set(device, id, previous, cursors);
    return id;
}
void ServerStore::note_granted(const Uuid& user, const std::vector<std::string>& scopes) {
    impl_->grants.note_granted(user, scopes);
}
Result<std::uint64_t> ServerStore::handed_over() {
    return impl_->results.handed_over();
}

Result<std::vector<Handover>> ServerStore::handovers() {
    return impl_->handover.list();
}
Result<std::vector<HandoverCount>> ServerStore::inbox_of(const Uuid& user) {
    const auto& who = directory();
    if (duty_of(who, user) == Duty::none) return std::vector<HandoverCount>{};
    auto counts = impl_->handover.counts();
    if (!counts) return counts.error();
    std::erase_if(*counts, [&](const HandoverCount& count) { return !may_file(who, user, count.scope); });
    return counts;
}
Status ServerStore::file_handover(std::int64_t id, const std::optional<Uuid>& as) {
    if (as && directory().users.count(*as) == 0)
        return Error{Errc::not_found, "There is no user " + as->text() + ".", "as", {}};
    DEBRIEF_TRY(impl_->handover.file(id, as));
    impl_->inbox_changed = true;
    return core::Ok{};
}
Status ServerStore::drop_handover(std::int64_t id) {
    DEBRIEF_TRY(impl_->handover.drop(id));
    impl_->inbox_changed = true;
    return core::Ok{};
}

}  // namespace debrief::sync
