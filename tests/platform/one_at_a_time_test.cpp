// Two servers on one folder would be two truths. (Two programs on a device's store: app_sync_test.cpp.)
#include "app_fixture.hpp"

#include "platform/app/sources.hpp"
#include "platform/server/workspace_host.hpp"

using namespace debrief;
using namespace debrief::platform;
using namespace debrief::platform::test;

TEST_CASE("a server's folder is served by one program at a time", "[server]") {
    const TempFolder folder;
    AppClock clock;
    AppRandom random;
    auto first = open_workspace(folder.path() + "/data", clock, random);
    REQUIRE(first);
    const auto second = open_workspace(folder.path() + "/data", clock, random);
    REQUIRE_FALSE(second);
    CHECK(second.error().code == core::Errc::busy);
    CHECK_FALSE(second.error().hint.empty());
    { const auto ends = std::move(*first); }
    CHECK(open_workspace(folder.path() + "/data", clock, random));
}
