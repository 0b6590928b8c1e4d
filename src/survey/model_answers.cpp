#include "survey/model_answers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "error.hpp"
#include "survey/answer_text.hpp"
#include "survey/cell_collector.hpp"
#include "tables/text.hpp"

namespace meridian::survey {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

double mean_of_row(const tables::CsvReader& csv, std::size_t column, const Item& item) {
  if (csv.missing(column)) return not_a_number;
  const std::string expected =
      fmt::format("a mean from {} to {} for item {}, or NA", item.lowest, item.highest, item.id);
  const double mean = csv.number(column, expected);
  if (mean < item.lowest || mean > item.highest)
    throw InputError(csv.where(column), tables::shown(csv.text(column)), expected, "Correct this field.");
  return mean;
}

void judge_text(const tables::CsvReader& csv, std::size_t column, const Item& item, ModelAnswers& notes) {
  if (column == tables::CsvReader::npos) return;
  ++notes.texts;
  if (read_answer(csv.text(column), item.lowest, item.highest).kind != AnswerKind::answer)
    notes.unscored_texts.push_back(fmt::format("line {}", csv.line()));
}

ModelAnswers read_means(tables::CsvReader& csv, CellCollector& collector, findings::Ledger& ledger) {
  const std::size_t mean = csv.column("llm_response"), text = csv.find_column("response");
  const std::size_t iteration = csv.find_column("iteration");
  const std::string rule = "no mean over valid trials", source = csv.file().filename().string();
  ModelAnswers notes;
  while (csv.next()) {
    const std::size_t cell = collector.cell_of_row();
    collector.require_first(cell, 0, "the mean", "Remove one of the two rows.");
    Cell& row = collector.cells()[cell];
    row.mean = mean_of_row(csv, mean, collector.item_of(cell));
    row.variance = not_a_number;
    std::int64_t first = -1;
    if (iteration != tables::CsvReader::npos && tables::parse_integer(csv.text(iteration), first))
      row.first_trial = first;
    if (std::isnan(row.mean)) ledger.add(source, "cells", rule, collector.name(cell));
    judge_text(csv, text, collector.item_of(cell), notes);
  }
  ledger.looked_at(source, "cells", rule, static_cast<std::int64_t>(collector.cells().size()));
  ModelAnswers answers = collector.finish();
  answers.texts = notes.texts;
  answers.unscored_texts = std::move(notes.unscored_texts);
  return answers;
}

/// Valid trials of one cell as (iteration, answer), in the order of the rows, and how many were invalid.
struct CellTrials {
  std::vector<std::pair<std::int64_t, std::int16_t>> valid;
  std::int32_t invalid = 0;
};

void summarise(CellTrials& trials, Cell& cell) {
  std::sort(trials.valid.begin(), trials.valid.end());
  for (const auto& trial : trials.valid) cell.trials.push_back(trial.second);
  summarise_trials(cell);
  cell.refused = trials.invalid;
}

constexpr std::array<const char*, 4> reasons = {"", "refused in prose", "no answer in the text",
                                                "number off the scale"};

class TrialReader {
 public:
  TrialReader(tables::CsvReader& csv, CellCollector& collector, findings::Ledger& ledger)
      : csv_(csv),
        collector_(collector),
        ledger_(ledger),
        source_(csv.file().filename().string()),
        iteration_(csv.column("iteration")),
        response_(csv.column("response")) {}

  ModelAnswers read() {
    for (; csv_.next(); ++trials_) take_trial();
    for (std::size_t reason = 1; reason < reasons.size(); ++reason)
      ledger_.looked_at(source_, "trials", reasons[reason], trials_);
    const std::string rule = "no valid trial";
    ledger_.looked_at(source_, "cells", rule, static_cast<std::int64_t>(cells_.size()));
    for (std::size_t cell = 0; cell < cells_.size(); ++cell) {
      summarise(cells_[cell], collector_.cells()[cell]);
      if (cells_[cell].valid.empty()) ledger_.add(source_, "cells", rule, collector_.name(cell));
    }
    return collector_.finish();
  }

 private:
  void take_trial() {
    const std::size_t cell = collector_.cell_of_row();
    const std::int64_t iteration = csv_.integer(iteration_, "the number of the iteration");
    collector_.require_first(cell, iteration, fmt::format("iteration {}", iteration),
                             "Remove one of the two rows, or number the iterations apart.");
    if (cell == cells_.size()) cells_.emplace_back();
    const Item& item = collector_.item_of(cell);
    const AnswerText answer = read_answer(csv_.text(response_), item.lowest, item.highest);
    if (answer.kind != AnswerKind::answer) {
      ++cells_[cell].invalid;
      ledger_.add(source_, "trials", reasons[static_cast<std::size_t>(answer.kind)],
                  fmt::format("line {}", csv_.line()));
      return;
    }
    cells_[cell].valid.emplace_back(iteration, static_cast<std::int16_t>(answer.value));
  }

  tables::CsvReader& csv_;
  CellCollector& collector_;
  findings::Ledger& ledger_;
  std::string source_;
  std::size_t iteration_, response_;
  std::vector<CellTrials> cells_;
  std::int64_t trials_ = 0;
};

/// Told by any column that only a summary of trials can have: a misspelt llm_response must not turn means into trials.
bool is_file_of_means(const tables::CsvReader& csv) {
  for (const char* name : {"llm_response", "prop_na", "valid_item", "valid_llm"})
    if (csv.find_column(name) != tables::CsvReader::npos) return true;
  return false;
}

}  // namespace

void summarise_trials(Cell& cell) {
  std::int64_t sum = 0, squares = 0;  // whole numbers: exact whatever the order
  for (const std::int64_t answer : cell.trials) {
    sum += answer;
    squares += answer * answer;
  }
  const auto valid = static_cast<std::int64_t>(cell.trials.size());
  const auto n = static_cast<double>(valid);
  cell.valid = static_cast<std::int32_t>(valid);
  cell.mean = valid > 0 ? static_cast<double>(sum) / n : not_a_number;
  cell.variance = valid > 1 ? static_cast<double>(valid * squares - sum * sum) / (n * (n - 1)) : not_a_number;
}

ModelAnswers read_model_answers(const std::filesystem::path& file, const Instrument& instrument,
                                const std::vector<Model>& registry, findings::Ledger& ledger) {
  tables::CsvReader csv(file);
  CellCollector collector(csv, instrument, registry);
  const bool means = is_file_of_means(csv);
  if (!means && csv.find_column("iteration") == tables::CsvReader::npos)
    throw InputError(file.string(), "neither a column 'llm_response' nor a column 'iteration'",
                     "a file of means (llm_response) or of trials (iteration, response)",
                     "Check that this is a file of models' answers.");
  ModelAnswers answers = means ? read_means(csv, collector, ledger) : TrialReader(csv, collector, ledger).read();
  if (answers.cells.empty())
    throw InputError(file.string(), "a header without rows", "answers of at least one model",
                     "Check that the file is complete.");
  return answers;
}

}  // namespace meridian::survey
