#include "commands/group_tests.hpp"

#include <algorithm>
#include <map>

#include "error.hpp"
#include "inference/brunner_munzel.hpp"
#include "inference/concordance.hpp"
#include "inference/correlation.hpp"
#include "inference/effect_size.hpp"
#include "inference/one_sample.hpp"
#include "inference/rank_sum.hpp"
#include "inference/signed_rank.hpp"
#include "tables/text.hpp"

namespace meridian::commands {
namespace {

using Values = std::vector<double>;

/// How many values there were, before what was found.
Numbers counted(const Sample& sample, const Numbers& found) {
  Numbers all{{"n_1", static_cast<double>(sample.first.size())},
              {"n_2", static_cast<double>(sample.second.size())},
              {"missing", static_cast<double>(sample.missing)}};
  all.insert(all.end(), found.begin(), found.end());
  return all;
}

Values differences(const Sample& sample) {
  auto [first, second] = paired(sample);
  for (std::size_t i = 0; i < first.size(); ++i) first[i] -= second[i];
  return first;
}

Numbers mann_whitney(const SampleColumns& columns, const TestOptions&) {
  const Sample sample = read_sample(columns);
  const auto t = inference::rank_sum(sample.first, sample.second);
  return counted(sample, {{"u_1", t.u_first},
                          {"u_2", t.u_second},
                          {"z", t.z},
                          {"p_value", t.p_value},
                          {"p_exact", t.p_exact},
                          {"rank_biserial", t.rank_biserial},
                          {"cliffs_delta", t.cliffs_delta}});
}

Numbers brunner_munzel(const SampleColumns& columns, const TestOptions&) {
  const Sample sample = read_sample(columns);
  const auto t = inference::brunner_munzel(sample.first, sample.second);
  return counted(sample, {{"statistic", t.statistic}, {"df", t.df}, {"p_value", t.p_value}, {"effect", t.effect}});
}

Numbers welch(const SampleColumns& columns, const TestOptions&) {
  const Sample sample = read_sample(columns);
  const auto x = inference::moments(sample.first), y = inference::moments(sample.second);
  const auto t = inference::welch_t(x, y);
  return counted(sample, {{"difference", t.estimate},
                          {"conf_low", t.conf_low},
                          {"conf_high", t.conf_high},
                          {"t", t.statistic},
                          {"df", t.df},
                          {"p_value", t.p_value},
                          {"hedges_g", inference::hedges_g(x, y)},
                          {"hedges_g_gamma", inference::hedges_g(x, y, inference::SmallSample::gamma)}});
}

Numbers equivalence(const SampleColumns& columns, const TestOptions& options) {
  const Sample sample = read_sample(columns);
  const auto t =
      inference::equivalence(inference::moments(sample.first), inference::moments(sample.second), options.margin);
  return counted(sample, {{"margin", options.margin},
                          {"p_lower", t.p_lower},
                          {"p_upper", t.p_upper},
                          {"p_value", t.p_value},
                          {"conf_low_90", t.conf_low},
                          {"conf_high_90", t.conf_high}});
}

Numbers paired_t(const SampleColumns& columns, const TestOptions&) {
  const Sample sample = read_sample(columns);
  const auto moments = inference::moments(differences(sample));
  const auto t = inference::one_sample_t(moments);
  return counted(sample, {{"pairs", static_cast<double>(moments.n)},
                          {"difference", t.estimate},
                          {"t", t.statistic},
                          {"df", t.df},
                          {"p_value", t.p_value}});
}

Numbers wilcoxon(const SampleColumns& columns, const TestOptions&) {
  const Sample sample = read_sample(columns);
  const auto t = inference::signed_rank(differences(sample));
  return counted(sample, {{"pairs", static_cast<double>(t.n + t.zeros)},
                          {"zeros", static_cast<double>(t.zeros)},
                          {"v", t.v},
                          {"z", t.z},
                          {"p_value", t.p_value},
                          {"p_exact", t.p_exact},
                          {"rank_biserial", t.rank_biserial}});
}

Numbers agreement(const SampleColumns& columns, const TestOptions&) {
  const Sample sample = read_sample(columns);
  const auto [x, y] = paired(sample);
  const auto w = inference::concordance({x, y});
  return counted(sample, {{"pairs", static_cast<double>(x.size())},
                          {"pearson", inference::pearson(x, y)},
                          {"spearman", inference::spearman(x, y)},
                          {"kendall_tau_b", inference::kendall_tau_b(x, y)},
                          {"kendall_w", w.w},
                          {"friedman_chi_square", w.chi_square},
                          {"p_friedman", w.p_chi_square}});
}

Numbers counted(const Layout& layout) {
  return {{"subjects", static_cast<double>(layout.rows.size())},
          {"incomplete_subjects", static_cast<double>(layout.incomplete)},
          {"missing", static_cast<double>(layout.missing)},
          {"levels", static_cast<double>(layout.levels.size())}};
}

void add_effect(const std::string& name, const inference::Effect& effect, bool corrected, Numbers& numbers) {
  const Numbers all{{"sum_sq_" + name, effect.sum_sq},     {"df_" + name, effect.df},
                    {"error_df_" + name, effect.error_df}, {"f_" + name, effect.f},
                    {"p_value_" + name, effect.p_value},   {"partial_eta_sq_" + name, effect.partial_eta_sq}};
  numbers.insert(numbers.end(), all.begin(), all.end());
  if (!corrected) return;
  numbers.emplace_back("p_gg_" + name, effect.p_gg);
  numbers.emplace_back("p_hf_" + name, effect.p_hf);
}

/// One-way without a group column, group x level with one.
Numbers anova(const SampleColumns& columns, const TestOptions& options) {
  const Layout layout = read_layout(columns);
  const auto result = inference::repeated_measures(layout.rows, layout.group_of_row, options.error);
  Numbers numbers = counted(layout);
  if (!columns.group.empty()) {
    numbers.emplace_back("groups", static_cast<double>(layout.groups.size()));
    add_effect("group", result.group, false, numbers);
  }
  add_effect("within", result.level, true, numbers);
  if (!columns.group.empty()) add_effect("interaction", result.interaction, true, numbers);
  numbers.emplace_back("epsilon_gg", result.epsilon_gg);
  numbers.emplace_back("epsilon_hf", result.epsilon_hf);
  return numbers;
}

const std::vector<GroupTest>& tests() {
  static const std::vector<GroupTest> all{
      {"agreement", true, true, false, agreement},      {"brunner-munzel", true, false, false, brunner_munzel},
      {"equivalence", true, false, false, equivalence}, {"mann-whitney", true, false, false, mann_whitney},
      {"mixed-anova", true, true, true, anova},         {"paired-t", true, true, false, paired_t},
      {"rm-anova", false, true, true, anova},           {"welch", true, false, false, welch},
      {"wilcoxon", true, true, false, wilcoxon}};
  return all;
}

}  // namespace

std::string direction(const std::string& test, const std::string& quantity) {
  static const std::string first = "positive: first group larger", second = "positive: second group larger";
  static const std::map<std::pair<std::string, std::string>, std::string> all{
      {{"mann-whitney", "z"}, first},
      {{"mann-whitney", "rank_biserial"}, second},
      {{"mann-whitney", "cliffs_delta"}, first},
      {{"brunner-munzel", "statistic"}, second},
      {{"brunner-munzel", "effect"}, "above 0.5: second group larger"},
      {{"welch", "difference"}, first},
      {{"welch", "t"}, first},
      {{"welch", "hedges_g"}, first},
      {{"welch", "hedges_g_gamma"}, first},
      {{"paired-t", "difference"}, first},
      {{"paired-t", "t"}, first},
      {{"wilcoxon", "z"}, first},
      {{"wilcoxon", "rank_biserial"}, first}};
  const auto found = all.find({test, quantity});
  return found == all.end() ? "" : found->second;
}

const GroupTest& group_test(const std::string& name) {
  const auto found =
      std::find_if(tests().begin(), tests().end(), [&](const GroupTest& test) { return test.name == name; });
  if (found != tests().end()) return *found;
  std::vector<std::string> names;
  for (const GroupTest& test : tests()) names.push_back(test.name);
  throw InputError("--test", tables::shown(name), "one of " + tables::shown_list(names), "Correct the name");
}

}  // namespace meridian::commands
