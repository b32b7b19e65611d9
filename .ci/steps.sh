# The machinery of .ci/run: runs steps, counts what passes and what fails, and prints the counts last. It expects the folder $work.
# shellcheck shell=bash
# shellcheck disable=SC2154

passed=0
failed=0
running=
finished=no

end() {
    trap - EXIT INT TERM
    if [[ $finished == no ]]; then
        printf '\nThe run was interrupted.\n'
        failed=$((failed + 1))
        if [[ -n $running ]] && kill "$running" 2>/dev/null; then wait "$running" || true; fi
    fi
    # Repeat the failures at the end, for readers who have only the last lines.
    if [[ -s $work/failures ]]; then printf '\n== Tests that failed\n' && cat -- "$work/failures"; fi
    rm -rf -- "$work"
    printf '\n%d passed, %d failed\n' "$passed" "$failed"
    exit "$((failed > 0))"
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

finish() {
    finished=yes
    exit
}

# step HEADING COMMAND...: runs the command, shows its output as it is written, and sets $outcome.
step() {
    local heading=$1 limit=${limit:-900} began=$SECONDS code=0 view
    shift
    printf '\n== %s\n' "$heading"
    # A file, not a pipe: processes that a broken test leaves running would hold a pipe open forever.
    : >"$work/output"
    timeout --kill-after=30 "$limit" "$@" </dev/null >"$work/output" 2>&1 &
    running=$!
    tail --quiet --lines=+1 --follow --sleep-interval=0.5 --pid="$running" "$work/output" &
    view=$!
    wait "$running" || code=$?
    running=
    wait "$view" || true
    case $code in
    0) outcome=passed ;;
    124 | 137) outcome="failed (timed out after $limit s)" ;;
    *) outcome="failed (exit code $code)" ;;
    esac
    printf '== %s: %s, %d s\n' "$heading" "$outcome" "$((SECONDS - began))"
}

# check HEADING COMMAND...: a step that counts as one test.
check() {
    step "$@"
    if [[ $outcome == passed ]]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
}

# need HEADING COMMAND...: a check on which all later ones depend.
need() {
    check "$@"
    [[ $outcome == passed ]] || finish
}

# tests HEADING COMMAND...: a step that ends with the summary of `dotnet test`. Everything that did not succeed counts as failed, including
# a skipped test and a project that crashed or ran no tests (its "error").
tests() {
    step "$@"
    local total succeeded skipped errors bad
    summary() { sed -nE "s/^ +$1: ([0-9]+)\$/\1/p" "$work/output" | tail -n 1; }
    total=$(summary total) succeeded=$(summary succeeded) skipped=$(summary skipped) errors=$(summary error)
    bad=$((${total:-0} - ${succeeded:-0} + ${errors:-0}))
    if ((bad == 0)) && [[ $outcome != passed || ${total:-0} == 0 ]]; then bad=1; fi
    passed=$((passed + ${succeeded:-0}))
    failed=$((failed + bad))
    printf '== Of %d tests %d succeeded, %d were skipped, %d projects crashed or ran none\n' \
        "${total:-0}" "${succeeded:-0}" "${skipped:-0}" "${errors:-0}"
    grep --after-context=10 '^failed ' "$work/output" >"$work/failures" || true
}
