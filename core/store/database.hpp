// The one wrapper around SQLite: a handle, statements that are prepared once, transactions. No word of our domain.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "core/bytes.hpp"
#include "core/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace debrief::core {

/// A prepared statement, lent by its Database. Reset and its bindings cleared when it goes out of scope.
/// Bound text and bytes must live until the statement is stepped or gone. Parameters and columns as in SQLite:
/// parameters count from 1, columns from 0.
class Statement {
public:
    /// One compiled statement of a Database; `lent` while somebody uses it.
    struct Compiled {
        sqlite3_stmt* handle = nullptr;
        bool lent = false;
    };
    Statement(sqlite3* db, Compiled& compiled) : db_(db), handle_(compiled.handle), compiled_(&compiled) {
        compiled.lent = true;
    }
    Statement(Statement&& other) noexcept
        : db_(other.db_), handle_(other.handle_), compiled_(std::exchange(other.compiled_, nullptr)) {}
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    Statement& operator=(Statement&&) = delete;
    ~Statement();

    Statement& bind(int parameter, std::int64_t value);
    Statement& bind(int parameter, std::string_view value);
    Statement& bind(int parameter, ByteView value);
    Statement& bind_null(int parameter);

    /// True: a row is ready. False: no rows left. Errors: as Database.
    Result<bool> step();
    /// Runs a statement that gives no rows, and makes it ready to be bound again.
    Status run();
    void reset();

    [[nodiscard]] int columns() const;
    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::string_view text(int column) const;  ///< Valid until the next step.
    [[nodiscard]] ByteView bytes(int column) const;         ///< Valid until the next step.

private:
    sqlite3* db_;
    sqlite3_stmt* handle_;
    Compiled* compiled_;
};

/// Errors, of every call: `busy` if another process holds the file; `full`; `corrupt` if it is damaged or no database;
/// `io`, also for a file that may not be written; each with a hint. `internal` is a mistake in our SQL.
/// Threads: one owner.
class Database {
public:
    /// Creates or opens. `vfs` empty: SQLite's own.
    static Result<std::unique_ptr<Database>> open(const std::string& path, const std::string& vfs,
                                                  std::chrono::milliseconds busy_wait);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// The statement for this text, compiled at its first use. One text may be in use twice at a time.
    Result<Statement> prepare(std::string_view sql);
    /// Runs statements without parameters or results.
    Status run(const std::string& sql);
    /// The first column of the first row, 0 if there is none.
    Result<std::int64_t> integer(std::string_view sql);

    [[nodiscard]] std::int64_t last_rowid() const;
    [[nodiscard]] std::int64_t changes() const;
    [[nodiscard]] bool in_transaction() const;
    /// Makes `fold(text)` a function of SQL.
    Status define(const char* name, std::string (*function)(std::string_view));
    /// Whether closing may move the write-ahead log into the file, if it is settled or empty. Off while we only look at
    /// a file that may not be ours.
    void checkpoint_on_close(bool allowed);
    /// Writes the write-ahead log once more as it stands and syncs it; called inside the first write transaction. A
    /// program that ended after a failed sync may have left a log that the system shows us but no disk has: what is
    /// appended behind such a hole, or moved out of it, is lost at the next power cut. Source: Rebello et al., "Can
    /// Applications Recover from fsync Failures?", USENIX ATC 2020.
    Status settle_log();
    /// After a commit that failed, perhaps at its sync: the next transaction settles the log again.
    void distrust_log() { log_settled_ = false; }
    /// Breaks off whatever runs; from any thread.
    void interrupt();
    [[nodiscard]] sqlite3* handle() const { return db_; }

private:
    Database(sqlite3* db, std::string path) : db_(db), path_(std::move(path)) {}

    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    sqlite3* db_;
    std::string path_;
    bool log_settled_ = false;
    bool checkpoint_on_close_ = true;
    std::unordered_map<std::string, Statement::Compiled, TextHash, std::equal_to<>> statements_;
};

/// BEGIN IMMEDIATE; or a savepoint, if a transaction is open already. Rolls back in its destructor unless committed.
class Transaction {
public:
    static Result<Transaction> begin(Database& db);
    Transaction(Transaction&& other) noexcept : db_(std::exchange(other.db_, nullptr)), nested_(other.nested_) {}
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    Status commit();

private:
    Transaction(Database& db, bool nested) : db_(&db), nested_(nested) {}
    Database* db_;
    bool nested_;
};

}  // namespace debrief::core
