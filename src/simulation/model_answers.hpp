#pragma once
// What one model answers: a target per cell (condition x item) from the nations' means and seeded deviations, then
// every iteration.
#include <cstdint>
#include <string>
#include <vector>

#include "simulation/parameters.hpp"
#include "simulation/study.hpp"

namespace meridian::simulation {

struct SimulatedModel {
  ModelDescription description;
  std::string parameters_of;  ///< the study's model whose parameters it has; its own name for the study's models
  std::int64_t index = 0;     ///< number in the study
};

/// The first `model_count` models, alternating origins; beyond the study's own come "synthetic-021", ... with the
/// parameters of the study's models in turn.
std::vector<SimulatedModel> simulated_models(const Parameters& parameters, std::int64_t model_count);

/// Answers of one model to one survey, [language][persona][item][iteration], row-major in the order of the options.
struct ModelTrials {
  std::size_t languages = 0, personas = 0, items = 0, iterations = 0;
  std::vector<std::int8_t> answers;   ///< 0: refused
  std::vector<std::uint8_t> wording;  ///< a byte that picks the text
  std::size_t cell(std::size_t language, std::size_t persona, std::size_t item) const {
    return ((language * personas + persona) * items + item) * iterations;
  }
};

/// Each cell draws from a stream of its own, named by model, language, persona and item: leaving out a language or
/// persona changes nothing elsewhere. A cell that is not listed in refused_items.csv has at least one answer (the
/// question is asked until answered). Languages and personas without parameters of their own take those of English and
/// of no persona.
ModelTrials draw_trials(const Parameters& parameters, const SurveyParameters& survey, const SimulatedModel& model,
                        const StudyOptions& options);

}  // namespace meridian::simulation
