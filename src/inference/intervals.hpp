#pragma once
// Intervals from replicates of one statistic (Davison & Hinkley 1997, ch. 5; R's boot::boot.ci, to the digit).
#include <vector>

namespace meridian::inference {

/// Where a statistic is nearly symmetric: variances on the logarithm, correlations through Fisher's z.
enum class Scale { plain, log, fisher_z };

struct Interval {
  double low = 0, high = 0;  ///< NaN where there is none
};

/// Quantiles of replicates interpolated on the normal scale at (n + 1) alpha (Davison & Hinkley, eq. 5.8); the extremes
/// where (n + 1) alpha falls outside. NaN values must have been left out.
double replicate_quantile(const std::vector<double>& sorted, double alpha);

Interval percentile_interval(const std::vector<double>& sorted, double confidence);
/// 2 t - upper quantile to 2 t - lower quantile, on the scale given.
Interval basic_interval(double estimate, const std::vector<double>& sorted, Scale scale, double confidence);
/// t - se z*, with z* = (t* - t) / se* on the scale given; errors by the delta method there. Pairs with a standard
/// error that is not positive are left out. `errors[i]` belongs to `replicates[i]`.
Interval studentized_interval(double estimate, double error, const std::vector<double>& replicates,
                              const std::vector<double>& errors, Scale scale, double confidence);

/// Leave-one-out values of a statistic within one stratum (people of a nation, models of an origin).
using JackknifeStrata = std::vector<std::vector<double>>;
/// a = sum_f sum_i l^3 / n_f^3 / (6 (sum_f sum_i l^2 / n_f^2)^(3/2)), l = (n_f - 1)(mean - leave-one-out): several
/// samples, Davison & Hinkley eq. 5.23. 0 where nothing varies.
double acceleration(const JackknifeStrata& strata);
/// Bias-corrected and accelerated (Efron 1987). NaN when all replicates lie on one side of the estimate.
Interval bca_interval(double estimate, const std::vector<double>& sorted, double acceleration, double confidence);

/// Delete-a-group jackknife over p parts of an instrument: SE^2 = (p - 1)/p sum (theta_(k) - mean)^2, bias
/// (p - 1)(mean - estimate), limits by Student's t with p - 1 degrees of freedom (Shao & Tu 1995, The Jackknife and
/// Bootstrap, sec. 2.3). `left_out`: the statistic without each part; NaN everywhere below two parts.
struct JackknifeSummary {
  double bias = 0, std_error = 0;
  Interval limits;
};
JackknifeSummary jackknife_summary(double estimate, const std::vector<double>& left_out, double confidence);

}  // namespace meridian::inference
