#include "inference/student_interval.hpp"

#include <boost/math/distributions/students_t.hpp>

#include "inference/one_sample.hpp"

namespace meridian::inference {

Interval student_interval(const Moments& sample, double confidence) {
  const OneSample test = one_sample_t(sample);
  if (!(test.df > 0)) return {test.df, test.df};
  const double reach = test.std_error * boost::math::quantile(boost::math::students_t(test.df), 0.5 + confidence / 2);
  return {test.estimate - reach, test.estimate + reach};
}

}  // namespace meridian::inference
