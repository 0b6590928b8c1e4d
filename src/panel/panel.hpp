#pragma once
// People and models as vectors that can be compared: which rows make a model's vector, what is subtracted from it,
// which items each variant leaves out. Semantics: docs/statistics.md, "Cosine".
#include <cstdint>
#include <string>
#include <vector>

#include "survey/survey.hpp"

namespace meridian::panel {

/// What is subtracted from a model's answers before the cosine. Only centring matters: scale cancels.
enum class Center {
  condition,        ///< mean of the same vector (cosine = Pearson r)
  pooled_personas,  ///< mean over the named personas of the same language
};

/// Which cells of the file make a model's vector under a language.
enum class Rows {
  persona,    ///< the cells of that persona
  first_row,  ///< for each item the first row of the file for model and language, whatever its persona
};

/// A condition is one way to make one vector per model: the condition axis of the similarity array.
struct Condition {
  std::string source;    ///< which model file ("models", "persona-models"): one job may read two
  std::string language;
  std::string persona;   ///< "none", "China", "USA"
  Rows rows = Rows::persona;
  Center center = Center::condition;
  std::vector<std::string> pooled;  ///< personas of the mean when center is pooled_personas
  /// Label on the axis, e.g. "Chinese/none/condition", unique.
  std::string label() const;
  bool operator==(const Condition&) const = default;
};

/// A removal variant: the items left out. "none" leaves out nothing and comes first.
struct Variant {
  std::string name;             ///< "none", an item id, a dimension, or the user's name for a set
  std::vector<int> removed;     ///< item indices, ascending
};

/// One way of telling people apart in one file; several may stand in one panel, one after the other on the person axis.
struct PeopleSet {
  std::string name;         ///< "column", "blocks:36", ...
  std::size_t first = 0;    ///< person index
  std::size_t count = 0;
};

struct Panel {
  survey::Instrument instrument;
  survey::People people;                 ///< all sets, concatenated
  std::vector<PeopleSet> people_sets;
  std::vector<survey::Model> models;     ///< union over sources, registry order
  std::vector<Condition> conditions;
  std::vector<Variant> variants;
  /// values[(condition * models + model) * items + item]; all NaN where a model lacks an item under that condition.
  std::vector<double> values;
  /// centre[(variant * conditions + condition) * models + model]: over the items that remain.
  std::vector<double> centre;

  std::size_t items() const { return instrument.items.size(); }
  std::size_t columns() const { return conditions.size() * models.size(); }
  const double* vector(std::size_t condition, std::size_t model) const {
    return values.data() + (condition * models.size() + model) * items();
  }
};

}  // namespace meridian::panel
