#include "trials/scale.hpp"

#include "error.hpp"
#include "survey/answer_numbers.hpp"
#include "tables/csv.hpp"
#include "tables/text.hpp"

namespace meridian::trials {
namespace {

std::string text_of(const tables::CsvReader& csv, std::size_t column) {
  return column == tables::CsvReader::npos ? std::string() : std::string(csv.text(column));
}

std::string letter_of(const tables::CsvReader& csv, std::size_t column) {
  std::string letter = text_of(csv, column);
  if (letter.empty()) return letter;
  if (letter.size() != 1 || letter[0] < 'A' || letter[0] > 'Z')
    throw InputError(csv.where(column), tables::shown(letter), "one letter from A to Z, or nothing", "Correct it.");
  return letter;
}

void require_new(const std::vector<Option>& options, const Option& added, const std::string& where) {
  for (const Option& known : options) {
    const bool same_letter = !added.letter.empty() && known.letter == added.letter;
    const bool same_label = !added.label.empty() && known.label == added.label;
    if (known.value == added.value || same_letter || same_label)
      throw InputError(where, "a value, letter or label that came before", "each once per item and language",
                       "Remove one of the two rows.");
  }
}

}  // namespace

OptionNames read_option_names(const std::filesystem::path& file) {
  tables::CsvReader csv(file);
  const std::size_t item = csv.column("item"), language = csv.column("language"), value = csv.column("value");
  const std::size_t letter = csv.find_column("letter"), label = csv.find_column("label");
  OptionNames names;
  while (csv.next()) {
    const Option option{static_cast<int>(csv.integer(value)), letter_of(csv, letter),
                        survey::plain_text(text_of(csv, label))};
    if (option.letter.empty() && option.label.empty())
      throw InputError(csv.where(value), "neither a letter nor a label", "a name of the option", "Give one.");
    std::vector<Option>& options = names[{std::string(csv.text(item)), std::string(csv.text(language))}];
    require_new(options, option, csv.where(value));
    options.push_back(option);
  }
  return names;
}

Scale scale_of(const survey::Item& item, const std::string& language, const OptionNames& names) {
  Scale scale{item.lowest, item.highest, {}};
  for (const std::string& key : {item.id, std::string("*")})
    if (const auto found = names.find({key, language}); found != names.end()) {
      scale.options = found->second;
      break;
    }
  return scale;
}

}  // namespace meridian::trials
