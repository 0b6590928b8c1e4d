#include "survey/long_people.hpp"

#include <fmt/format.h>

#include <map>

#include "error.hpp"
#include "survey/item_index.hpp"
#include "survey/people_builder.hpp"
#include "survey/people_options.hpp"
#include "tables/text.hpp"

namespace meridian::survey {
namespace {

/// The block of rows that is being filled, within one group.
struct Block {
  std::size_t rows = 0, number = 0, person = 0;
};

class LongReader {
 public:
  LongReader(const std::filesystem::path& file, const LongLayout& layout, const Instrument& instrument);
  People read(findings::Ledger& ledger);

 private:
  /// Moves to the next row of the study and says whose answer to which item it holds; false at the end.
  bool next();
  void take_answer();
  void find_item();
  void check_dimension() const;
  std::size_t person_of_column(const std::string& group);
  std::size_t person_of_block(const std::string& group);
  [[noreturn]] void refuse_second_answer() const;

  tables::CsvReader csv_;
  LongLayout layout_;
  const Instrument& instrument_;
  ItemIndex items_;
  PeopleBuilder builder_;
  std::size_t block_rows_;
  std::size_t item_column_, response_, group_, participant_, dimension_;
  std::map<std::string, Block> blocks_;
  std::int64_t rows_ = 0, missing_ = 0;
  std::string id_;
  std::size_t person_ = 0, item_ = 0;  // of the current row
};

LongReader::LongReader(const std::filesystem::path& file, const LongLayout& layout, const Instrument& instrument)
    : csv_(file),
      layout_(layout),
      instrument_(instrument),
      items_(instrument),
      builder_(instrument),
      block_rows_(rows_per_person(layout.participant_id)),
      item_column_(csv_.column(layout.item)),
      response_(csv_.column(layout.response)),
      group_(csv_.column(layout.group)),
      participant_(block_rows_ > 0 ? tables::CsvReader::npos : csv_.column(layout.participant)),
      dimension_(layout.dimension.empty() ? tables::CsvReader::npos : csv_.column(layout.dimension)) {}

People LongReader::read(findings::Ledger& ledger) {
  while (next()) take_answer();
  const std::string source = csv_.file().filename().string();
  layout_.groups.report(source, "rows", rows_, ledger);
  ledger.looked_at(source, "rows", "answer is missing", rows_);
  if (missing_ > 0) ledger.add(source, "rows", "answer is missing", "", missing_);
  return builder_.finish(source, ledger);
}

bool LongReader::next() {
  while (csv_.next()) {
    ++rows_;
    const std::string* group = layout_.groups.find(csv_, group_);
    if (group == nullptr) continue;
    find_item();
    person_ = block_rows_ > 0 ? person_of_block(*group) : person_of_column(*group);
    return true;
  }
  return false;
}

void LongReader::take_answer() {
  std::int16_t& answer = builder_.answer(person_, item_);
  if (answer != unnamed_answer) refuse_second_answer();
  answer = answer_code(csv_, response_, instrument_.items[item_], layout_.missing);
  missing_ += answer == missing_answer;
}

void LongReader::find_item() {
  const int item = items_.find(csv_.text(item_column_));
  if (item < 0)
    throw InputError(csv_.where(item_column_), tables::shown(csv_.text(item_column_)), items_.expected(),
                     "Remove the rows of other items, or add the item to the dictionary.");
  item_ = static_cast<std::size_t>(item);
  check_dimension();
}

void LongReader::check_dimension() const {
  if (dimension_ == tables::CsvReader::npos) return;
  const std::string& expected = instrument_.items[item_].dimension;
  if (csv_.text(dimension_) != expected)
    throw InputError(csv_.where(dimension_), tables::shown(csv_.text(dimension_)),
                     fmt::format("'{}', as item {} has in the dictionary", expected, instrument_.items[item_].id),
                     "Correct the file or the item dictionary.");
}

std::size_t LongReader::person_of_column(const std::string& group) {
  if (csv_.missing(participant_))
    throw InputError(csv_.where(participant_), tables::shown(csv_.text(participant_)), "the person's number or name",
                     "Fill in this field, or tell people apart by rows: participant_id = blocks:N.");
  id_.assign(csv_.text(participant_)).append("_").append(group);
  return builder_.find_or_add(id_, group);
}

std::size_t LongReader::person_of_block(const std::string& group) {
  Block& block = blocks_[group];
  if (block.rows == 0) block.person = builder_.add(fmt::format("{}_{}", ++block.number, group), group);
  block.rows = (block.rows + 1) % block_rows_;
  return block.person;
}

/// The earlier line is found by reading the file again: lines of a million people would cost memory for nothing.
void LongReader::refuse_second_answer() const {
  LongReader again(csv_.file(), layout_, instrument_);
  while (again.next() && (again.person_ != person_ || again.item_ != item_)) {
  }
  const std::string where = fmt::format("{}:{}", csv_.file().string(), csv_.line());
  const std::string found = fmt::format("a second answer of person {} to item {} (the first is on line {})",
                                        builder_.id(person_), instrument_.items[item_].id, again.csv_.line());
  if (block_rows_ > 0)
    throw InputError(where, found, fmt::format("each item once in {} consecutive rows of a country", block_rows_),
                     "The rows do not come in blocks: use participant_id = column, or sort the file by person.");
  throw InputError(where, found, "one answer per person and item",
                   "Remove one of the two rows, or correct the person.");
}

}  // namespace

People read_long_people(const std::filesystem::path& file, const LongLayout& layout, const Instrument& instrument,
                        findings::Ledger& ledger) {
  return LongReader(file, layout, instrument).read(ledger);
}

}  // namespace meridian::survey
