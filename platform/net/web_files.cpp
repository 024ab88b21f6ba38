#include "platform/net/web_files.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <string_view>

#include "core/bytes.hpp"
#include "sync/invitation.hpp"
#include "sync/server/secrets.hpp"

namespace debrief::platform {
namespace {

constexpr std::string_view index_name = "index.html";
constexpr std::string_view kept_for_ever = "public, max-age=31536000, immutable";
constexpr std::string_view asked_each_time = "no-cache";

constexpr std::array<std::pair<std::string_view, std::string_view>, 20> types{{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".wasm", "application/wasm"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".jpg", "image/jpeg"},
    {".jpeg", "image/jpeg"},
    {".webp", "image/webp"},
    {".avif", "image/avif"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
    {".md", "text/plain; charset=utf-8"},
    {".xml", "application/xml"},
    {".bin", "application/octet-stream"},
}};

std::string_view ending_of(std::string_view name) {
    const auto slash = name.rfind('/');
    const auto dot = name.rfind('.');
    return dot == std::string_view::npos || (slash != std::string_view::npos && dot < slash) ? std::string_view{}
                                                                                             : name.substr(dot);
}

std::string_view type_of(std::string_view name) {
    const auto ending = ending_of(name);
    for (const auto& [known, type] : types) {
        if (ending == known) return type;
    }
    return "application/octet-stream";
}

bool is_letter_or_digit(char sign) {
    return (sign >= '0' && sign <= '9') || (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z');
}

/// A place below the folder: `/a/b`, each part of it a plain name.
bool is_plain(std::string_view path) {
    if (path.empty() || path.front() != '/' || path.size() > 512) return false;
    for (std::size_t at = 0; at < path.size(); ++at) {
        const char sign = path[at];
        if (sign == '/') {
            // No part is empty but the last, and none begins with a dot.
            if (at + 1 < path.size() && (path[at + 1] == '/' || path[at + 1] == '.')) return false;
        } else if (!is_letter_or_digit(sign) && sign != '.' && sign != '_' && sign != '-') {
            return false;
        }
    }
    return true;
}

/// The bundler names what it makes after what is in it: `assets/index-B2x9_aQ7.js`. Such a name never means other
/// bytes.
bool is_named_by_content(std::string_view name) {
    constexpr std::size_t hash_length = 8;
    if (name.rfind("assets/", 0) != 0) return false;
    const auto stem = name.substr(0, name.size() - ending_of(name).size());
    if (stem.size() <= hash_length || (stem[stem.size() - hash_length - 1] != '-')) return false;
    const auto hash = stem.substr(stem.size() - hash_length);
    return std::all_of(hash.begin(), hash.end(),
                       [](char sign) { return is_letter_or_digit(sign) || sign == '-' || sign == '_'; }) &&
           std::any_of(hash.begin(), hash.end(),
                       [](char sign) { return (sign >= '0' && sign <= '9') || (sign >= 'A' && sign <= 'Z'); });
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

/// Calls `look` with each of the things that commas part, until it says true.
template <typename Look>
bool any_listed(std::string_view list, Look look) {
    while (!list.empty()) {
        const auto comma = std::min(list.find(','), list.size());
        if (look(trimmed(list.substr(0, comma)))) return true;
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return false;
}

/// RFC 9110, 12.5.3, as far as browsers use it: a name, and perhaps a weight, where 0 means no.
bool accepts(std::string_view accepted, std::string_view encoding) {
    return any_listed(accepted, [&](std::string_view one) {
        const auto end = std::min(one.find(';'), one.size());
        if (trimmed(one.substr(0, end)) != encoding) return false;
        const auto weight = one.find("q=", end);
        return weight == std::string_view::npos ||
               one.substr(weight + 2).find_first_not_of("0. \t") != std::string_view::npos;
    });
}

bool names_etag(std::string_view listed, const std::string& etag) {
    return any_listed(listed, [&](std::string_view one) {
        if (one.rfind("W/", 0) == 0) one.remove_prefix(2);
        return one == "*" || one == etag;
    });
}

bool is_file(const std::string& path, struct stat& info) {
    return ::stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode);
}

std::int64_t changed_at(const struct stat& info) {
    return std::int64_t{info.st_mtim.tv_sec} * 1'000'000'000 + info.st_mtim.tv_nsec;
}

}  // namespace

bool WebFiles::complete() const {
    struct stat info {};
    return !folder_.empty() && is_file(path(std::string{index_name}), info);
}

const WebFiles::Kept* WebFiles::read(const std::string& name) {
    struct stat info {};
    if (folder_.empty() || !is_file(path(name), info)) {
        kept_.erase(name);
        return nullptr;
    }
    auto& kept = kept_[name];
    if (kept.bytes && kept.inode == info.st_ino && kept.changed == changed_at(info) &&
        kept.size == static_cast<std::size_t>(info.st_size))
        return &kept;
    std::ifstream in{path(name), std::ios::binary};
    std::string bytes(static_cast<std::size_t>(info.st_size), '\0');
    // One that is being written right now may be shorter by now; it is read again when it is another.
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
    if (!in.is_open() || in.bad()) {
        kept_.erase(name);
        return nullptr;
    }
    if (name == index_name && !mark_.empty()) {
        const auto head = bytes.find("<head>");
        bytes.insert(head == std::string::npos ? 0 : head + 6, mark_);
    }
    const auto digest = sync::hash_of(core::as_bytes(bytes));
    kept = {info.st_ino, changed_at(info), static_cast<std::size_t>(info.st_size),
            sync::base64url(core::ByteView{digest}.first(16)), std::make_shared<const std::string>(std::move(bytes))};
    return &kept;
}

std::optional<HttpAnswer> WebFiles::answer(const HttpAsk& ask) {
    if (!is_plain(ask.path)) return std::nullopt;
    const bool is_place = ending_of(ask.path).empty();
    const std::string name = is_place ? std::string{index_name} : ask.path.substr(1);
    const Kept* file = read(name);
    if (file == nullptr) return std::nullopt;
    HttpAnswer answer;
    answer.type = std::string{type_of(name)};
    answer.cache = is_named_by_content(name) ? kept_for_ever : asked_each_time;
    const bool is_marked = name == index_name && !mark_.empty();
    const auto made = file->changed;
    for (const auto& [encoding, ending] : {std::pair{"br", ".br"}, std::pair{"gzip", ".gz"}}) {
        struct stat packed {};
        // One older than the file was left over from an earlier build.
        if (is_marked || !is_file(path(name + ending), packed) || changed_at(packed) < made) continue;
        answer.varies = true;
        if (!answer.encoding.empty() || !accepts(ask.accept_encoding, encoding)) continue;
        const Kept* smaller = read(name + ending);
        if (smaller == nullptr) continue;
        answer.encoding = encoding;
        file = smaller;
    }
    answer.etag = '"' + file->etag + '"';
    if (names_etag(ask.if_none_match, answer.etag)) {
        answer.status = 304;
        answer.encoding = {};
        return answer;
    }
    answer.file = file->bytes;
    return answer;
}

HttpAnswer no_web_app() {
    return {503, "text/plain; charset=utf-8",
            "The web app is not here yet. Run ./dev web, then load this page again.\n"};
}

}  // namespace debrief::platform
