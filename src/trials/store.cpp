#include "trials/store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "error.hpp"
#include "storage/digest.hpp"
#include "storage/units.hpp"
#include "survey/item_index.hpp"
#include "survey/model_answers.hpp"
#include "trials/corrections.hpp"

namespace meridian::trials {
namespace {

namespace fs = std::filesystem;

bool is_answer(const TrialState& state) { return state.present && state.outcome == Outcome::answered; }

/// Position of a label in a list, which is sorted afterwards; -1 if it is not there.
std::int32_t position(const std::vector<std::string>& labels, const std::string& label) {
  const auto found = std::find(labels.begin(), labels.end(), label);
  return found == labels.end() ? -1 : static_cast<std::int32_t>(found - labels.begin());
}

class AnswersBuilder {
 public:
  AnswersBuilder(const fs::path& store, const survey::Instrument& instrument,
                 const std::vector<survey::Model>& registry, findings::Ledger& ledger)
      : source_(store.filename().string()), items_(instrument), registry_(registry), ledger_(ledger) {
    answers_.file = source_;
  }

  survey::ModelAnswers build(const TrialCells& cells) {
    find_models(cells);
    for (const auto& [key, states] : cells.cells()) add(key, states);
    std::stable_sort(answers_.cells.begin(), answers_.cells.end(), [](const survey::Cell& a, const survey::Cell& b) {
      return std::tie(a.model, a.language, a.persona, a.item) < std::tie(b.model, b.language, b.persona, b.item);
    });
    for (const char* outcome : {"refused", "no answer", "off scale", "truncated", "failed", "shares"})
      ledger_.looked_at(source_, "trials", outcome, trials_);
    return std::move(answers_);
  }

 private:
  void find_models(const TrialCells& cells) {
    std::vector<std::string> present;
    for (const auto& [key, states] : cells.cells()) {
      if (present.empty() || present.back() != key.model) present.push_back(key.model);
      if (position(answers_.languages, key.language) < 0) answers_.languages.push_back(key.language);
      if (position(answers_.personas, key.persona) < 0) answers_.personas.push_back(key.persona);
    }
    std::sort(answers_.languages.begin(), answers_.languages.end());
    std::sort(answers_.personas.begin(), answers_.personas.end());
    for (const survey::Model& model : registry_)
      if (position(present, model.name) >= 0) answers_.models.push_back(model);
  }

  std::int32_t model_of(const CellKey& key) const {
    for (std::size_t i = 0; i < answers_.models.size(); ++i)
      if (answers_.models[i].name == key.model) return static_cast<std::int32_t>(i);
    return -1;
  }

  void add(const CellKey& key, const std::vector<TrialState>& states) {
    survey::Cell cell;
    cell.model = model_of(key);
    cell.item = items_.find(key.item);
    cell.language = position(answers_.languages, key.language);
    cell.persona = position(answers_.personas, key.persona);
    if (cell.model < 0) return ledger_.add(source_, "cells", "model not in the registry", key.model);
    if (cell.item < 0) return ledger_.add(source_, "cells", "item of another survey", key.item);
    cell.refused = 0;
    for (std::size_t iteration = 0; iteration < states.size(); ++iteration)
      take(key, iteration, states[iteration], cell);
    survey::summarise_trials(cell);
    answers_.cells.push_back(std::move(cell));
  }

  void take(const CellKey& key, std::size_t iteration, const TrialState& state, survey::Cell& cell) {
    if (!state.present) return;
    ++trials_;
    if (is_answer(state)) return cell.trials.push_back(state.value);
    ++cell.refused;
    ledger_.add(source_, "trials", std::string(name_of(state.outcome)),
                describe({key.model, key.language, key.persona, key.item, static_cast<std::int64_t>(iteration)}));
  }

  std::string source_;
  survey::ItemIndex items_;
  const std::vector<survey::Model>& registry_;
  findings::Ledger& ledger_;
  survey::ModelAnswers answers_;
  std::int64_t trials_ = 0;
};

}  // namespace

bool is_trial_store(const fs::path& folder) { return fs::is_directory(folder) && !import_folders(folder).empty(); }

std::vector<fs::path> import_folders(const fs::path& store) {
  std::vector<fs::path> folders;
  if (fs::is_directory(store))
    for (const auto& entry : fs::directory_iterator(store))
      if (entry.is_directory() && entry.path().filename().string().rfind("import-", 0) == 0)
        folders.push_back(entry.path());
  std::sort(folders.begin(), folders.end());
  return folders;
}

void each_trial(const fs::path& store, const std::function<void(const Trial&)>& visit) {
  const Corrections corrections = read_corrections(store);
  const std::vector<fs::path> folders = import_folders(store);
  if (folders.empty())
    throw InputError(store.string(), "no imports", "a trial store", "Make one with meridian import.");
  for (const fs::path& folder : folders) {
    const storage::UnitStore units = storage::UnitStore::open(folder);
    if (!units.missing().empty())
      throw InputError(folder.string(),
                       fmt::format("{} of {} units", units.plan().units - units.missing().size(), units.plan().units),
                       "a complete import", "Run the same meridian import again: it goes on where it stopped.");
    for (std::size_t unit = 0; unit < units.plan().units; ++unit)
      for (Trial& trial : read_trial_unit(units.unit_path(unit)).trials) {
        correct(trial, corrections);
        visit(trial);
      }
  }
}

TrialCells read_cells(const fs::path& store) {
  TrialCells cells;
  each_trial(store, [&](const Trial& trial) { cells.take(trial.key, trial.answer); });
  return cells;
}

std::string store_digest(const fs::path& store) {
  storage::Sha256 digest;
  for (const fs::path& folder : import_folders(store)) {
    const storage::UnitStore units = storage::UnitStore::open(folder);
    for (std::size_t unit = 0; unit < units.plan().units; ++unit)
      if (units.done(unit)) digest.add(storage::sha256_file(units.unit_path(unit)));
  }
  if (fs::exists(store / "corrections.csv")) digest.add(storage::sha256_file(store / "corrections.csv"));
  return digest.finish();
}

survey::ModelAnswers read_store_answers(const fs::path& store, const survey::Instrument& instrument,
                                        const std::vector<survey::Model>& registry, findings::Ledger& ledger) {
  return AnswersBuilder(store, instrument, registry, ledger).build(read_cells(store));
}

}  // namespace meridian::trials
