#pragma once
// Response distributions with their canonical links (McCullagh & Nelder 1989, "Generalized Linear Models", 2.2).
#include <Eigen/Core>
#include <string>

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

/// Responses of the rows of a design.
struct Responses {
  Family family = Family::binomial;
  Eigen::VectorXd counts;   ///< successes, or counts
  Eigen::VectorXd trials;   ///< all 1 for a Poisson response
  double log_constant = 0;  ///< part of the log likelihood without parameters: log binomial coefficients, -log(y!)
};

/// Design::weights holds the trials of a binomial response (empty: 1 each). InputError for what is not a whole number
/// from 0 to the trials, naming the row; for no variation at all; for trials of a Poisson response.
Responses read_responses(const Design& design, Family family);

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

}  // namespace meridian::models
