#pragma once
// People and models as vectors that can be compared: which rows make a model's vector, what is subtracted from it,
// which items each variant leaves out. Semantics: docs/statistics.md, "Cosine".
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "findings/ledger.hpp"
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
  std::string source;  ///< which model file ("models", "persona-models"): one job may read two
  std::string language;
  std::string persona;  ///< "none", "China", "USA"
  Rows rows = Rows::persona;
  Center center = Center::condition;
  std::vector<std::string> pooled;  ///< personas of the mean when center is pooled_personas
  /// Label on the axis: "Chinese/none/condition", "Chinese/first-row/pooled:none+China+USA"; a source other than
  /// "models" follows in brackets. Equal labels mean equal vectors.
  std::string label() const;
  bool operator==(const Condition&) const = default;
};

/// A removal variant: the items left out. "none" leaves out nothing and comes first.
struct Variant {
  std::string name;          ///< "none", an item id, a dimension, or the user's name for a set
  std::vector<int> removed;  ///< item indices, ascending
};

/// The variant that leaves out nothing.
Variant variant_none();
/// One variant per item, named by its id, in the instrument's order.
std::vector<Variant> item_variants(const survey::Instrument& instrument);
/// One variant per dimension, in code-point order of the names (as R sorts factor levels in the C locale). Throws
/// InputError if an item has no dimension.
std::vector<Variant> dimension_variants(const survey::Instrument& instrument);
/// "name = item, item": a named set of item ids. Throws InputError for an unknown or repeated item.
Variant named_variant(const survey::Instrument& instrument, const std::string& definition);

/// One way of telling people apart in one file; several may stand in one panel, one after the other on the person axis.
struct PeopleSet {
  std::string name;       ///< "column", "blocks:36", ...
  std::size_t first = 0;  ///< person index
  std::size_t count = 0;
};

struct Panel {
  survey::Instrument instrument;
  survey::People people;  ///< all sets, concatenated; an id is unique within its set only
  std::vector<PeopleSet> people_sets;
  std::vector<survey::Model> models;  ///< union over sources, registry order
  std::vector<Condition> conditions;
  std::vector<Variant> variants;
  /// values[(condition * models + model) * items + item]. All NaN where the model has no vector under that condition:
  /// it lacks an item (its own or one of the pooled mean), or its answers are all equal.
  std::vector<double> values;
  /// centre[(variant * conditions + condition) * models + model]: over the items that remain. NaN: no cosine, because
  /// there is no vector or because the remaining answers are all equal.
  std::vector<double> centre;

  std::size_t items() const { return instrument.items.size(); }
  std::size_t columns() const { return conditions.size() * models.size(); }
  const double* vector(std::size_t condition, std::size_t model) const {
    return values.data() + (condition * models.size() + model) * items();
  }
};

using NamedPeople = std::pair<std::string, survey::People>;         ///< name of the set, people
using NamedAnswers = std::pair<std::string, survey::ModelAnswers>;  ///< name of the source, answers

/// Puts people and models side by side. Every model without a vector, and every model that is constant over the items
/// of a variant, gets a ledger line that names model and items. Throws InputError if a condition names a source,
/// language or persona that is not there, if two conditions or variants share a label, or if a variant leaves fewer
/// than two items; the first variant must be "none".
Panel build_panel(const survey::Instrument& instrument, const std::vector<NamedPeople>& people,
                  const std::vector<NamedAnswers>& sources, const std::vector<Condition>& conditions,
                  const std::vector<Variant>& variants, findings::Ledger& ledger);

}  // namespace meridian::panel
