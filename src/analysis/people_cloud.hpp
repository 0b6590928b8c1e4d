#pragma once
// The people of one nation as a cloud of unit vectors.
#include <Eigen/Core>
#include <cstdint>
#include <vector>

#include "analysis/layout.hpp"
#include "panel/panel.hpp"

namespace meridian::analysis {

/// A person's answers to these items, centred and of length 1; empty if they are all equal.
Eigen::VectorXd unit_vector(const panel::Panel& panel, std::size_t person, const std::vector<std::size_t>& items);

struct Cloud {
  std::int64_t people = 0;  ///< with a unit vector
  Eigen::VectorXd mean, direction;
  Eigen::MatrixXd covariance;  ///< of the mean
  double homogeneity = 0;      ///< length of the mean
};

Cloud cloud_of(const panel::Panel& panel, const Layout& layout, std::size_t nation,
               const std::vector<std::size_t>& items);

}  // namespace meridian::analysis
