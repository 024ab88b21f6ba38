#include "core/store/database.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "core/defects.hpp"

namespace debrief::core {
namespace {

Error error_of(sqlite3* db, int code) {
    const std::string said = db == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(db);
    // SQLite calls a full disk an I/O error where it makes room for its index of the log, before it writes anything.
    const auto extended = db == nullptr ? code : sqlite3_extended_errcode(db);
    const auto system = db == nullptr ? 0 : sqlite3_system_errno(db);
    if (extended == SQLITE_IOERR_SHMSIZE ||
        ((code & 0xFF) == SQLITE_IOERR && (system == ENOSPC || system == EDQUOT || system == EFBIG)))
        code = SQLITE_FULL;
    switch (code & 0xFF) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {
                Errc::busy, "Another process holds the store.", {}, "Wait until it is done, or end it, and try again."};
        case SQLITE_FULL:
            return {Errc::full, "The disk is full; nothing was changed.", {}, "Free some space and try again."};
        case SQLITE_CORRUPT:
            return {Errc::corrupt,
                    "The store is damaged: " + said + ".",
                    {},
                    "Keep a copy of the folder, then run 'debrief doctor' or join again in a new folder."};
        case SQLITE_NOTADB:
            return {
                Errc::corrupt, "The file is not a Debrief store.", {}, "Choose another folder, or move the file away."};
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return {Errc::io, "The store may not be written.", {}, "Check who owns the folder and its permissions."};
        case SQLITE_CANTOPEN:
            return {Errc::io, "The store cannot be opened.", {}, "Check that the folder exists and is yours."};
        case SQLITE_IOERR:
            return {Errc::io,
                    "The disk gave an error: " + said + ".",
                    {},
                    "Check the disk; what was saved before stays saved."};
        case SQLITE_INTERRUPT:
            return {Errc::cancelled, "Broken off; nothing was changed.", {}, {}};
        case SQLITE_TOOBIG:
            return {Errc::too_large, "A value is too large for the store.", {}, {}};
        case SQLITE_NOMEM:
            return {Errc::full, "No memory is left; nothing was changed.", {}, "Close something and try again."};
        default:
            return {Errc::internal, "The store refused a statement: " + said + ".", {}, {}};
    }
}

// The write-ahead log, if it is open.
sqlite3_file* log_file(sqlite3* db) {
    sqlite3_file* log = nullptr;
    if (sqlite3_file_control(db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) != SQLITE_OK) return nullptr;
    return log == nullptr || log->pMethods == nullptr ? nullptr : log;
}

}  // namespace

Statement::~Statement() {
    if (compiled_ == nullptr) return;
    sqlite3_reset(handle_);
    sqlite3_clear_bindings(handle_);
    compiled_->lent = false;
}

Statement& Statement::bind(int parameter, std::int64_t value) {
    DEBRIEF_CHECK(sqlite3_bind_int64(handle_, parameter, value) == SQLITE_OK);
    return *this;
}
Statement& Statement::bind(int parameter, std::string_view value) {
    // A null pointer would bind NULL, which the empty text is not.
    const char* data = value.data() == nullptr ? "" : value.data();
    DEBRIEF_CHECK(sqlite3_bind_text64(handle_, parameter, data, value.size(), SQLITE_STATIC, SQLITE_UTF8) == SQLITE_OK);
    return *this;
}
Statement& Statement::bind(int parameter, ByteView value) {
    const void* data = value.empty() ? "" : static_cast<const void*>(value.data());
    DEBRIEF_CHECK(sqlite3_bind_blob64(handle_, parameter, data, value.size(), SQLITE_STATIC) == SQLITE_OK);
    return *this;
}
Statement& Statement::bind_null(int parameter) {
    DEBRIEF_CHECK(sqlite3_bind_null(handle_, parameter) == SQLITE_OK);
    return *this;
}

Result<bool> Statement::step() {
    const int code = sqlite3_step(handle_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    auto error = error_of(db_, code);
    sqlite3_reset(handle_);
    return error;
}

Status Statement::run() {
    const auto row = step();
    if (!row) return row.error();
    sqlite3_reset(handle_);
    return Ok{};
}

void Statement::reset() {
    sqlite3_reset(handle_);
}
int Statement::columns() const {
    return sqlite3_column_count(handle_);
}
bool Statement::is_null(int column) const {
    return sqlite3_column_type(handle_, column) == SQLITE_NULL;
}
std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(handle_, column);
}
std::string_view Statement::text(int column) const {
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
    return data == nullptr ? std::string_view{}
                           : std::string_view{data, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}
ByteView Statement::bytes(int column) const {
    const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(handle_, column));
    return data == nullptr ? ByteView{}
                           : ByteView{data, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

Result<std::unique_ptr<Database>> Database::open(const std::string& path, const std::string& vfs,
                                                 std::chrono::milliseconds busy_wait) {
    sqlite3* handle = nullptr;
    // One owner uses a handle at a time, so it needs no lock of its own.
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const int code = sqlite3_open_v2(path.c_str(), &handle, flags, vfs.empty() ? nullptr : vfs.c_str());
    if (code != SQLITE_OK) {
        auto error = error_of(handle, code);
        error.detail += " (" + path + ")";
        sqlite3_close(handle);
        return error;
    }
    sqlite3_busy_timeout(handle, static_cast<int>(busy_wait.count()));
    return std::unique_ptr<Database>{new Database{handle, path}};
}

Database::~Database() {
    for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement.handle);
    auto* log = log_file(db_);
    sqlite3_int64 size = 0;
    const bool empty = log == nullptr || (log->pMethods->xFileSize(log, &size) == SQLITE_OK && size == 0);
    const bool keep = !checkpoint_on_close_ || !(log_settled_ || empty);
    sqlite3_db_config(db_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep ? 1 : 0, nullptr);
    sqlite3_close(db_);
}

Result<Statement> Database::prepare(std::string_view sql) {
    auto found = statements_.find(sql);
    // A second cursor over the same text is compiled beside the first and kept under a name of its own.
    std::string name;
    while (found != statements_.end() && found->second.lent) {
        if (name.empty()) name = sql;
        found = statements_.find(name += ' ');
    }
    if (found != statements_.end()) return Statement{db_, found->second};
    if (name.empty()) name = sql;

    constexpr std::size_t statements_max = 512;
    if (statements_.size() >= statements_max) {
        for (auto at = statements_.begin(); at != statements_.end();) {
            const bool idle = !at->second.lent;
            if (idle) sqlite3_finalize(at->second.handle);
            at = idle ? statements_.erase(at) : std::next(at);
        }
    }
    sqlite3_stmt* made = nullptr;
    const int code =
        sqlite3_prepare_v3(db_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &made, nullptr);
    if (code != SQLITE_OK) return error_of(db_, code);
    const auto kept = statements_.insert_or_assign(std::move(name), Statement::Compiled{made, false}).first;
    return Statement{db_, kept->second};
}

Status Database::run(const std::string& sql) {
    const int code = sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return error_of(db_, code);
    return Ok{};
}

Result<std::int64_t> Database::integer(std::string_view sql) {
    auto query = prepare(sql);
    if (!query) return query.error();
    const auto row = query->step();
    if (!row) return row.error();
    return *row ? query->integer(0) : 0;
}

std::int64_t Database::last_rowid() const {
    return sqlite3_last_insert_rowid(db_);
}
std::int64_t Database::changes() const {
    return sqlite3_changes64(db_);
}
bool Database::in_transaction() const {
    return sqlite3_get_autocommit(db_) == 0;
}
void Database::interrupt() {
    sqlite3_interrupt(db_);
}

void Database::checkpoint_on_close(bool allowed) {
    checkpoint_on_close_ = allowed;
}

Status Database::settle_log() {
    if (log_settled_ || defective(Defect::log_unsettled)) return Ok{};
    auto* log = log_file(db_);
    sqlite3_int64 size = 0;
    int code = log == nullptr ? SQLITE_OK : log->pMethods->xFileSize(log, &size);
    std::vector<char> part(64U << 10U);
    for (sqlite3_int64 at = 0; code == SQLITE_OK && at < size; at += static_cast<sqlite3_int64>(part.size())) {
        const auto count =
            static_cast<int>(std::min<sqlite3_int64>(size - at, static_cast<sqlite3_int64>(part.size())));
        code = log->pMethods->xRead(log, part.data(), count, at);
        if (code == SQLITE_OK) code = log->pMethods->xWrite(log, part.data(), count, at);
    }
    if (code == SQLITE_OK && size > 0) code = log->pMethods->xSync(log, SQLITE_SYNC_NORMAL);
    if (code != SQLITE_OK) return error_of(nullptr, code);
    log_settled_ = true;
    return Ok{};
}

Status Database::define(const char* name, std::string (*function)(std::string_view)) {
    using Function = std::string (*)(std::string_view);
    const auto call = [](sqlite3_context* context, int, sqlite3_value** values) {
        const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(values[0]));
        if (text == nullptr) return;
        // SQLite hands back the pointer-sized user data that holds our function.
        const auto wanted = reinterpret_cast<Function>(sqlite3_user_data(context));
        const auto made = wanted({text, static_cast<std::size_t>(sqlite3_value_bytes(values[0]))});
        sqlite3_result_text64(context, made.data(), made.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    };
    const int code = sqlite3_create_function_v2(db_, name, 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
                                                reinterpret_cast<void*>(function), call, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return error_of(db_, code);
    return Ok{};
}

Result<Transaction> Transaction::begin(Database& db) {
    const bool nested = db.in_transaction();
    auto statement = db.prepare(nested ? "SAVEPOINT nested" : "BEGIN IMMEDIATE");
    if (!statement) return statement.error();
    DEBRIEF_TRY(statement->run());
    Transaction begun{db, nested};
    DEBRIEF_TRY(db.settle_log());
    return begun;
}

Status Transaction::commit() {
    auto statement = db_->prepare(nested_ ? "RELEASE nested" : "COMMIT");
    if (!statement) return statement.error();
    if (auto done = statement->run(); !done) {
        db_->distrust_log();
        return done;
    }
    db_ = nullptr;
    return Ok{};
}

Transaction::~Transaction() {
    // After some errors (a full disk) SQLite has rolled back the whole transaction by itself.
    if (db_ == nullptr || !db_->in_transaction()) return;
    if (!nested_) {
        static_cast<void>(db_->run("ROLLBACK"));
    } else if (db_->run("ROLLBACK TO nested").has_value()) {
        static_cast<void>(db_->run("RELEASE nested"));
    }
}

}  // namespace debrief::core
