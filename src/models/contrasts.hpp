#pragma once
// How a factor with k levels becomes columns.
#include <Eigen/Core>
#include <map>
#include <string>
#include <vector>

namespace meridian::models {

enum class ContrastKind {
  treatment,  ///< R's contr.treatment: columns named by the levels other than the reference
  sum,        ///< R's contr.sum: columns numbered 1, 2, ...; the last level is -1 everywhere
  centred     ///< two levels, -0.5 (reference) and +0.5, minus the mean over the rows; one column named by the variable
};

struct ContrastChoice {
  ContrastKind kind = ContrastKind::treatment;
  std::string reference;  ///< empty: the first level
};

using ContrastChoices =
    std::map<std::string, ContrastChoice>;  ///< by variable name as in the formula: "nation", "factor(dose)"

struct ContrastMatrix {
  Eigen::MatrixXd values;             ///< levels x columns
  std::vector<std::string> suffixes;  ///< what follows the variable's name in the column's name
};

/// Contrasts of any kind (centred ones before the mean is taken off). InputError for fewer than two levels or an
/// unknown reference.
ContrastMatrix contrast_matrix(const std::string& variable, const std::vector<std::string>& levels,
                               const ContrastChoice& choice);

/// One indicator per level: R's coding where the margin is absent from the model.
ContrastMatrix indicator_matrix(const std::vector<std::string>& levels);

/// "treatment", "treatment:US", "sum", "centred", "centred:off" (after the colon: the reference). InputError otherwise.
ContrastChoice parse_contrast(const std::string& text);

}  // namespace meridian::models
