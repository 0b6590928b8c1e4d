#include "inference/proportion.hpp"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <limits>

namespace meridian::inference {
namespace {

constexpr Interval kNone{std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};

}  // namespace

Interval wilson_interval(std::int64_t hits, std::int64_t trials, double confidence) {
  if (trials < 1) return kNone;
  const auto n = static_cast<double>(trials);
  const double share = static_cast<double>(hits) / n;
  const double z = boost::math::quantile(boost::math::normal(), (1 + confidence) / 2);
  const double centre = share + z * z / (2 * n);
  const double reach = z * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
  const double scale = 1 + z * z / n;
  return {hits == 0 ? 0 : (centre - reach) / scale, hits == trials ? 1 : (centre + reach) / scale};
}

Interval clopper_pearson_interval(std::int64_t hits, std::int64_t trials, double confidence) {
  if (trials < 1) return kNone;
  using Beta = boost::math::beta_distribution<>;
  const auto b = static_cast<double>(hits), m = static_cast<double>(trials);
  const double tail = (1 - confidence) / 2;
  return {b > 0 ? boost::math::quantile(Beta(b, m - b + 1), tail) : 0,
          b < m ? boost::math::quantile(Beta(b + 1, m - b), 1 - tail) : 1};
}

}  // namespace meridian::inference
