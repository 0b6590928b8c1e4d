#pragma once
// What people and models answered, as read: no standardising, no analysis.
#include <cstdint>
#include <string>
#include <vector>

#include "findings/document.hpp"

namespace meridian::survey {

struct Item {
  std::string id;         ///< "1" ... "36" (MFQ-2), "177" ... "195" (WVS)
  std::string dimension;  ///< may be empty
  std::string gloss;      ///< a few words
  int lowest = 1;         ///< closed range of valid answers to this item
  int highest = 10;
};

/// A questionnaire: its items in file order; lowest and highest are the extremes over its items.
struct Instrument {
  std::string name;  ///< "MFQ2", "WVS" or the user's
  std::vector<Item> items;
  int lowest = 1;
  int highest = 5;
};

/// Complete cases only. answers[person * items + item], whole codes in [lowest, highest].
struct People {
  std::vector<std::string> nations;   ///< labels, in code-point order
  std::vector<std::string> ids;       ///< "<Participant>_<Group>", unique
  std::vector<std::int32_t> nation;   ///< per person, index into nations
  std::vector<std::int16_t> answers;  ///< persons x items, row-major
  std::size_t size() const { return ids.size(); }
};

/// A language model, from the registry (data/models.csv).
struct Model {
  std::string name;          ///< key used in data files, e.g. "gpt-4.1"
  std::string display_name;  ///< "GPT-4.1"
  std::string origin;        ///< "China", "USA"
  std::string company;       ///< may be empty
};

/// What a model answered to one item under one language and persona, over its iterations.
struct Cell {
  std::int32_t model = 0, language = 0, persona = 0, item = 0;  ///< indices
  double mean = 0;                                              ///< over valid iterations; NaN if none is valid
  std::int32_t valid = -1;    ///< number of valid iterations, -1 where the file does not tell (public files)
  std::int32_t refused = -1;  ///< invalid or refused iterations, -1 where the file does not tell
  double variance = 0;        ///< of the valid iterations (n - 1); NaN if unknown
  /// The valid answers in order of their iteration: what resampling the elicitation draws from. Empty where the file
  /// holds means.
  std::vector<std::int16_t> trials = {};
  std::int64_t first_trial = -1;  ///< of a file of means: number of the first trial kept, -1 where it does not tell
};

/// Cells in the order in which the file first names them (the `first-row` rule depends on it).
struct ModelAnswers {
  std::string file;                    ///< name of the file, without folders
  std::vector<Model> models;           ///< those in the file, in registry order
  std::vector<std::string> languages;  ///< "Chinese", "English"
  std::vector<std::string> personas;   ///< "none", "China", "USA"
  std::vector<Cell> cells;
  /// "line N" of every text in a file of means that our rules (answer_text.hpp) would not have scored.
  std::vector<std::string> unscored_texts;
  std::int64_t texts = 0;  ///< how many texts the file of means holds
};

/// People and models of one survey with what was excluded and what the integrity checks say.
struct Survey {
  Instrument instrument;
  People people;
  ModelAnswers models;
  findings::Ledger exclusions;
  std::vector<findings::Table> integrity;
  std::vector<findings::Note> notes;
};

}  // namespace meridian::survey
