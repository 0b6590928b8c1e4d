#pragma once
// What the study found, as tables. Columns: docs/formats.md, "Tables of the ranking study".
#include <vector>

#include "findings/table.hpp"
#include "ranking/cohesion.hpp"
#include "ranking/partition.hpp"
#include "ranking/study.hpp"

namespace meridian::ranking {

/// Everything computed once and used by several tables and figures.
struct Results {
  Rows scores;  ///< models x dimensions
  Agreement agreement;
  std::vector<double> stability;  ///< W per model
  Eigen::MatrixXd distances;
  std::vector<Merge> tree, term_tree;
  Labels clusters;
  // Replicates; no rows where none were asked for.
  Eigen::MatrixXd support, cohesion, labels, reorderings;
};

// Description
findings::Table term_table(const Study& study);
findings::Table dimension_table(const Study& study, const Results& results);
findings::Table extremes_table(const Study& study);
findings::Table order_table(const Study& study);
// Dispersion within dimensions
findings::Table dispersion_table(const Study& study);
findings::Table dispersion_anova_table(const Study& study);
findings::Table dispersion_pairs_table(const Study& study);
// Groups
findings::Table dimension_test_table(const Study& study, const Results& results);
findings::Table dimension_mean_test_table(const Study& study, const Results& results);
findings::Table term_test_table(const Study& study);
findings::Table group_anova_table(const Study& study, const Results& results);
// Agreement and stability
findings::Table matrix_table(const Study& study, const Eigen::MatrixXd& matrix, const std::string& name,
                             const std::string& title);
findings::Table cohesion_table(const Study& study, const Results& results);
findings::Table stability_table(const Study& study, const Results& results);
findings::Table stability_group_table(const Study& study, const Results& results);
findings::Table permutation_table(const Study& study, const Results& results);
// Clusters
findings::Table node_table(const Study& study, const Results& results);
findings::Table cluster_table(const Study& study, const Results& results);
findings::Table membership_table(const Study& study, const Results& results);
findings::Table partition_table(const Study& study, const Results& results);
findings::Table archetype_table(const Study& study);
// Models by terms
std::vector<Merge> term_tree(const Study& study);  ///< Euclidean, in the linkage of the settings
findings::Table rank_matrix_table(const Study& study, const Results& results);
findings::Table term_node_table(const Study& study, const Results& results);
// Conditions, where the columns exist: no rows otherwise
enum class Condition { language, version };
findings::Table condition_agreement_table(const Study& study, Condition condition);
findings::Table condition_dimension_table(const Study& study, Condition condition);

/// Pairs of groups, first before second.
std::vector<std::pair<std::size_t, std::size_t>> group_pairs(const Study& study);

}  // namespace meridian::ranking
