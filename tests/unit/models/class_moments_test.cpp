#include "models/class_moments.hpp"

#include <catch2/catch.hpp>

#include "error.hpp"
#include "example_designs.hpp"

using Eigen::Index;
using Eigen::MatrixXd;
using meridian::models::ClassMoments;

namespace {

MatrixXd responses(Index people, Index cells) {
  const Eigen::VectorXd draws = examples::covariate(people * cells, 41);
  // A mean of a million: raw sums of squares would lose twelve digits of the scatter.
  return Eigen::Map<const MatrixXd>(draws.data(), people, cells).array() + 1e6;
}

void check_moments(const ClassMoments& moments, const MatrixXd& y, double tolerance) {
  const Eigen::VectorXd mean = y.colwise().mean();
  const MatrixXd centred = y.rowwise() - mean.transpose();
  CHECK(moments.count == static_cast<double>(y.rows()));
  CHECK((moments.mean - mean).cwiseAbs().maxCoeff() < 1e-9);
  CHECK((moments.scatter - centred.transpose() * centred).norm() < tolerance * centred.squaredNorm());
  CHECK(moments.scatter == moments.scatter.transpose());
}

}  // namespace

TEST_CASE("moments of single rows, blocks and merged parts agree") {
  const MatrixXd y = responses(300, 7);
  ClassMoments rows, block, merged;
  for (Index i = 0; i < y.rows(); ++i) rows.add(y.row(i).transpose());
  block.add_block(y);
  for (const Index first : {0, 100, 200}) {
    ClassMoments part;
    part.add_block(y.middleRows(first, 100));
    merged.merge(part);
  }
  merged.merge(ClassMoments(7));  // nobody
  check_moments(block, y, 1e-9);
  check_moments(merged, y, 1e-9);
  CHECK((rows.scatter - block.scatter).norm() < 1e-9 * block.scatter.norm());
}

TEST_CASE("blocks merged in the same order give the same bits") {
  const MatrixXd y = responses(300, 7);
  const auto gather = [&] {
    ClassMoments all;
    for (const Index first : {0, 150}) {
      ClassMoments part;
      part.add_block(y.middleRows(first, 150));
      all.merge(part);
    }
    return all;
  };
  CHECK(gather().scatter == gather().scatter);
  CHECK(gather().mean == gather().mean);
}

TEST_CASE("a class cannot take people with other cells") {
  ClassMoments moments(7);
  CHECK_THROWS_AS(moments.add_block(responses(3, 6)), meridian::InputError);
  CHECK_THROWS_AS(moments.add(Eigen::VectorXd::Zero(8)), meridian::InputError);
}
