#include "random/stream.hpp"

#include <cmath>
#include <numbers>

#include "error.hpp"

namespace meridian::random {
namespace {

/// FNV-1a: a fixed, documented map from a purpose's name to 64 bits.
std::uint64_t hash(std::string_view text) {
  std::uint64_t value = 14695981039346656037ULL;
  for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return value;
}

}  // namespace

// Key: the seed. Counter: position in the stream (word 0), purpose folded to 32 bits (word 1), index (words 2, 3).
Stream::Stream(std::uint64_t seed, std::string_view purpose, std::uint64_t index) {
  const std::uint64_t name = hash(purpose);
  key_[0] = static_cast<std::uint32_t>(seed);
  key_[1] = static_cast<std::uint32_t>(seed >> 32);
  counter_[0] = 0;
  counter_[1] = static_cast<std::uint32_t>(name ^ (name >> 32));
  counter_[2] = static_cast<std::uint32_t>(index);
  counter_[3] = static_cast<std::uint32_t>(index >> 32);
}

void Stream::refill() {
  const auto block = r123::Philox4x32{}(counter_, key_);
  for (unsigned i = 0; i < 4; ++i) buffer_[i] = block[i];
  used_ = 0;
  if (++counter_[0] == 0) throw Error(ExitCode::bug, "a random stream is used up: key more, shorter streams by index");
}

std::uint32_t Stream::bits32() {
  if (used_ == 4) refill();
  return buffer_[used_++];
}

std::uint64_t Stream::bits64() {
  const std::uint64_t high = bits32();
  return (high << 32) | bits32();
}

double Stream::uniform() { return open_unit(bits64()); }

double Stream::normal() {
  if (has_spare_) {
    has_spare_ = false;
    return spare_normal_;
  }
  const double radius = std::sqrt(-2.0 * std::log(uniform()));
  const double angle = 2.0 * std::numbers::pi * uniform();
  spare_normal_ = radius * std::sin(angle);
  has_spare_ = true;
  return radius * std::cos(angle);
}

std::uint32_t Stream::below(std::uint32_t n) {
  std::uint64_t product = std::uint64_t{bits32()} * n;
  if (static_cast<std::uint32_t>(product) < n) {
    const std::uint32_t threshold = static_cast<std::uint32_t>(-n) % n;
    while (static_cast<std::uint32_t>(product) < threshold) product = std::uint64_t{bits32()} * n;
  }
  return static_cast<std::uint32_t>(product >> 32);
}

}  // namespace meridian::random
