#include "alignment/first_token_tables.hpp"

#include <cmath>

#include "findings/columns.hpp"

namespace meridian::alignment {
namespace {

using findings::Cell;
using findings::integer_column;
using findings::real_column;
using findings::text_column;

std::vector<findings::Column> alignment_columns() {
  std::vector<findings::Column> columns{text_column("model"), text_column("method"), text_column("cell"),
                                        integer_column("records", "records")};
  for (const std::string measure : kMeasureNames)
    columns.insert(columns.end(),
                   {real_column(measure), real_column(measure + "_low"), real_column(measure + "_high")});
  columns.push_back(integer_column("kl_infinite", "records"));
  return columns;
}

/// Cells in which some method has a value.
std::vector<std::size_t> cells_with_records(const AlignmentScores& scores) {
  std::vector<std::size_t> cells;
  for (std::size_t c = 0; c < scores.cells.size(); ++c)
    for (std::size_t m = 0; m < scores.methods; ++m)
      if (scores.records[m * scores.cells.size() + c] > 0) {
        cells.push_back(c);
        break;
      }
  return cells;
}

struct Contrast {
  std::string name;
  std::size_t first, second;
};

std::vector<Contrast> contrasts_of(const std::vector<Method>& methods) {
  std::vector<Contrast> contrasts;
  for (std::size_t a = 0; a < methods.size(); ++a)
    for (std::size_t b = 0; b < methods.size(); ++b) {
      if (methods[a].model.empty()) continue;
      const bool same = methods[a].model == methods[b].model;
      const bool control = b == control_of(methods, a);
      const bool gain = same && methods[a].name == "calibrated" && methods[b].name == "zero-shot";
      const bool baseline = methods[b].model.empty() && !is_control(methods[a]);
      if (control)
        contrasts.push_back({"context sensitivity, " + methods[a].name, a, b});
      else if (gain || baseline)
        contrasts.push_back({methods[a].name + " minus " + methods[b].name, a, b});
    }
  return contrasts;
}

}  // namespace

findings::Table side_by_side_table(const AlignmentScores& scores, const std::vector<Method>& methods) {
  findings::Table table{"side_by_side",
                        "Methods side by side",
                        "sim_js (printed as \"1-JSD\" by Cao et al. 2025; higher is nearer to people) and emd_vec "
                        "(their \"EMD\"; lower is nearer) per cell of countries and questions. Intervals: next table.",
                        {text_column("model"), text_column("method")},
                        {}};
  const std::vector<std::size_t> cells = cells_with_records(scores);
  for (const Measure measure : {Measure::sim_js, Measure::emd_vec})
    for (const std::size_t c : cells)
      table.columns.push_back(real_column(kMeasureNames[static_cast<std::size_t>(measure)] + ("_" + scores.cells[c])));
  for (std::size_t m = 0; m < methods.size(); ++m) {
    std::vector<Cell> row{methods[m].model.empty() ? Cell() : Cell(methods[m].model), methods[m].name};
    for (const Measure measure : {Measure::sim_js, Measure::emd_vec})
      for (const std::size_t c : cells) row.emplace_back(scores.values[scores.column(m, c, measure)]);
    table.add(std::move(row));
  }
  return table;
}

findings::Table alignment_table(const AlignmentScores& scores, const std::vector<Method>& methods, double confidence) {
  findings::Table table{"alignment",
                        "How near predictions lie to people's distributions",
                        "Means over records of a cell (countries-questions); last the plain mean of the test cells. "
                        "sim_js = 1 - Jensen-Shannon distance (natural log), sim_js2 the same in base 2; emd_vec "
                        "ignores the order of options, emd_ord_norm does not; kl of people to prediction without the "
                        "records where it is infinite. Percentile bootstrap over countries and questions at once. A "
                        "model's [ctrl] is its answer for another country; question mean: mean of people in the "
                        "training countries, the baseline to beat.",
                        alignment_columns(),
                        {}};
  for (std::size_t m = 0; m < methods.size(); ++m)
    for (std::size_t c = 0; c < scores.cells.size(); ++c) {
      const std::size_t place = m * scores.cells.size() + c;
      if (scores.records[place] == 0) continue;
      std::vector<Cell> row{methods[m].model.empty() ? Cell() : Cell(methods[m].model), methods[m].name,
                            scores.cells[c], scores.records[place]};
      for (std::size_t measure = 0; measure < kMeasures; ++measure) {
        const Estimate found = score(scores, m, c, static_cast<Measure>(measure), confidence);
        row.insert(row.end(), {found.value, found.low, found.high});
      }
      row.emplace_back(scores.infinite[place]);
      table.add(std::move(row));
    }
  return table;
}

findings::Table contrast_table(const AlignmentScores& scores, const std::vector<Method>& methods, double confidence) {
  findings::Table table{"contrasts",
                        "Context sensitivity and gains",
                        "Differences of sim_js with percentile intervals of the same bootstrap. Context sensitivity: "
                        "own country minus [ctrl]; near 0 the model does not use the country. ratio: first / second.",
                        {text_column("model"), text_column("contrast"), text_column("cell"), real_column("sim_js"),
                         real_column("conf_low"), real_column("conf_high"), real_column("ratio")},
                        {}};
  for (const Contrast& contrast : contrasts_of(methods))
    for (std::size_t c = 0; c < scores.cells.size(); ++c) {
      const Estimate found = difference(scores, contrast.first, contrast.second, c, Measure::sim_js, confidence);
      if (std::isnan(found.value)) continue;
      table.add({methods[contrast.first].model, contrast.name, scores.cells[c], found.value, found.low, found.high,
                 scores.values[scores.column(contrast.first, c, Measure::sim_js)] /
                     scores.values[scores.column(contrast.second, c, Measure::sim_js)]});
    }
  return table;
}

findings::Table score_table(const HumanAnswers& humans, const std::vector<ModelScores>& models,
                            bool log_probabilities) {
  findings::Table table{"scores",
                        "Scores of the options",
                        "Records a model was asked, records with some letter missing (predicted 0), and, of "
                        "log-probabilities, the mean probability that the letters have together.",
                        {text_column("model"), integer_column("records", "records"), integer_column("of", "records"),
                         integer_column("missing_letters", "records"), real_column("letter_mass")},
                        {}};
  for (const ModelScores& model : models) {
    std::int64_t asked = 0;
    double mass = 0;
    for (const Scores& scores : model.plain) {
      asked += scores.empty() ? 0 : 1;
      mass += letter_mass(scores);
    }
    table.add({model.model, asked, static_cast<std::int64_t>(humans.records.size()), model.missing,
               log_probabilities && asked > 0 ? Cell(mass / static_cast<double>(asked)) : Cell()});
  }
  return table;
}

findings::Table path_table(const std::vector<ModelCalibration>& calibrations) {
  findings::Table table{"path",
                        "Regularisation path of the calibrator",
                        "Mean kl of people to prediction for countries, and for questions, left out in turn; the "
                        "ridge with the least mean of both is taken.",
                        {text_column("model"), real_column("ridge"), real_column("kl_countries"),
                         real_column("kl_questions"), text_column("chosen")},
                        {}};
  for (const ModelCalibration& one : calibrations)
    for (const PathPoint& point : one.path)
      table.add({one.model, point.ridge, point.countries, point.questions, point.ridge == one.ridge ? "yes" : "no"});
  return table;
}

findings::Table term_table(const HumanAnswers& humans, const Terms& terms,
                           const std::vector<ModelCalibration>& calibrations) {
  findings::Table table{"calibrators",
                        "The calibrators",
                        "inverse temperature: factor of the logits, common and what a number of options adds; letter "
                        "bias: by number of options, sum 0, corrects position and not content; country: shift along "
                        "the options, 0 for countries not trained on. decrement: squared Newton decrement at the end.",
                        {text_column("model"), text_column("term"), text_column("level"), real_column("estimate")},
                        {}};
  for (const ModelCalibration& one : calibrations) {
    const auto at = [&](std::size_t place) { return one.fit.theta[static_cast<Eigen::Index>(place)]; };
    table.add({one.model, "ridge", "", one.ridge});
    table.add({one.model, "decrement", one.fit.reached ? "reached" : "not reached", one.fit.decrement});
    table.add({one.model, "inverse temperature", "all", at(0)});
    for (const std::size_t options : terms.types()) {
      const std::string type = std::to_string(options) + " options";
      table.add({one.model, "inverse temperature", type, at(terms.type_at(options))});
      for (std::size_t k = 0; k < options; ++k)
        table.add({one.model, "letter bias", type + ", " + std::to_string(k + 1), at(terms.type_at(options) + 1 + k)});
    }
    for (std::size_t c = 0; c < humans.countries.size(); ++c)
      table.add({one.model, "country", humans.countries[c], at(terms.country_at(c))});
  }
  return table;
}

}  // namespace meridian::alignment
