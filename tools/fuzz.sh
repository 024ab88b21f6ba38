#!/usr/bin/env bash
# Every fuzzer for so many seconds (30 by default), from its kept corpus. A finding stops the run and names its input.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
seconds=${1:-30}
cmake --preset fuzz >&2
ninja -C build/fuzz {apply,cbor,changeset,frame,import,state,understanding}_fuzz >&2
for program in build/fuzz/tests/fuzz/*_fuzz; do
    name=$(basename "$program" _fuzz)
    corpus=build/fuzz/corpus/$name
    mkdir -p "$corpus" "tests/fuzz/corpus/$name" build/fuzz/findings
    echo "== $name, $seconds s" >&2
    "$program" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=1024 -max_len=65536 -print_final_stats=1 \
        -artifact_prefix="build/fuzz/findings/$name-" "$corpus" "tests/fuzz/corpus/$name" 2>&1 | tail -n 6
done
echo "no findings" >&2
