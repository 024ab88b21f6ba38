// Connections whose peer has not shown yet who it is. A crowd of silent ones must not keep others out, and costs us
// little: of too many the oldest goes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <string>

namespace debrief::platform {

/// Threads: one owner. Must be held by a shared_ptr; tickets may outlive it.
class Newcomers : public std::enable_shared_from_this<Newcomers> {
public:
    struct Limits {
        std::size_t address_max = 64;  ///< From one address.
        std::size_t all_max = 4'096;
    };
    using Ticket = std::shared_ptr<void>;

    explicit Newcomers(Limits limits) : limits_(limits) {}

    /// Counts a newcomer until its ticket is let go. Where that makes one too many, `drop` of the oldest one of the
    /// same address, else of all, is called: it ends that connection, and must not call back.
    Ticket arrive(const std::string& address, std::function<void()> drop);

    [[nodiscard]] std::size_t size() const { return waiting_.size(); }
    [[nodiscard]] std::uint64_t dropped() const { return dropped_; }

private:
    struct Waiting {
        std::string address;
        std::function<void()> drop;
    };
    using Place = std::list<Waiting>::iterator;
    void leave(Place place);
    void drop(Place place);

    Limits limits_;
    std::list<Waiting> waiting_;                          // Oldest first.
    std::list<Waiting> gone_;                             // Dropped, and not out of the door yet.
    std::map<std::string, std::list<Place>> by_address_;  // The same, of one address.
    std::uint64_t dropped_ = 0;
};

}  // namespace debrief::platform
