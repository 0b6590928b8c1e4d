#include "inference/paired_shares.hpp"

#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <limits>

namespace meridian::inference {

Interval paired_difference_interval(std::int64_t only_first, std::int64_t only_second, std::int64_t units,
                                    double confidence) {
  if (units < 1) return {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};
  const double n = static_cast<double>(units) + 2;
  const double first = (static_cast<double>(only_first) + 1) / n, second = (static_cast<double>(only_second) + 1) / n;
  const double difference = first - second;
  const double z = boost::math::quantile(boost::math::normal(), (1 + confidence) / 2);
  const double reach = z * std::sqrt((first + second - difference * difference) / n);
  return {difference - reach, difference + reach};
}

}  // namespace meridian::inference
