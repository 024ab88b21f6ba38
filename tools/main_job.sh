#!/usr/bin/env bash
# The main job from nothing, with the real programs: a server with the sample workspace, a rep's and a manager's device, a
# debrief after a meeting, and what arrives at the manager. `./dev run` builds the program and calls this.
# In a terminal: two panes, the rep's chat beside the manager's live view. Without one: a recorded debrief; 0 only if it arrived.
set -euo pipefail
debrief=$(realpath "$1")
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
script=$root/platform/sample/debrief_script.json

say() { printf '%s\n' "$*"; }
heading() { printf '\n== %s\n' "$*"; }
field() { python3 -c 'import json,sys; value = json.load(sys.stdin)
for key in sys.argv[1:]: value = value[int(key)] if isinstance(value, list) else value[key]
print(value)' "$@"; }

interactive=no
if [ -t 0 ] && [ -t 1 ] && [ -z "${DEBRIEF_NO_PROMPT:-}" ]; then interactive=yes; fi
if [ "$interactive" = yes ]; then
    home=${XDG_STATE_HOME:-$HOME/.local/state}/debrief-demo
else
    home=$(mktemp -d)
fi
server=$home/server rep_store=$home/rep manager_store=$home/manager
mkdir -p "$home" && chmod 700 "$home"
server_process=
finish() {
    [ -z "$server_process" ] || kill "$server_process" 2>/dev/null || true
    [ -z "$server_process" ] || wait "$server_process" 2>/dev/null || true
    [ "$interactive" = yes ] || rm -rf "$home"
}
trap finish EXIT

heading "The sample workspace (a public CRM data set; three accounts have invented evidence, marked so)"
"$debrief" admin --data "$server" sample
"$debrief" admin --data "$server" sample --json >"$home/sample.json"  # Again: it changes nothing, and says who is who.
rep=$(field rep <"$home/sample.json")
manager=$(field manager <"$home/sample.json")
account=$(field account <"$home/sample.json")

heading "A server on this machine"
# A demo that is opened again keeps its port: its devices know the server by it. What an earlier server said must be gone
# before we wait for what this one says.
rm -f "$home/serve.out"
port=$(cat "$home/port" 2>/dev/null || true)
"$debrief" serve --data "$server" --listen "127.0.0.1:${port:-0}" >"$home/serve.out" 2>"$home/serve.log" &
server_process=$!
for _ in $(seq 100); do
    [ -s "$home/serve.out" ] && break
    kill -0 "$server_process" 2>/dev/null || { cat "$home/serve.log" >&2; exit 1; }
    sleep 0.1
done
head -n 1 "$home/serve.out"
sed -n 's/.*127\.0\.0\.1:\([0-9]*\).*/\1/p' "$home/serve.out" >"$home/port"

join() {
    local name=$1 store=$2
    if ! "$debrief" sync --store "$store" >/dev/null 2>&1; then
        "$debrief" join "$("$debrief" admin --data "$server" invite "$name")" --store "$store" || {
            say "If this demo was joined to a server that is gone, remove $home and run this again." >&2
            exit 1
        }
    fi
    say "$name: $("$debrief" sync --store "$store")"
}
heading "Two devices join"
join "$rep" "$rep_store"
join "$manager" "$manager_store"

where_next() {
    heading "Where to go next"
    if [ "$interactive" = yes ]; then
        say "  $debrief --store '$rep_store'                 what waits for $rep"
        say "  $debrief journey '$account' --store '$rep_store'"
    else
        say "  ./dev run                      in a terminal: the same, with you as $rep"
        say "  $debrief demo    a sample store of your own, without a server"
    fi
    say "  $debrief help    all commands; README.md has the rest"
}

if [ "$interactive" = yes ]; then
    say "Left: $rep debriefs the meeting with $account. Right: what $manager receives, live."
    say "Answer in your own words; /help lists what else you can say; /stop ends it. Leaving the chat ends both."
    if command -v tmux >/dev/null && [ -z "${TMUX:-}" ]; then
        session=debrief-$$
        tmux new-session -d -s "$session" -x "$(tput cols)" -y "$(tput lines)" \
            "sleep 0.5; '$debrief' chat '$account' --store '$rep_store'; echo; read -r -p 'Enter closes both panes. ' _; tmux kill-session -t '$session'"
        tmux split-window -h -t "$session" "'$debrief' watch --store '$manager_store'; read -r _"
        tmux select-pane -t "$session".0
        tmux attach -t "$session" || true
    elif [ -n "${TMUX:-}" ] && pane=$(tmux split-window -h -d -P -F '#{pane_id}' "'$debrief' watch --store '$manager_store'; read -r _"); then
        # In a window of tmux already: the live view opens beside it.
        "$debrief" chat "$account" --store "$rep_store" || true
        read -r -p 'Enter closes the live view. ' _ || true
        tmux kill-pane -t "$pane" 2>/dev/null || true
    else
        say "(Without tmux there is only the chat here. In a second terminal: $debrief watch --store '$manager_store')"
        "$debrief" chat "$account" --store "$rep_store" || true
    fi
    where_next
    exit 0
fi

heading "What $rep says after the meeting with $account, and what is understood"
"$debrief" watch --store "$manager_store" --json --for 120 >"$home/arrived.jsonl" 2>"$home/watch.log" &
watch_process=$!
for _ in $(seq 100); do [ -s "$home/watch.log" ] || [ -s "$home/arrived.jsonl" ] && break; sleep 0.1; done
python3 -c 'import json,sys
for line in json.load(open(sys.argv[1]))["lines"]: print(line)' "$script" | "$debrief" chat "$account" --echo --store "$rep_store"

heading "The call plan for the next meeting"
"$debrief" plan "$account" --store "$rep_store"

# What the rep confirmed in this debrief, and what the manager's device told meanwhile.
"$debrief" rpc --store "$rep_store" >"$home/rep.json" <<'RPC'
{"jsonrpc":"2.0","id":1,"method":"sync.once","params":{"timeout_s":20}}
{"jsonrpc":"2.0","id":2,"method":"record.list","params":{"table":"observation","where":{"state":"confirmed"}}}
RPC
python3 "$root/tools/arrived.py" "$home/rep.json" "$home/arrived.jsonl" || { kill "$watch_process" 2>/dev/null; cat "$home/watch.log" >&2; exit 1; }
kill "$watch_process" 2>/dev/null || true
wait "$watch_process" 2>/dev/null || true
where_next
