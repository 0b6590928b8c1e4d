#pragma once
// How often each unit is taken in a replicate: a function of (seed, purpose, replicate) alone, so that replicate 4711
// can be drawn again by itself. Symbols and sources: docs/statistics.md, "Resampling".
#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "resampling/strata.hpp"

namespace meridian::resampling {

/// How many units are drawn from a stratum of n_h: n_h, or n_h - 1, with which the variance of a linear statistic is
/// unbiased (Rao & Wu 1988, JASA 83, sec. 2.1). A stratum of a single unit keeps it.
enum class DrawSize { all, one_less };

/// Times each unit is drawn with replacement from its stratum.
std::vector<double> multinomial_weights(const Strata& strata, DrawSize size, std::uint64_t seed,
                                        std::string_view purpose, std::uint64_t replicate);

/// Independent Poisson(1) counts: with one such weight per factor and their product per cell, the product bootstrap of
/// Owen & Eckles (2012), Ann. Appl. Stat. 6(3). Strata play no part.
std::vector<double> poisson_weights(std::size_t units, std::uint64_t seed, std::string_view purpose,
                                    std::uint64_t replicate);

/// 1 everywhere, 0 for the unit left out: replicate k leaves out unit k.
std::vector<double> jackknife_weights(std::size_t units, std::size_t left_out);

/// One row per replicate first, first + 1, ...; `draw` gives the weights of a replicate.
template <class Draw>
Eigen::MatrixXd weight_rows(std::size_t first, std::size_t count, std::size_t units, const Draw& draw) {
  Eigen::MatrixXd rows(static_cast<Eigen::Index>(count), static_cast<Eigen::Index>(units));
  for (std::size_t r = 0; r < count; ++r) {
    const std::vector<double> weights = draw(first + r);
    rows.row(static_cast<Eigen::Index>(r)) =
        Eigen::Map<const Eigen::RowVectorXd>(weights.data(), static_cast<Eigen::Index>(units));
  }
  return rows;
}

}  // namespace meridian::resampling
