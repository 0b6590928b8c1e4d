#pragma once
// Who meets what, people crossed with models, at any size: a design that can have more or fewer of both.
#include <cstddef>
#include <string>
#include <vector>

#include "models/design.hpp"
#include "models/reduced_table.hpp"
#include "resampling/strata.hpp"

namespace meridian::power {

/// The rows that one representative person of each class meets, class after class, without a response.
struct CrossedDesign {
  models::Formula formula;
  models::Frame frame;                     ///< has the factor `model`
  std::vector<models::ClassBlock> blocks;  ///< per class: its rows
  std::vector<double> people;              ///< per class
  resampling::Strata nations;              ///< classes within nations
  resampling::Strata origins;              ///< levels of `model` within origins
  std::string person = "participant", model = "llm";
};

/// 0: as many as the design has.
struct Size {
  std::size_t people = 0;  ///< per nation; classes share them as they do in the design (largest remainders)
  std::size_t models = 0;  ///< per origin; copies of the design's models in turn, each a level of its own
};

/// InputError where a nation would keep nobody in a class that the formula needs (build_design says which term).
CrossedDesign grown(const CrossedDesign& base, const Size& size);

/// What the model sees. Codes of covariates stay those of the frame: a coefficient means the same at every size.
models::Design design_of(const CrossedDesign& crossed);

}  // namespace meridian::power
