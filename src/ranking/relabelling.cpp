// Permutations: of group labels over models, and of each model's replicates.
#include <algorithm>
#include <cmath>
#include <limits>

#include "inference/concordance.hpp"
#include "random/stream.hpp"
#include "ranking/cohesion.hpp"
#include "ranking/partition.hpp"

namespace meridian::ranking {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kLabelBatch = 1000;

/// Sums that may be empty.
struct Mean {
  double sum = 0, count = 0;
  void add(double value) {
    sum += value;
    count += 1;
  }
  double value() const { return count > 0 ? sum / count : nan; }
};

/// Largest less smallest of the means that exist; NaN with fewer than two.
double spread(const std::vector<Mean>& means) {
  double low = nan, high = nan;
  std::size_t found = 0;
  for (const Mean& mean : means)
    if (mean.count > 0) {
      low = std::fmin(low, mean.value());
      high = std::fmax(high, mean.value());
      ++found;
    }
  return found > 1 ? high - low : nan;
}

std::vector<std::vector<double>> rankings_of(const std::vector<const Ranking*>& replicates) {
  std::vector<std::vector<double>> rows;
  for (const Ranking* replicate : replicates) rows.push_back(replicate->ranks);
  return rows;
}

}  // namespace

const std::vector<std::string>& label_statistic_names() {
  static const std::vector<std::string> names{"cohesion difference", "within less between", "stability difference",
                                              "clusters follow groups"};
  return names;
}

std::vector<double> label_statistics(const std::vector<std::size_t>& labels, std::size_t groups,
                                     const Eigen::MatrixXd& spearman, const std::vector<double>& stability,
                                     const std::vector<std::size_t>& clusters) {
  std::vector<Mean> cohesion(groups), w(groups);
  Mean within, between;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (!std::isnan(stability[i])) w[labels[i]].add(stability[i]);
    for (std::size_t j = 0; j < i; ++j) {
      const double rho = spearman(static_cast<Eigen::Index>(j), static_cast<Eigen::Index>(i));
      if (labels[i] != labels[j]) {
        between.add(rho);
        continue;
      }
      within.add(rho);
      cohesion[labels[i]].add(rho);
    }
  }
  return {spread(cohesion), within.value() - between.value(), spread(w), adjusted_rand_index(clusters, labels)};
}

resampling::ReplicateStudy label_study(const Study& study, const Agreement& agreement,
                                       const std::vector<double>& stability, const std::vector<std::size_t>& clusters) {
  resampling::ReplicateStudy replicates;
  replicates.kind = "relabelling";
  replicates.batch = kLabelBatch;
  replicates.fingerprint = study.fingerprint;
  replicates.statistics = label_statistic_names();
  const Eigen::MatrixXd spearman = agreement.spearman;
  replicates.compute = [&study, spearman, stability, clusters](std::size_t first, std::size_t count) {
    Eigen::MatrixXd out(static_cast<Eigen::Index>(count), static_cast<Eigen::Index>(label_statistic_names().size()));
    for (std::size_t r = 0; r < count; ++r) {
      std::vector<std::size_t> labels = study.groups;
      random::Stream(study.settings.seed, "ranking labels", first + r).shuffle(labels);
      const std::vector<double> row =
          label_statistics(labels, study.catalog.groups.size(), spearman, stability, clusters);
      out.row(static_cast<Eigen::Index>(r)) =
          Eigen::Map<const Eigen::RowVectorXd>(row.data(), static_cast<Eigen::Index>(row.size()));
    }
    return out;
  };
  return replicates;
}

std::vector<double> stability_of(const Study& study) {
  std::vector<double> values;
  for (const auto& replicates : replicates_of(study))
    values.push_back(inference::concordance(rankings_of(replicates)).w);
  return values;
}

resampling::ReplicateStudy stability_study(const Study& study) {
  resampling::ReplicateStudy replicates;
  replicates.kind = "stability";
  replicates.fingerprint = study.fingerprint;
  std::vector<inference::Reorderings> models;
  for (std::size_t i = 0; i < study.rows.size(); ++i) replicates.statistics.push_back(study.catalog.models[i].name);
  for (const auto& of_model : replicates_of(study)) models.emplace_back(rankings_of(of_model));
  replicates.compute = [models, seed = study.settings.seed](std::size_t first, std::size_t count) {
    Eigen::MatrixXd out(static_cast<Eigen::Index>(count), static_cast<Eigen::Index>(models.size()));
    for (std::size_t r = 0; r < count; ++r)
      for (std::size_t i = 0; i < models.size(); ++i) {
        random::Stream stream(seed, "concordance", (first + r) * models.size() + i);
        out(static_cast<Eigen::Index>(r), static_cast<Eigen::Index>(i)) = models[i].reaches(stream);
      }
    return out;
  };
  return replicates;
}

}  // namespace meridian::ranking
