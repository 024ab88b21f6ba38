#include "app_fixture.hpp"

#include <filesystem>
#include <fstream>

#include "platform/net/web_files.hpp"

using namespace debrief;
using namespace debrief::platform;
using namespace debrief::platform::test;

namespace {

/// A folder as a bundler leaves it.
struct BuiltApp {
    TempFolder folder;

    void put(const std::string& name, const std::string& text) const {
        const auto place = std::filesystem::path{folder.path()} / name;
        std::filesystem::create_directories(place.parent_path());
        std::ofstream{place, std::ios::binary} << text;
    }
    BuiltApp() {
        put("index.html", "<!doctype html><html><head><title>D</title></head></html>");
        put("assets/index-B2x9_aQ7.js", "script");
        put("assets/index-B2x9_aQ7.js.gz", "zipped");
        put("assets/index-B2x9_aQ7.js.br", "brotli");
        put("assets/page-overview.js", "named by hand");
        put("assets/core-1a2B3c4D.wasm", "wasm");
        put("sw.js", "worker");
        put("manifest.webmanifest", "{}");
        put("icons/wide-1280x800.png", "png");
        put(".secret", "hidden");
        put("assets/.git/config", "hidden");
    }
};

std::optional<HttpAnswer> get(WebFiles& files, const std::string& path, const std::string& accept = "",
                              const std::string& etag = "") {
    return files.answer({.path = path, .host = "127.0.0.1", .accept_encoding = accept, .if_none_match = etag});
}

std::string body_of(const std::optional<HttpAnswer>& answer) {
    if (!answer) return "nothing";
    return answer->file ? *answer->file : answer->body;
}

constexpr std::string_view for_ever = "public, max-age=31536000, immutable";

}  // namespace

TEST_CASE("a file comes with its type, and is kept as long as its name means the same", "[web]") {
    const BuiltApp app;
    WebFiles files{app.folder.path()};
    REQUIRE(files.complete());
    const auto script = get(files, "/assets/index-B2x9_aQ7.js");
    CHECK(body_of(script) == "script");
    CHECK(script->type == "text/javascript; charset=utf-8");
    CHECK(script->cache == for_ever);
    CHECK(get(files, "/assets/core-1a2B3c4D.wasm")->type == "application/wasm");
    CHECK(get(files, "/manifest.webmanifest")->type == "application/manifest+json");
    for (const char* path : {"/", "/index.html", "/sw.js", "/manifest.webmanifest", "/assets/page-overview.js",
                             "/icons/wide-1280x800.png"}) {
        INFO(path);
        CHECK(get(files, path)->cache == "no-cache");
    }
}

TEST_CASE("who takes a smaller form gets it, and only who takes it", "[web]") {
    const BuiltApp app;
    WebFiles files{app.folder.path()};
    const std::string path = "/assets/index-B2x9_aQ7.js";
    CHECK(body_of(get(files, path, "gzip, deflate, br")) == "brotli");
    CHECK(get(files, path, "gzip, deflate, br")->encoding == "br");
    CHECK(body_of(get(files, path, "gzip")) == "zipped");
    CHECK(get(files, path, "gzip")->encoding == "gzip");
    for (const char* none : {"", "identity", "br;q=0", "brotli", "br; q=0.0, gzip;q=0"}) {
        INFO(none);
        CHECK(body_of(get(files, path, none)) == "script");
        CHECK(get(files, path, none)->encoding.empty());
        CHECK(get(files, path, none)->varies);
    }
    CHECK(body_of(get(files, path, "br;q=0.5")) == "brotli");
    CHECK(get(files, path, "br")->type == "text/javascript; charset=utf-8");
    CHECK(get(files, path, "br")->etag != get(files, path, "")->etag);
    CHECK_FALSE(get(files, "/sw.js", "br")->varies);

    WHEN("the packed form is older than the file") {
        std::filesystem::last_write_time(app.folder.path() + path + ".br",
                                         std::filesystem::file_time_type::clock::now() - std::chrono::hours{1});
        CHECK(body_of(get(files, path, "br, gzip")) == "zipped");
    }
}

TEST_CASE("what a browser has already is not sent again, until it is another", "[web]") {
    const BuiltApp app;
    WebFiles files{app.folder.path()};
    const auto first = get(files, "/sw.js");
    REQUIRE(first);
    for (const auto& known : {first->etag, "W/" + first->etag, "\"other\", " + first->etag, std::string{"*"}}) {
        const auto again = get(files, "/sw.js", "", known);
        CHECK(again->status == 304);
        CHECK(body_of(again).empty());
        CHECK(again->etag == first->etag);
    }
    CHECK(get(files, "/sw.js", "", "\"other\"")->status == 200);
    // As long as before: only what is in it tells them apart.
    app.put("sw.js.new", "WORKER");
    std::filesystem::rename(app.folder.path() + "/sw.js.new", app.folder.path() + "/sw.js");
    const auto changed = get(files, "/sw.js", "", first->etag);
    CHECK(changed->status == 200);
    CHECK(body_of(changed) == "WORKER");
    std::filesystem::remove(app.folder.path() + "/sw.js");
    CHECK_FALSE(get(files, "/sw.js"));
}

TEST_CASE("a place within the app is answered with the app", "[web]") {
    const BuiltApp app;
    WebFiles files{app.folder.path()};
    for (const char* place : {"/", "/join", "/account/0197-1", "/today/", "/a_b"}) {
        INFO(place);
        CHECK(get(files, place)->type == "text/html; charset=utf-8");
    }
    for (const char* missing :
         {"/nothing.js", "/assets/old-B2x9_aQ7.js", "/favicon.ico", "/assets/index-B2x9_aQ7.js/"}) {
        INFO(missing);
        const auto answer = get(files, missing);
        CHECK((!answer || answer->type == "text/html; charset=utf-8"));
        if (std::string_view{missing}.back() != '/') CHECK_FALSE(answer);
    }
}

TEST_CASE("nothing outside the folder, and nothing hidden in it, can be had", "[web]") {
    const BuiltApp app;
    app.put("../outside-" + std::filesystem::path{app.folder.path()}.filename().string() + ".txt", "outside");
    const std::string outside = "outside-" + std::filesystem::path{app.folder.path()}.filename().string() + ".txt";
    WebFiles files{app.folder.path()};
    const std::vector<std::string> paths{"/../" + outside,
                                         "/assets/../../" + outside,
                                         "/%2e%2e/" + outside,
                                         "/..%2f" + outside,
                                         "/..\\" + outside,
                                         "//" + outside,
                                         "/./index.html",
                                         "/.secret",
                                         "/assets/.git/config",
                                         "/assets/.git/",
                                         "/assets//index-B2x9_aQ7.js",
                                         "index.html",
                                         "",
                                         std::string("/index.html\0.js", 15),
                                         "/%00",
                                         "/" + std::string(600, 'a'),
                                         "/\xC3\xA4",
                                         "/index.html:x",
                                         "*",
                                         "http://x/index.html"};
    for (const auto& path : paths) {
        INFO(path);
        CHECK_FALSE(get(files, path));
    }
    std::filesystem::remove(std::filesystem::path{app.folder.path()}.parent_path() / outside);
}

TEST_CASE("a door marks the page that it serves", "[web]") {
    const BuiltApp app;
    app.put("index.html.br", "packed without the mark");
    WebFiles files{app.folder.path(), "<meta name=\"x\">"};
    const auto index = get(files, "/today", "br");
    CHECK(body_of(index) == "<!doctype html><html><head><meta name=\"x\"><title>D</title></head></html>");
    CHECK(index->encoding.empty());
    CHECK(body_of(get(files, "/assets/index-B2x9_aQ7.js", "br")) == "brotli");
}

TEST_CASE("where the app was not built, that is what is said", "[web]") {
    const TempFolder folder;
    WebFiles files{folder.path()};
    CHECK_FALSE(files.complete());
    CHECK_FALSE(get(files, "/"));
    WebFiles none{""};
    CHECK_FALSE(none.complete());
    CHECK_FALSE(get(none, "/etc/passwd"));
    CHECK(no_web_app().body.find("./dev web") != std::string::npos);
}
