#pragma once
// From the rows of a mapped file to trials.
#include <map>
#include <string>

#include "survey/survey.hpp"
#include "tables/mapped_reader.hpp"
#include "trials/scale.hpp"
#include "trials/trial.hpp"

namespace meridian::trials {

/// The fields that a mapping may name for trials (docs/formats.md), in the order of Field.
const std::vector<std::string>& trial_fields();
enum class Field : std::size_t { id, model, language, persona, item, iteration, text, finish, error, logprobs, shares };

/// What is needed to read a trial besides its record.
struct TrialContext {
  survey::Instrument instrument;
  OptionNames options;
};

/// Reads rows until the file ends. A row without a known item, model or iteration is a RecordError that names file and
/// line, as a broken record is; reading goes on behind it.
class TrialRecords {
 public:
  TrialRecords(const std::filesystem::path& file, const tables::RecordMapping& mapping, const TrialContext& context);
  bool next();
  /// Line of the current record, also after an error.
  std::size_t line() const { return rows_.line(); }
  std::string where() const { return rows_.where(); }
  /// The current trial; its iteration is -1 if the record does not number it.
  Trial& trial() { return trial_; }

 private:
  const std::string& text(Field field) const { return rows_.text(static_cast<std::size_t>(field)); }
  bool has(Field field) const { return rows_.has(static_cast<std::size_t>(field)); }
  void take_key();
  void take_answer();
  const Scale& scale();
  bool failed() const;
  [[noreturn]] void refuse(const std::string& found, const std::string& expected) const;

  const TrialContext& context_;
  std::map<std::string, const survey::Item*, std::less<>> items_;
  std::map<std::pair<std::string, std::string>, Scale> scales_;  ///< by item and language, made once
  tables::MappedReader rows_;
  Trial trial_;
};

}  // namespace meridian::trials
