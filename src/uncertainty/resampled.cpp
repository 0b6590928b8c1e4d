#include "uncertainty/resampled.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "models/pooling.hpp"

namespace meridian::uncertainty {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

const models::GroupingFactor* pooled_factor(const Sample& sample, const models::RandomStructure& structure) {
  for (const models::GroupingFactor& factor : structure.factors)
    if (factor.name == sample.pooled) return &factor;
  return nullptr;
}

/// W Zp of one class: cells x width; no columns when people have no random effects.
MatrixXd loading_of(const Sample& sample, const models::RandomStructure& structure, const models::ClassBlock& block) {
  const models::GroupingFactor* factor = pooled_factor(sample, structure);
  if (factor == nullptr) return MatrixXd(block.rows, 0);
  return models::root_weights(sample.design, block).asDiagonal() *
         models::weighted_columns(sample.design, *factor, block);
}

/// Lower triangle of a symmetric matrix from its elements, column by column.
MatrixXd symmetric_from(const Eigen::Ref<const VectorXd>& elements, Index width) {
  MatrixXd matrix(width, width);
  Index at = 0;
  for (Index column = 0; column < width; ++column)
    for (Index row = column; row < width; ++row) matrix(row, column) = matrix(column, row) = elements[at++];
  return matrix;
}

/// Takes the rows of the template that the classes left have, in their order, and numbers the blocks anew.
void take_rows(const Sample& sample, Resampled& resampled, std::vector<std::vector<Index>> rows_of_class) {
  Index first = 0;
  for (std::size_t k = 0; k < resampled.classes.size(); ++k) {
    const auto rows = static_cast<Index>(rows_of_class[k].size());
    resampled.classes[k].block = {first, rows};
    first += rows;
    resampled.row_of.insert(resampled.row_of.end(), rows_of_class[k].begin(), rows_of_class[k].end());
  }
  resampled.design = models::select_rows(sample.design, resampled.row_of);
}

std::vector<Index> rows_of(const models::ClassBlock& block) {
  std::vector<Index> rows(static_cast<std::size_t>(block.rows));
  for (Index row = 0; row < block.rows; ++row) rows[static_cast<std::size_t>(row)] = block.first_row + row;
  return rows;
}

}  // namespace

PeopleResampler::PeopleResampler(const Sample& sample, const models::RandomStructure& structure) : sample_(sample) {
  for (const SampleClass& one : sample.classes) {
    const MatrixXd loading = loading_of(sample, structure, one.block);
    const Index q = loading.cols(), cells = one.block.rows, members = one.deviations.rows();
    weight_.push_back(models::root_weights(sample.design, one.block).cwiseAbs2());
    loading_.push_back(loading.transpose());
    MatrixXd features(members, 1 + cells + q * (q + 1) / 2 + 1);
    features.col(0).setOnes();
    features.middleCols(1, cells) = one.deviations;
    const MatrixXd own = one.deviations * loading;
    Index at = 1 + cells;
    for (Index column = 0; column < q; ++column)
      for (Index row = column; row < q; ++row) features.col(at++) = own.col(column).cwiseProduct(own.col(row));
    features.col(at) = one.deviations.cwiseAbs2() * weight_.back();
    features_.push_back(std::move(features));
  }
}

std::vector<Resampled> PeopleResampler::resample(const MatrixXd& weights) const {
  std::vector<Resampled> replicates(static_cast<std::size_t>(weights.rows()));
  std::vector<std::vector<std::vector<Index>>> rows(replicates.size());
  for (std::size_t k = 0; k < sample_.classes.size(); ++k) {
    const SampleClass& one = sample_.classes[k];
    const MatrixXd own = weights(Eigen::all, one.members);
    const MatrixXd sums = own * features_[k];
    const Index cells = one.block.rows, q = loading_[k].rows(), products = q * (q + 1) / 2;
    for (Index r = 0; r < weights.rows(); ++r) {
      const double count = sums(r, 0);
      if (!(count > 0)) continue;
      const VectorXd shift = sums.row(r).segment(1, cells).transpose() / count;
      const VectorXd own_shift = loading_[k] * shift;
      models::PooledClass pooled{one.block, count, one.mean + shift, {}, 0};
      pooled.projected = symmetric_from(sums.row(r).segment(1 + cells, products).transpose(), q);
      pooled.projected -= count * own_shift * own_shift.transpose();
      pooled.trace = sums(r, 1 + cells + products) - count * weight_[k].dot(shift.cwiseAbs2());
      Resampled& replicate = replicates[static_cast<std::size_t>(r)];
      replicate.classes.push_back(std::move(pooled));
      replicate.class_of.push_back(k);
      rows[static_cast<std::size_t>(r)].push_back(rows_of(one.block));
    }
  }
  for (std::size_t r = 0; r < replicates.size(); ++r) take_rows(sample_, replicates[r], std::move(rows[r]));
  return replicates;
}

namespace {

/// Are the levels of a term within column units (each level met by one unit only), so that copies need new ones?
bool nested_in_columns(const Sample& sample, const models::RandomTerm& term) {
  std::map<std::int32_t, std::int32_t> owner;
  for (std::size_t row = 0; row < term.level.size(); ++row) {
    const auto [found, fresh] = owner.emplace(term.level[row], sample.column_of_row[row]);
    if (!fresh && found->second != sample.column_of_row[row]) return false;
  }
  return true;
}

/// New levels for a term whose levels belong to column units: one per copy of a unit and old level.
void relabel(models::RandomTerm& term, const std::vector<std::int32_t>& copy_of_row) {
  std::map<std::pair<std::int32_t, std::int32_t>, std::int32_t> fresh;
  for (std::size_t row = 0; row < term.level.size(); ++row)
    fresh.emplace(std::pair{copy_of_row[row], term.level[row]}, 0);
  std::vector<std::string> levels;
  for (auto& [key, level] : fresh) {
    level = static_cast<std::int32_t>(levels.size());
    levels.push_back(term.levels[static_cast<std::size_t>(key.second)] + "#" + std::to_string(key.first));
  }
  for (std::size_t row = 0; row < term.level.size(); ++row)
    term.level[row] = fresh.at({copy_of_row[row], term.level[row]});
  term.levels = std::move(levels);
}

/// Rows of a class with each row as often as its unit was drawn: all cells of the first copies, then of the second...
struct CopiedRows {
  std::vector<Index> rows;
  std::vector<std::int32_t> copies;  ///< number of the copy among all copies of all units
};

CopiedRows copied_rows(const Sample& sample, const models::ClassBlock& block, const std::vector<int>& first_copy,
                       const VectorXd& columns) {
  CopiedRows copied;
  for (Index row = block.first_row; row < block.first_row + block.rows; ++row) {
    const std::int32_t unit = sample.column_of_row[static_cast<std::size_t>(row)];
    for (int copy = 0; copy < static_cast<int>(columns[unit]); ++copy) {
      copied.rows.push_back(row);
      copied.copies.push_back(first_copy[static_cast<std::size_t>(unit)] + copy);
    }
  }
  return copied;
}

}  // namespace

TwoWayResampler::TwoWayResampler(const Sample& sample, const models::RandomStructure& structure)
    : sample_(sample), structure_(structure) {
  for (const models::RandomTerm& term : sample.design.random)
    nested_.push_back(term.group != sample.pooled && nested_in_columns(sample, term));
  for (const SampleClass& one : sample.classes) squares_.push_back(one.deviations.cwiseAbs2());
}

Resampled TwoWayResampler::resample(const VectorXd& people, const VectorXd& columns) const {
  Resampled replicate;
  std::vector<int> first_copy(static_cast<std::size_t>(columns.size()), 0);
  for (std::size_t unit = 1; unit < first_copy.size(); ++unit)
    first_copy[unit] = first_copy[unit - 1] + static_cast<int>(columns[static_cast<Index>(unit) - 1]);
  std::vector<std::vector<Index>> rows;
  std::vector<std::int32_t> copies;
  for (std::size_t k = 0; k < sample_.classes.size(); ++k) {
    const SampleClass& one = sample_.classes[k];
    const VectorXd weights = people(one.members);
    const double count = weights.sum();
    CopiedRows copied = copied_rows(sample_, one.block, first_copy, columns);
    if (!(count > 0) || copied.rows.empty()) continue;
    VectorXd times(one.block.rows);  // of each cell, with its prior weight
    const VectorXd prior = models::root_weights(sample_.design, one.block).cwiseAbs2();
    for (Index cell = 0; cell < times.size(); ++cell)
      times[cell] = columns[sample_.column_of_row[static_cast<std::size_t>(one.block.first_row + cell)]];
    const VectorXd shift = one.deviations.transpose() * weights / count;
    const MatrixXd loading = times.asDiagonal() * loading_of(sample_, structure_, one.block);
    const MatrixXd own = (one.deviations * loading).rowwise() - (shift.transpose() * loading);
    models::PooledClass pooled{one.block, count, {}, own.transpose() * weights.asDiagonal() * own, 0};
    const VectorXd square_sums = squares_[k].transpose() * weights;
    pooled.trace = (square_sums - count * shift.cwiseAbs2()).dot(times.cwiseProduct(prior));
    pooled.mean.resize(static_cast<Index>(copied.rows.size()));
    for (Index i = 0; i < pooled.mean.size(); ++i) {
      const Index cell = copied.rows[static_cast<std::size_t>(i)] - one.block.first_row;
      pooled.mean[i] = one.mean[cell] + shift[cell];
    }
    replicate.classes.push_back(std::move(pooled));
    replicate.class_of.push_back(k);
    rows.push_back(std::move(copied.rows));
    copies.insert(copies.end(), copied.copies.begin(), copied.copies.end());
  }
  take_rows(sample_, replicate, std::move(rows));
  for (std::size_t t = 0; t < nested_.size(); ++t)
    if (nested_[t]) relabel(replicate.design.random[t], copies);
  return replicate;
}

}  // namespace meridian::uncertainty
