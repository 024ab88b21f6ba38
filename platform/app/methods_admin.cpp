// admin.*: what `debrief admin` does, ordered from an administrator's device. Each method is a command in words; the
// server knows what they mean, and judges who may say them.
#include <array>

#include <nlohmann/json.hpp>

#include "platform/app/json_codec.hpp"
#include "platform/app/link_keeper.hpp"
#include "platform/app/registry.hpp"

namespace debrief::platform {
namespace {

using core::Errc;
using core::Error;
using nlohmann::json;
using Words = std::vector<std::string>;

constexpr std::chrono::seconds answer_within{30};

/// `text`: with the result as people at a command line read it.
enum class Text { kept, dropped };

core::Result<json> order(Context& context, const Words& words, Text text) {
    return context.answer_later([&context, words, text](const Answer& answer) {
        context.keeper->administer(words, answer_within, [answer, text](const core::Result<std::string>& said) {
            answer_with(answer, [&said, text]() -> core::Result<json> {
                if (!said) return said.error();
                auto result = json::parse(*said, nullptr, false);
                if (!result.is_object()) return Error{Errc::corrupt, "The server's answer cannot be read.", {}, {}};
                if (text == Text::dropped) result.erase("text");
                return result;
            });
        });
    });
}

/// A command of its own: `plain` are parameters that stand alone, `options` those that are named on the command line.
struct Order {
    Words command;
    std::vector<const char*> plain = {};
    std::vector<std::pair<const char*, const char*>> options = {};
};

core::Result<json> order(Context& context, const json& params, const Order& what) {
    Words words = what.command;
    for (const auto& [name, option] : what.options) {
        if (!params.contains(name)) continue;
        words.emplace_back(option);
        words.push_back(text_param(params, name));
    }
    words.emplace_back("--");  // A name may begin with a dash.
    for (const auto* name : what.plain) {
        const auto& value = params[name];
        words.push_back(value.is_string() ? value.get<std::string>() : value.dump());
    }
    return order(context, words, Text::dropped);
}

core::Result<json> run(Context& context, const json& params) {
    return order(context, params["words"].get<Words>(), Text::kept);
}

core::Result<json> user_add(Context& context, const json& params) {
    return order(context, params,
                 {{"user", "add"}, {"name"}, {{"role", "--role"}, {"team", "--team"}, {"language", "--language"}}});
}
core::Result<json> user_disable(Context& context, const json& params) {
    return order(context, params, {{"user", "disable"}, {"user"}});
}
core::Result<json> user_list(Context& context, const json& params) {
    return order(context, params, {{"user", "list"}});
}
core::Result<json> team_add(Context& context, const json& params) {
    return order(context, params, {{"team", "add"}, {"name"}, {{"manager", "--manager"}, {"in", "--in"}}});
}
core::Result<json> team_list(Context& context, const json& params) {
    return order(context, params, {{"team", "list"}});
}
core::Result<json> team_leave(Context& context, const json& params) {
    return order(context, params, {{"team", "leave"}, {"team", "user"}});
}
core::Result<json> account_list(Context& context, const json& params) {
    return order(context, params, {{"account", "list"}, {}, {{"find", "--find"}}});
}
core::Result<json> assign(Context& context, const json& params) {
    return order(context, params, {{"assign"}, {"account", "to"}});
}
core::Result<json> unassign(Context& context, const json& params) {
    return order(context, params, {{"unassign"}, {"account", "from"}});
}
core::Result<json> invite(Context& context, const json& params) {
    return order(context, params, {{"invite"}, {"user"}});
}
core::Result<json> device_list(Context& context, const json& params) {
    return order(context, params, {{"device", "list"}});
}
core::Result<json> device_revoke(Context& context, const json& params) {
    return order(context, params, {{"device", "revoke"}, {"device"}});
}
core::Result<json> status(Context& context, const json& params) {
    return order(context, params, {{"status"}});
}
core::Result<json> handover_list(Context& context, const json& params) {
    return order(context, params, {{"handover", "list"}});
}
core::Result<json> handover_show(Context& context, const json& params) {
    return order(context, params, {{"handover", "show"}, {"id"}});
}
core::Result<json> handover_file(Context& context, const json& params) {
    return order(context, params, {{"handover", "file"}, {"id"}, {{"as", "--as"}}});
}
core::Result<json> handover_drop(Context& context, const json& params) {
    return order(context, params, {{"handover", "drop"}, {"id"}});
}
core::Result<json> erase(Context& context, const json& params) {
    if (params.contains("contact") == params.contains("message")) {
        return Error{Errc::invalid, "Name either a contact or a message.", "contact", {}};
    }
    const char* what = params.contains("contact") ? "contact" : "message";
    return order(context, params, {{"erase", what}, {what}});
}

}  // namespace

std::span<const Method> admin_methods() {
    static constexpr std::array methods{
        Method{"admin.run", run},
        Method{"admin.user.add", user_add},
        Method{"admin.user.disable", user_disable},
        Method{"admin.user.list", user_list},
        Method{"admin.team.add", team_add},
        Method{"admin.team.list", team_list},
        Method{"admin.team.leave", team_leave},
        Method{"admin.account.list", account_list},
        Method{"admin.assign", assign},
        Method{"admin.unassign", unassign},
        Method{"admin.invite", invite},
        Method{"admin.device.list", device_list},
        Method{"admin.device.revoke", device_revoke},
        Method{"admin.status", status},
        Method{"admin.handover.list", handover_list},
        Method{"admin.handover.show", handover_show},
        Method{"admin.handover.file", handover_file},
        Method{"admin.handover.drop", handover_drop},
        Method{"admin.erase", erase},
    };
    return methods;
}

}  // namespace debrief::platform
