#pragma once
// Products with T: the templates L of the levels that stay in the system, level by level, and 1 for the fixed columns.
#include <Eigen/Core>
#include <vector>

#include "models/problem.hpp"

namespace meridian::models {

/// x := T x for columns of G, any number of columns of x.
void apply_template(const Problem& problem, const std::vector<Eigen::MatrixXd>& templates, Eigen::MatrixXd& x);
/// x := T' x.
void apply_template_transposed(const Problem& problem, const std::vector<Eigen::MatrixXd>& templates,
                               Eigen::MatrixXd& x);
/// x := x T.
void apply_template_right(const Problem& problem, const std::vector<Eigen::MatrixXd>& templates, Eigen::MatrixXd& x);
/// x := T x T' for a symmetric x, which may end before the fixed columns.
void sandwich_template(const Problem& problem, const std::vector<Eigen::MatrixXd>& templates, Eigen::MatrixXd& x);

}  // namespace meridian::models
