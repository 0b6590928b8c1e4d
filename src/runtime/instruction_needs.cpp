#include "runtime/instruction_needs.hpp"

namespace meridian::runtime {

// Compiled with the flags of every other file, so that it follows -march, "native" included.
const InstructionNeeds instruction_needs = {
#ifdef __SSE4_2__
    true,
#else
    false,
#endif
#ifdef __AVX__
    true,
#else
    false,
#endif
#ifdef __AVX2__
    true,
#else
    false,
#endif
#ifdef __FMA__
    true,
#else
    false,
#endif
#ifdef __BMI2__
    true,
#else
    false,
#endif
#ifdef __AVX512F__
    true,
#else
    false,
#endif
};

}  // namespace meridian::runtime
