#pragma once
// Where a profile of the deviance reaches the height that bounds an interval.
#include <functional>
#include <limits>

namespace meridian::models {

struct ProfileLimit {
  double value = 0;
  bool at_bound = false;  ///< the profile stays below the height as far as the parameter can go
};

/// How the search may move from the estimate.
struct SearchSide {
  double step = 1;                                         ///< first step, signed; doubled until the height is passed
  double bound = std::numeric_limits<double>::infinity();  ///< last value possible on this side (or none)
};

/// `rise`: deviance at a value of the parameter less its minimum, about a parabola with its bottom at `from`. Solves
/// sqrt(rise) = sqrt(height), which is nearly linear (Alefeld, Potra & Shi 1995, ACM TOMS 748). NaN where no value of
/// the parameter reaches the height and there is no bound.
ProfileLimit find_limit(const std::function<double(double)>& rise, double from, const SearchSide& side, double height);

}  // namespace meridian::models
