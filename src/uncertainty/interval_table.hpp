#pragma once
// From estimates and replicates to the table that people read.
#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "findings/document.hpp"

namespace meridian::uncertainty {

/// Of all intervals of this stage.
inline constexpr double kConfidence = 0.95;

/// A real cell of a table; NaN where it is empty or no real.
double number_of(const findings::Table& table, std::size_t row, const char* column);

/// Leave-one-out values (units x statistics) and the stratum of each unit; empty: no BCa intervals.
struct Jackknife {
  Eigen::MatrixXd values;
  std::vector<std::int32_t> strata;
};

/// From the replicates of jackknife_study, whose last column is the stratum.
Jackknife split_jackknife(const Eigen::MatrixXd& replicates);

/// Table `intervals`: per statistic of `estimates` (estimates_table) its estimate, the replicates' bias and standard
/// deviation, the model's own standard error and limits, and 95 % percentile, basic, studentized and BCa limits; how
/// many replicates had a value. `replicates`: one column per row of `estimates`. Rows that are the standard errors of
/// others, and the status rows, are left out.
findings::Table intervals_table(const findings::Table& estimates, const Eigen::MatrixXd& replicates,
                                const Jackknife& jackknife);

/// How many replicates failed or were singular, as notes.
std::vector<findings::Note> replicate_notes(const findings::Table& estimates, const Eigen::MatrixXd& replicates);

}  // namespace meridian::uncertainty
