# shellcheck shell=bash
# A source tree that builds in a second, with the real launcher on top: make_tree FOLDER.
# Its program: say WORDS (one per line) · code N (exits with N) · env NAME · until-usr1 (says ready, exits 75 when USR1 comes).

make_tree() {
  mkdir -p "$1/src" "$1/tests"
  cp "$MERIDIAN_SOURCE/meridian" "$MERIDIAN_SOURCE/CMakePresets.json" "$1"
  printf 'cmake # a comment\ncatch2 test # another\n' >"$1/packages.txt"
  cat >"$1/CMakeLists.txt" <<'CMAKE'
cmake_minimum_required(VERSION 3.23)
project(small C)
add_subdirectory(src)
if(MERIDIAN_TESTS)
  enable_testing()
  add_subdirectory(tests)
endif()
CMAKE
  echo 'add_executable(meridian main.c)' >"$1/src/CMakeLists.txt"
  cat >"$1/tests/CMakeLists.txt" <<'CMAKE'
add_test(NAME short COMMAND meridian code 0)
add_test(NAME full COMMAND meridian env MERIDIAN_FULL)
set_tests_properties(full PROPERTIES LABELS full PASS_REGULAR_EXPRESSION "^1\n$")
CMAKE
  cat >"$1/src/main.c" <<'C'
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
static volatile sig_atomic_t asked = 0;
static void on_usr1(int number) { asked = number; }
int main(int count, char** words) {
  signal(SIGUSR1, on_usr1);
  const char* what = count > 1 ? words[1] : "";
  if (!strcmp(what, "say")) for (int i = 2; i < count; ++i) puts(words[i]);
  if (!strcmp(what, "code")) return atoi(words[2]);
  if (!strcmp(what, "env")) puts(getenv(words[2]) ? getenv(words[2]) : "unset");
  if (!strcmp(what, "until-usr1")) puts("ready"), fflush(stdout);
  for (int i = 0; !strcmp(what, "until-usr1") && i < 300; ++i) {
    if (asked) return 75;
    usleep(100000);
  }
  return 0;
}
C
}

# The surrounding test run must not reach the launcher under test.
unset MERIDIAN_PRESET MERIDIAN_FULL MERIDIAN_SKIP_INSTALL
for name in $(compgen -e | grep -E '^(OMPI_|SLURM_)'); do unset "$name"; done
