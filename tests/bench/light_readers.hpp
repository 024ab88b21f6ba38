// Readers as light as they can be: thousands of WebSockets in one thread, which speak just enough of the protocol to be
// greeted and then look at what comes. The same code reads from our server and from the bare one.
#pragma once

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstring>
#include <functional>
#include <mutex>

#include "sync/frames/frame.hpp"
#include "tests/bench/bench_house.hpp"

namespace debrief::bench {

using SteadyTime = std::chrono::steady_clock::time_point;

[[noreturn]] inline void give_up(const std::string& what) {
    std::fprintf(stderr, "bench: %s (%s)\n", what.c_str(), std::strerror(errno));
    std::exit(1);
}

/// The client's end of one WebSocket over loopback, blocking until `go_on_without_waiting`.
class LightSocket {
public:
    explicit LightSocket(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        // An answer that does not come ends the bench.
        const timeval limit{.tv_sec = 20, .tv_usec = 0};
        const int on = 1;
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (socket_ < 0 || ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
            give_up("cannot connect");
        write(
            "GET /sync HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Protocol: debrief.1\r\n\r\n");
        std::size_t end = std::string::npos;
        while (end == std::string::npos) {
            if (!read()) give_up("no answer to the upgrade");
            end = waiting_.find("\r\n\r\n");
        }
        if (waiting_.rfind("HTTP/1.1 101", 0) != 0) give_up("no WebSocket: " + waiting_.substr(0, 40));
        waiting_.erase(0, end + 4);
    }
    LightSocket(LightSocket&& other) noexcept
        : socket_(std::exchange(other.socket_, -1)), waiting_(std::move(other.waiting_)) {}
    ~LightSocket() {
        if (socket_ >= 0) ::close(socket_);
    }
    LightSocket(const LightSocket&) = delete;
    LightSocket& operator=(const LightSocket&) = delete;

    [[nodiscard]] int descriptor() const { return socket_; }
    void go_on_without_waiting() const { ::fcntl(socket_, F_SETFL, O_NONBLOCK); }

    /// One binary message. The mask is zero, which RFC 6455 allows.
    void send(core::ByteView message) {
        std::string frame{"\x82", 1};
        if (message.size() < 126) {
            frame += static_cast<char>(0x80U | message.size());
        } else {
            frame += static_cast<char>(0x80U | 126U);
            frame += static_cast<char>(message.size() >> 8U);
            frame += static_cast<char>(message.size() & 0xFFU);
        }
        frame.append(4, '\0');
        frame.append(reinterpret_cast<const char*>(message.data()), message.size());
        write(frame);
    }

    /// Takes what has come. False: nothing did.
    bool read() {
        static thread_local std::array<char, 64U << 10U> room;
        const auto got = ::recv(socket_, room.data(), room.size(), 0);
        if (got == 0) give_up("a server has closed the connection");
        if (got < 0) return false;
        waiting_.append(room.data(), static_cast<std::size_t>(got));
        return true;
    }

    /// Hands each whole message to `look`.
    template <typename Look>
    void messages(const Look& look) {
        std::size_t at = 0;
        while (waiting_.size() - at >= 2) {
            const auto byte = [&](std::size_t offset) { return static_cast<std::uint8_t>(waiting_[at + offset]); };
            std::size_t size = byte(1) & 0x7FU, head = 2;
            if (size == 127) give_up("a message that no reader expects");
            if (size == 126) {
                if (waiting_.size() - at < 4) break;
                size = (std::size_t{byte(2)} << 8U) | byte(3);
                head = 4;
            }
            if (waiting_.size() - at < head + size) break;
            look(std::string_view{waiting_}.substr(at + head, size));
            at += head + size;
        }
        waiting_.erase(0, at);
        if (waiting_.empty()) waiting_.shrink_to_fit();
    }

private:
    void write(std::string_view bytes) const {
        if (::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(bytes.size()))
            give_up("cannot send");
    }

    int socket_;
    std::string waiting_;
};

/// Many readers of one server. Threads: the owner's, and one of their own that reads.
class LightReaders {
public:
    /// Connects one after the other. Each says its hello, if it has one, and reads on until all is level.
    LightReaders(std::uint16_t port, std::size_t count, const std::vector<core::Bytes>& hellos)
        : greeted_(!hellos.empty()) {
        watch(stop_, stop_mark);
        readers_.reserve(count);
        // From the first one on: a server pings whoever is silent.
        thread_ = std::thread{[this] { run(); }};
        for (std::size_t i = 0; i < count; ++i) {
            LightSocket socket{port};
            bool level = hellos.empty();
            if (!level) socket.send(hellos[i]);
            while (!level) {
                if (!socket.read()) give_up("no greeting");
                socket.messages([&](std::string_view message) { level = level || message == level_; });
            }
            socket.go_on_without_waiting();
            const std::lock_guard hold{lock_};
            watch(socket.descriptor(), i);
            readers_.push_back({.socket = std::move(socket), .round = 0});
        }
    }
    ~LightReaders() {
        ::eventfd_write(stop_, 1);
        thread_.join();
        ::close(epoll_);
        ::close(stop_);
    }
    LightReaders(const LightReaders&) = delete;
    LightReaders& operator=(const LightReaders&) = delete;

    /// From now on a reader has received once a message has come that holds `mark`.
    void expect(std::string mark) {
        const std::lock_guard hold{lock_};
        mark_ = std::move(mark);
        ++round_;
        received_ = levels_ = 0;
    }
    [[nodiscard]] bool all_received() const { return received_ == readers_.size(); }
    [[nodiscard]] bool all_level() const { return levels_ >= readers_.size(); }
    /// Of this round, once all have received.
    [[nodiscard]] SteadyTime first_at() const { return first_at_; }
    [[nodiscard]] SteadyTime last_at() const { return last_at_; }
    [[nodiscard]] core::Bytes message() {
        const std::lock_guard hold{lock_};
        return core::Bytes(message_.begin(), message_.end());
    }

private:
    struct Reader {
        LightSocket socket;
        std::uint64_t round;                  // The last one whose message it has.
        std::uint64_t applied = 0, told = 0;  // Bytes. Who tells nothing gets no more than the window.
    };

    static constexpr std::uint64_t stop_mark = ~std::uint64_t{0};
    static constexpr std::uint64_t told_each = 50'000;

    void watch(int descriptor, std::uint64_t as) const {
        epoll_event event{.events = EPOLLIN, .data = {.u64 = as}};
        if (::epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event) != 0) give_up("cannot watch a socket");
    }

    void run() {
        std::array<epoll_event, 256> events;
        for (;;) {
            const int ready = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), -1);
            const std::lock_guard hold{lock_};
            for (int i = 0; i < ready; ++i) {
                const auto which = events[static_cast<std::size_t>(i)].data.u64;
                if (which == stop_mark) return;
                auto& reader = readers_[which];
                if (reader.socket.read())
                    reader.socket.messages([&](std::string_view message) { look(reader, message); });
            }
        }
    }

    void look(Reader& reader, std::string_view message) {
        if (message == level_) {
            ++levels_;
        } else if (message == ping_) {
            reader.socket.send(sync::encode(sync::PongFrame{}));
        } else if (reader.round != round_ && message.find(mark_) != std::string_view::npos) {
            reader.round = round_;
            if (received_ == 0) {
                first_at_ = std::chrono::steady_clock::now();
                message_ = message;
                whole_ = whole_size(message);
            }
            if (received_ + 1 == readers_.size()) last_at_ = std::chrono::steady_clock::now();
            ++received_;
            reader.applied += whole_;
            if (!greeted_ || reader.applied - reader.told < told_each) return;
            reader.told = reader.applied;
            reader.socket.send(sync::encode(sync::AppliedFrame{reader.applied}));
        }
    }

    /// As the window counts it: inflated.
    static std::size_t whole_size(std::string_view message) {
        const auto frame = sync::decode_frame({reinterpret_cast<const std::uint8_t*>(message.data()), message.size()});
        const auto* zip = frame ? std::get_if<sync::ZippedFrame>(&*frame) : nullptr;
        return zip != nullptr ? static_cast<std::size_t>(zip->of) : message.size();
    }

    static std::string text_of(const sync::Frame& frame) {
        const auto bytes = sync::encode(frame);
        return {bytes.begin(), bytes.end()};
    }

    const std::string level_ = text_of(sync::LevelFrame{}), ping_ = text_of(sync::PingFrame{});
    const bool greeted_;
    std::vector<Reader> readers_;
    int epoll_ = ::epoll_create1(EPOLL_CLOEXEC);
    int stop_ = ::eventfd(0, EFD_CLOEXEC);
    std::mutex lock_;  // Held for a batch of events; between rounds by the owner.
    std::string mark_, message_;
    std::uint64_t round_ = 0;
    std::size_t whole_ = 0;  // Bytes of this round's frame.
    std::atomic<std::size_t> received_ = 0, levels_ = 0;
    SteadyTime first_at_, last_at_;
    std::thread thread_;
};

}  // namespace debrief::bench
