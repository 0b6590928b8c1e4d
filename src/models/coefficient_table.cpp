#include "models/coefficient_table.hpp"

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

namespace meridian::models {

namespace {

template <class Distribution>
void fill_probabilities(Coefficient& row, const Distribution& distribution, double confidence) {
  row.p_value = 2 * boost::math::cdf(boost::math::complement(distribution, std::abs(row.statistic)));
  const double width = boost::math::quantile(distribution, (1 + confidence) / 2) * row.std_error;
  row.conf_low = row.estimate - width;
  row.conf_high = row.estimate + width;
}

}  // namespace

Coefficient t_test(const std::string& term, double estimate, double std_error, double df, double confidence) {
  Coefficient row{term, estimate, std_error, df, estimate / std_error, 0, 0, 0};
  const bool usable = std::isfinite(row.statistic) && df > 0;
  if (!usable) {
    row.p_value = row.conf_low = row.conf_high = std::numeric_limits<double>::quiet_NaN();
  } else if (std::isinf(df)) {
    fill_probabilities(row, boost::math::normal(), confidence);
  } else {
    fill_probabilities(row, boost::math::students_t(df), confidence);
  }
  return row;
}

std::vector<Coefficient> coefficient_table(const std::vector<std::string>& names, const Eigen::VectorXd& beta,
                                           const Eigen::MatrixXd& vcov, const std::function<double(Eigen::Index)>& df,
                                           double confidence) {
  std::vector<Coefficient> rows;
  for (Eigen::Index i = 0; i < beta.size(); ++i)
    rows.push_back(t_test(names[static_cast<std::size_t>(i)], beta[i], std::sqrt(vcov(i, i)), df(i), confidence));
  return rows;
}

}  // namespace meridian::models
