#include "ranking/clustering.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "error.hpp"
#include "inference/correlation.hpp"

namespace meridian::ranking {
namespace {

/// Clusters under way. A cluster lives at the index of its smallest member; nearest[i] is its closest cluster among the
/// larger indices, as in Murtagh's algorithm (1983) that hclust uses.
class Agglomeration {
 public:
  Agglomeration(Eigen::MatrixXd distances, Linkage linkage)
      : distance_(std::move(distances)), linkage_(linkage), n_(distance_.rows()) {
    if (!distance_.allFinite()) throw Error(ExitCode::bug, "clustering: a distance is not finite");
    if (linkage_ == Linkage::ward) distance_ = distance_.cwiseAbs2();
    const auto count = static_cast<std::size_t>(n_);
    alive_.assign(count, true);
    size_.assign(count, 1);
    node_.resize(count);
    nearest_.assign(count, 0);
    nearest_distance_.assign(count, std::numeric_limits<double>::infinity());
    for (std::size_t i = 0; i < count; ++i) node_[i] = i;
    for (std::size_t i = 0; i + 1 < count; ++i) find_nearest(i);
  }

  Merge join(std::size_t step) {
    const std::size_t i = closest(), j = nearest_[i];
    const double height = nearest_distance_[i];
    update(i, j);
    Merge merge{std::min(node_[i], node_[j]), std::max(node_[i], node_[j]),
                linkage_ == Linkage::ward ? std::sqrt(height) : height, static_cast<std::size_t>(size_[i] + size_[j])};
    alive_[j] = false;
    size_[i] += size_[j];
    node_[i] = static_cast<std::size_t>(n_) + step;
    for (std::size_t k = 0; k < j; ++k)
      if (alive_[k] && (k == i || nearest_[k] == i || nearest_[k] == j)) find_nearest(k);
    return merge;
  }

 private:
  /// A column of the symmetric matrix lies in one piece.
  double* column(std::size_t i) { return distance_.data() + static_cast<Eigen::Index>(i) * n_; }

  std::size_t closest() const {
    std::size_t best = 0;
    double smallest = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < alive_.size(); ++i)
      if (alive_[i] && nearest_distance_[i] < smallest) {
        smallest = nearest_distance_[i];
        best = i;
      }
    return best;
  }

  void find_nearest(std::size_t i) {
    nearest_distance_[i] = std::numeric_limits<double>::infinity();
    const double* row = column(i);
    for (std::size_t j = i + 1; j < alive_.size(); ++j)
      if (alive_[j] && row[j] < nearest_distance_[i]) {
        nearest_distance_[i] = row[j];
        nearest_[i] = j;
      }
  }

  double joined(double to_i, double to_j, double between, double ni, double nj, double nk) const {
    switch (linkage_) {
      case Linkage::single:
        return std::min(to_i, to_j);
      case Linkage::complete:
        return std::max(to_i, to_j);
      case Linkage::average:
        return (ni * to_i + nj * to_j) / (ni + nj);
      case Linkage::weighted:
        return 0.5 * to_i + 0.5 * to_j;
      case Linkage::ward:
        break;
    }
    return ((ni + nk) * to_i + (nj + nk) * to_j - nk * between) / (ni + nj + nk);
  }

  /// Distances of i, which j joins, to all others.
  void update(std::size_t i, std::size_t j) {
    const double between = column(i)[j];
    for (std::size_t k = 0; k < alive_.size(); ++k) {
      if (!alive_[k] || k == i || k == j) continue;
      const double value = joined(column(i)[k], column(j)[k], between, size_[i], size_[j], size_[k]);
      column(i)[k] = column(k)[i] = value;
      // A rounding error may bring the new cluster nearer than the nearest known.
      if (k < i && value < nearest_distance_[k]) {
        nearest_distance_[k] = value;
        nearest_[k] = i;
      }
    }
  }

  Eigen::MatrixXd distance_;
  Linkage linkage_;
  Eigen::Index n_;
  std::vector<bool> alive_;
  std::vector<double> size_;
  std::vector<std::size_t> node_, nearest_;
  std::vector<double> nearest_distance_;
};

}  // namespace

std::vector<Merge> cluster(Eigen::MatrixXd distances, Linkage linkage) {
  const auto leaves = static_cast<std::size_t>(distances.rows());
  Agglomeration agglomeration(std::move(distances), linkage);
  std::vector<Merge> tree;
  for (std::size_t step = 0; step + 1 < leaves; ++step) tree.push_back(agglomeration.join(step));
  return tree;
}

std::vector<std::vector<std::size_t>> members(const std::vector<Merge>& tree) {
  const std::size_t leaves = tree.size() + 1;
  std::vector<std::vector<std::size_t>> sets;
  const auto append = [&](std::vector<std::size_t>& set, std::size_t node) {
    if (node < leaves)
      set.push_back(node);
    else
      set.insert(set.end(), sets[node - leaves].begin(), sets[node - leaves].end());
  };
  for (const Merge& merge : tree) {
    std::vector<std::size_t> set;
    append(set, merge.left);
    append(set, merge.right);
    sets.push_back(std::move(set));
  }
  return sets;
}

std::vector<std::size_t> leaf_order(const std::vector<Merge>& tree) {
  return tree.empty() ? std::vector<std::size_t>{0} : members(tree).back();
}

std::vector<std::size_t> cut(const std::vector<Merge>& tree, std::size_t count) {
  const std::size_t leaves = tree.size() + 1;
  if (count < 1 || count > leaves) throw Error(ExitCode::bug, "clustering: a cut into no or too many parts");
  const auto sets = members(tree);
  std::vector<std::size_t> smallest(leaves);
  for (std::size_t i = 0; i < leaves; ++i) smallest[i] = i;
  for (std::size_t step = 0; step < leaves - count; ++step) {
    const std::size_t first = *std::min_element(sets[step].begin(), sets[step].end());
    for (const std::size_t leaf : sets[step]) smallest[leaf] = first;
  }
  std::vector<std::size_t> labels(leaves), number(leaves, leaves);
  std::size_t next = 0;
  for (std::size_t i = 0; i < leaves; ++i) {
    if (number[smallest[i]] == leaves) number[smallest[i]] = next++;
    labels[i] = number[smallest[i]];
  }
  return labels;
}

double cophenetic_correlation(const std::vector<Merge>& tree, const Eigen::MatrixXd& distances) {
  const std::size_t leaves = tree.size() + 1;
  const auto sets = members(tree);
  std::vector<double> given, joined;
  for (std::size_t step = 0; step < tree.size(); ++step) {
    const std::size_t left = tree[step].left;
    const std::size_t left_size = left < leaves ? 1 : sets[left - leaves].size();
    for (std::size_t a = 0; a < left_size; ++a)
      for (std::size_t b = left_size; b < sets[step].size(); ++b) {
        given.push_back(distances(static_cast<Eigen::Index>(sets[step][a]), static_cast<Eigen::Index>(sets[step][b])));
        joined.push_back(tree[step].height);
      }
  }
  return inference::pearson(given, joined);
}

}  // namespace meridian::ranking
