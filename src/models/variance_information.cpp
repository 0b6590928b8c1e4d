#include "models/variance_information.hpp"

#include "models/optimise.hpp"

namespace meridian::models {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

MatrixXd pattern(const RandomStructure& structure, const ThetaEntry& entry) {
  const Index width = structure.factors[entry.factor].width;
  MatrixXd result = MatrixXd::Zero(width, width);
  result(entry.row, entry.column) = result(entry.column, entry.row) = 1;
  return result;
}

double product_trace(const MatrixXd& a, const MatrixXd& b) { return a.cwiseProduct(b.transpose()).sum(); }

/// Inverse of an information matrix whose parameters have units of their own.
MatrixXd scaled_inverse(const MatrixXd& information) {
  const VectorXd units = information.diagonal().cwiseSqrt().cwiseInverse();
  const MatrixXd unitless = units.asDiagonal() * information * units.asDiagonal();
  return units.asDiagonal() * positive_inverse(unitless) * units.asDiagonal();
}

}  // namespace

VarianceInformation::VarianceInformation(const Criterion& criterion)
    : problem_(criterion.problem()), state_(criterion.state()) {
  const auto& entries = problem_.structure.theta;
  gamma_.resize(static_cast<Index>(entries.size()));
  for (std::size_t r = 0; r < entries.size(); ++r) {
    const MatrixXd& l = state_.templates[entries[r].factor];
    patterns_.push_back(pattern(problem_.structure, entries[r]));
    gamma_[static_cast<Index>(r)] = l.row(entries[r].row).dot(l.row(entries[r].column));
  }
  schur_ = criterion.system().dense_schur();
  weight_ = criterion.system().dense_covariance(state_.templates);
  remainder_ = MatrixXd::Identity(weight_.rows(), weight_.cols()) - weight_ * schur_;
  rest_ = schur_ * remainder_;
  columns_ = weight_.rightCols(problem_.fixed_columns);
  relative_ = columns_.bottomRows(problem_.fixed_columns);
  accumulate_eliminated();
  MatrixXd information = MatrixXd::Zero(gamma_.size() + 1, gamma_.size() + 1);
  fill_eliminated(information);
  fill_rest(information);
  fill_levels(information);
  add_residual(information, projected_traces());
  covariance_ = 2 * scaled_inverse(information);
  fill_slopes();
}

VectorXd VarianceInformation::projected_traces() const {
  VectorXd traces(gamma_.size());
  for (Index i = 0; i < traces.size(); ++i) {
    const auto r = static_cast<std::size_t>(i);
    traces[i] = is_eliminated(r) ? -product_trace(moments_[r], weight_) : patterned(r, rest_).trace();
    for (std::size_t g = 0; g < problem_.eliminated.size(); ++g)
      if (belongs(r, g)) traces[i] += problem_.eliminated[g].count * product_trace(patterns_[r], own_[g]);
  }
  return traces;
}

bool VarianceInformation::is_eliminated(std::size_t parameter) const {
  return static_cast<Index>(problem_.structure.theta[parameter].factor) == problem_.eliminated_factor;
}

bool VarianceInformation::belongs(std::size_t parameter, std::size_t group) const {
  return problem_.structure.theta[parameter].factor == problem_.eliminated[group].factor;
}

MatrixXd VarianceInformation::patterned(std::size_t parameter, const MatrixXd& x) const {
  const ThetaEntry& entry = problem_.structure.theta[parameter];
  MatrixXd result = MatrixXd::Zero(x.rows(), x.cols());
  for (const RestLevel& level : problem_.rest) {
    if (level.factor != entry.factor) continue;
    result.row(level.first + entry.row) = x.row(level.first + entry.column);
    result.row(level.first + entry.column) = x.row(level.first + entry.row);
  }
  return result;
}

void VarianceInformation::accumulate_eliminated() {
  moments_.resize(patterns_.size());
  for (std::size_t r = 0; r < patterns_.size(); ++r)
    if (is_eliminated(r)) moments_[r] = MatrixXd::Zero(weight_.rows(), weight_.cols());
  for (std::size_t g = 0; g < problem_.eliminated.size(); ++g) {
    const EliminatedLevels& levels = problem_.eliminated[g];
    const EliminatedState& now = state_.eliminated[g];
    const MatrixXd shrunk = levels.gram * now.half.transpose();  // C L lower^-T
    own_.push_back(levels.gram - shrunk * shrunk.transpose());
    for (std::size_t r = 0; r < patterns_.size(); ++r)
      if (belongs(r, g) && !levels.touched.empty())
        moments_[r](levels.touched, levels.touched) +=
            levels.count * (now.shrunk.transpose() * patterns_[r] * now.shrunk);
  }
}

/// Pairs with a parameter of the eliminated factor.
void VarianceInformation::fill_eliminated(MatrixXd& information) const {
  const std::size_t size = patterns_.size();
  std::vector<MatrixXd> weighted(size);
  for (std::size_t r = 0; r < size; ++r)
    if (is_eliminated(r)) weighted[r] = moments_[r] * weight_;
  for (std::size_t r = 0; r < size; ++r) {
    if (!is_eliminated(r)) continue;
    const MatrixXd carried = remainder_.transpose() * moments_[r] * remainder_;
    for (std::size_t s = 0; s < size; ++s) {
      double& entry = information(static_cast<Index>(r), static_cast<Index>(s));
      entry += is_eliminated(s) ? product_trace(weighted[r], weighted[s]) : patterned(s, carried).trace();
      if (!is_eliminated(s)) information(static_cast<Index>(s), static_cast<Index>(r)) = entry;
    }
  }
}

/// What pairs of columns of the same level add, those of the contrasts within pooled classes included.
void VarianceInformation::fill_levels(MatrixXd& information) const {
  const std::size_t size = patterns_.size();
  for (std::size_t g = 0; g < problem_.eliminated.size(); ++g) {
    const EliminatedLevels& levels = problem_.eliminated[g];
    MatrixXd joint = own_[g];  // K - 2 H N H'
    const MatrixXd& h = state_.eliminated[g].shrunk;
    if (!levels.touched.empty()) joint -= 2 * h * weight_(levels.touched, levels.touched) * h.transpose();
    for (std::size_t r = 0; r < size; ++r)
      for (std::size_t s = 0; s < size; ++s)
        if (belongs(r, g) && belongs(s, g))
          information(static_cast<Index>(r), static_cast<Index>(s)) +=
              levels.count / 2 *
              (product_trace(patterns_[r] * own_[g] * patterns_[s], joint) +
               product_trace(patterns_[s] * own_[g] * patterns_[r], joint));
  }
}

void VarianceInformation::fill_rest(MatrixXd& information) const {
  std::vector<MatrixXd> products(patterns_.size());
  for (std::size_t r = 0; r < patterns_.size(); ++r)
    if (!is_eliminated(r)) products[r] = patterned(r, rest_);
  for (std::size_t r = 0; r < patterns_.size(); ++r)
    for (std::size_t s = 0; s < patterns_.size(); ++s)
      if (!is_eliminated(r) && !is_eliminated(s))
        information(static_cast<Index>(r), static_cast<Index>(s)) += product_trace(products[r], products[s]);
}

/// tr(P G_s P) = tr(P G_s) - sum gamma_r tr(P G_r P G_s); tr(P V) = n - p.
void VarianceInformation::add_residual(MatrixXd& information, const VectorXd& traces) {
  const Index last = gamma_.size();
  const VectorXd with_residual = traces - information.topLeftCorner(last, last) * gamma_;
  information.col(last).head(last) = with_residual;
  information.row(last).head(last) = with_residual.transpose();
  const double trace = problem_.observations - static_cast<double>(problem_.fixed_columns) - gamma_.dot(traces);
  information(last, last) = trace - gamma_.dot(with_residual);
}

void VarianceInformation::fill_slopes() {
  const MatrixXd crossed = schur_ * columns_;
  MatrixXd residual = relative_;
  for (std::size_t r = 0; r < patterns_.size(); ++r) {
    slopes_.push_back(is_eliminated(r) ? MatrixXd(columns_.transpose() * moments_[r] * columns_)
                                       : MatrixXd(crossed.transpose() * patterned(r, crossed)));
    residual -= gamma_[static_cast<Index>(r)] * slopes_.back();
  }
  slopes_.push_back(residual);
}

MatrixXd VarianceInformation::correction() const {
  const Index size = gamma_.size();
  // X'P = 0 makes the residual's part a combination of the others': -sum gamma_r times theirs.
  MatrixXd fold(size + 1, size);
  fold << MatrixXd::Identity(size, size), -gamma_.transpose();
  const MatrixXd w = fold.transpose() * covariance_ * fold;
  MatrixXd result = MatrixXd::Zero(relative_.rows(), relative_.cols());
  add_pairs(w, result);
  add_own(w, result);
  return result;
}

/// Everything but K: with a_r = M_r x of an eliminated factor and b_r = T_r S x of another (x the columns of N that
/// belong to X), pairs give -a'N a, a'U b, b'U'a and b'S U b.
void VarianceInformation::add_pairs(const MatrixXd& w, MatrixXd& result) const {
  const MatrixXd crossed = schur_ * columns_;
  std::vector<MatrixXd> moments;
  for (std::size_t r = 0; r < patterns_.size(); ++r)
    moments.push_back(is_eliminated(r) ? MatrixXd(moments_[r] * columns_) : patterned(r, crossed));
  for (std::size_t r = 0; r < patterns_.size(); ++r) {
    MatrixXd eliminated = MatrixXd::Zero(columns_.rows(), columns_.cols()), rest = eliminated;
    for (std::size_t s = 0; s < patterns_.size(); ++s)
      (is_eliminated(s) ? eliminated : rest) += w(static_cast<Index>(r), static_cast<Index>(s)) * moments[s];
    const MatrixXd carried = is_eliminated(r) ? MatrixXd(remainder_ * rest - weight_ * eliminated)
                                              : MatrixXd(rest_ * rest + remainder_.transpose() * eliminated);
    result += moments[r].transpose() * carried;
  }
}

/// A level of the eliminated factor with itself: K.
void VarianceInformation::add_own(const MatrixXd& w, MatrixXd& result) const {
  for (std::size_t g = 0; g < problem_.eliminated.size(); ++g) {
    const EliminatedLevels& levels = problem_.eliminated[g];
    if (levels.touched.empty()) continue;
    MatrixXd joint = MatrixXd::Zero(own_[g].rows(), own_[g].cols());
    for (std::size_t r = 0; r < patterns_.size(); ++r)
      for (std::size_t s = 0; s < patterns_.size(); ++s)
        if (belongs(r, g) && belongs(s, g))
          joint += w(static_cast<Index>(r), static_cast<Index>(s)) * patterns_[r] * own_[g] * patterns_[s];
    const MatrixXd part = state_.eliminated[g].shrunk * columns_(levels.touched, Eigen::all);
    result += levels.count * (part.transpose() * joint * part);
  }
}

}  // namespace meridian::models
