#pragma once
// Where a gap between two nations comes from: how alike their people are, or which way they point.
//   mean similarity of nation g with a model = R_g * cos(model, direction of g),
// R_g the length of the mean of the people's unit vectors (their homogeneity, the human ceiling), the direction that
// mean. A difference splits exactly into a homogeneity and a direction part (average of the two orderings). Intervals:
// delta method over people, models fixed. Design: docs/statistics.md, "Gap decomposition".
#include <Eigen/Core>
#include <vector>

#include "analysis/layout.hpp"
#include "findings/table.hpp"
#include "panel/panel.hpp"

namespace meridian::analysis {

/// Tables `gap` (per model: similarity, cosine with the direction, share of the ceiling per nation; difference and its
/// two parts with 95 % limits), and `ceilings` (R per nation). Rows of variant "none" only; with several conditions per
/// nation the similarities are averaged over them first. Needs exactly two nations; else only `ceilings` is returned.
std::vector<findings::Table> gap_tables(const panel::Panel& panel, const Layout& layout);

/// A person's answers, centred and of length 1; empty if all answers are equal.
Eigen::VectorXd unit_vector(const panel::Panel& panel, std::size_t person);
/// Unit vector of a model, (v - c) / |v - c|, averaged over the conditions that the nation meets.
Eigen::VectorXd model_direction(const panel::Panel& panel, const Layout& layout, std::size_t nation, std::size_t model);

/// The gap of one model (or of the mean direction of several) between two nations whose people have these mean vectors.
struct GapParts {
  double gap = 0, homogeneity = 0, direction = 0;  ///< gap = homogeneity + direction
};
GapParts gap_parts(const Eigen::VectorXd& first_mean, const Eigen::VectorXd& first_model,
                   const Eigen::VectorXd& second_mean, const Eigen::VectorXd& second_model);

}  // namespace meridian::analysis
