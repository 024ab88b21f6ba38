// Completion scripts. Names of accounts are asked for when TAB is pressed (`debrief complete accounts START`),
// everything else stands in the script.
#include <map>
#include <vector>

#include "platform/cli/help.hpp"

namespace debrief::platform::cli {
namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : " ") + word;
    return out;
}

std::vector<std::string> names_below(const std::string& start) {
    std::vector<std::string> names;
    for (const auto& command : commands()) {
        if (command.group.empty() || command.name.substr(0, start.size()) != start) continue;
        const std::string rest{command.name.substr(start.size())};
        if (rest.find(' ') == std::string::npos) names.push_back(rest);
    }
    return names;
}

std::vector<std::string> options_of(const Command& command) {
    std::vector<std::string> options;
    for (const auto& param : command.params) {
        if (param.is_option()) options.emplace_back(param.name);
    }
    for (const auto& param : global_params()) options.emplace_back(param.name);
    return options;
}

const Param* first_positional(const Command& command) {
    for (const auto& param : command.params) {
        if (!param.is_option()) return &param;
    }
    return nullptr;
}

/// Escapes for single quotes of sh, zsh and fish alike.
std::string in_single_quotes(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        if (c == '\'') {
            out += "'\\''";
        } else {
            out += c;
        }
    }
    return out + "'";
}

// The shell's own splitting would tear a name of several words apart, so names are read a line at a time.
std::string bash() {
    std::string out = R"sh(# Completion of debrief for bash.
_debrief_names() {
    local name
    COMPREPLY=()
    while IFS= read -r name; do
        [ -n "$name" ] && COMPREPLY+=("$(printf '%q' "$name")")
    done < <(debrief complete "$1" "$2" 2>/dev/null)
}
_debrief() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} i command= below= at=0
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
            --store|--color|--seed) ((i++)) ;;
            -*) ;;
            *) if [ -z "$command" ]; then command=${COMP_WORDS[i]}; at=$i
               elif [ -z "$below" ]; then below=${COMP_WORDS[i]}; fi ;;
        esac
    done
    case $before in
        --store|--data) compopt -o dirnames 2>/dev/null; COMPREPLY=(); return ;;
        --color) COMPREPLY=($(compgen -W 'auto always never' -- "$word")); return ;;
        --output) compopt -o default 2>/dev/null; COMPREPLY=(); return ;;
)sh";
    std::map<std::string, std::string> words_of_option;
    for (const auto& command : commands()) {
        for (const auto& param : command.params) {
            if (param.is_option() && !param.words.empty())
                words_of_option[std::string{param.name}] +=
                    (words_of_option[std::string{param.name}].empty() ? "" : " ") + std::string{param.words};
        }
    }
    for (const auto& [option, words] : words_of_option)
        out += "        " + option + ") COMPREPLY=($(compgen -W '" + words + "' -- \"$word\")); return ;;\n";
    out += "    esac\n    case $command in\n        '') COMPREPLY=($(compgen -W '" + joined(names_below("")) +
           " --help --version' -- \"$word\")) ;;\n";
    for (const auto& command : commands()) {
        if (command.group.empty() || command.name.find(' ') != std::string_view::npos) continue;
        const std::string name{command.name};
        out += "        " + name + ")\n            case $word in\n                -*) COMPREPLY=($(compgen -W '" +
               joined(options_of(command)) + "' -- \"$word\")) ;;\n                *) ";
        const auto below = names_below(name + " ");
        const Param* first = first_positional(command);
        if (!below.empty()) {
            out += "if [ -z \"$below\" ]; then COMPREPLY=($(compgen -W '" + joined(below) +
                   "' -- \"$word\")); elif [ \"$command\" = add ] && [ \"$below\" != account ]; then _debrief_names "
                   "accounts \"$word\"; fi ;;\n";
        } else if (first != nullptr && first->complete == Complete::accounts) {
            out += "_debrief_names accounts \"$word\" ;;\n";
        } else if (first != nullptr && !first->words.empty()) {
            out += "if [ $COMP_CWORD = $((at + 1)) ]; then COMPREPLY=($(compgen -W '" + std::string{first->words} +
                   "' -- \"$word\")); else compopt -o default 2>/dev/null; fi ;;\n";
        } else if (name == "help") {
            out += "COMPREPLY=($(compgen -W '" + joined(names_below("")) +
                   " exit-codes environment json topics' -- \"$word\")) ;;\n";
        } else {
            out += "compopt -o default 2>/dev/null ;;\n";
        }
        out += "            esac ;;\n";
    }
    return out + "    esac\n}\ncomplete -F _debrief debrief\n";
}

std::string zsh() {
    std::string out =
        "#compdef debrief\n# Completion of debrief for zsh.\n_debrief_accounts() {\n    local -a names\n    "
        "names=(${(f)\"$(debrief complete accounts \"$PREFIX\" 2>/dev/null)\"})\n"
        "    compadd -a names\n}\n_debrief() {\n    local -a commands\n    commands=(\n";
    for (const auto& command : commands()) {
        if (command.group.empty() || command.name.find(' ') != std::string_view::npos) continue;
        out += "        " + in_single_quotes(std::string{command.name} + ":" + std::string{command.summary}) + "\n";
    }
    out +=
        "    )\n    if (( CURRENT == 2 )); then\n        _describe command commands\n        return\n    fi\n    case "
        "$words[2] in\n";
    for (const auto& command : commands()) {
        if (command.group.empty() || command.name.find(' ') != std::string_view::npos) continue;
        const std::string name{command.name};
        const auto below = names_below(name + " ");
        const Param* first = first_positional(command);
        out += "        " + name + ")\n            if [[ $PREFIX == -* ]]; then\n                compadd -- " +
               joined(options_of(command)) + "\n            else\n                ";
        if (!below.empty()) {
            out += "if (( CURRENT == 3 )); then compadd -- " + joined(below) + "; else _debrief_accounts; fi\n";
        } else if (first != nullptr && first->complete == Complete::accounts) {
            out += "_debrief_accounts\n";
        } else if (first != nullptr && !first->words.empty()) {
            out += "if (( CURRENT == 3 )); then compadd -- " + std::string{first->words} + "; else _files; fi\n";
        } else {
            out += "_files\n";
        }
        out += "            fi ;;\n";
    }
    return out +
           "    esac\n}\nif [ \"$funcstack[1]\" = _debrief ]; then _debrief \"$@\"; else compdef _debrief debrief; "
           "fi\n";
}

std::string fish() {
    std::string out = "# Completion of debrief for fish.\ncomplete -c debrief -f\n";
    for (const auto& command : commands()) {
        if (command.group.empty()) continue;
        const std::string name{command.name};
        const auto blank = name.find(' ');
        const std::string first_name = name.substr(0, blank);
        if (blank == std::string::npos) {
            out += "complete -c debrief -n __fish_use_subcommand -a " + name + " -d " +
                   in_single_quotes(command.summary) + "\n";
        } else {
            out += "complete -c debrief -n '__fish_seen_subcommand_from " + first_name + "' -a " +
                   name.substr(blank + 1) + " -d " + in_single_quotes(command.summary) + "\n";
        }
        const std::string seen = "-n '__fish_seen_subcommand_from " + first_name + "'";
        for (const auto& param : command.params) {
            if (param.is_option()) {
                out += "complete -c debrief " + seen + " -l " + param.key() + (param.value.empty() ? "" : " -r") +
                       (param.words.empty() ? "" : " -a '" + std::string{param.words} + "'") + " -d " +
                       in_single_quotes(param.help) + "\n";
            } else if (param.complete == Complete::accounts) {
                out +=
                    "complete -c debrief " + seen + " -a '(debrief complete accounts (commandline -ct) 2>/dev/null)'\n";
            } else if (param.complete == Complete::files || param.complete == Complete::folders) {
                out += "complete -c debrief " + seen + " -F\n";
            } else if (!param.words.empty()) {
                out += "complete -c debrief " + seen + " -a '" + std::string{param.words} + "'\n";
            }
        }
    }
    for (const auto& param : global_params()) {
        out += "complete -c debrief -l " + param.key() + (param.value.empty() ? "" : " -r") +
               (param.words.empty() ? "" : " -a '" + std::string{param.words} + "'") + " -d " +
               in_single_quotes(param.help) + "\n";
    }
    return out;
}

}  // namespace

std::string completion_script(std::string_view shell) {
    if (shell == "bash") return bash();
    if (shell == "zsh") return zsh();
    if (shell == "fish") return fish();
    return {};
}

}  // namespace debrief::platform::cli
