#pragma once
// Response distributions with their canonical links (McCullagh & Nelder 1989, "Generalized Linear Models", 2.2).
#include <Eigen/Core>
#include <string>
#include <vector>

#include "models/design.hpp"

namespace meridian::models {

enum class Family {
  binomial,  ///< logit link; successes out of trials
  poisson    ///< log link; counts
};

/// "binomial" or "poisson". InputError otherwise.
Family parse_family(const std::string& text);
std::string family_name(Family family);  ///< "binomial"
std::string link_name(Family family);    ///< "logit"

/// One response at linear predictor eta: -(log likelihood without its constant), and what Newton's method needs.
struct ResponsePoint {
  double loss = 0;
  double residual = 0;  ///< y - E y = -d loss / d eta
  double weight = 0;    ///< d^2 loss / d eta^2 = Var y
  double slope = 0;     ///< d weight / d eta
};

ResponsePoint response_point(Family family, double count, double trials, double eta);
/// Contribution to the residual deviance.
double unit_deviance(Family family, double count, double trials, double eta);

/// Responses of the rows of a design.
struct Responses {
  Family family = Family::binomial;
  Eigen::VectorXd counts;   ///< successes, or counts
  Eigen::VectorXd trials;   ///< all 1 for a Poisson response
  Eigen::VectorXd weights;  ///< by which a row's log likelihood is multiplied
  Eigen::VectorXd offset;   ///< part of the linear predictor without a coefficient
  double log_constant = 0;  ///< part of the log likelihood without parameters: log binomial coefficients, -log(y!)

  /// Of a row at linear predictor eta (offset included), times its weight.
  ResponsePoint point(Eigen::Index row, double eta) const;
  double deviance(Eigen::Index row, double eta) const;
  void reorder(const std::vector<Eigen::Index>& order);
};

/// InputError for a response that is no whole number from 0 to its trials, naming the row; for no variation at all; for
/// trials of a Poisson response; for weights that are not positive.
Responses read_responses(const Design& design, Family family);

}  // namespace meridian::models
