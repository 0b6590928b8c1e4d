#include "ranking/report.hpp"

#include "inference/printed_check.hpp"
#include "ranking/figures.hpp"
#include "ranking/resampled_trees.hpp"
#include "ranking/scores.hpp"
#include "ranking/summary.hpp"
#include "ranking/targets.hpp"

namespace meridian::ranking {
namespace {

using findings::Section;
using findings::Table;

/// Tables without rows (a condition that the data do not have) are left out.
Section section(const std::string& id, const std::string& title, const std::vector<std::string>& paragraphs,
                std::vector<Table> tables) {
  Section result{id, title, "tables/" + id, paragraphs, {}, {}};
  for (Table& table : tables)
    if (!table.rows.empty()) result.tables.push_back(std::move(table));
  return result;
}

std::string sample_sentence(const Study& study) {
  return std::to_string(study.rankings.size()) + " rankings of " + std::to_string(study.catalog.terms.size()) +
         " terms by " + std::to_string(study.rows.size()) + " models in " +
         std::to_string(study.catalog.groups.size()) + " groups; one row of ranks per model, 1 is most important.";
}

Section groups_section(const Study& study, const Results& results) {
  Section groups = section("groups", "Groups of models",
                           {"A test that finds no difference does not show that there is none: see the intervals and "
                            "the equivalence test."},
                           {dimension_test_table(study, results), dimension_mean_test_table(study, results),
                            term_test_table(study), group_anova_table(study, results)});
  return groups;
}

Section clusters_section(const Study& study, const Results& results) {
  return section("clusters", "Clusters of models", {},
                 {node_table(study, results), cluster_table(study, results), membership_table(study, results),
                  partition_table(study, results), archetype_table(study), rank_matrix_table(study, results),
                  term_node_table(study, results)});
}

Section conditions_section(const Study& study) {
  return section(
      "conditions", "Prompt language and model version", {},
      {condition_agreement_table(study, Condition::language), condition_dimension_table(study, Condition::language),
       condition_agreement_table(study, Condition::version), condition_dimension_table(study, Condition::version)});
}

std::vector<Section> sections_of(const Study& study, const Results& results) {
  std::vector<Section> sections{
      section("priorities", "What models rank first", {},
              {term_table(study), dimension_table(study, results), extremes_table(study), order_table(study)}),
      section("dispersion", "Spread within dimensions", {},
              {dispersion_table(study), dispersion_anova_table(study), dispersion_pairs_table(study)}),
      groups_section(study, results),
      section("agreement", "Agreement between models", {},
              {cohesion_table(study, results), permutation_table(study, results),
               matrix_table(study, results.agreement.spearman, "spearman", "Spearman's rho"),
               matrix_table(study, results.agreement.kendall, "kendall", "Kendall's tau-b")}),
      clusters_section(study, results),
      section("stability", "Stability of each model", {},
              {stability_table(study, results), stability_group_table(study, results)})};
  for (Section& one : sections) add_figures(study, results, one);
  if (Section conditions = conditions_section(study); !conditions.tables.empty())
    sections.push_back(std::move(conditions));
  return sections;
}

}  // namespace

Results deterministic_results(const Study& study) {
  Results results;
  results.scores = dimension_scores(study.catalog, study.rows);
  results.agreement = agreement_of(study);
  results.stability = stability_of(study);
  results.distances = data_distances(study);
  results.tree = data_tree(study);
  results.term_tree = term_tree(study);
  results.clusters = cut(results.tree, study.settings.clusters);
  return results;
}

findings::Document document_of(const Study& study, const Results& results, const Printed& printed) {
  findings::Document document;
  document.title = study.title;
  document.synthetic = study.synthetic;
  document.exclusions = study.ledger;
  document.sections = sections_of(study, results);
  Section summary = summary_section(sample_sentence(study), document.sections);
  if (!printed.published.empty()) {
    Table check = inference::printed_check_table(printed.published);
    summary.paragraphs.push_back(inference::printed_check_summary(check));
    document.sections.push_back(section("print", "Printed numbers against each other", {}, {std::move(check)}));
  }
  if (!printed.targets.empty())
    document.sections.push_back(section("calibration", "What the synthetic rankings were calibrated to", {},
                                        {target_table(study, results, read_targets(printed.targets, study.catalog))}));
  document.sections.insert(document.sections.begin(), std::move(summary));
  return document;
}

}  // namespace meridian::ranking
