#!/usr/bin/env bash
# The launcher builds once, builds again what changed, passes arguments and exit codes on, starts ranks.
set -euo pipefail
# shellcheck source=tests/support/command_test.sh
source "$MERIDIAN_SOURCE/tests/support/command_test.sh"
# shellcheck source=tests/commands/small_tree.sh
source "$MERIDIAN_SOURCE/tests/commands/small_tree.sh"
export MERIDIAN_SKIP_INSTALL=1 # installing: launcher_install.sh

tree=$scratch/tree
make_tree "$tree"
launch() { run "$tree/meridian" "$@"; }
state() { stat -c '%y %n' "$tree/build/log" "$tree/build/release/src/meridian"; }

# Two at once on a fresh tree: one builds, both run.
"$tree/meridian" say first >"$scratch/one" 2>&1 &
first=$!
launch say second
expect_code 0
expect_text second
wait "$first" || complain "the other launcher failed"
grep -q first "$scratch/one" || complain "the other launcher said nothing"
cat "$scratch/one" >>"$scratch/output"
expect_lines 1 "building, the first time"

# The second call does nothing but run.
before=$(state)
launch say "two words" more
expect_code 0
expect_lines 1 "two words"
expect_no_text building
[[ $(state) == "$before" ]] || complain "the second call built something"
if [[ -d $tree/build/release/tests ]]; then complain "tests were configured though nobody asked"; fi

# --ranks before or after the subcommand.
launch --ranks 3 say hello
expect_lines 3 hello
launch say --ranks 2 hello
expect_lines 2 hello
launch say hello --ranks=2
expect_lines 2 hello
launch say hello -- --ranks 2
expect_lines 1 --ranks
for wrong in 0 -1 two ""; do
  launch --ranks "$wrong" say hello
  expect_code 2
  expect_text "--ranks: found '$wrong'"
done
launch say --ranks
expect_code 2

for expected in 0 2 3 70 75; do
  launch code "$expected"
  expect_code "$expected"
  launch --ranks 2 code "$expected"
  expect_code "$expected"
  [[ ! -s $scratch/output ]] || complain "mpirun's own words hide the message"
done

# The launcher is that of the MPI library that CMake found; one that is not Open MPI's gets no --quiet.
mkdir "$scratch/tools"
cat >"$scratch/tools/other-mpiexec" <<'X'
#!/bin/bash
[[ $1 != --version ]] || { echo "HYDRA build details"; exit; }
[[ "$1 $2 $3" == "--bind-to none -np" ]] || { echo "unrecognized argument $3" >&2; exit 255; }
for ((rank = 0; rank < $4; ++rank)); do "${@:5}"; done
X
chmod a+x "$scratch/tools/other-mpiexec"
cache=$tree/build/release/CMakeCache.txt
cp -p "$cache" "$scratch/cache"
found() { # PROGRAM, noted as CMake notes it; the same time as before, or the tree would be configured again
  { cat "$scratch/cache"; echo "MPIEXEC_EXECUTABLE:FILEPATH=$1"; } >"$cache"
  touch -r "$scratch/cache" "$cache"
}
found "$scratch/tools/other-mpiexec"
launch --ranks 3 say hello
expect_code 0
expect_lines 3 hello
found /no/such/mpiexec
launch --ranks 2 say hello
expect_code 2
expect_text "--ranks 2 needs /no/such/mpiexec"
cp -p "$scratch/cache" "$cache"

# Outside Slurm idle ranks yield; inside the site decides; the user's own setting stays.
launch --ranks 2 env OMPI_MCA_mpi_yield_when_idle
expect_lines 2 1
SLURM_JOB_ID=1 launch --ranks 1 env OMPI_MCA_mpi_yield_when_idle
expect_lines 1 unset
OMPI_MCA_mpi_yield_when_idle=0 launch --ranks 2 env OMPI_MCA_mpi_yield_when_idle
expect_lines 2 0

# From another folder, through a link.
ln -s "$tree/meridian" "$scratch/link"
(cd / && "$scratch/link" say linked) >"$scratch/output" || complain "through a link"
expect_lines 1 linked

# Tests: built on demand, long ones only with --full; the executable is not built again.
executable_before=$(stat -c %y "$tree/build/release/src/meridian")
launch test
expect_code 0
expect_text "100% tests passed, 0 tests failed out of 1"
launch test --full
expect_text "100% tests passed, 0 tests failed out of 2"
launch test -R nothing-has-this-name
expect_text "No tests were found"
[[ $(stat -c %y "$tree/build/release/src/meridian") == "$executable_before" ]] || complain "tests rebuilt the executable"

# A changed source is built before it runs; a broken one is shown and ends with 70; mended, it runs again.
sed -i 's/puts(words\[i\])/printf("<%s>\\n", words[i])/' "$tree/src/main.c"
launch say hello
expect_lines 1 "<hello>"
expect_lines 1 "building what changed"
cp "$tree/src/main.c" "$scratch/good.c"
echo 'broken here' >>"$tree/src/main.c"
launch say hello
expect_code 70
expect_text "main.c"
expect_text "$tree/build/log"
cp "$scratch/good.c" "$tree/src/main.c"
launch say hello
expect_code 0

echo 'find_package(NoSuchLibrary REQUIRED)' >>"$tree/CMakeLists.txt"
rm -r "$tree/build/release"
launch say hello
expect_code 2
expect_text NoSuchLibrary
finish
