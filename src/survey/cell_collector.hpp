#pragma once
// Cells while a file of model answers is read: which row belongs to which cell, in the order of first naming.
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "survey/item_index.hpp"
#include "survey/survey.hpp"
#include "tables/csv.hpp"

namespace meridian::survey {

class CellCollector {
 public:
  /// Finds the columns LLM, language, persona and item; throws InputError if one is absent.
  CellCollector(const tables::CsvReader& csv, const Instrument& instrument, const std::vector<Model>& registry);

  /// Index of the current row's cell, new or known. Throws InputError for a model that the registry lacks, an unknown
  /// item, an empty language or persona.
  std::size_t cell_of_row();
  /// Throws InputError if (cell, iteration) came before, naming both lines.
  void require_first(std::size_t cell, std::int64_t iteration, const std::string& what, const std::string& remedy);

  std::vector<Cell>& cells() { return answers_.cells; }
  const Item& item_of(std::size_t cell) const;
  /// "model, language, persona, item N", for messages and the ledger.
  std::string name(std::size_t cell) const;
  /// Numbers the models in registry order, leaving out those without a row.
  ModelAnswers finish();

 private:
  std::int32_t model_of_row();
  std::int32_t item_of_row();
  std::int32_t label_of_row(std::size_t column, std::vector<std::string>& labels) const;

  const tables::CsvReader& csv_;
  const Instrument& instrument_;
  const std::vector<Model>& registry_;
  ItemIndex items_;
  std::size_t model_column_, language_column_, persona_column_, item_column_;
  std::map<std::string, std::int32_t, std::less<>> models_;
  ModelAnswers answers_;
  std::unordered_map<std::uint64_t, std::size_t> index_;    // look-up only, never walked through
  std::vector<std::map<std::int64_t, std::size_t>> lines_;  // of each cell: iteration -> line
};

}  // namespace meridian::survey
