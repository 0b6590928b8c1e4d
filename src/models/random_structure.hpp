#pragma once
// Which variance parameters a model has, and where each sits: theta <-> the lower-triangular templates L of the terms.
#include <Eigen/Core>
#include <cstddef>
#include <string>
#include <vector>

#include "models/design.hpp"

namespace meridian::models {

/// A grouping factor with all its random-effects columns side by side.
struct GroupingFactor {
  std::string name;
  std::size_t levels = 0;
  Eigen::Index width = 0;            ///< columns of all its terms
  std::vector<std::size_t> terms;    ///< indices into Design::random
  std::vector<std::string> columns;  ///< width names
};

/// One term (columns | group): a dense lower triangle within its factor's template.
struct TermBlock {
  std::size_t factor = 0;
  Eigen::Index offset = 0, width = 0;  ///< columns offset .. offset + width of the factor
  std::size_t first_theta = 0;
  std::size_t term = 0;  ///< index into Design::random
};

/// One element of theta: entry (row, column) of the template of a factor.
struct ThetaEntry {
  std::size_t factor = 0;
  Eigen::Index row = 0, column = 0;
};

struct RandomStructure {
  std::vector<GroupingFactor> factors;   ///< in order of their first term
  std::vector<TermBlock> terms;          ///< as lme4 reports them: by decreasing number of levels
  std::vector<ThetaEntry> theta;         ///< lower triangles column by column, term by term
  std::vector<std::string> theta_names;  ///< "g.(Intercept)", "g.x.(Intercept)" (row, column), "g.x"

  /// Templates of all factors (width x width, lower triangular) at `parameters`.
  void fill_templates(const Eigen::VectorXd& parameters, std::vector<Eigen::MatrixXd>& templates) const;
  /// lme4's start: every template the identity.
  Eigen::VectorXd start() const;
  /// Diagonals of at least 0.05: a search over scaled columns that starts at zero stays there.
  Eigen::VectorXd off_boundary(const Eigen::VectorXd& parameters) const;
  /// The representative of all thetas with the same covariance: diagonals not negative, and whole columns zero where
  /// the covariance lacks rank (exactly so: shares of a variance below 1e-14 are rounding).
  void make_canonical(Eigen::VectorXd& parameters) const;
};

/// `pooled_levels` replaces the number of levels of the factor `pooled` (the people behind a class-wise template).
RandomStructure random_structure(const std::vector<RandomTerm>& random, const std::string& pooled = {},
                                 std::size_t pooled_levels = 0);

}  // namespace meridian::models
