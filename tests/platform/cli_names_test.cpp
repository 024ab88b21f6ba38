// Which account is meant, and what to say when none is.
#include <catch2/catch.hpp>

#include "platform/cli/names.hpp"
#include "platform/cli/nearest.hpp"

using namespace debrief;
using namespace debrief::platform::cli;

namespace {

const std::vector<Named> accounts{{"id-1", "Brightfield Dairy"},
                                  {"id-2", "Brightwater"},
                                  {"id-3", "Konecta"},
                                  {"id-4", "Konecta Nord"},
                                  {"id-5", "Élan Foods"}};

std::string picked(std::string_view typed) {
    const auto found = pick("account", typed, accounts);
    return found ? found->id : "-";
}

}  // namespace

TEST_CASE("a name, its beginning, a later word or the id will do, in either case", "[cli][names]") {
    CHECK(picked("id-2") == "id-2");
    CHECK(picked("brightFIELD dairy") == "id-1");
    CHECK(picked("brightf") == "id-1");
    CHECK(picked("dairy") == "id-1");
    CHECK(picked("konecta") == "id-3");  // The whole name beats a longer one that begins with it.
    CHECK(picked("ÉLAN") == "id-5");
    CHECK(picked("e\xCC\x81lan") == "id-5");
}

TEST_CASE("a name that fits several is an error that lists them", "[cli][names]") {
    const auto found = pick("account", "bright", accounts);
    REQUIRE_FALSE(found);
    CHECK(found.error().code == core::Errc::ambiguous);
    CHECK(found.error().detail.find("Brightfield Dairy (id-1)") != std::string::npos);
    CHECK(found.error().detail.find("Brightwater (id-2)") != std::string::npos);
}

TEST_CASE("a typo gets a guess", "[cli][names]") {
    const auto found = pick("account", "Brihgtwater", accounts);
    REQUIRE_FALSE(found);
    CHECK(found.error().code == core::Errc::invalid);
    CHECK(found.error().hint.find("Did you mean 'Brightwater'") != std::string::npos);
    CHECK(pick("account", "zzz", accounts).error().hint == "debrief accounts");
    CHECK(pick("account", "x", {}).error().detail.find("none on this device yet") != std::string::npos);
    CHECK_FALSE(pick("account", "", accounts));
}

TEST_CASE("the guess for a mistyped command is nearly always right", "[cli][names]") {
    const std::vector<std::string> words{"init",    "join",    "demo",       "chat",       "plan",     "drafts",
                                         "check",   "journey", "accounts",   "contacts",   "meetings", "search",
                                         "history", "add",     "conflicts",  "status",     "sync",     "watch",
                                         "parked",  "import",  "export",     "understand", "rpc",      "serve",
                                         "admin",   "doctor",  "completion", "help",       "version"};
    const std::vector<std::pair<std::string, std::string>> typos{{"inti", "init"},
                                                                 {"jion", "join"},
                                                                 {"dmeo", "demo"},
                                                                 {"caht", "chat"},
                                                                 {"chta", "chat"},
                                                                 {"plna", "plan"},
                                                                 {"draft", "drafts"},
                                                                 {"chekc", "check"},
                                                                 {"journy", "journey"},
                                                                 {"jurney", "journey"},
                                                                 {"account", "accounts"},
                                                                 {"acounts", "accounts"},
                                                                 {"contact", "contacts"},
                                                                 {"metings", "meetings"},
                                                                 {"serach", "search"},
                                                                 {"histroy", "history"},
                                                                 {"conflict", "conflicts"},
                                                                 {"confilcts", "conflicts"},
                                                                 {"staus", "status"},
                                                                 {"snyc", "sync"},
                                                                 {"wacth", "watch"},
                                                                 {"pakred", "parked"},
                                                                 {"imprt", "import"},
                                                                 {"exprot", "export"},
                                                                 {"understnad", "understand"},
                                                                 {"sevre", "serve"},
                                                                 {"admn", "admin"},
                                                                 {"docter", "doctor"},
                                                                 {"hlep", "help"},
                                                                 {"verison", "version"}};
    std::size_t right = 0;
    for (const auto& [typed, meant] : typos) {
        const auto guess = nearest(typed, words);
        INFO(typed << " -> " << guess.value_or("nothing"));
        if (guess == meant) ++right;
    }
    CHECK(right * 10 >= typos.size() * 9);
    CHECK_FALSE(nearest("xylophone", words));
    CHECK_FALSE(nearest(std::string(100'000, 'a'), words));
    CHECK(edit_distance("chat", "caht") == 1);
}
