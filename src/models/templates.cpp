#include "models/templates.hpp"

namespace meridian::models {

using Eigen::Index;
using Eigen::MatrixXd;

namespace {

/// Elements `stride` apart := L times them, in place from the last.
void multiply_lower(const MatrixXd& l, double* part, Index stride) {
  for (Index i = l.rows() - 1; i >= 0; --i) {
    double value = 0;
    for (Index k = 0; k <= i; ++k) value += l(i, k) * part[k * stride];
    part[i * stride] = value;
  }
}

/// Elements `stride` apart := L' times them, in place from the first.
void multiply_lower_transposed(const MatrixXd& l, double* part, Index stride) {
  for (Index i = 0; i < l.rows(); ++i) {
    double value = 0;
    for (Index k = i; k < l.rows(); ++k) value += l(k, i) * part[k * stride];
    part[i * stride] = value;
  }
}

using SmallProduct = void (*)(const MatrixXd&, double*, Index);

template <SmallProduct multiply>
void apply(const Problem& problem, const std::vector<MatrixXd>& templates, MatrixXd& x) {
  for (Index column = 0; column < x.cols(); ++column)
    for (const RestLevel& level : problem.rest)
      multiply(templates[level.factor], x.data() + column * x.rows() + level.first, 1);
}

/// Both sides of the block of a level with itself, which is symmetric but stored by half.
template <SmallProduct multiply>
void apply_to_own_block(const MatrixXd& l, Eigen::Ref<MatrixXd> own, MatrixXd& whole) {
  whole = own.selfadjointView<Eigen::Upper>();
  for (Index i = 0; i < l.rows(); ++i) multiply(l, whole.data() + i * l.rows(), 1);
  for (Index i = 0; i < l.rows(); ++i) multiply(l, whole.data() + i, l.rows());
  own.triangularView<Eigen::Upper>() = whole;
}

/// From the right on the rows above each level's own block, then from the left on the columns beside it.
template <SmallProduct multiply>
void apply_to_upper(const Problem& problem, const std::vector<MatrixXd>& templates, Eigen::Ref<MatrixXd> x) {
  MatrixXd whole;
  const Index stride = x.outerStride();
  for (const RestLevel& level : problem.rest) {
    const MatrixXd& l = templates[level.factor];
    double* const first = x.data() + level.first * stride;
    if (l.rows() == 1)
      x.col(level.first).head(level.first) *= l(0, 0);
    else
      for (Index row = 0; row < level.first; ++row) multiply(l, first + row, stride);
    apply_to_own_block<multiply>(l, x.block(level.first, level.first, l.rows(), l.rows()), whole);
  }
  auto own = problem.rest.begin();  // the level of the column
  for (Index column = 0; column < x.cols(); ++column) {
    while (own != problem.rest.end() && own->first + templates[own->factor].rows() <= column) ++own;
    double* const data = x.data() + column * stride;
    for (auto level = problem.rest.begin(); level != own; ++level)
      multiply(templates[level->factor], data + level->first, 1);
  }
}

}  // namespace

void apply_template(const Problem& problem, const std::vector<MatrixXd>& templates, MatrixXd& x) {
  apply<multiply_lower>(problem, templates, x);
}

void apply_template_transposed(const Problem& problem, const std::vector<MatrixXd>& templates, MatrixXd& x) {
  apply<multiply_lower_transposed>(problem, templates, x);
}

void whiten_upper(const Problem& problem, const std::vector<MatrixXd>& templates, Eigen::Ref<MatrixXd> x) {
  apply_to_upper<multiply_lower_transposed>(problem, templates, x);
}

void colour_upper(const Problem& problem, const std::vector<MatrixXd>& templates, Eigen::Ref<MatrixXd> x) {
  apply_to_upper<multiply_lower>(problem, templates, x);
}

}  // namespace meridian::models
