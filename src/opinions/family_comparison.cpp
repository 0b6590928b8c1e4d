#include "opinions/family_comparison.hpp"

#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

#include "inference/one_sample.hpp"
#include "inference/student_interval.hpp"

namespace meridian::opinions {

PooledT pooled_t(const inference::Moments& first, const inference::Moments& second) {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  PooledT test{first.mean - second.mean, none, none, none, none};
  if (first.n < 2 || second.n < 2) return test;
  const auto n1 = static_cast<double>(first.n), n2 = static_cast<double>(second.n);
  test.df = n1 + n2 - 2;
  const double variance = ((n1 - 1) * first.variance + (n2 - 1) * second.variance) / test.df;
  test.std_error = std::sqrt(variance * (1 / n1 + 1 / n2));
  if (!(test.std_error > 0)) return test;
  test.statistic = test.estimate / test.std_error;
  const boost::math::students_t_distribution<double> student(test.df);
  test.p_value = 2 * boost::math::cdf(boost::math::complement(student, std::abs(test.statistic)));
  return test;
}

PairedTests paired_tests(const std::vector<double>& first, const std::vector<double>& second, double confidence) {
  std::vector<double> differences;
  for (std::size_t i = 0; i < first.size(); ++i)
    if (!std::isnan(first[i]) && !std::isnan(second[i])) differences.push_back(first[i] - second[i]);
  const inference::Moments moments = inference::moments(differences);
  const inference::OneSample student = inference::one_sample_t(moments);
  const inference::Interval limits = inference::student_interval(moments, confidence);
  return {differences.size(), student.estimate, student.statistic, student.df,
          student.p_value,    limits.low,       limits.high,       inference::signed_rank(differences)};
}

}  // namespace meridian::opinions
