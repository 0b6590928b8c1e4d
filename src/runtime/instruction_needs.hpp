#pragma once
// What the compiler was allowed to use, as constants: reading them needs no instruction beyond the baseline.
namespace meridian::runtime {

struct InstructionNeeds {
  bool sse42, avx, avx2, fma, bmi2, avx512f;
};

extern const InstructionNeeds instruction_needs;

}  // namespace meridian::runtime
