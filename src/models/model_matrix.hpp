#pragma once
// R's model.matrix: the columns of one right-hand side.
#include <Eigen/Core>
#include <string>
#include <vector>

#include "models/contrasts.hpp"
#include "models/formula.hpp"
#include "models/model_frame.hpp"

namespace meridian::models {

struct ModelMatrix {
  Eigen::MatrixXd x;               ///< kept rows x columns, aliased ones included
  std::vector<std::string> names;  ///< "(Intercept)", "a2:x"
  std::vector<int> assign;         ///< 0 for the intercept, else 1 + index of the term
};

enum class Coding { absent, contrasts, indicators };

/// Coding of every variable (inner index) in every term (outer index): the "factors" of R's terms object. A variable in
/// a term has contrasts if the rest of the term is contained in an earlier term, else one indicator per level.
std::vector<std::vector<Coding>> marginal_coding(const TermSet& terms);

/// Turns the factors with centred codes into the numbers they stand for in fixed terms.
void replace_centred(ModelFrame& frame, const ContrastChoices& contrasts);

ModelMatrix model_matrix(const TermSet& terms, const ModelFrame& frame, const ContrastChoices& contrasts);

}  // namespace meridian::models
