# shellcheck shell=bash
# For tests that drive a program from outside. Source it; then: run CMD..., expect_code N, expect_lines N TEXT, ..., finish.
# Gives $scratch (a folder of the test's own). ctest sets MERIDIAN_EXE, MERIDIAN_SOURCE and MERIDIAN_LAUNCH
# (words before a number of ranks: $MERIDIAN_LAUNCH 3 "$MERIDIAN_EXE" ...).

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failures=0
last_command=""
code=0

# Runs a command; keeps standard output and error in $scratch/output and the exit code in $code.
run() {
  last_command="$*"
  code=0
  "$@" >"$scratch/output" 2>&1 || code=$?
}

complain() {
  failures=$((failures + 1))
  printf 'FAILED: %s\n  after: %s\n  exit code %s, output:\n' "$1" "$last_command" "$code"
  sed 's/^/    /' "$scratch/output"
}

expect_code() { [[ $code == "$1" ]] || complain "expected exit code $1"; }

# wait_until PROCESS CMD...: until the command succeeds, or the process has ended and nothing more can come of it.
wait_until() {
  local process=$1
  shift
  until "$@" || ! kill -0 "$process" 2>/dev/null; do sleep 0.005; done
}

some_file() { compgen -G "$1" >/dev/null; } # a pattern

# expect_lines N TEXT: exactly N lines of the output hold the text.
expect_lines() {
  local found
  found=$(grep -cF -- "$2" "$scratch/output") || true
  [[ $found == "$1" ]] || complain "expected $1 lines with '$2', found $found"
}

# The output holds the text at least once.
expect_text() { grep -qF -- "$1" "$scratch/output" || complain "expected '$1' in the output"; }
expect_no_text() { ! grep -qF -- "$1" "$scratch/output" || complain "expected no '$1' in the output"; }
expect_same_files() { cmp "$1" "$2" || complain "expected the same bytes in $1 and $2"; }

# Last line of every test.
finish() {
  if ((failures)); then
    echo "$failures expectations failed"
    exit 1
  fi
  echo "as expected"
}
