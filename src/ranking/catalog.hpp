#pragma once
// What is ranked and who ranks: terms in dimensions, models in groups. Tables that a user may replace; see
// docs/formats.md, "Rankings".
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace meridian::ranking {

inline constexpr std::size_t kUnknown = static_cast<std::size_t>(-1);

struct Term {
  std::string name;
  std::size_t dimension = 0;
  std::vector<std::string> names;  ///< other spellings and languages, as answers use them
};

struct Model {
  std::string name;
  std::size_t group = 0;
  std::string label;               ///< of a grouping to compare clusters with; may be empty
  std::vector<std::string> names;  ///< other spellings
  double stability = 0;            ///< W of the study, target of synthetic replicates; NaN where unknown
};

struct Archetype {
  std::string name;
  std::vector<std::size_t> terms;
};

struct Catalog {
  std::vector<Term> terms;  ///< in the order of the prompt
  std::vector<std::string> dimensions;
  std::vector<Model> models;
  std::vector<std::string> groups;  ///< differences are first minus second
  std::vector<Archetype> archetypes;

  /// Index by name or other spelling, ignoring case; kUnknown if there is none.
  std::size_t term(const std::string& name) const;
  std::size_t model(const std::string& name) const;
  /// Terms of a dimension, in prompt order.
  std::vector<std::size_t> terms_of(std::size_t dimension) const;
  /// Indices of the models of a group, ascending.
  std::vector<std::size_t> models_of(std::size_t group) const;
};

struct CatalogFiles {
  std::filesystem::path terms, models, archetypes;  ///< archetypes may be empty
};

/// `groups` gives their order; empty: code-point order. Throws InputError naming file and line for an empty or doubled
/// name, fewer than two terms, or a group that is not in the file.
Catalog read_catalog(const CatalogFiles& files, const std::vector<std::string>& groups);

/// Lower case for ASCII letters, full-width digits and signs as plain ones, blanks trimmed.
std::string folded(const std::string& text);

}  // namespace meridian::ranking
