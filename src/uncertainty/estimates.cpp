// The full sample's estimates with the model's own limits, for the bootstrap's intervals to stand beside.
#include <cmath>
#include <map>

#include "uncertainty/bootstrap.hpp"

namespace meridian::uncertainty {
namespace {

using Eigen::Index;
using Eigen::RowVectorXd;
using Eigen::VectorXd;

/// Linear functions by label: fixed effects and what was made of them.
std::map<std::string, RowVectorXd> linear_functions(const Subject& subject) {
  std::map<std::string, RowVectorXd> functions;
  const auto& names = subject.sample.design.names;
  for (std::size_t i = 0; i < names.size(); ++i)
    functions["fixed effect: " + names[i]] = RowVectorXd::Unit(static_cast<Index>(names.size()), static_cast<Index>(i));
  for (const NamedFunction& function : subject.functions)
    functions[function.quantity + ": " + function.name] = function.row;
  return functions;
}

bool errors_hold(const Subject& subject, const RowVectorXd& row) {
  for (Index i = 0; i < row.size(); ++i)
    if (row[i] != 0 && !subject.slopes[static_cast<std::size_t>(i)]) return false;
  return true;
}

std::map<std::string, double> values_by_label(const Subject& subject, const VectorXd& values) {
  std::map<std::string, double> by_label;
  Index at = 0;
  for (const StatisticGroup& group : subject.groups)
    for (const Statistic& statistic : group.statistics) by_label[statistic.label()] = values[at++];
  return by_label;
}

std::string scale_name(inference::Scale scale) {
  if (scale == inference::Scale::log) return "log";
  return scale == inference::Scale::fisher_z ? "Fisher z" : "plain";
}

findings::Table empty_table() {
  using findings::Kind;
  findings::Table table;
  table.name = "estimates";
  table.title = "Estimates from the full sample";
  table.caption =
      "std_error, df and limits (95 %) are the mixed model's own (Satterthwaite; of variances and correlations from "
      "the expected information), where it has them. error: the statistic of a replicate that is this one's standard "
      "error.";
  table.columns = {{"quantity", Kind::text, ""},   {"name", Kind::text, ""},  {"estimate", Kind::real, ""},
                   {"std_error", Kind::real, ""},  {"df", Kind::real, ""},    {"model_low", Kind::real, ""},
                   {"model_high", Kind::real, ""}, {"scale", Kind::text, ""}, {"error", Kind::text, ""}};
  return table;
}

}  // namespace

VectorXd full_values(const Subject& subject, const std::vector<StatisticGroup>& groups) {
  const PeopleResampler resampler(subject.sample, subject.refitter->structure());
  const Eigen::MatrixXd ones = Eigen::MatrixXd::Ones(1, static_cast<Index>(subject.sample.people.units));
  const std::vector<Resampled> all = resampler.resample(ones);
  const Replicate replicate{all.front(),
                            &subject.refitter->full(),
                            ones.row(0).transpose(),
                            VectorXd::Ones(static_cast<Index>(subject.sample.columns.units)),
                            nullptr,
                            &subject.refitter->full_variance_errors()};
  std::vector<double> values;
  for (const StatisticGroup& group : groups) {
    const VectorXd part = group.evaluate(replicate);
    values.insert(values.end(), part.begin(), part.end());
  }
  return Eigen::Map<const VectorXd>(values.data(), static_cast<Index>(values.size()));
}

findings::Table estimates_table(const Subject& subject) {
  findings::Table table = empty_table();
  table.caption += subject.remark;
  const VectorXd values = full_values(subject, subject.groups);
  const auto functions = linear_functions(subject);
  const auto by_label = values_by_label(subject, values);
  const RowVectorXd everything = RowVectorXd::Ones(static_cast<Index>(subject.sample.design.names.size()));
  Index at = 0;
  for (const StatisticGroup& group : subject.groups)
    for (const Statistic& statistic : group.statistics) {
      std::vector<findings::Cell> row = {statistic.quantity, statistic.name, values[at++]};
      const auto function = functions.find(statistic.label());
      const bool linear = function != functions.end();
      if (linear) {
        const models::Coefficient test = subject.model->contrast(statistic.name, function->second.transpose());
        row.insert(row.end(), {test.std_error, test.df, test.conf_low, test.conf_high});
      } else {
        row.push_back(statistic.error.empty() ? findings::Cell() : findings::Cell(by_label.at(statistic.error)));
        row.resize(row.size() + 3);
      }
      row.emplace_back(scale_name(statistic.scale));
      // Variances are right only where every slope is there: a missing one goes into the others.
      const bool hold = errors_hold(subject, linear ? function->second : everything);
      row.emplace_back(hold && !statistic.error.empty() ? findings::Cell(statistic.error) : findings::Cell());
      table.add(std::move(row));
    }
  return table;
}

}  // namespace meridian::uncertainty
