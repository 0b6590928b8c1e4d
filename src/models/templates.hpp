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
/// x := T'x T of a symmetric x, of which only the upper triangle is read and written.
void whiten_upper(const Problem& problem, const std::vector<Eigen::MatrixXd>& templates, Eigen::Ref<Eigen::MatrixXd> x);
/// x := T x T', likewise.
void colour_upper(const Problem& problem, const std::vector<Eigen::MatrixXd>& templates, Eigen::Ref<Eigen::MatrixXd> x);

}  // namespace meridian::models
