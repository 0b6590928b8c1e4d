#pragma once
// The items file: what is asked, in every language. It comes from the user: texts of licensed questionnaires do not
// ship.
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace meridian::collection {

/// One row. `columns` holds every column by name, for the placeholders of a template.
struct PromptItem {
  std::string item, language, prompt;
  std::string sequence;   ///< kind steps: the dilemma that the step belongs to
  int step = 0;           ///< kind steps: 1, 2, ...
  std::string if_answer;  ///< kind steps: the answer to the step before for which this wording is used; empty: any
  int lowest = 0, highest = 0;
  std::map<std::string, std::string> columns;
};

/// Columns item, language, prompt; optional lowest, highest; sequence, step and if_answer for steps; any others. Items
/// that bring no scale get `lowest` and `highest`. Throws InputError for an item that comes twice in a language (and
/// if_answer), for steps without sequence, and for an empty file.
std::vector<PromptItem> read_prompt_items(const std::filesystem::path& file, bool steps, int lowest, int highest);

}  // namespace meridian::collection
