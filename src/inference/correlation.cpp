#include "inference/correlation.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "error.hpp"
#include "inference/ranks.hpp"
#include "inference/two_sample.hpp"

namespace meridian::inference {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

void require_pairs(const std::vector<double>& x, const std::vector<double>& y) {
  if (x.size() != y.size()) throw Error(ExitCode::bug, "correlation: the two sides differ in length");
}

int sign(double difference) { return (difference > 0) - (difference < 0); }

}  // namespace

double pearson(const std::vector<double>& x, const std::vector<double>& y) {
  require_pairs(x, y);
  const Moments mx = moments(x), my = moments(y);
  double products = 0, squares_x = 0, squares_y = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    products += (x[i] - mx.mean) * (y[i] - my.mean);
    squares_x += (x[i] - mx.mean) * (x[i] - mx.mean);
    squares_y += (y[i] - my.mean) * (y[i] - my.mean);
  }
  if (!(squares_x > 0) || !(squares_y > 0)) return nan;
  return std::clamp(products / std::sqrt(squares_x * squares_y), -1.0, 1.0);
}

double spearman(const std::vector<double>& x, const std::vector<double>& y) {
  return pearson(midranks(x), midranks(y));
}

double kendall_tau_b(const std::vector<double>& x, const std::vector<double>& y) {
  require_pairs(x, y);
  long long score = 0, untied_x = 0, untied_y = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (std::isnan(x[i]) || std::isnan(y[i])) return nan;
    for (std::size_t j = 0; j < i; ++j) {
      const int a = sign(x[i] - x[j]), b = sign(y[i] - y[j]);
      score += a * b;
      untied_x += a != 0;
      untied_y += b != 0;
    }
  }
  if (untied_x == 0 || untied_y == 0) return nan;
  return static_cast<double>(score) / std::sqrt(static_cast<double>(untied_x) * static_cast<double>(untied_y));
}

}  // namespace meridian::inference
