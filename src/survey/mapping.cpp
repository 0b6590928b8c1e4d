#include "survey/mapping.hpp"

#include <set>

#include "error.hpp"
#include "survey/people_options.hpp"
#include "tables/csv.hpp"
#include "tables/text.hpp"

namespace meridian::survey {
namespace {

class MappingReader {
 public:
  explicit MappingReader(const std::filesystem::path& file)
      : csv_(file), key_(csv_.column("key")), value_(csv_.column("value")) {}

  Mapping read() {
    while (csv_.next()) {
      const std::string key(csv_.text(key_)), value(csv_.text(value_));
      if (key != "missing" && !seen_.insert(key).second) refuse(key_, key, "each key once (but missing)");
      if (value.empty()) refuse(value_, value, "a value");
      take(key, value);
    }
    require("shape", "wide or long");
    require("group", "the column of the person's country or group");
    if (mapping_.shape == Shape::wide) return mapping_;
    require("item", "the column of the item's name");
    require("response", "the column of the answer");
    if (rows_per_person(mapping_.participant_id) == 0) require("id", "the column of the person, or participant_id");
    return mapping_;
  }

 private:
  void take(const std::string& key, const std::string& value) {
    if (key == "shape") return take_shape(value);
    if (key == "id") return void(mapping_.id = value);
    if (key == "group") return void(mapping_.group = value);
    if (key == "item") return void(mapping_.item = value);
    if (key == "response") return void(mapping_.response = value);
    if (key == "lowest") return void(mapping_.lowest = bound());
    if (key == "highest") return void(mapping_.highest = bound());
    if (key == "missing") return mapping_.missing.push_back(value);
    if (key == "participant_id") {
      rows_per_person(value);
      return void(mapping_.participant_id = value);
    }
    if (key.rfind("group.", 0) == 0) return void(mapping_.groups.emplace_back(key.substr(6), value));
    if (key.rfind("item.", 0) == 0) return void(mapping_.item_columns[key.substr(5)] = value);
    refuse(key_, key,
           "shape, id, group, group.TEXT, item, item.NAME, response, participant_id, lowest, highest or missing");
  }

  void take_shape(const std::string& value) {
    if (value != "wide" && value != "long") refuse(value_, value, "wide or long");
    mapping_.shape = value == "wide" ? Shape::wide : Shape::long_form;
  }

  int bound() const {
    const std::int64_t value = csv_.integer(value_, "a whole number");
    if (value < -9999 || value > 9999) refuse(value_, std::to_string(value), "a number from -9999 to 9999");
    return static_cast<int>(value);
  }

  [[noreturn]] void refuse(std::size_t column, const std::string& found, const std::string& expected) const {
    throw InputError(csv_.where(column), tables::shown(found), expected, "Correct the mapping file (docs/formats.md).");
  }

  void require(const std::string& key, const std::string& meaning) const {
    if (seen_.count(key) == 0)
      throw InputError(csv_.file().string(), "no key '" + key + "'", "a line '" + key + ",...': " + meaning,
                       "Add the line (docs/formats.md).");
  }

  tables::CsvReader csv_;
  std::size_t key_, value_;
  Mapping mapping_;
  std::set<std::string> seen_;
};

}  // namespace

Mapping read_mapping(const std::filesystem::path& file) { return MappingReader(file).read(); }

}  // namespace meridian::survey
