#include "models/templates.hpp"

namespace meridian::models {

using Eigen::Index;
using Eigen::MatrixXd;

void apply_template(const Problem& problem, const std::vector<MatrixXd>& templates, MatrixXd& x) {
  for (Index column = 0; column < x.cols(); ++column)
    for (const RestLevel& level : problem.rest) {
      const MatrixXd& l = templates[level.factor];
      double* const part = x.data() + column * x.rows() + level.first;
      for (Index i = l.rows() - 1; i >= 0; --i) {
        double value = 0;
        for (Index k = 0; k <= i; ++k) value += l(i, k) * part[k];
        part[i] = value;
      }
    }
}

void apply_template_transposed(const Problem& problem, const std::vector<MatrixXd>& templates, MatrixXd& x) {
  for (Index column = 0; column < x.cols(); ++column)
    for (const RestLevel& level : problem.rest) {
      const MatrixXd& l = templates[level.factor];
      double* const part = x.data() + column * x.rows() + level.first;
      for (Index i = 0; i < l.rows(); ++i) {
        double value = 0;
        for (Index k = i; k < l.rows(); ++k) value += l(k, i) * part[k];
        part[i] = value;
      }
    }
}

void apply_template_right(const Problem& problem, const std::vector<MatrixXd>& templates, MatrixXd& x) {
  for (const RestLevel& level : problem.rest) {
    const MatrixXd& l = templates[level.factor];
    for (Index i = 0; i < l.rows(); ++i) {
      x.col(level.first + i) *= l(i, i);
      for (Index k = i + 1; k < l.rows(); ++k) x.col(level.first + i) += l(k, i) * x.col(level.first + k);
    }
  }
}

void sandwich_template(const Problem& problem, const std::vector<MatrixXd>& templates, MatrixXd& x) {
  for (int side = 0; side < 2; ++side) {
    for (const RestLevel& level : problem.rest) {
      const MatrixXd& l = templates[level.factor];
      for (Index i = l.rows() - 1; i >= 0; --i) {
        x.col(level.first + i) *= l(i, i);
        for (Index k = 0; k < i; ++k) x.col(level.first + i) += l(i, k) * x.col(level.first + k);
      }
    }
    x.transposeInPlace();
  }
}

}  // namespace meridian::models
