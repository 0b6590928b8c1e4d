// meridian compare-groups: one classical test on any table, on one column or several.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "commands/commands.hpp"
#include "commands/group_tests.hpp"
#include "error.hpp"
#include "findings/files.hpp"
#include "inference/multiplicity.hpp"
#include "tables/text.hpp"

namespace meridian::commands {
namespace {

namespace po = boost::program_options;

std::string given(const po::variables_map& options, const char* name) {
  return options.count(name) ? options[name].as<std::string>() : std::string();
}

std::string required(const po::variables_map& options, const char* name, const std::string& why = "") {
  if (options.count(name) == 0)
    throw InputError(
        fmt::format("compare-groups{} needs --{}. Example: {}", why, name, compare_groups_command().example));
  return given(options, name);
}

/// "a,b" as {"a", "b"}; a name without anything is an error.
std::vector<std::string> names_of(const std::string& option, const std::string& text) {
  std::vector<std::string> names;
  for (std::size_t first = 0; first <= text.size();) {
    const std::size_t comma = std::min(text.find(',', first), text.size());
    names.push_back(text.substr(first, comma - first));
    if (names.back().empty() || std::count(names.begin(), names.end(), names.back()) > 1)
      throw InputError(option, tables::shown(text), "different names, separated by commas", "Correct it");
    first = comma + 1;
  }
  return names;
}

/// A column that the test needs must be named, one that it has no use for must not.
std::string column_for(const po::variables_map& options, const GroupTest& test, const char* option, bool needed) {
  if (needed) return required(options, option, " --test " + test.name);
  if (options.count(option))
    throw InputError(fmt::format("--{}", option), tables::shown(given(options, option)),
                     "no such option with --test " + test.name, "Leave it out, or choose another test");
  return {};
}

SampleColumns columns_from(const po::variables_map& options, const GroupTest& test) {
  SampleColumns columns;
  columns.table = required(options, "table");
  columns.group = column_for(options, test, "group", test.groups);
  columns.pair = column_for(options, test, "pair", test.pairs);
  columns.within = column_for(options, test, "within", test.within);
  if (const std::string groups = column_for(options, test, "groups", test.groups && options.count("groups"));
      !groups.empty())
    columns.groups = names_of("--groups", groups);
  return columns;
}

TestOptions test_options_from(const po::variables_map& options, const GroupTest& test) {
  TestOptions result;
  result.margin = options["margin"].as<double>();
  if (!(result.margin > 0))
    throw InputError("--margin", fmt::format("{}", result.margin), "a number above 0", "Correct it");
  const bool mixed = test.groups && test.within;
  const std::string error = column_for(options, test, "error", mixed && options.count("error"));
  if (error == "model-fixed")
    result.error = inference::ErrorModel::model_fixed;
  else if (!error.empty() && error != "split-plot")
    throw InputError("--error", tables::shown(error), "split-plot or model-fixed", "Correct the name");
  return result;
}

/// One column of values and what was found on it.
struct Finding {
  std::string column;
  Numbers numbers;
};

/// Adds to every p-value the one adjusted for having looked at all columns, e.g. p_value_holm.
void adjust(std::vector<Finding>& findings, inference::Adjustment method, const std::string& suffix) {
  const std::size_t found = findings.front().numbers.size();
  for (std::size_t q = 0; q < found; ++q) {
    const std::string name = findings.front().numbers[q].first;
    if (name.rfind("p_", 0) != 0) continue;
    std::vector<double> p_values;
    for (const Finding& finding : findings) p_values.push_back(finding.numbers[q].second);
    const std::vector<double> adjusted = inference::adjust(p_values, method);
    for (std::size_t c = 0; c < findings.size(); ++c)
      findings[c].numbers.emplace_back(name + "_" + suffix, adjusted[c]);
  }
}

void adjust_as_asked(const po::variables_map& options, std::vector<Finding>& findings) {
  const std::string method = given(options, "adjust");
  if (method.empty()) return;
  if (method != "holm" && method != "bh")
    throw InputError("--adjust", tables::shown(method), "holm or bh", "Correct the name");
  if (findings.size() < 2)
    throw InputError("--adjust", "one column of values", "several (--value a,b,c)", "Name them, or leave --adjust out");
  adjust(findings, method == "holm" ? inference::Adjustment::holm : inference::Adjustment::benjamini_hochberg, method);
}

findings::Table table_of(const std::string& name, const std::vector<Finding>& all) {
  findings::Table table{"compare_groups",
                        name,
                        "One test per column of values. direction: what the sign of a value says.",
                        {{"column", findings::Kind::text, ""},
                         {"quantity", findings::Kind::text, ""},
                         {"value", findings::Kind::real, ""},
                         {"direction", findings::Kind::text, ""}},
                        {}};
  for (const Finding& finding : all)
    for (const auto& [quantity, value] : finding.numbers)
      table.add({finding.column, quantity, value, direction(name, quantity)});
  return table;
}

std::string line_of(const std::string& test, const std::string& quantity, double value) {
  const std::string line = fmt::format("{:>28}  {}", quantity, findings::to_text(findings::Cell(value)));
  const std::string words = direction(test, quantity);
  return words.empty() ? line : line + " (" + words + ")";
}

void compare_groups(const po::variables_map& options, const Context&) {
  const GroupTest& test = group_test(required(options, "test"));
  const TestOptions settings = test_options_from(options, test);
  SampleColumns columns = columns_from(options, test);
  std::vector<Finding> all;
  for (const std::string& column : names_of("--value", required(options, "value"))) {
    columns.value = column;
    all.push_back({column, test.run(columns, settings)});
  }
  adjust_as_asked(options, all);
  const findings::Table table = table_of(test.name, all);
  for (const Finding& finding : all) {
    fmt::print("{} of {}\n", test.name, finding.column);
    for (const auto& [quantity, value] : finding.numbers) fmt::print("{}\n", line_of(test.name, quantity, value));
  }
  if (options.count("out")) findings::write_table(table, given(options, "out"));
  std::fflush(stdout);
}

}  // namespace

Command compare_groups_command() {
  Command command;
  command.name = "compare-groups";
  command.summary = "one classical test between groups of any table";
  command.description =
      "Reads a long table, one value per row, and compares two groups: mann-whitney (with rank-biserial correlation "
      "and Cliff's delta, asymptotic and exact), brunner-munzel, welch (with Hedges' g), equivalence (two one-sided "
      "tests), and, with --pair, paired-t, wilcoxon and agreement (Pearson, Spearman, tau-b, Kendall's W). Differences "
      "are first minus second group, the first group being that of the first row, or of --groups. Other signs follow "
      "the convention published with each test, and the output says for each which group is larger: the "
      "rank-biserial correlation of mann-whitney and the statistic of brunner-munzel are positive, its effect above "
      "0.5, where the second group is larger. rm-anova compares the levels of --within measured in the same subjects "
      "(--pair), mixed-anova also any number of groups of subjects, type III, with Greenhouse-Geisser and Huynh-Feldt "
      "p-values. Several columns of values are tested one by one, and --adjust adds p-values adjusted for their "
      "number. Rows without a value are counted as missing; pairs without a partner and subjects without every level "
      "are left out. "
      "NaN: the test does not exist for these data.";
  command.example = "meridian compare-groups --table scores.csv --value rank --group country --test brunner-munzel";
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  command.options.add_options()("table", text("FILE"), "the table (required)")(
      "value", text("COLUMNS"), "column of the values, or several, separated by commas (required)")(
      "group", text("COLUMN"), "column of the groups; required but for rm-anova, which has none")(
      "groups", text("A,B"), "the groups, others are passed over; default: those of the file")(
      "pair", text("COLUMN"),
      "what belongs together: pairs, or the subjects of an analysis of variance; required for these tests")(
      "within", text("COLUMN"),
      "the levels in which every subject was measured; required for rm-anova and mixed-anova")("test", text("TEST"),
                                                                                               "which test (required)")(
      "adjust", text("METHOD"), "holm or bh (Benjamini-Hochberg), over the columns of --value; default: none")(
      "error", text("MODEL"), "of mixed-anova: split-plot (default), or model-fixed: all effects against the residual")(
      "margin", po::value<double>()->default_value(1)->value_name("X"),
      "half width of equivalence, in units of the values")(
      "out", text("DIR"), "folder for compare_groups.csv and .json; default: printed only");
  command.run = compare_groups;
  return command;
}

}  // namespace meridian::commands
