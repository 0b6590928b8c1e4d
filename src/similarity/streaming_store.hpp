#pragma once
// Writing a row that nobody reads soon.
#include <cstddef>

namespace meridian::similarity {

/// Copies `count` doubles past the caches where the processor can (a plain store first reads the line it overwrites,
/// which costs half as much traffic again). `source` is 64-byte aligned, `target` need not be. Call finish_stores()
/// before another thread reads.
void store_streaming(const double* source, std::size_t count, double* target);
void finish_stores();

}  // namespace meridian::similarity
