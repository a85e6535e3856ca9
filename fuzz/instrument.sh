#!/bin/sh
# Stands in for rustc (RUSTC_WRAPPER) and gives libFuzzer its view of our own crates only: instrumenting the hundred
# crates that are merely linked would take minutes and would teach the fuzzer about code it cannot reach.
rustc="$1"
shift
case " $* " in
*" --crate-name tidegate_wire "* | *" --crate-name tidegate_fuzz "*)
    exec "$rustc" "$@" \
        -Cpasses=sancov-module \
        -Cllvm-args=-sanitizer-coverage-level=4 \
        -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
        -Cllvm-args=-sanitizer-coverage-pc-table \
        -Cllvm-args=-sanitizer-coverage-trace-compares
    ;;
*) exec "$rustc" "$@" ;;
esac
