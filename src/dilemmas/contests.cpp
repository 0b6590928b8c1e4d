#include "dilemmas/contests.hpp"

#include "error.hpp"
#include "tables/csv.hpp"
#include "tables/text.hpp"

namespace meridian::dilemmas {
namespace {

enum Field : std::size_t { kModel, kDilemma, kStep, kChoice };
enum Category : std::size_t { kA, kB, kInvalid, kRefused, kCategories };

constexpr std::size_t kKeyFields = 3;  // model, dilemma, step

Category category_of(const tables::MappedReader& record) {
  const std::string& text = record.text(kChoice);
  if (text == "A" || text == "a") return kA;
  if (text == "B" || text == "b") return kB;
  if (text.empty() || text == "invalid") return kInvalid;
  if (text == "refused") return kRefused;
  throw InputError(record.where(), "the choice " + tables::shown(text), "A, B, invalid or refused",
                   "Name other texts in a mapping: label.choice.TEXT");
}

/// From 0; StepLabels::npos if the dilemma has no such step.
std::size_t step_of(const StepLabels& labels, std::size_t dilemma, const std::string& text) {
  std::int64_t step = 0;
  if (!tables::parse_integer(text, step) || step < 1 || step > static_cast<std::int64_t>(labels.steps))
    return StepLabels::npos;
  const auto place = static_cast<std::size_t>(step - 1);
  return labels.at(dilemma, place)[0] == StepLabels::npos ? StepLabels::npos : place;
}

std::string count(const tables::MappedReader& record, const StepLabels& labels, audit::CellCounts& cells) {
  const std::string &model = record.text(kModel), &dilemma = record.text(kDilemma);
  if (model.empty()) return "no model named";
  const std::size_t found = labels.find(dilemma);
  if (found == StepLabels::npos) return "dilemma without labels";
  const std::size_t place = step_of(labels, found, record.text(kStep));
  if (place == StepLabels::npos) return "step without labels";
  const std::string step = std::to_string(place);
  cells.add({&model, &dilemma, &step}, category_of(record));
  return {};
}

}  // namespace

const std::vector<audit::RecordField>& step_answer_fields() {
  static const std::vector<audit::RecordField> fields{{"model"}, {"dilemma"}, {"step"}, {"choice"}};
  return fields;
}

Contests read_contests(const audit::RecordFiles& records, const StepLabels& labels, const audit::Team& team,
                       audit::RowFaults& faults) {
  audit::Tally tally = audit::tally_records(
      records, team, kKeyFields, kCategories,
      [&](const tables::MappedReader& record, audit::CellCounts& cells) { return count(record, labels, cells); });
  faults = std::move(tally.faults);
  Contests made;
  made.models = tally.cells.names[0];
  made.invalid.resize(made.models.size());
  made.refused.resize(made.models.size());
  for (const auto& cell : tally.cells.cells) {
    const std::size_t dilemma = labels.find(tally.cells.names[1][cell.key[1]]);
    const std::size_t step = std::stoul(tally.cells.names[2][cell.key[2]]);
    const auto& [a, b] = labels.at(dilemma, step);
    made.contests.push_back({cell.key[0], dilemma, step, a, b, cell.counts[kA], cell.counts[kB]});
    made.invalid[cell.key[0]] += cell.counts[kInvalid];
    made.refused[cell.key[0]] += cell.counts[kRefused];
  }
  if (made.models.empty())
    throw InputError(records.files.front().first.string(), "no usable answer in " + faults.told(),
                     "choices in the labelled steps", "Check the names of the dilemmas and the mapping");
  return made;
}

std::vector<WinMatrices> win_matrices(const Contests& contests, const StepLabels& labels,
                                      const std::vector<double>& weights) {
  const auto values = static_cast<Eigen::Index>(labels.values.size());
  std::vector<WinMatrices> wins(contests.models.size(),
                                WinMatrices(labels.steps, Eigen::MatrixXd::Zero(values, values)));
  for (const Contest& contest : contests.contests) {
    const auto a = static_cast<Eigen::Index>(contest.a), b = static_cast<Eigen::Index>(contest.b);
    Eigen::MatrixXd& matrix = wins[contest.model][contest.step];
    matrix(a, b) += weights[contest.dilemma] * static_cast<double>(contest.wins_a);
    matrix(b, a) += weights[contest.dilemma] * static_cast<double>(contest.wins_b);
  }
  return wins;
}

Eigen::MatrixXd pooled(const WinMatrices& wins) {
  Eigen::MatrixXd sum = wins.front();
  for (std::size_t step = 1; step < wins.size(); ++step) sum += wins[step];
  return sum;
}

}  // namespace meridian::dilemmas
