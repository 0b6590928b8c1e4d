#include "models/term_tests.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <cmath>
#include <optional>

namespace meridian::models {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

double combined_df(const std::vector<double>& each) {
  const auto [low, high] = std::minmax_element(each.begin(), each.end());
  if (*high - *low < 1e-8 || std::isinf(*low)) return *low;
  if (*low <= 2) return 2;
  double sum = 0;
  for (const double nu : each) sum += std::isinf(nu) ? 1 : nu / (nu - 2);
  return 2 * sum / (sum - static_cast<double>(each.size()));
}

double upper_tail(double f, double num_df, double den_df) {
  if (!std::isfinite(f) || !(den_df > 0)) return std::nan("");
  if (std::isinf(den_df))
    return boost::math::cdf(boost::math::complement(boost::math::chi_squared(num_df), f * num_df));
  return boost::math::cdf(boost::math::complement(boost::math::fisher_f(num_df, den_df), f));
}

/// `wald`: b'L'(L Cov(b) L')^-1 L b / num_df, before it is scaled to F.
TermTest term_test(const std::string& term, const ScaledTest& scaled, double sigma) {
  TermTest test{term, 0, 0, scaled.num_df, scaled.den_df, scaled.scaling * scaled.wald, 0};
  test.mean_sq = scaled.wald * sigma * sigma;
  test.sum_sq = test.mean_sq * test.num_df;
  test.p_value = upper_tail(test.statistic, test.num_df, test.den_df);
  return test;
}

/// Independent combinations of the rows: eigenvectors of the covariance of L b (Kuznetsova et al. 2017, eq. 6).
std::optional<ScaledTest> satterthwaite_test(const MatrixXd& l, const Fit& fit,
                                             const std::function<double(const VectorXd&)>& df) {
  const Eigen::SelfAdjointEigenSolver<MatrixXd> eigen(l * fit.vcov * l.transpose());
  std::vector<double> each;
  double square = 0;
  for (Index m = 0; m < l.rows(); ++m) {
    const double variance = eigen.eigenvalues()[m];
    if (variance <= 1e-8 * eigen.eigenvalues().maxCoeff()) continue;
    const VectorXd combination = l.transpose() * eigen.eigenvectors().col(m);
    square += std::pow(combination.dot(fit.beta), 2) / variance;
    each.push_back(df(combination));
  }
  if (each.empty()) return std::nullopt;
  ScaledTest test;
  test.num_df = static_cast<double>(each.size());
  test.den_df = combined_df(each);
  test.wald = square / test.num_df;
  return test;
}

}  // namespace

std::vector<TermTest> term_tests(const std::vector<TermHypothesis>& hypotheses, const Fit& fit,
                                 const std::function<double(const VectorXd&)>& df) {
  std::vector<TermTest> tests;
  for (const TermHypothesis& hypothesis : hypotheses) {
    if (hypothesis.contrasts.rows() == 0) continue;
    const auto test = satterthwaite_test(hypothesis.contrasts, fit, df);
    if (test) tests.push_back(term_test(hypothesis.term, *test, fit.sigma));
  }
  return tests;
}

std::vector<TermTest> term_tests(const std::vector<TermHypothesis>& hypotheses, const Fit& fit,
                                 const KenwardRoger& kenward_roger) {
  std::vector<TermTest> tests;
  for (const TermHypothesis& hypothesis : hypotheses) {
    if (hypothesis.contrasts.rows() == 0) continue;
    const ScaledTest test = kenward_roger.test(hypothesis.contrasts, fit.beta);
    tests.push_back(term_test(hypothesis.term, test, fit.sigma));
  }
  return tests;
}

}  // namespace meridian::models
