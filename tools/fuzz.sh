#!/usr/bin/env bash
# The fuzzers, each for so many seconds (30 by default), as many at a time as there are cores, from the kept corpora.
# With names only those. --keep: what the runs of this build folder have found goes into the kept corpora, minimised.
# A finding is printed with its input, and the exit code is 1.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

all=()
for source in tests/fuzz/*_fuzz.cpp; do all+=("$(basename "$source" _fuzz.cpp)"); done
keep=0 seconds=30 names=()
for word in "$@"; do
    case $word in
        --keep) keep=1 ;;
        *[!0-9]*)
            [[ " ${all[*]} " == *" $word "* ]] || { echo "fuzz: there is no fuzzer '$word'; there are: ${all[*]}" >&2; exit 2; }
            names+=("$word")
            ;;
        *) seconds=$word ;;
    esac
done
[ ${#names[@]} -gt 0 ] || names=("${all[@]}")
jobs=${DEBRIEF_JOBS:-$(nproc)}

[ -f build/fuzz/build.ninja ] || cmake --preset fuzz >&2
ninja -C build/fuzz -j "$jobs" "${names[@]/%/_fuzz}" >&2
mkdir -p build/fuzz/findings build/fuzz/logs

fuzz() {
    local name=$1 seconds=$2 log=build/fuzz/logs/$1.txt
    mkdir -p "build/fuzz/corpus/$name" "tests/fuzz/corpus/$name"
    if build/fuzz/tests/fuzz/"$name"_fuzz -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=65536 \
        -print_final_stats=1 -artifact_prefix="build/fuzz/findings/$name-" \
        "build/fuzz/corpus/$name" "tests/fuzz/corpus/$name" >"$log" 2>&1; then
        printf '%-16s %9s inputs in %s s, no finding\n' "$name" \
            "$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")" "$seconds"
    else
        printf '%-16s FINDING\n' "$name"
        tail -n 60 "$log"
        echo "Again with: build/fuzz/tests/fuzz/${name}_fuzz build/fuzz/findings/$name-…"
        return 1
    fi
}

# By edges alone and not by how often each was taken: a tenth of the files, which reach every place all the same.
keep() {
    local name=$1 kept
    kept=$(mktemp -d)
    mkdir -p "build/fuzz/corpus/$name" "tests/fuzz/corpus/$name"
    build/fuzz/tests/fuzz/"$name"_fuzz -merge=1 -use_counters=0 -max_len=4096 "$kept" \
        "tests/fuzz/corpus/$name" "build/fuzz/corpus/$name" >"build/fuzz/logs/$name-keep.txt" 2>&1
    find "tests/fuzz/corpus/$name" -type f -delete
    find "$kept" -type f -exec mv -t "tests/fuzz/corpus/$name" {} +
    rmdir "$kept"
    printf '%-16s %5s inputs kept\n' "$name" "$(find "tests/fuzz/corpus/$name" -type f | wc -l)"
}

what=fuzz
[ $keep = 0 ] || what=keep
export -f fuzz keep
# xargs ends with 123 if any of them had a finding; all of them run to their end all the same.
printf '%s\n' "${names[@]}" | xargs -P "$jobs" -I {} bash -euo pipefail -c "$what \"\$@\"" fuzz {} "$seconds" || exit 1
