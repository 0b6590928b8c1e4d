#include "resampling/strata.hpp"

#include "error.hpp"

namespace meridian::resampling {

Strata strata_of(const std::vector<std::int32_t>& stratum_of_unit) {
  Strata strata;
  strata.units = stratum_of_unit.size();
  for (std::size_t unit = 0; unit < strata.units; ++unit) {
    if (stratum_of_unit[unit] < 0) throw Error(ExitCode::bug, "resampling: a unit without a stratum");
    const auto stratum = static_cast<std::size_t>(stratum_of_unit[unit]);
    if (stratum >= strata.members.size()) strata.members.resize(stratum + 1);
    strata.members[stratum].push_back(static_cast<std::uint32_t>(unit));
  }
  return strata;
}

}  // namespace meridian::resampling
