#include "similarity/streaming_store.hpp"

#include <algorithm>
#include <cstdint>

#ifdef __AVX__
#include <immintrin.h>
#endif

namespace meridian::similarity {

#ifdef __AVX__
void store_streaming(const double* source, std::size_t count, double* target) {
  constexpr std::size_t line = 64, doubles = line / sizeof(double);
  const std::size_t past = reinterpret_cast<std::uintptr_t>(target) % line / sizeof(double);
  const std::size_t head = std::min(count, (doubles - past) % doubles);  // up to the first whole cache line
  const std::size_t whole = head + (count - head) / doubles * doubles;
  std::copy(source, source + head, target);
  for (std::size_t i = head; i < whole; i += doubles) {
    _mm256_stream_pd(target + i, _mm256_loadu_pd(source + i));
    _mm256_stream_pd(target + i + 4, _mm256_loadu_pd(source + i + 4));
  }
  std::copy(source + whole, source + count, target + whole);
}

void finish_stores() { _mm_sfence(); }
#else
void store_streaming(const double* source, std::size_t count, double* target) {
  std::copy(source, source + count, target);
}

void finish_stores() {}
#endif

}  // namespace meridian::similarity
