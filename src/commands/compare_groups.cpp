// meridian compare-groups: one classical test on any table.
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <functional>
#include <map>
#include <utility>
#include <vector>

#include "commands/commands.hpp"
#include "error.hpp"
#include "findings/files.hpp"
#include "inference/brunner_munzel.hpp"
#include "inference/concordance.hpp"
#include "inference/correlation.hpp"
#include "inference/effect_size.hpp"
#include "inference/one_sample.hpp"
#include "inference/rank_sum.hpp"
#include "inference/signed_rank.hpp"
#include "tables/csv.hpp"
#include "tables/text.hpp"

namespace meridian::commands {
namespace {

namespace fs = std::filesystem;
namespace po = boost::program_options;

using Values = std::vector<double>;
using Numbers = std::vector<std::pair<std::string, double>>;

/// Values of two groups; paired tests match them by the column --pair.
struct Sample {
  std::string first_name, second_name;
  Values first, second;
  std::vector<std::string> first_pair, second_pair;
  std::int64_t missing = 0;
};

std::string required(const po::variables_map& options, const char* name) {
  if (options.count(name) == 0)
    throw InputError(fmt::format("compare-groups needs --{}. Example: {}", name, compare_groups_command().example));
  return options[name].as<std::string>();
}

/// The file's own first two groups in order of appearance, or those of --groups A,B.
void take_group(const tables::CsvReader& reader, std::size_t column, Sample& sample, bool chosen, bool& first,
                bool& used) {
  const std::string group(reader.text(column));
  if (!chosen && sample.first_name.empty()) sample.first_name = group;
  if (!chosen && group != sample.first_name && sample.second_name.empty()) sample.second_name = group;
  first = group == sample.first_name;
  used = first || group == sample.second_name;
  if (!used && !chosen)
    throw InputError(
        reader.where(column), tables::shown(group),
        "the groups " + tables::shown(sample.first_name) + " and " + tables::shown(sample.second_name) + " only",
        "Name two groups with --groups A,B");
}

Sample read_sample(const po::variables_map& options) {
  tables::CsvReader reader(fs::path(required(options, "table")));
  const std::size_t value = reader.column(required(options, "value")),
                    group = reader.column(required(options, "group"));
  const std::size_t pair = options.count("pair") ? reader.column(options["pair"].as<std::string>()) : reader.npos;
  Sample sample;
  const bool chosen = options.count("groups") > 0;
  if (chosen) {
    const std::string names = options["groups"].as<std::string>();
    const std::size_t comma = names.find(',');
    if (comma == std::string::npos) throw InputError("--groups", tables::shown(names), "A,B", "Name two groups");
    sample.first_name = names.substr(0, comma);
    sample.second_name = names.substr(comma + 1);
  }
  while (reader.next()) {
    bool first = false, used = false;
    take_group(reader, group, sample, chosen, first, used);
    if (!used) continue;
    if (reader.missing(value)) {
      ++sample.missing;
      continue;
    }
    (first ? sample.first : sample.second).push_back(reader.number(value));
    if (pair != reader.npos) (first ? sample.first_pair : sample.second_pair).emplace_back(reader.text(pair));
  }
  if (sample.first.empty() || sample.second.empty())
    throw InputError(reader.file().string(),
                     fmt::format("{} and {} values in the groups '{}' and '{}'", sample.first.size(),
                                 sample.second.size(), sample.first_name, sample.second_name),
                     "values in both groups", "Check --group, --groups and --value");
  return sample;
}

/// First and second values of the pairs that have both, in the order of the first.
std::pair<Values, Values> paired(const Sample& sample) {
  if (sample.first_pair.empty())
    throw InputError("a paired test needs --pair COLUMN, which says what belongs together");
  std::map<std::string, double> partners;
  for (std::size_t i = 0; i < sample.second.size(); ++i)
    if (!partners.emplace(sample.second_pair[i], sample.second[i]).second)
      throw InputError("--pair", tables::shown(sample.second_pair[i]) + " twice in group '" + sample.second_name + "'",
                       "one value per group and pair", "Choose another column");
  std::pair<Values, Values> both;
  std::map<std::string, bool> seen;
  for (std::size_t i = 0; i < sample.first.size(); ++i) {
    if (!seen.emplace(sample.first_pair[i], true).second)
      throw InputError("--pair", tables::shown(sample.first_pair[i]) + " twice in group '" + sample.first_name + "'",
                       "one value per group and pair", "Choose another column");
    const auto partner = partners.find(sample.first_pair[i]);
    if (partner == partners.end()) continue;
    both.first.push_back(sample.first[i]);
    both.second.push_back(partner->second);
  }
  return both;
}

Values differences(const Sample& sample) {
  auto [first, second] = paired(sample);
  for (std::size_t i = 0; i < first.size(); ++i) first[i] -= second[i];
  return first;
}

Numbers mann_whitney(const Sample& sample, double) {
  const auto t = inference::rank_sum(sample.first, sample.second);
  return {{"u_1", t.u_first},
          {"u_2", t.u_second},
          {"z", t.z},
          {"p_value", t.p_value},
          {"p_exact", t.p_exact},
          {"rank_biserial", t.rank_biserial},
          {"cliffs_delta", t.cliffs_delta}};
}

Numbers brunner_munzel(const Sample& sample, double) {
  const auto t = inference::brunner_munzel(sample.first, sample.second);
  return {{"statistic", t.statistic}, {"df", t.df}, {"p_value", t.p_value}, {"effect", t.effect}};
}

Numbers welch(const Sample& sample, double) {
  const auto x = inference::moments(sample.first), y = inference::moments(sample.second);
  const auto t = inference::welch_t(x, y);
  return {{"difference", t.estimate},
          {"conf_low", t.conf_low},
          {"conf_high", t.conf_high},
          {"t", t.statistic},
          {"df", t.df},
          {"p_value", t.p_value},
          {"hedges_g", inference::hedges_g(x, y)},
          {"hedges_g_gamma", inference::hedges_g(x, y, inference::SmallSample::gamma)}};
}

Numbers equivalence(const Sample& sample, double margin) {
  const auto t = inference::equivalence(inference::moments(sample.first), inference::moments(sample.second), margin);
  return {{"margin", margin},     {"p_lower", t.p_lower},      {"p_upper", t.p_upper},
          {"p_value", t.p_value}, {"conf_low_90", t.conf_low}, {"conf_high_90", t.conf_high}};
}

Numbers paired_t(const Sample& sample, double) {
  const auto moments = inference::moments(differences(sample));
  const auto t = inference::one_sample_t(moments);
  return {{"pairs", static_cast<double>(moments.n)},
          {"difference", t.estimate},
          {"t", t.statistic},
          {"df", t.df},
          {"p_value", t.p_value}};
}

Numbers wilcoxon(const Sample& sample, double) {
  const auto t = inference::signed_rank(differences(sample));
  return {{"pairs", static_cast<double>(t.n + t.zeros)},
          {"zeros", static_cast<double>(t.zeros)},
          {"v", t.v},
          {"z", t.z},
          {"p_value", t.p_value},
          {"p_exact", t.p_exact},
          {"rank_biserial", t.rank_biserial}};
}

Numbers agreement(const Sample& sample, double) {
  const auto [x, y] = paired(sample);
  const auto w = inference::concordance({x, y});
  return {{"pairs", static_cast<double>(x.size())},
          {"pearson", inference::pearson(x, y)},
          {"spearman", inference::spearman(x, y)},
          {"kendall_tau_b", inference::kendall_tau_b(x, y)},
          {"kendall_w", w.w},
          {"friedman_chi_square", w.chi_square},
          {"p_friedman", w.p_chi_square}};
}

using Test = Numbers (*)(const Sample&, double margin);

const std::map<std::string, Test>& tests() {
  static const std::map<std::string, Test> all{{"mann-whitney", mann_whitney},
                                               {"brunner-munzel", brunner_munzel},
                                               {"welch", welch},
                                               {"equivalence", equivalence},
                                               {"paired-t", paired_t},
                                               {"wilcoxon", wilcoxon},
                                               {"agreement", agreement}};
  return all;
}

Test test_named(const std::string& name) {
  const auto found = tests().find(name);
  if (found != tests().end()) return found->second;
  std::vector<std::string> names;
  for (const auto& [known, function] : tests()) names.push_back(known);
  throw InputError("--test", tables::shown(name), "one of " + tables::shown_list(names), "Correct the name");
}

void compare_groups(const po::variables_map& options, const Context&) {
  const std::string name = required(options, "test");
  const Test test = test_named(name);
  const double margin = options["margin"].as<double>();
  if (!(margin > 0)) throw InputError("--margin", fmt::format("{}", margin), "a number above 0", "Correct it");
  const Sample sample = read_sample(options);
  findings::Table table{"compare_groups",
                        name,
                        sample.first_name + " against " + sample.second_name,
                        {{"quantity", findings::Kind::text, ""}, {"value", findings::Kind::real, ""}},
                        {}};
  table.add({"n_1", static_cast<double>(sample.first.size())});
  table.add({"n_2", static_cast<double>(sample.second.size())});
  table.add({"missing", static_cast<double>(sample.missing)});
  for (const auto& [quantity, value] : test(sample, margin)) table.add({quantity, value});
  fmt::print("{}: '{}' (1) against '{}' (2)\n", name, sample.first_name, sample.second_name);
  for (const auto& row : table.rows) fmt::print("{:>20}  {}\n", findings::to_text(row[0]), findings::to_text(row[1]));
  if (options.count("out")) findings::write_table(table, options["out"].as<std::string>());
  std::fflush(stdout);
}

}  // namespace

Command compare_groups_command() {
  Command command;
  command.name = "compare-groups";
  command.summary = "one classical test between two groups of any table";
  command.description =
      "Reads a long table, one value per row, and compares two groups: mann-whitney (with rank-biserial correlation "
      "and "
      "Cliff's delta, asymptotic and exact), brunner-munzel, welch (with Hedges' g), equivalence (two one-sided "
      "tests), "
      "and, with --pair, paired-t, wilcoxon and agreement (Pearson, Spearman, tau-b, Kendall's W). Differences are "
      "first minus second group. Rows without a value are counted as missing; pairs without a partner are left out. "
      "NaN: the test does not exist for these data.";
  command.example = "meridian compare-groups --table scores.csv --value rank --group country --test brunner-munzel";
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  command.options.add_options()("table", text("FILE"), "the table (required)")(
      "value", text("COLUMN"), "column of the values (required)")("group", text("COLUMN"),
                                                                  "column of the groups (required)")(
      "groups", text("A,B"), "the two groups, others are passed over; default: the two that are in the file")(
      "pair", text("COLUMN"), "what belongs together, for paired tests; default: none")(
      "test", text("TEST"), "which test (required)")("margin", po::value<double>()->default_value(1)->value_name("X"),
                                                     "half width of equivalence, in units of the values")(
      "out", text("DIR"), "folder for compare_groups.csv and .json; default: printed only");
  command.run = compare_groups;
  return command;
}

}  // namespace meridian::commands
