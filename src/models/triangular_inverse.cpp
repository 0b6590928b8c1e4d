#include "models/triangular_inverse.hpp"

#include <algorithm>

namespace meridian::models {

using Eigen::Index;
using Eigen::MatrixXd;

namespace {

constexpr Index block_columns = 64;

/// u := u^-1, block of columns by block of columns (LAPACK's trtri).
void invert_triangle(Eigen::Ref<MatrixXd> upper) {
  for (Index first = 0; first < upper.cols(); first += block_columns) {
    const Index width = std::min(block_columns, upper.cols() - first);
    auto own = upper.block(first, first, width, width);
    if (first > 0) {
      auto above = upper.block(0, first, first, width);
      const MatrixXd product = upper.topLeftCorner(first, first).triangularView<Eigen::Upper>() * above;
      above = -product;
      own.triangularView<Eigen::Upper>().solveInPlace<Eigen::OnTheRight>(above);
    }
    MatrixXd inverse = MatrixXd::Identity(width, width);
    own.triangularView<Eigen::Upper>().solveInPlace(inverse);
    own.triangularView<Eigen::Upper>() = inverse;
  }
}

/// u := u u', block of columns by block of columns (LAPACK's lauum): what stands to the right is still u.
void square_triangle(Eigen::Ref<MatrixXd> upper) {
  const Index size = upper.cols();
  for (Index first = 0; first < size; first += block_columns) {
    const Index width = std::min(block_columns, size - first), right = size - first - width;
    auto own = upper.block(first, first, width, width);
    const MatrixXd triangle = own.triangularView<Eigen::Upper>();
    auto above = upper.block(0, first, first, width);
    if (first > 0) above = (above * triangle.transpose()).eval();
    MatrixXd square = triangle * triangle.transpose();
    if (right > 0) {
      const auto rows = upper.block(first, first + width, width, right);
      if (first > 0) above.noalias() += upper.block(0, first + width, first, right) * rows.transpose();
      square.noalias() += rows * rows.transpose();
    }
    own.triangularView<Eigen::Upper>() = square;
  }
}

}  // namespace

void invert_from_factor(Eigen::Ref<MatrixXd> upper) {
  invert_triangle(upper);
  square_triangle(upper);
}

}  // namespace meridian::models
