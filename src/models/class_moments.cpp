#include "models/class_moments.hpp"

#include <algorithm>
#include <cmath>

#include "error.hpp"

namespace meridian::models {

namespace {
// Small enough that Eigen never splits the inner dimension by what it reads about the processor's caches.
constexpr Eigen::Index rows_at_once = 128;

void require_cells(Eigen::Index found, Eigen::Index expected) {
  if (found == expected) return;
  throw InputError("class statistics", std::to_string(found) + " cells", std::to_string(expected),
                   "People of one class must meet the same cells");
}
}  // namespace

ClassMoments::ClassMoments(Eigen::Index cells)
    : mean(Eigen::VectorXd::Zero(cells)), scatter(Eigen::MatrixXd::Zero(cells, cells)) {}

void ClassMoments::add(const Eigen::Ref<const Eigen::VectorXd>& response) {
  if (mean.size() == 0) *this = ClassMoments(response.size());
  require_cells(response.size(), mean.size());
  count += 1;
  const Eigen::VectorXd deviation = response - mean;
  const Eigen::VectorXd root = std::sqrt((count - 1) / count) * deviation;  // keeps the scatter symmetric to the bit
  mean += deviation / count;
  scatter.noalias() += root * root.transpose();
}

void ClassMoments::add_block(const Eigen::Ref<const Eigen::MatrixXd>& responses) {
  const Eigen::Index cells = responses.cols();
  if (mean.size() == 0) *this = ClassMoments(cells);
  require_cells(cells, mean.size());
  ClassMoments part(cells);
  Eigen::MatrixXd centred(std::min(rows_at_once, responses.rows()), cells);
  for (Eigen::Index first = 0; first < responses.rows(); first += rows_at_once) {
    const Eigen::Index rows = std::min(rows_at_once, responses.rows() - first);
    const auto slice = responses.middleRows(first, rows);
    part.count = static_cast<double>(rows);
    part.mean = slice.colwise().sum().transpose() / part.count;
    centred.topRows(rows) = slice.rowwise() - part.mean.transpose();
    part.scatter.setZero();
    part.scatter.selfadjointView<Eigen::Lower>().rankUpdate(centred.topRows(rows).transpose());
    part.scatter.triangularView<Eigen::StrictlyUpper>() = part.scatter.transpose();
    merge(part);
  }
}

void ClassMoments::merge(const ClassMoments& other) {
  if (other.count == 0) return;
  if (count == 0) {
    *this = other;
    return;
  }
  require_cells(other.mean.size(), mean.size());
  if (scatter.size() == 0) scatter = Eigen::MatrixXd::Zero(mean.size(), mean.size());
  const double total = count + other.count;
  const Eigen::VectorXd shift = other.mean - mean;
  if (other.scatter.size() > 0) scatter += other.scatter;
  const Eigen::VectorXd root = std::sqrt(count * other.count / total) * shift;
  scatter.noalias() += root * root.transpose();
  mean += shift * (other.count / total);
  count = total;
}

}  // namespace meridian::models
