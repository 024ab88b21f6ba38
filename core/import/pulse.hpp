// Lets a long import be watched and broken off, however much of it is reading and how little writing.
#pragma once

#include <cstddef>

#include "core/import/import.hpp"

namespace debrief::core::intake {

/// Told of every row; asks now and then whether to go on. Threads: one owner.
class Pulse {
public:
    static constexpr std::size_t rows_between = 500;

    /// `options` must outlive it.
    explicit Pulse(const ImportOptions& options) : options_(options) {}

    /// Once for each row that is read. False: the import is to end, with `status()`.
    bool row() {
        if (++rows_ % rows_between == 0) ask();
        return !stopped_;
    }
    /// Asks now. Errors: `cancelled`.
    Status look() {
        ask();
        return status();
    }
    /// Errors: `cancelled` once it was stopped.
    [[nodiscard]] Status status() const {
        if (!stopped_) return Ok{};
        return Error{Errc::cancelled,
                     "The import was stopped; what went in before that stays.",
                     {},
                     "Run it again to finish: nothing is imported twice."};
    }

private:
    void ask() { stopped_ = stopped_ || (options_.stop && options_.stop()); }

    const ImportOptions& options_;
    std::size_t rows_ = 0;
    bool stopped_ = false;
};

}  // namespace debrief::core::intake
