// The web app's files as a browser gets them: the right type, the smallest form it takes, kept as long as it may.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "platform/net/http_server.hpp"

namespace debrief::platform {

/// Threads: one owner. Holds what was asked for in memory, and looks at each request whether the file is another one.
class WebFiles {
public:
    /// `mark`: words that go into the head of every index.html, for a page that has to know who serves it; its packed
    /// neighbours are not used then. May be empty.
    explicit WebFiles(std::string folder, std::string mark = {}) : folder_(std::move(folder)), mark_(std::move(mark)) {}

    /// There is an index.html.
    [[nodiscard]] bool complete() const;
    /// A file below the folder, or index.html for a place within the app (a path without an ending). Nothing else can
    /// be had: names are letters, digits, `.`, `_` and `-`, none begins with a dot, and nothing is decoded. Nothing if
    /// there is no such file, or this is no name of one.
    std::optional<HttpAnswer> answer(const HttpAsk& ask);

private:
    struct Kept {
        std::uint64_t inode = 0;
        std::int64_t changed = 0;  // Nanoseconds.
        std::size_t size = 0;
        std::string etag;  // Without quotes.
        std::shared_ptr<const std::string> bytes;
    };
    const Kept* read(const std::string& name);
    [[nodiscard]] std::string path(const std::string& name) const { return folder_ + "/" + name; }

    std::string folder_;
    std::string mark_;
    std::map<std::string, Kept> kept_;  // By the name below the folder.
};

/// What stands in place of the app where it was not built.
HttpAnswer no_web_app();

}  // namespace debrief::platform
