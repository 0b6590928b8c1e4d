#include "dilemmas/transitivity.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace meridian::dilemmas {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Shares W(u, v); NaN below the minimum count.
Eigen::MatrixXd shares(const Eigen::MatrixXd& wins, const TournamentOptions& options) {
  const Eigen::MatrixXd meetings = wins + wins.transpose();
  return (meetings.array() >= static_cast<double>(options.minimum_count) && meetings.array() > 0)
      .select(wins.array() / meetings.array(), nan)
      .matrix();
}

/// 1 where the row value beats the column value.
Eigen::MatrixXi tournament(const Eigen::MatrixXd& share, double margin) {
  return (share.array() > 0.5 + margin).cast<int>().matrix();
}

void count_triads(const Eigen::MatrixXi& beats, Transitivity& found) {
  const Eigen::Index n = beats.rows();
  const auto decided = [&](Eigen::Index a, Eigen::Index b) { return beats(a, b) + beats(b, a) == 1; };
  for (Eigen::Index a = 0; a < n; ++a)
    for (Eigen::Index b = a + 1; b < n; ++b)
      for (Eigen::Index c = b + 1; c < n; ++c) {
        if (!decided(a, b) || !decided(b, c) || !decided(a, c)) continue;
        ++found.triads;
        const bool forward = beats(a, b) && beats(b, c) && beats(c, a);
        if (!forward && !(beats(b, a) && beats(c, b) && beats(a, c))) continue;
        ++found.cyclic;
        const auto u = static_cast<std::size_t>(a), v = static_cast<std::size_t>(b), w = static_cast<std::size_t>(c);
        found.cycles.push_back(forward ? std::array{u, v, w} : std::array{u, w, v});
      }
}

double zeta(const Eigen::MatrixXi& beats, std::int64_t cyclic) {
  const auto n = static_cast<double>(beats.rows());
  if (n < 3 || beats.sum() != beats.rows() * (beats.rows() - 1) / 2) return nan;
  const double most = std::fmod(n, 2) == 1 ? n * n * n - n : n * n * n - 4 * n;
  return 1 - 24 * static_cast<double>(cyclic) / most;
}

void count_chains(const Eigen::MatrixXd& share, Transitivity& found) {
  const Eigen::Index n = share.rows();
  for (Eigen::Index u = 0; u < n; ++u)
    for (Eigen::Index v = 0; v < n; ++v)
      for (Eigen::Index w = 0; w < n; ++w) {
        if (u == v || v == w || u == w) continue;
        const double first = share(u, v), second = share(v, w), across = share(u, w);
        if (!(first >= 0.5) || !(second >= 0.5) || std::isnan(across)) continue;
        ++found.chains;
        found.weak += across < 0.5 ? 1 : 0;
        found.moderate += across < std::min(first, second) ? 1 : 0;
        found.strong += across < std::max(first, second) ? 1 : 0;
      }
}

}  // namespace

Transitivity transitivity(const Eigen::MatrixXd& wins, const TournamentOptions& options) {
  const Eigen::MatrixXd share = shares(wins, options);
  const Eigen::MatrixXi beats = tournament(share, options.margin);
  Transitivity found;
  count_triads(beats, found);
  found.cyclic_share = static_cast<double>(found.cyclic) / static_cast<double>(found.triads);
  found.zeta = zeta(beats, found.cyclic);
  count_chains(share, found);
  return found;
}

}  // namespace meridian::dilemmas
