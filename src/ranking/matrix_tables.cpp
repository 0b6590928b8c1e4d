// Models by terms with both dendrograms: what the clustered heat map shows.
#include "findings/columns.hpp"
#include "ranking/distances.hpp"
#include "ranking/tables.hpp"

namespace meridian::ranking {
namespace {

using findings::integer_column;
using findings::real_column;
using findings::Table;
using findings::text_column;

std::string node_name(const Study& study, std::size_t node) {
  const std::size_t leaves = study.catalog.terms.size();
  return node < leaves ? study.catalog.terms[node].name : "node " + std::to_string(node - leaves + 1);
}

}  // namespace

std::vector<Merge> term_tree(const Study& study) {
  Rows columns(study.catalog.terms.size());
  for (const auto& row : study.rows)
    for (std::size_t t = 0; t < row.size(); ++t) columns[t].push_back(row[t]);
  const DistanceMaker maker(columns, Metric::euclidean);
  return cluster(maker.distances(std::vector<double>(study.rows.size(), 1.0)), study.settings.linkage);
}

Table rank_matrix_table(const Study& study, const Results& results) {
  Table table{"rank_matrix",
              "Every model's rank of every term",
              "Models in the order of the leaves of their dendrogram, terms in that of theirs.",
              {text_column("model")},
              {}};
  const auto terms = leaf_order(results.term_tree);
  for (const std::size_t t : terms) table.columns.push_back(real_column(study.catalog.terms[t].name, "rank"));
  for (const std::size_t i : leaf_order(results.tree)) {
    std::vector<findings::Cell> row{study.catalog.models[i].name};
    for (const std::size_t t : terms) row.emplace_back(study.rows[i][t]);
    table.add(std::move(row));
  }
  return table;
}

Table term_node_table(const Study& study, const Results& results) {
  Table table{
      "term_nodes",
      "Dendrogram of the terms",
      "Euclidean distance of the terms' ranks over the models (it exists for a term that all models rank alike, "
      "unlike a correlation); linkage as for the models.",
      {integer_column("node"), text_column("left"), text_column("right"), real_column("height"),
       integer_column("size", "terms")},
      {}};
  for (std::size_t step = 0; step < results.term_tree.size(); ++step) {
    const Merge& merge = results.term_tree[step];
    table.add({static_cast<std::int64_t>(step + 1), node_name(study, merge.left), node_name(study, merge.right),
               merge.height, static_cast<std::int64_t>(merge.size)});
  }
  return table;
}

}  // namespace meridian::ranking
