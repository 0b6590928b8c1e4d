#include "verification/layouts.hpp"

namespace meridian::verification {
namespace {

using Row = PrintedRow;

std::function<std::string(const Row&)> always(const std::string& text) {
  return [text](const Row&) { return text; };
}

// What is filled among the columns, in that order: only that identifies the row (an empty cell does not apply).
std::string filled(const Row& row, const std::vector<std::string>& columns) {
  std::string text;
  for (const std::string& column : columns)
    if (const std::string& value = row.at(column); !value.empty()) text += (text.empty() ? "" : " ") + value;
  return text;
}

std::vector<Condition> where_filled(const Row& row, const std::vector<Condition>& columns) {
  std::vector<Condition> where;
  for (const auto& [ours, printed] : columns)
    if (!row.at(printed).empty()) where.push_back({ours, row.at(printed)});
  return where;
}

// Means and SDs by model, by origin, or of the change when a part is removed.
std::vector<Quantity> descriptives(const Row& row, const Terms&) {
  const Place place{"tables", "", row.at("table") + ".csv",
                    where_filled(row, {{"llm_name", "llm_name"},
                                       {"origin", "llm_nation"},
                                       {"nation", "human_nation"},
                                       {"language", "language"},
                                       {"persona", "persona"},
                                       {"removed", "removed"}}),
                    ""};
  Place mean = place, sd = place;
  mean.column = "mean";
  sd.column = "sd";
  return {{"mean", "mean", mean}, {"sd", "sd", sd}};
}

bool is_welch(const Row& row) { return row.at("test") == "welch_t"; }

std::vector<Quantity> tests_by_llm(const Row& row, const Terms&) {
  const std::string file = is_welch(row) ? "welch_t.csv" : "chi_square.csv";
  const std::vector<Condition> where{{"llm", row.at("LLM")}};
  return {{"statistic", is_welch(row) ? "t" : "statistic", {"tables", "", file, where, "statistic"}},
          {"p", "p", {"tables", "", file, where, "p_value"}}};
}

Quantity coefficient(const std::string& printed, const std::string& ours, const std::string& suffix, const Row& row,
                     const Terms& terms) {
  return {printed, printed, {"models", suffix, "coefficients.csv", {{"term", terms.ours(row.at("term"))}}, ours}};
}

std::vector<Quantity> mixed_fixed(const Row& row, const Terms& terms) {
  return {coefficient("estimate", "estimate", "", row, terms), coefficient("std_error", "std_error", "", row, terms),
          coefficient("df", "df", "", row, terms), coefficient("t", "statistic", "", row, terms),
          coefficient("p", "p_value", "", row, terms)};
}

std::vector<Quantity> lm_coefficients(const Row& row, const Terms& terms) {
  return {coefficient("estimate", "estimate", "-lm", row, terms),
          coefficient("std_error", "std_error", "-lm", row, terms), coefficient("t", "statistic", "-lm", row, terms),
          coefficient("p", "p_value", "-lm", row, terms)};
}

// A variance stands with term2 empty; a correlation with the two terms that it joins. Printed correlations are with the
// intercept: no published model has more than one slope per group.
std::vector<Quantity> mixed_random(const Row& row, const Terms& terms) {
  const std::string group = terms.ours(row.at("group")), term = terms.ours(row.at("name"));
  const std::string file = "variance_components.csv";
  std::vector<Condition> own{{"group", group}};
  if (!term.empty()) own.insert(own.end(), {{"term1", term}, {"term2", ""}});
  const std::vector<Condition> with_intercept{{"group", group}, {"term1", "(Intercept)"}, {"term2", term}};
  return {{"variance", "variance", {"models", "", file, own, "variance"}},
          {"sd", "sd", {"models", "", file, own, "sd_or_corr"}},
          {"corr", "corr", {"models", "", file, with_intercept, "sd_or_corr"}}};
}

std::vector<Quantity> mixed_correlations(const Row& row, const Terms& terms) {
  const std::vector<Condition> pair{{"term1", terms.ours(row.at("term_row"))},
                                    {"term2", terms.ours(row.at("term_col"))}};
  return {{"corr", "corr", {"models", "", "fixed_correlations.csv", pair, "correlation"}}};
}

Quantity of_fit(const std::string& printed, const std::string& pointer, const std::string& suffix,
                bool counted = true) {
  return {printed, printed, {"models", suffix, "fit.json", {}, pointer}, counted};
}

std::vector<Quantity> mixed_meta(const Row&, const Terms&) {
  return {of_fit("reml_criterion", "/criterion", ""),
          of_fit("nobs", "/nobs", ""),
          of_fit("n_participant", "/groups/participant", ""),
          of_fit("n_llm", "/groups/llm", ""),
          of_fit("scaled_resid_min", "/scaled_residuals/min", ""),
          of_fit("scaled_resid_q1", "/scaled_residuals/q1", ""),
          of_fit("scaled_resid_median", "/scaled_residuals/median", ""),
          of_fit("scaled_resid_q3", "/scaled_residuals/q3", ""),
          of_fit("scaled_resid_max", "/scaled_residuals/max", "")};
}

// R prints the p-value of every F test here as <2.2e-16, its machine epsilon: no digits to match, so it is not counted.
std::vector<Quantity> lm_meta(const Row&, const Terms&) {
  return {of_fit("residual_se", "/residual_se", "-lm"),
          of_fit("df_residual", "/df_residual", "-lm"),
          of_fit("r_squared", "/r_squared", "-lm"),
          of_fit("adj_r_squared", "/adj_r_squared", "-lm"),
          of_fit("f_statistic", "/f_statistic", "-lm"),
          of_fit("f_df1", "/f_df1", "-lm"),
          of_fit("f_df2", "/f_df2", "-lm"),
          of_fit("f_p", "/f_p_value", "-lm", false),
          of_fit("resid_min", "/residuals/min", "-lm"),
          of_fit("resid_q1", "/residuals/q1", "-lm"),
          of_fit("resid_median", "/residuals/median", "-lm"),
          of_fit("resid_q3", "/residuals/q3", "-lm"),
          of_fit("resid_max", "/residuals/max", "-lm")};
}

std::string group_and_name(const Row& row) { return filled(row, {"group", "name"}); }
std::string term(const Row& row) { return row.at("term"); }
std::string term_pair(const Row& row) { return row.at("term_row") + " / " + row.at("term_col"); }
std::string llm(const Row& row) { return row.at("LLM"); }
std::string test_name(const Row& row) { return is_welch(row) ? "welch_t" : "chi_square"; }
std::string cell_of_design(const Row& row) {
  return filled(row, {"table", "llm_name", "llm_nation", "human_nation", "language", "persona", "removed"});
}

}  // namespace

const std::vector<Layout>& layouts() {
  static const std::vector<Layout> all{
      {{"survey", "analysis", "table", "llm_name", "llm_nation", "human_nation", "language", "persona", "removed",
        "mean", "sd"},
       always("descriptives"),
       cell_of_design,
       descriptives},
      {{"survey", "analysis", "LLM", "test", "statistic", "p"}, test_name, llm, tests_by_llm},
      {{"survey", "analysis", "formula", "term", "estimate", "std_error", "df", "t", "p"},
       always("mixed_fixed"),
       term,
       mixed_fixed},
      {{"survey", "analysis", "formula", "term", "estimate", "std_error", "t", "p"},
       always("lm_coef"),
       term,
       lm_coefficients},
      {{"survey", "analysis", "group", "name", "variance", "sd", "corr"},
       always("mixed_random"),
       group_and_name,
       mixed_random},
      {{"survey", "analysis", "term_row", "term_col", "corr"},
       always("mixed_fixed_corr"),
       term_pair,
       mixed_correlations},
      {{"survey", "analysis", "formula", "control", "reml_criterion", "nobs", "n_participant", "n_llm",
        "scaled_resid_min", "scaled_resid_q1", "scaled_resid_median", "scaled_resid_q3", "scaled_resid_max",
        "convergence_text"},
       always("mixed_meta"),
       always(""),
       mixed_meta},
      {{"survey", "analysis", "formula", "residual_se", "df_residual", "r_squared", "adj_r_squared", "f_statistic",
        "f_df1", "f_df2", "f_p", "resid_min", "resid_q1", "resid_median", "resid_q3", "resid_max"},
       always("lm_meta"),
       always(""),
       lm_meta}};
  return all;
}

}  // namespace meridian::verification
