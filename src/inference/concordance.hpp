#pragma once
// Do several rankings of the same items agree? Kendall's W and Friedman's test, as R's friedman.test.
#include <vector>

#include "random/stream.hpp"

namespace meridian::inference {

/// All NaN when there are fewer than two rankings or items, or every ranking is constant.
struct Concordance {
  double w = 0;             ///< corrected for ties, 0 to 1
  double chi_square = 0;    ///< Friedman's, m (k - 1) W
  double df = 0;            ///< k - 1
  double p_chi_square = 0;  ///< poor and conservative with few rankings
  double f = 0, df1 = 0, df2 = 0;
  double p_f = 0;            ///< Kendall & Babington Smith (1939): F = (m-1) W / (1-W)
  double mean_spearman = 0;  ///< (m W - 1) / (m - 1): of all pairs of rankings (without ties)
};

/// `rankings`: m rows of k values; each row is ranked by itself (midranks).
Concordance concordance(const std::vector<std::vector<double>>& rankings);

/// Random re-orderings of all rankings but the first: W when the rankings have nothing to do with each other.
class Reorderings {
 public:
  explicit Reorderings(const std::vector<std::vector<double>>& rankings);
  /// 1 if W of the next re-ordering reaches the observed one, else 0; NaN where W is.
  double reaches(random::Stream& stream) const;

 private:
  std::vector<std::vector<double>> ranks_;
  double observed_ = 0;
};

}  // namespace meridian::inference
