#pragma once
// Is a model's preference between values an order? Cyclic triads (Kendall & Babington Smith 1940, Biometrika 31) and
// stochastic transitivity (Davidson & Marschak 1959).
#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <vector>

namespace meridian::dilemmas {

struct TournamentOptions {
  std::int64_t minimum_count = 1;  ///< meetings below which a pair of values is not compared
  double margin = 0;               ///< u beats v if its share of their meetings exceeds 1/2 + margin
};

struct Transitivity {
  std::int64_t triads = 0;    ///< triples of values of which each pair is decided
  std::int64_t cyclic = 0;    ///< u beats v, v beats w, w beats u
  double cyclic_share = 0;    ///< NaN without triads
  double zeta = 0;            ///< 1: no cycles, 0: as many as possible; NaN unless every pair is decided
  std::int64_t chains = 0;    ///< ordered triples with W(u,v) >= 1/2, W(v,w) >= 1/2 and a known W(u,w)
  std::int64_t weak = 0;      ///< ... of which W(u,w) < 1/2
  std::int64_t moderate = 0;  ///< ... of which W(u,w) < the smaller of the two
  std::int64_t strong = 0;    ///< ... of which W(u,w) < the larger of the two
  /// Share of the chains; 0: weak, 1: moderate, 2: strong. NaN without chains.
  double violation_share(std::size_t strength) const {
    return static_cast<double>(std::array{weak, moderate, strong}[strength]) / static_cast<double>(chains);
  }
  std::vector<std::array<std::size_t, 3>> cycles;  ///< u beats v beats w beats u, u the smallest
};

/// `wins`(u, v): how often u was chosen over v.
Transitivity transitivity(const Eigen::MatrixXd& wins, const TournamentOptions& options);

}  // namespace meridian::dilemmas
