// A clock that stands still until it is moved, and chance that repeats.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include "core/device/device_store.hpp"
#include "core/store/store.hpp"

namespace debrief::core::test {

class FakeClock final : public ClockSource {
public:
    Instant now() override { return now_; }
    void advance(Instant by) { now_ += by; }
    void set(Instant now) { now_ = now; }

private:
    Instant now_{1'742'292'000'000};  // 2025-03-18 10:00 UTC.
};

/// Splitmix64. Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", 2014.
class FakeRandom final : public RandomSource {
public:
    explicit FakeRandom(std::uint64_t seed = 1) : state_(seed) {}
    void fill(std::span<std::uint8_t> out) override {
        for (auto& byte : out) byte = static_cast<std::uint8_t>(next() >> 32U);
    }
    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31U);
    }
    std::uint64_t below(std::uint64_t end) { return next() % end; }

private:
    std::uint64_t state_;
};

inline Uuid id_of(std::uint64_t number) {
    return derive_uuid("test", std::to_string(number));
}

/// A device's store in memory (or in a file), owned by user `id_of(number)`.
struct Device {
    explicit Device(std::uint64_t number, std::string path = ":memory:", Store::Config config = {});
    Store& records() { return store->records(); }
    Store* operator->() { return &store->records(); }

    FakeClock clock;
    FakeRandom random;
    std::unique_ptr<DeviceStore> store;
};

/// A folder that is removed with all that is in it.
class Folder {
public:
    Folder();
    ~Folder();
    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] std::string file(const std::string& name = "store.db") const { return path_ + "/" + name; }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

private:
    std::string path_;
};

/// Whether the bytes of any file in the folder hold this word.
bool contains(const Folder& folder, const std::string& word);

/// The value, or the reason why there is none as an exception that fails the test.
template <typename T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().detail + " [" + result.error().field + "]");
    return std::move(*result);
}

}  // namespace debrief::core::test
