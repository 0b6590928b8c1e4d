// The dendrogram, its nodes' support, and the partition it is cut into.
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "findings/columns.hpp"
#include "inference/two_sample.hpp"
#include "ranking/scores.hpp"
#include "ranking/tables.hpp"

namespace meridian::ranking {
namespace {

using findings::integer_column;
using findings::real_column;
using findings::Table;
using findings::text_column;

constexpr std::size_t kValueSet = 5;

std::string node_name(const Study& study, std::size_t node) {
  const std::size_t leaves = study.rows.size();
  return node < leaves ? study.catalog.models[node].name : "node " + std::to_string(node - leaves + 1);
}

/// Share of the replicates with a tree in which the node appears.
double support(const Eigen::MatrixXd& replicates, std::size_t step) {
  double found = 0, trees = 0;
  for (Eigen::Index r = 0; r < replicates.rows(); ++r) {
    const double value = replicates(r, static_cast<Eigen::Index>(step));
    if (std::isnan(value)) continue;
    found += value;
    trees += 1;
  }
  return trees > 0 ? found / trees : std::numeric_limits<double>::quiet_NaN();
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : "; ") + word;
  return text;
}

std::vector<std::string> term_names(const Study& study, const std::vector<std::size_t>& terms) {
  std::vector<std::string> names;
  for (const std::size_t term : terms) names.push_back(study.catalog.terms[term].name);
  return names;
}

std::vector<std::size_t> members_of(const Labels& clusters, std::size_t cluster) {
  std::vector<std::size_t> members;
  for (std::size_t i = 0; i < clusters.size(); ++i)
    if (clusters[i] == cluster) members.push_back(i);
  return members;
}

/// The given labels as numbers; empty if a model has none.
Labels given_labels(const Study& study) {
  std::map<std::string, std::size_t> numbers;
  Labels labels;
  for (const Model& model : study.catalog.models) {
    if (model.label.empty()) return {};
    labels.push_back(numbers.try_emplace(model.label, numbers.size()).first->second);
  }
  return labels;
}

/// The archetype whose value set shares most terms with these; the first of equals.
std::pair<std::string, std::int64_t> nearest_archetype(const Study& study, const std::vector<std::size_t>& terms) {
  std::pair<std::string, std::int64_t> best{"", 0};
  for (const Archetype& archetype : study.catalog.archetypes) {
    const auto shared = std::count_if(archetype.terms.begin(), archetype.terms.end(), [&](std::size_t term) {
      return std::find(terms.begin(), terms.end(), term) != terms.end();
    });
    if (shared > best.second) best = {archetype.name, shared};
  }
  return best;
}

std::vector<std::int64_t> counts_by_group(const Study& study, const std::vector<std::size_t>& models) {
  std::vector<std::int64_t> counts(study.catalog.groups.size(), 0);
  for (const std::size_t model : models) ++counts[study.groups[model]];
  return counts;
}

}  // namespace

Table node_table(const Study& study, const Results& results) {
  Table table{"nodes",
              "Dendrogram: what is joined, how high, and how well supported",
              std::string("support: share of bootstrap trees with a node of the same models (") +
                  (study.settings.resampled == Resampled::terms ? "terms" : "replicates of every model") +
                  " drawn with replacement). The last node holds all models and is in every tree.",
              {integer_column("node"), text_column("left"), text_column("right"), real_column("height"),
               integer_column("size", "models"), real_column("support"), text_column("models")},
              {}};
  const auto sets = members(results.tree);
  for (std::size_t step = 0; step < results.tree.size(); ++step) {
    const Merge& merge = results.tree[step];
    std::vector<std::string> names;
    for (const std::size_t leaf : sets[step]) names.push_back(study.catalog.models[leaf].name);
    table.add({static_cast<std::int64_t>(step + 1), node_name(study, merge.left), node_name(study, merge.right),
               merge.height, static_cast<std::int64_t>(merge.size), support(results.support, step), joined(names)});
  }
  return table;
}

Table cluster_table(const Study& study, const Results& results) {
  Table table{
      "clusters",
      "Clusters and their value sets",
      "Value set: the five terms of smallest mean rank. archetype: the given value set that shares most terms.",
      {integer_column("cluster"), integer_column("size", "models"), real_column("silhouette"), text_column("value_set"),
       text_column("archetype"), integer_column("shared_terms", "terms"), text_column("models")},
      {}};
  for (const std::string& group : study.catalog.groups) table.columns.push_back(integer_column("n_" + group, "models"));
  const std::vector<double> widths = silhouettes(results.clusters, results.distances);
  for (std::size_t c = 0; c < study.settings.clusters; ++c) {
    const auto models = members_of(results.clusters, c);
    std::vector<double> own;
    std::vector<std::string> names;
    for (const std::size_t model : models) {
      own.push_back(widths[model]);
      names.push_back(study.catalog.models[model].name);
    }
    const auto values = first_terms(study.rows, models, kValueSet);
    const auto [archetype, shared] = nearest_archetype(study, values);
    std::vector<findings::Cell> row{static_cast<std::int64_t>(c + 1),
                                    static_cast<std::int64_t>(models.size()),
                                    inference::moments(own).mean,
                                    joined(term_names(study, values)),
                                    archetype,
                                    shared,
                                    joined(names)};
    for (const std::int64_t count : counts_by_group(study, models)) row.emplace_back(count);
    table.add(std::move(row));
  }
  return table;
}

Table membership_table(const Study& study, const Results& results) {
  Table table{"membership",
              "Every model's cluster",
              "In the order of the dendrogram's leaves.",
              {integer_column("leaf"), text_column("model"), text_column("group"), text_column("given_label"),
               integer_column("cluster"), real_column("silhouette")},
              {}};
  const std::vector<double> widths = silhouettes(results.clusters, results.distances);
  std::int64_t leaf = 0;
  for (const std::size_t i : leaf_order(results.tree))
    table.add({++leaf, study.catalog.models[i].name, study.catalog.groups[study.groups[i]],
               study.catalog.models[i].label, static_cast<std::int64_t>(results.clusters[i] + 1), widths[i]});
  return table;
}

Table partition_table(const Study& study, const Results& results) {
  Table table{"partition",
              "How good the partition is, and what it agrees with",
              "ARI: adjusted Rand index (1: the same partition, 0: chance). Purity: share of models whose label is the "
              "commonest of their cluster.",
              {text_column("quantity"), real_column("value")},
              {}};
  table.add({"cophenetic correlation", cophenetic_correlation(results.tree, results.distances)});
  table.add({"mean silhouette", inference::moments(silhouettes(results.clusters, results.distances)).mean});
  table.add({"purity by group", purity(results.clusters, study.groups)});
  table.add({"ARI with groups", adjusted_rand_index(results.clusters, study.groups)});
  const Labels labels = given_labels(study);
  if (labels.empty()) return table;
  table.add({"purity by given labels", purity(results.clusters, labels)});
  table.add({"ARI with given labels", adjusted_rand_index(results.clusters, labels)});
  return table;
}

Table archetype_table(const Study& study) {
  Table table{"archetypes",
              "Value sets of the given archetypes beside those of the models that carry the label",
              "Value set: the five terms of smallest mean rank over the archetype's models.",
              {text_column("archetype"), integer_column("models", "models"), text_column("given"), text_column("found"),
               integer_column("shared", "terms")},
              {}};
  for (const Archetype& archetype : study.catalog.archetypes) {
    std::vector<std::size_t> models;
    for (std::size_t i = 0; i < study.rows.size(); ++i)
      if (study.catalog.models[i].label == archetype.name) models.push_back(i);
    if (models.empty()) continue;
    const auto found = first_terms(study.rows, models, kValueSet);
    const auto shared = std::count_if(found.begin(), found.end(), [&](std::size_t term) {
      return std::find(archetype.terms.begin(), archetype.terms.end(), term) != archetype.terms.end();
    });
    table.add({archetype.name, static_cast<std::int64_t>(models.size()), joined(term_names(study, archetype.terms)),
               joined(term_names(study, found)), static_cast<std::int64_t>(shared)});
  }
  return table;
}

}  // namespace meridian::ranking
