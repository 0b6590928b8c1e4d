#pragma once
// From formula and table to matrices, as R's model.frame, model.matrix and lme4's lFormula do it.
#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "models/contrasts.hpp"
#include "models/formula.hpp"
#include "models/frame.hpp"

namespace meridian::models {

/// One term (columns | group). `||` gives several terms of one group.
struct RandomTerm {
  std::string group;                 ///< "g", "h:g"
  std::vector<std::string> columns;  ///< q names: "(Intercept)", "origin"
  Eigen::MatrixXd z;                 ///< rows x q
  std::vector<std::int32_t> level;   ///< per row, index into levels; every level occurs
  std::vector<std::string> levels;   ///< "3:B" for the group "h:g"
};

struct DesignOptions {
  ContrastChoices contrasts;         ///< factors not named here have treatment contrasts against their first level
  bool response_required = true;     ///< false: a missing response column is accepted and Design::response left empty
  std::string weights;               ///< name of a numeric column of prior weights; empty: all 1
  std::string trials;                ///< binomial responses: name of a numeric column of trials; empty: all 1
  bool offset_in_predictor = false;  ///< false: Design::response is the response less the offset, as a linear model
                                     ///< needs it; true: the response itself
  std::vector<double> multiplicity;  ///< per row of the frame: how many equal rows it stands for; centring, scale() and
                                     ///< rank decisions count it so often; empty: all 1
};

struct Design {
  Eigen::MatrixXd x;                     ///< kept rows x p, aliased columns left out
  std::vector<std::string> names;        ///< p, as R's model.matrix names them
  std::vector<std::string> aliased;      ///< names of the dropped columns
  std::vector<int> assign;               ///< p: 0 for the intercept, else 1 + index into term_labels
  std::vector<std::string> term_labels;  ///< fixed terms: "a", "b", "a:b"
  std::vector<RandomTerm> random;        ///< in the order of the formula
  Eigen::VectorXd response;              ///< kept rows; empty when absent and not required
  Eigen::VectorXd weights, trials;       ///< kept rows; empty: all 1
  Eigen::VectorXd offset;                ///< kept rows; empty: none in the formula
  std::vector<std::size_t> kept_rows;    ///< rows of the frame without a missing value in any used variable, ascending
  std::size_t dropped_missing = 0;
};

/// Rows with a missing value in a used variable are dropped and counted, then unused levels. Terms, coding by
/// marginality, column order and names are R's (Chambers & Hastie 1992, "Statistical Models in S", 2.4.1); aliased
/// columns are those that R's qr(tol = 1e-7) sets aside. InputError: unknown variable, factor with one level, no row
/// left, arithmetic on a factor, a transformation without a finite value, an offset where the response is absent.
Design build_design(const Formula& formula, const Frame& frame, const DesignOptions& options = {});

/// The order in which lme4 reports random terms: by decreasing number of levels, unless they are in that order as
/// written.
std::vector<std::size_t> reporting_order(const std::vector<RandomTerm>& random);

}  // namespace meridian::models
