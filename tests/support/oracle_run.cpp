#include "support/oracle_run.hpp"

#include <cctype>
#include <cmath>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "tables/csv.hpp"

namespace meridian::tests {
namespace {

namespace fs = std::filesystem;
using Row = std::map<std::string, std::string>;

const fs::path oracle = "../shared/oracle/mfq2";

std::vector<Row> rows_of(const fs::path& file, const std::string& analysis, const std::string& method = "") {
  tables::CsvReader csv(file);
  std::vector<Row> rows;
  while (csv.next()) {
    Row row;
    for (std::size_t i = 0; i < csv.header().size(); ++i) row[csv.header()[i]] = csv.text(i);
    if (row["analysis"] == analysis && (method.empty() || row["method"] == method)) rows.push_back(row);
  }
  return rows;
}

std::string lower(std::string text) {
  for (char& letter : text) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  return text;
}

// Spelled out here on purpose: the dictionary under test is data/published/terms.csv.
std::string our_term(std::string term) {
  const std::vector<std::pair<std::string, std::string>> words{{"Chinese_ppt", "nation"},
                                                               {"Chinese_origin", "origin"},
                                                               {"China_origin", "origin"},
                                                               {"Chinese_lang", "language"},
                                                               {"Chinese_persona", "persona"},
                                                               {"dimension", "removed"},
                                                               {"LLM", "llm"}};
  for (const auto& [printed, ours] : words)
    for (auto at = term.find(printed); at != std::string::npos; at = term.find(printed))
      term.replace(at, printed.size(), ours);
  return term;
}

void write(const fs::path& file, const std::vector<std::vector<std::string>>& lines) {
  fs::create_directories(file.parent_path());
  std::ofstream out(file, std::ios::binary);
  for (const auto& line : lines) out << tables::csv_line(line);
}

void write_json(const fs::path& file, const nlohmann::json& object) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << object.dump(1);
}

double number(const std::string& text) {
  double value = 0;
  if (!tables::parse_number(text, value)) throw std::runtime_error("reference number '" + text + "'");
  return value;
}

void write_descriptives(const fs::path& folder, const std::string& analysis) {
  std::map<std::string, std::vector<std::vector<std::string>>> tables;
  for (Row& row : rows_of(oracle / "descriptives.csv", analysis)) {
    auto& lines = tables[row["table"]];
    if (lines.empty()) lines = {{"llm_name", "origin", "nation", "language", "persona", "removed", "mean", "sd", "n"}};
    lines.push_back({row["llm_name"], row["llm_nation"], row["human_nation"], row["language"], row["persona"],
                     row["removed"], row["mean"], row["sd"], row["n"]});
  }
  for (const auto& [table, lines] : tables) write(folder / (table + ".csv"), lines);
}

void write_welch(const fs::path& folder, const std::string& analysis) {
  std::vector<std::vector<std::string>> lines{{"llm", "mean_1", "mean_2", "statistic", "df", "p_value"}};
  for (Row& row : rows_of(oracle / "welch_t.csv", analysis))
    lines.push_back({row["llm"], row["mean_china"], row["mean_usa"], row["t"], row["df"], row["p"]});
  if (lines.size() > 1) write(folder / "welch_t.csv", lines);
}

void write_coefficients(const fs::path& folder, const std::string& analysis) {
  std::vector<std::vector<std::string>> lines{{"term", "estimate", "std_error", "df", "statistic", "p_value"}};
  for (Row& row : rows_of(oracle / "fixed_effects.csv", analysis, "REML"))
    lines.push_back(
        {our_term(row["term"]), row["estimate"], row["std_error"], row["df_satterthwaite"], row["t"], row["p"]});
  write(folder / "coefficients.csv", lines);
}

void write_variances(const fs::path& folder, const std::string& analysis) {
  std::vector<std::vector<std::string>> lines{{"group", "term1", "term2", "variance", "sd_or_corr"}};
  for (Row& row : rows_of(oracle / "variance_components.csv", analysis, "REML"))
    lines.push_back(
        {our_term(row["group"]), our_term(row["name1"]), our_term(row["name2"]), row["vcov"], row["sdcor"]});
  write(folder / "variance_components.csv", lines);
}

void write_correlations(const fs::path& folder, const std::string& analysis) {
  const std::vector<Row> entries = rows_of(oracle / "fixed_effects_vcov.csv", analysis, "REML");
  std::map<std::pair<std::string, std::string>, double> vcov;
  for (const Row& row : entries) vcov[{row.at("term_row"), row.at("term_col")}] = number(row.at("value"));
  std::vector<std::vector<std::string>> lines{{"term1", "term2", "correlation"}};
  for (const auto& [terms, covariance] : vcov)
    if (terms.first < terms.second) {
      const double scale = std::sqrt(vcov.at({terms.first, terms.first}) * vcov.at({terms.second, terms.second}));
      lines.push_back({our_term(terms.first), our_term(terms.second), tables::format_number(covariance / scale)});
    }
  write(folder / "fixed_correlations.csv", lines);
}

nlohmann::json five_numbers(const Row& row, const std::vector<std::string>& columns) {
  const std::vector<std::string> names{"min", "q1", "median", "q3", "max"};
  nlohmann::json object;
  for (std::size_t i = 0; i < names.size(); ++i) object[names[i]] = number(row.at(columns[i]));
  return object;
}

void write_fit(const fs::path& folder, const std::string& analysis) {
  const Row model = rows_of(oracle / "models_meta.csv", analysis, "REML").at(0);
  const Row residuals = rows_of("tests/oracle/data/verification/scaled_residuals.csv", analysis).at(0);
  write_json(folder / "fit.json",
             {{"criterion", number(model.at("criterion"))},
              {"nobs", number(model.at("nobs"))},
              {"groups", {{"participant", number(model.at("n_participant"))}, {"llm", number(model.at("n_llm"))}}},
              {"scaled_residuals", five_numbers(residuals, {"min", "q1", "median", "q3", "max"})}});
}

void write_lm(const fs::path& folder, const std::string& analysis) {
  const std::vector<Row> models = rows_of(oracle / "lm_meta.csv", analysis);
  if (models.empty()) return;
  const Row& model = models.front();
  std::vector<std::vector<std::string>> lines{{"term", "estimate", "std_error", "statistic", "p_value"}};
  for (Row& row : rows_of(oracle / "lm_coefficients.csv", analysis))
    lines.push_back({our_term(row["term"]), row["estimate"], row["se"], row["t"], row["p"]});
  write(folder / "coefficients.csv", lines);
  // pf(1045, 27, 144452, lower.tail = FALSE) and the other three are 0 in double precision.
  write_json(folder / "fit.json",
             {{"residual_se", number(model.at("residual_se"))},
              {"df_residual", number(model.at("df_residual"))},
              {"r_squared", number(model.at("r2"))},
              {"adj_r_squared", number(model.at("adj_r2"))},
              {"f_statistic", number(model.at("f"))},
              {"f_df1", number(model.at("df1"))},
              {"f_df2", number(model.at("df2"))},
              {"f_p_value", 0.0},
              {"residuals", five_numbers(model, {"resid_min", "resid_q1", "resid_med", "resid_q3", "resid_max"})}});
}

}  // namespace

void write_oracle_run(const fs::path& run, const std::vector<std::string>& analyses) {
  nlohmann::json declared = nlohmann::json::array();
  for (const std::string& analysis : analyses) {
    const std::string folder = lower(analysis);
    declared.push_back({{"survey", "MFQ2"}, {"analysis", analysis}, {"folder", folder}});
    write_descriptives(run / "tables" / folder, analysis);
    write_welch(run / "tables" / folder, analysis);
    write_coefficients(run / "models" / folder, analysis);
    write_variances(run / "models" / folder, analysis);
    write_correlations(run / "models" / folder, analysis);
    write_fit(run / "models" / folder, analysis);
    write_lm(run / "models" / (folder + "-lm"), analysis);
  }
  write_json(run / "run.json", {{"synthetic", false}, {"declared", declared}});
}

}  // namespace meridian::tests
