// Lines from a file descriptor, read on a thread of their own, so that the network goes on while nobody types.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace debrief::platform {

struct ReadLine {
    std::string text;
    bool too_long = false;  ///< Over the limit; its text is dropped.
};

/// Threads: `take` and `ended` from one owner. `arrived` is called on the reading thread after each line and at the
/// end.
class LineReader {
public:
    /// Holds at most `waiting_max` bytes of lines that nobody has taken: a fast writer waits, memory does not grow.
    LineReader(int descriptor, std::size_t line_max, std::size_t waiting_max, std::function<void()> arrived);
    ~LineReader();
    LineReader(const LineReader&) = delete;
    LineReader& operator=(const LineReader&) = delete;

    std::optional<ReadLine> take();
    /// The input has ended and every line was taken.
    bool ended();

private:
    void read();
    void add(ReadLine line);

    int descriptor_;
    int stop_[2] = {-1, -1};  // A pipe whose end wakes the reading thread.
    std::size_t line_max_;
    std::size_t waiting_max_;
    std::function<void()> arrived_;
    std::mutex mutex_;
    std::condition_variable room_;
    std::deque<ReadLine> lines_;
    std::size_t waiting_ = 0;
    bool at_end_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace debrief::platform
