#pragma once
// Units that may replace each other in a resample: people within their nation, models within their origin.
#include <cstddef>
#include <cstdint>
#include <vector>

namespace meridian::resampling {

struct Strata {
  std::vector<std::vector<std::uint32_t>> members;  ///< per stratum: its units, ascending
  std::size_t units = 0;
};

/// One stratum index per unit, from 0; a stratum without units stays empty. Throws Error(bug) on a negative index.
Strata strata_of(const std::vector<std::int32_t>& stratum_of_unit);

}  // namespace meridian::resampling
