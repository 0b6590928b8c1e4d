#pragma once
// Four doubles at once: the few operations of the similarity kernel, with the same bits whether the processor has AVX2
// and FMA or not. Only these functions know the instruction set.
#include <cmath>
#include <cstddef>

#if defined(__AVX2__) && defined(__FMA__)
#include <immintrin.h>
#define MERIDIAN_PACK_AVX2 1
#endif

namespace meridian::similarity {

#ifdef MERIDIAN_PACK_AVX2

struct Pack {
  static constexpr std::size_t size = 4;
  __m256d value;
};

inline Pack same(double value) { return {_mm256_set1_pd(value)}; }
/// From and to memory aligned to 32 bytes.
inline Pack load(const double* from) { return {_mm256_load_pd(from)}; }
inline void store(Pack pack, double* to) { _mm256_store_pd(to, pack.value); }
inline Pack product(Pack a, Pack b) { return {_mm256_mul_pd(a.value, b.value)}; }
/// a b + c and c - a b, rounded once.
inline Pack add_product(Pack a, Pack b, Pack c) { return {_mm256_fmadd_pd(a.value, b.value, c.value)}; }
inline Pack subtract_product(Pack a, Pack b, Pack c) { return {_mm256_fnmadd_pd(a.value, b.value, c.value)}; }
/// Into [-1, 1]; NaN stays NaN (the instructions return their second operand then).
inline Pack clamped(Pack a) { return {_mm256_max_pd(_mm256_set1_pd(-1), _mm256_min_pd(_mm256_set1_pd(1), a.value))}; }

#else

struct Pack {
  static constexpr std::size_t size = 4;
  double value[size];
};

template <class Operation>
inline Pack each(Operation operation) {
  Pack result;
  for (std::size_t i = 0; i < Pack::size; ++i) result.value[i] = operation(i);
  return result;
}

inline Pack same(double value) {
  return each([&](std::size_t) { return value; });
}
inline Pack load(const double* from) {
  return each([&](std::size_t i) { return from[i]; });
}
inline void store(Pack pack, double* to) {
  for (std::size_t i = 0; i < Pack::size; ++i) to[i] = pack.value[i];
}
inline Pack product(Pack a, Pack b) {
  return each([&](std::size_t i) { return a.value[i] * b.value[i]; });
}
inline Pack add_product(Pack a, Pack b, Pack c) {
  return each([&](std::size_t i) { return std::fma(a.value[i], b.value[i], c.value[i]); });
}
inline Pack subtract_product(Pack a, Pack b, Pack c) {
  return each([&](std::size_t i) { return std::fma(-a.value[i], b.value[i], c.value[i]); });
}
inline Pack clamped(Pack a) {
  return each([&](std::size_t i) {
    const double below = 1 < a.value[i] ? 1 : a.value[i];
    return -1 > below ? -1 : below;
  });
}

#endif

}  // namespace meridian::similarity
