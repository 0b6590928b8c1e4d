#include "survey/wide_people.hpp"

#include <fmt/format.h>

#include <unordered_map>

#include "error.hpp"
#include "survey/people_builder.hpp"
#include "tables/text.hpp"

namespace meridian::survey {
namespace {

/// "Q177" or "Q177: label", or npos.
std::size_t find_labelled(const tables::CsvReader& csv, const std::string& name) {
  if (csv.find_column(name) != tables::CsvReader::npos) return csv.find_column(name);
  for (std::size_t column = 0; column < csv.header().size(); ++column)
    if (csv.header()[column].rfind(name + ":", 0) == 0) return column;
  return tables::CsvReader::npos;
}

/// The same; throws as CsvReader::column does if the column is absent.
std::size_t labelled_column(const tables::CsvReader& csv, const std::string& name) {
  const std::size_t found = find_labelled(csv, name);
  return found != tables::CsvReader::npos ? found : csv.column(name);
}

/// Where the layout's columns stand in one file.
struct Places {
  std::size_t id = tables::CsvReader::npos, group = 0, excluded = tables::CsvReader::npos;
  std::vector<std::size_t> items;
};

Places find_places(const tables::CsvReader& csv, const WideLayout& layout) {
  Places places;
  places.group = labelled_column(csv, layout.group);
  if (!layout.id.empty())
    places.id = layout.id_optional ? find_labelled(csv, layout.id) : labelled_column(csv, layout.id);
  for (const std::string& item : layout.items) places.items.push_back(labelled_column(csv, item));
  if (layout.excluded_column.empty()) return places;
  try {
    places.excluded = labelled_column(csv, layout.excluded_column);
  } catch (const InputError& error) {
    throw InputError(fmt::format("{} {}", error.what(), layout.excluded_remedy));
  }
  return places;
}

struct FileAndLine {
  std::size_t file = 0, line = 0;
};

class WideReader {
 public:
  WideReader(const std::vector<std::filesystem::path>& files, const WideLayout& layout, const Instrument& instrument)
      : files_(files), layout_(layout), instrument_(instrument), builder_(instrument) {}

  People read(findings::Ledger& ledger) {
    std::string source;
    for (std::size_t file = 0; file < files_.size(); ++file) {
      read_file(file, ledger);
      source += (file ? ", " : "") + files_[file].filename().string();
    }
    return builder_.finish(source, ledger);
  }

 private:
  void read_file(std::size_t file, findings::Ledger& ledger) {
    tables::CsvReader csv(files_[file]);
    const Places places = find_places(csv, layout_);
    Groups groups = layout_.groups;
    std::int64_t rows = 0, of_study = 0, excluded = 0;
    while (csv.next()) {
      ++rows;
      ++row_;
      const std::string* group = groups.find(csv, places.group);
      if (group == nullptr) continue;
      ++of_study;
      const std::string id = new_id(csv, places, *group, file);
      if (places.excluded != tables::CsvReader::npos && is_excluded(csv, places.excluded))
        ++excluded;
      else
        take_answers(csv, places, builder_.add(id, *group));
    }
    const std::string source = files_[file].filename().string();
    groups.report(source, "people", rows, ledger);
    if (layout_.excluded_column.empty()) return;
    ledger.looked_at(source, "people", layout_.excluded_rule, of_study);
    if (excluded > 0) ledger.add(source, "people", layout_.excluded_rule, "", excluded);
  }

  std::string new_id(const tables::CsvReader& csv, const Places& places, const std::string& group, std::size_t file) {
    const bool numbered = places.id == tables::CsvReader::npos;
    if (!numbered && csv.missing(places.id))
      throw InputError(csv.where(places.id), tables::shown(csv.text(places.id)), "the person's number or name",
                       "Fill in this field.");
    std::string id =
        fmt::format("{}_{}", numbered ? fmt::format("row{}", row_) : std::string(csv.text(places.id)), group);
    const auto [place, fresh] = seen_.try_emplace(id, FileAndLine{file, csv.line()});
    if (!fresh)
      throw InputError(numbered ? fmt::format("{}:{}", csv.file().string(), csv.line()) : csv.where(places.id),
                       fmt::format("person {} a second time (first in {}:{})", tables::shown(id),
                                   files_[place->second.file].string(), place->second.line),
                       "each person once", "Remove one of the two rows, or correct the person's number.");
    return id;
  }

  /// "5" or "5.0", as spreadsheets write it.
  bool is_excluded(const tables::CsvReader& csv, std::size_t column) const {
    double found = 0, value = 0;
    if (csv.text(column) == layout_.excluded_value) return true;
    return tables::parse_number(csv.text(column), found) && tables::parse_number(layout_.excluded_value, value) &&
           found == value;
  }

  void take_answers(const tables::CsvReader& csv, const Places& places, std::size_t person) {
    for (std::size_t item = 0; item < places.items.size(); ++item)
      builder_.answer(person, item) = answer_code(csv, places.items[item], instrument_.items[item], layout_.missing);
  }

  const std::vector<std::filesystem::path>& files_;
  const WideLayout& layout_;
  const Instrument& instrument_;
  PeopleBuilder builder_;
  std::unordered_map<std::string, FileAndLine> seen_;  // look-up only, never walked through
  std::size_t row_ = 0;
};

}  // namespace

People read_wide_people(const std::vector<std::filesystem::path>& files, const WideLayout& layout,
                        const Instrument& instrument, findings::Ledger& ledger) {
  return WideReader(files, layout, instrument).read(ledger);
}

}  // namespace meridian::survey
