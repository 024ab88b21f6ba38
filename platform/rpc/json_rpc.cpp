#include "platform/rpc/json_rpc.hpp"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "platform/app/rpc_errors.hpp"

namespace debrief::platform {
namespace {

using nlohmann::json;

std::string line_of(const json& object) {
    // Text from a store is UTF-8; if a byte of it is not, the line must still be one.
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

json refusal(int code, const std::string& reason, const std::string& hint, json id = nullptr) {
    return {{"jsonrpc", "2.0"},
            {"id", std::move(id)},
            {"error",
             {{"code", code},
              {"message", code == rpc_parse_error ? "Parse error" : "Invalid Request"},
              {"data", {{"reason", reason}, {"hint", hint}}}}}};
}

bool too_deep(const std::string& text) {
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            if (c == '\\') ++i;
            if (c == '"') quoted = false;
        } else if (c == '"') {
            quoted = true;
        } else if (c == '[' || c == '{') {
            if (++depth > rpc_depth_max) return true;
        } else if (c == ']' || c == '}') {
            --depth;
        }
    }
    return false;
}

using AnswerOne = std::function<void(json answer)>;

/// Gives null if no answer is due.
void begin_one(const json& request, const RpcBegin& begin, const AnswerOne& done) {
    const std::string shape =
        "A request looks like {\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"system.info\", \"params\": {}}.";
    if (!request.is_object()) return done(refusal(rpc_invalid_request, "A request must be an object.", shape));
    const auto id = request.find("id");
    const bool wants_answer = id != request.end();
    if (wants_answer && !id->is_string() && !id->is_number() && !id->is_null()) {
        return done(refusal(rpc_invalid_request, "'id' must be text, a number or null.", shape));
    }
    const json answer_id = wants_answer ? *id : json(nullptr);
    const auto version = request.find("jsonrpc");
    if (version == request.end() || *version != "2.0")
        return done(refusal(rpc_invalid_request, "'jsonrpc' must be \"2.0\".", shape, answer_id));
    const auto method = request.find("method");
    if (method == request.end() || !method->is_string())
        return done(refusal(rpc_invalid_request, "'method' must be text.", shape, answer_id));
    const auto params = request.find("params");
    if (params != request.end() && !params->is_object() && !params->is_array()) {
        return done(refusal(rpc_invalid_request, "'params' must be an object or a list.", shape, answer_id));
    }
    begin(method->get<std::string>(), params == request.end() ? json::object() : *params,
          [wants_answer, answer_id, done](core::Result<json> result) {
              if (!wants_answer) return done(nullptr);
              json answer{{"jsonrpc", "2.0"}, {"id", answer_id}};
              if (result) {
                  answer["result"] = std::move(*result);
              } else {
                  answer["error"] = rpc_error(result.error());
              }
              done(std::move(answer));
          });
}

/// The answers of a batch, in the order of its requests, whenever they come.
struct Batch {
    std::vector<json> answers;
    std::size_t missing = 0;
};

}  // namespace

void begin_json_rpc(const std::string& request, const RpcBegin& begin,
                    std::function<void(const std::string& answer)> done) {
    if (too_deep(request)) {
        return done(rpc_refusal(rpc_invalid_request,
                                "The request is nested deeper than " + std::to_string(rpc_depth_max) + " levels.",
                                "Flatten it."));
    }
    json read;
    try {
        read = json::parse(request);
    } catch (const json::exception& failure) {
        const std::string what = failure.what();
        // The library's own number in front tells nobody anything.
        return done(rpc_refusal(rpc_parse_error,
                                "This is not JSON: " + what.substr(std::min(what.size(), what.find("] ") + 2)),
                                "Send one JSON object a line, in UTF-8."));
    }
    if (!read.is_array()) {
        return begin_one(read, begin,
                         [done](const json& answer) { done(answer.is_null() ? std::string{} : line_of(answer)); });
    }
    if (read.empty())
        return done(rpc_refusal(rpc_invalid_request, "The batch is empty.", "Put at least one request into the list."));
    const auto batch = std::make_shared<Batch>();
    batch->answers.resize(read.size());
    batch->missing = read.size();
    for (std::size_t at = 0; at < read.size(); ++at) {
        begin_one(read[at], begin, [batch, at, done](json answer) {
            batch->answers[at] = std::move(answer);
            if (--batch->missing > 0) return;
            json answers = json::array();
            for (auto& one : batch->answers) {
                if (!one.is_null()) answers.push_back(std::move(one));
            }
            done(answers.empty() ? std::string{} : line_of(answers));
        });
    }
}

std::string answer_json_rpc(const std::string& request, const RpcCall& call) {
    std::string text;
    begin_json_rpc(
        request,
        [&call](const std::string& method, const json& params, const RpcDone& done) { done(call(method, params)); },
        [&text](const std::string& answer) { text = answer; });
    return text;
}

std::string rpc_notification(const std::string& method, const json& params) {
    return line_of({{"jsonrpc", "2.0"}, {"method", method}, {"params", params}});
}

std::string rpc_refusal(int code, const std::string& reason, const std::string& hint) {
    return line_of(refusal(code, reason, hint));
}

}  // namespace debrief::platform
