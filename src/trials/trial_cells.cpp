#include "trials/trial_cells.hpp"

namespace meridian::trials {
namespace {

/// What comes later replaces what is weaker: a failed request, then a text without an answer, then an answer or a
/// refusal.
int strength(Outcome outcome) {
  switch (outcome) {
    case Outcome::failed:
      return 0;
    case Outcome::no_answer:
    case Outcome::off_scale:
    case Outcome::truncated:
      return 1;
    case Outcome::answered:
    case Outcome::refused:
    case Outcome::shares:
      break;
  }
  return 2;
}

CellKey cell_of(const TrialKey& key) { return {key.model, key.language, key.persona, key.item}; }

}  // namespace

bool TrialCells::take(const TrialKey& key, const ParsedAnswer& answer) {
  std::vector<TrialState>& states = cells_[cell_of(key)];
  const auto iteration = static_cast<std::size_t>(key.iteration);
  if (iteration >= states.size()) states.resize(iteration + 1);
  TrialState& state = states[iteration];
  if (state.present && strength(answer.outcome) <= strength(state.outcome)) return false;
  state = {static_cast<std::int16_t>(answer.value), answer.outcome, true};
  return true;
}

const std::vector<TrialState>* TrialCells::find(const TrialKey& key) const {
  const auto found = cells_.find(cell_of(key));
  return found == cells_.end() ? nullptr : &found->second;
}

std::int64_t TrialCells::next_iteration(const TrialKey& key) const {
  const std::vector<TrialState>* states = find(key);
  return states == nullptr ? 1 : static_cast<std::int64_t>(states->size());
}

TrialState TrialCells::state(const TrialKey& key) const {
  const std::vector<TrialState>* states = find(key);
  const auto iteration = static_cast<std::size_t>(key.iteration);
  return states == nullptr || iteration >= states->size() ? TrialState{} : (*states)[iteration];
}

}  // namespace meridian::trials
