#include "analysis/people_cloud.hpp"

namespace meridian::analysis {

using Eigen::MatrixXd;
using Eigen::VectorXd;

VectorXd unit_vector(const panel::Panel& panel, std::size_t person, const std::vector<std::size_t>& items) {
  VectorXd answers(static_cast<Eigen::Index>(items.size()));
  for (std::size_t i = 0; i < items.size(); ++i)
    answers[static_cast<Eigen::Index>(i)] = panel.people.answers[person * panel.items() + items[i]];
  if (answers.maxCoeff() == answers.minCoeff()) return {};
  answers.array() -= answers.mean();
  return answers / answers.norm();
}

Cloud cloud_of(const panel::Panel& panel, const Layout& layout, std::size_t nation,
               const std::vector<std::size_t>& items) {
  Cloud cloud;
  const auto size = static_cast<Eigen::Index>(items.size());
  VectorXd sum = VectorXd::Zero(size);
  MatrixXd squares = MatrixXd::Zero(size, size);
  for (std::size_t person = layout.people.first; person < layout.people.first + layout.people.count; ++person) {
    if (panel.people.nation[person] != static_cast<std::int32_t>(nation)) continue;
    const VectorXd unit = unit_vector(panel, person, items);
    if (unit.size() == 0) continue;
    sum += unit;
    squares.noalias() += unit * unit.transpose();
    ++cloud.people;
  }
  const auto n = static_cast<double>(cloud.people);
  cloud.mean = sum / n;
  cloud.covariance = (squares - n * cloud.mean * cloud.mean.transpose()) / (n - 1) / n;
  cloud.homogeneity = cloud.mean.norm();
  cloud.direction = cloud.mean / cloud.homogeneity;
  return cloud;
}

}  // namespace meridian::analysis
