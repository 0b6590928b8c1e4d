#include "uncertainty/permutation_table.hpp"

#include <fmt/format.h>

#include <map>

#include "inference/permutation.hpp"
#include "inference/quantiles.hpp"
#include "uncertainty/interval_table.hpp"

namespace meridian::uncertainty {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using findings::Cell;
using findings::Kind;

const std::string& text_of(const findings::Table& table, std::size_t row, const char* column) {
  return std::get<std::string>(table.rows[row][table.column(column)]);
}

/// Statistics less what they are compared with.
struct Centred {
  VectorXd centre, observed;
  MatrixXd permuted;
};

/// The mean over the permutations and, where they are drawn, the observed one among them: the same whichever of them
/// is the observed one, as exactness needs.
double centre_of(double observed, const VectorXd& permuted, bool enumerated) {
  const auto m = static_cast<double>(permuted.size());
  return enumerated ? permuted.sum() / m : (permuted.sum() + observed) / (m + 1);
}

Centred centred(const findings::Table& observed, const MatrixXd& permuted, bool enumerated) {
  const auto rows = static_cast<Index>(observed.rows.size());
  Centred all{VectorXd::Zero(rows), VectorXd(rows), permuted};
  for (Index s = 0; s < rows; ++s) {
    const auto row = static_cast<std::size_t>(s);
    all.observed[s] = number_of(observed, row, "statistic");
    if (text_of(observed, row, "centre") == "zero") continue;
    all.centre[s] = centre_of(all.observed[s], permuted.col(s), enumerated);
    all.observed[s] -= all.centre[s];
    all.permuted.col(s).array() -= all.centre[s];
  }
  return all;
}

/// Each family alone: the largest |T| is taken over its rows only.
inference::MaxT max_t_by_family(const findings::Table& observed, const Centred& values, inference::Permuted how,
                                double tie) {
  std::map<std::string, std::vector<Index>> families;
  for (std::size_t row = 0; row < observed.rows.size(); ++row)
    families[text_of(observed, row, "family")].push_back(static_cast<Index>(row));
  inference::MaxT all{std::vector<double>(observed.rows.size()), std::vector<double>(observed.rows.size())};
  for (const auto& [name, rows] : families) {
    const inference::MaxT own = inference::max_t(values.observed(rows), values.permuted(Eigen::all, rows), how, tie);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      all.single_step[static_cast<std::size_t>(rows[i])] = own.single_step[i];
      all.step_down[static_cast<std::size_t>(rows[i])] = own.step_down[i];
    }
  }
  return all;
}

/// Right behind the statistic: how ties are counted and what the null hypothesis says fill the end of a wide table.
template <typename Part>
void insert_results(std::vector<Part>& parts, const std::vector<Part>& results, const findings::Table& observed) {
  parts.insert(parts.begin() + static_cast<std::ptrdiff_t>(observed.column("statistic")) + 1, results.begin(),
               results.end());
}

findings::Table frame_of(const findings::Table& observed, bool enumerated) {
  findings::Table table = observed;
  table.name = "permutation";
  table.title = "Permutation tests";
  table.caption += enumerated ? " All permutations, the observed one among them: p = b/m."
                              : " Random permutations: p = (b + 1)/(m + 1), with its 95 % Clopper-Pearson limits.";
  table.caption +=
      " permuted_mean: of T under permutation; where the null hypothesis does not put T at 0 (centre: permutations), p "
      "counts distances from it. max_t_p and step_down_p: adjusted for the rows of one family by its largest |T| in "
      "each permutation (Westfall & Young 1993); strong control needs subset pivotality.";
  insert_results(table.columns,
                 {{"p_value", Kind::real, ""},
                  {"p_low", Kind::real, ""},
                  {"p_high", Kind::real, ""},
                  {"max_t_p", Kind::real, ""},
                  {"step_down_p", Kind::real, ""},
                  {"reached", Kind::integer, ""},
                  {"permutations", Kind::integer, ""},
                  {"method", Kind::text, ""},
                  {"permuted_mean", Kind::real, ""}},
                 observed);
  return table;
}

}  // namespace

findings::Table observed_table(const ObservedFrame& frame, const std::vector<std::string>& terms,
                               const std::vector<std::string>& families, const VectorXd& estimate,
                               const VectorXd& statistic) {
  findings::Table table;
  table.name = "observed";
  table.title = fmt::format("Contrasts of {} {}", frame.units, frame.unit);
  table.caption = frame.statistic;
  table.columns = {
      {"term", Kind::text, ""},     {"family", Kind::text, ""},         {"unit", Kind::text, ""},
      {"units", Kind::integer, ""}, {"estimate", Kind::real, "cosine"}, {"statistic", Kind::real, ""},
      {"tie", Kind::real, ""},      {"centre", Kind::text, ""},         {"null_hypothesis", Kind::text, ""}};
  for (std::size_t s = 0; s < terms.size(); ++s)
    table.rows.push_back({terms[s], families[s], frame.unit, static_cast<std::int64_t>(frame.units),
                          estimate[static_cast<Index>(s)], statistic[static_cast<Index>(s)], frame.tie,
                          std::string(frame.centred ? "permutations" : "zero")});
  return table;
}

findings::Table permutation_table(const findings::Table& observed, const MatrixXd& permuted, bool enumerated) {
  const auto how = enumerated ? inference::Permuted::all : inference::Permuted::sampled;
  const double tie = number_of(observed, 0, "tie");
  const Centred values = centred(observed, permuted, enumerated);
  const inference::MaxT adjusted = max_t_by_family(observed, values, how, tie);
  findings::Table table = frame_of(observed, enumerated);
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const auto s = static_cast<Index>(row);
    const inference::PermutationP p = inference::permutation_p(values.observed[s], values.permuted.col(s), how, tie);
    insert_results<Cell>(
        table.rows[row],
        {p.p, p.low, p.high, adjusted.single_step[row], adjusted.step_down[row], p.reached,
         static_cast<std::int64_t>(permuted.rows()), enumerated ? "exact" : "Monte Carlo", permuted.col(s).mean()},
        observed);
  }
  return table;
}

findings::Table distribution_table(const findings::Table& observed, const MatrixXd& permuted) {
  const std::vector<double> probabilities = {0.5, 0.75, 0.9, 0.95, 0.975, 0.99, 0.999};
  findings::Table table;
  table.name = "distribution";
  table.title = "|T| under permutation";
  table.caption = "Quantiles (type 7) of the absolute statistic, less its centre, over all permutations.";
  table.columns = {{"term", Kind::text, ""}};
  for (const double probability : probabilities)
    table.columns.push_back({fmt::format("q{}", probability * 100), Kind::real, ""});
  const Centred values = centred(observed, permuted, true);
  for (std::size_t row = 0; row < observed.rows.size(); ++row) {
    const VectorXd absolute = values.permuted.col(static_cast<Index>(row)).cwiseAbs();
    std::vector<Cell> cells = {observed.rows[row][observed.column("term")]};
    for (const double value : inference::quantiles({absolute.begin(), absolute.end()}, probabilities))
      cells.emplace_back(value);
    table.add(std::move(cells));
  }
  return table;
}

}  // namespace meridian::uncertainty
