#include "trials/corrections.hpp"

#include "error.hpp"
#include "findings/files.hpp"
#include "storage/digest.hpp"
#include "tables/csv.hpp"
#include "tables/text.hpp"
#include "trials/store.hpp"

namespace meridian::trials {
namespace {

const std::vector<std::string> header = {"model",       "language", "persona", "item",       "iteration",
                                         "text_sha256", "text",     "value",   "confidence", "correction"};

std::filesystem::path corrections_file(const std::filesystem::path& store) { return store / "corrections.csv"; }

std::string correction_text(const ParsedAnswer& answer) {
  if (answer.outcome == Outcome::answered) return std::to_string(answer.value);
  return answer.outcome == Outcome::refused ? "refused" : "none";
}

ParsedAnswer parse_correction(const tables::CsvReader& csv, std::size_t column) {
  const std::string text(csv.text(column));
  if (text == "refused") return {Outcome::refused, 0, Rule::person, Confidence::certain};
  if (text == "none") return {Outcome::no_answer, 0, Rule::person, Confidence::certain};
  const auto value = csv.integer(column, "a whole number, refused or none");
  if (value < -32768 || value > 32767)
    throw InputError(csv.where(column), tables::shown(text), "an answer of the scale", "Correct this field.");
  return {Outcome::answered, static_cast<int>(value), Rule::person, Confidence::certain};
}

void read_into(const std::filesystem::path& file, Corrections& corrections) {
  tables::CsvReader csv(file);
  const std::size_t correction = csv.column("correction");
  while (csv.next()) {
    if (csv.text(correction).empty()) continue;
    const auto text = [&](const char* name) { return std::string(csv.text(csv.column(name))); };
    const TrialKey key{text("model"), text("language"), text("persona"), text("item"),
                       csv.integer(csv.column("iteration"))};
    corrections[{key, text("text_sha256")}] = parse_correction(csv, correction);
  }
}

std::string line_of(const TrialKey& key, const std::string& digest, const std::string& text, const std::string& value,
                    const std::string& confidence, const std::string& correction) {
  return tables::csv_line({key.model, key.language, key.persona, key.item, std::to_string(key.iteration), digest, text,
                           value, confidence, correction});
}

bool needs_review(const Trial& trial) {
  if (trial.answer.rule == Rule::person || trial.answer.outcome == Outcome::failed) return false;
  if (trial.answer.outcome == Outcome::answered) return trial.answer.confidence == Confidence::doubtful;
  return trial.answer.outcome == Outcome::no_answer && !trial.text.empty();
}

}  // namespace

Corrections read_corrections(const std::filesystem::path& store) {
  Corrections corrections;
  if (std::filesystem::exists(corrections_file(store))) read_into(corrections_file(store), corrections);
  return corrections;
}

void correct(Trial& trial, const Corrections& corrections) {
  if (corrections.empty()) return;
  const auto found = corrections.find({trial.key, storage::sha256(trial.text)});
  if (found != corrections.end()) trial.answer = found->second;
}

std::size_t write_review(const std::filesystem::path& store, const std::filesystem::path& file) {
  std::string text = tables::csv_line(header);
  std::size_t doubtful = 0;
  each_trial(store, [&](const Trial& trial) {
    if (!needs_review(trial)) return;
    ++doubtful;
    const std::string value = trial.answer.outcome == Outcome::answered ? std::to_string(trial.answer.value) : "";
    text += line_of(trial.key, storage::sha256(trial.text), trial.text, value,
                    std::string(name_of(trial.answer.confidence)), "");
  });
  findings::write_text(file, text);
  return doubtful;
}

std::size_t take_review(const std::filesystem::path& store, const std::filesystem::path& file) {
  Corrections corrections = read_corrections(store), added;
  read_into(file, added);
  for (const auto& [key, answer] : added) corrections[key] = answer;
  std::string text = tables::csv_line(header);
  for (const auto& [key, answer] : corrections)
    text += line_of(key.first, key.second, "", "", "", correction_text(answer));
  findings::write_text(corrections_file(store), text);
  return added.size();
}

}  // namespace meridian::trials
