// Compiled for the baseline instruction set (CMakeLists.txt) and free of library code, inline or not: the linker might
// take such code from a file compiled for the newer set, and the check would die of what it looks for.
#include <unistd.h>

#include "runtime/instruction_needs.hpp"
#include "runtime/machine.hpp"

namespace meridian::runtime {
namespace {

/// Name of the first thing that the build needs and this processor lacks, or nullptr.
const char* lacking() {
#ifdef __x86_64__
  __builtin_cpu_init();
  if (instruction_needs.sse42 && !__builtin_cpu_supports("sse4.2")) return "SSE4.2";
  if (instruction_needs.avx && !__builtin_cpu_supports("avx")) return "AVX";
  if (instruction_needs.avx2 && !__builtin_cpu_supports("avx2")) return "AVX2";
  if (instruction_needs.fma && !__builtin_cpu_supports("fma")) return "FMA";
  if (instruction_needs.bmi2 && !__builtin_cpu_supports("bmi2")) return "BMI2";
  if (instruction_needs.avx512f && !__builtin_cpu_supports("avx512f")) return "AVX-512";
#endif
  return nullptr;
}

void print(const char* text) {
  const char* end = text;
  while (*end != '\0') ++end;
  const ssize_t written = ::write(STDERR_FILENO, text, static_cast<size_t>(end - text));
  static_cast<void>(written);  // nobody to tell
}

/// Static objects of other files are initialised before main, by code compiled for the newer set: be earlier.
[[gnu::constructor(101)]] void check_before_everything() { require_instruction_set(); }

}  // namespace

void require_instruction_set() {
  const char* const missing = lacking();
  if (missing == nullptr) return;
  print("meridian: this processor has no ");
  print(missing);
  print(", for which this executable was built. Build it again with -DMERIDIAN_ARCH=x86-64, or run it elsewhere.\n");
  ::_exit(2);
}

}  // namespace meridian::runtime
