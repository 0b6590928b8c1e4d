#pragma once
// F tests of whole terms: R's type III table.
#include <Eigen/Core>
#include <functional>
#include <string>
#include <vector>

#include "models/fit.hpp"
#include "models/kenward_roger.hpp"
#include "models/type3.hpp"

namespace meridian::models {

struct TermTest {
  std::string term;
  double sum_sq = 0, mean_sq = 0;  ///< F times sigma^2 (times num_df), as lmerTest gives them
  double num_df = 0, den_df = 0;
  double statistic = 0, p_value = 0;
};

/// One F test per hypothesis with a row. `df` gives the degrees of freedom of one linear combination of the
/// coefficients. Several rows: independent combinations nu_m, then 2E / (E - q) with E = sum nu_m / (nu_m - 2) (Fai &
/// Cornelius 1996), as lmerTest 3.1; 2 if one of them is 2 or less.
std::vector<TermTest> term_tests(const std::vector<TermHypothesis>& hypotheses, const Fit& fit,
                                 const std::function<double(const Eigen::VectorXd&)>& df);

/// Kenward & Roger's scaled F; the mean square is that of the unscaled one, as lmerTest gives it.
std::vector<TermTest> term_tests(const std::vector<TermHypothesis>& hypotheses, const Fit& fit,
                                 const KenwardRoger& kenward_roger);

}  // namespace meridian::models
