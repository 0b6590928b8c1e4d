#include "collection/design.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "error.hpp"
#include "tables/csv.hpp"
#include "tables/text.hpp"

namespace meridian::collection {
namespace {

class DesignReader {
 public:
  explicit DesignReader(const std::filesystem::path& file)
      : csv_(file), key_(csv_.column("key")), value_(csv_.column("value")) {}

  Design read() {
    while (csv_.next()) {
      const std::string key(csv_.text(key_)), value(csv_.text(value_));
      const bool repeats = key == "model" || key == "language" || key == "persona";
      if (!seen_.insert(repeats ? key + "=" + value : key).second) refuse(key_, key, "each key (and name) once");
      if (value.empty()) refuse(value_, value, "a value");
      take(key, value);
    }
    if (design_.models.empty()) refuse_file("no key 'model'", "at least one model");
    if (design_.languages.empty()) refuse_file("no key 'language'", "at least one language");
    if (design_.personas.empty()) design_.personas = {"none"};
    if (design_.lowest >= design_.highest) refuse_file("lowest not below highest", "a scale with two values or more");
    for (const auto& [model, name] : design_.served)
      if (std::find(design_.models.begin(), design_.models.end(), model) == design_.models.end())
        refuse_file("served." + model + " (" + name + ")", "the name of a model of the design");
    return design_;
  }

 private:
  void take(const std::string& key, const std::string& value) {
    if (key == "kind") return take_kind(value);
    if (key == "model") return design_.models.push_back(value);
    if (key == "language") return design_.languages.push_back(value);
    if (key == "persona") return design_.personas.push_back(value);
    if (key == "iterations") return void(design_.iterations = number(1, 1 << 20));
    if (key == "lowest") return void(design_.lowest = number(-1000, 1000));
    if (key == "highest") return void(design_.highest = number(-1000, 1000));
    if (key == "endpoint") return void(design_.endpoint = value);
    if (key == "seed") return void(design_.seed = csv_.integer(value_));
    if (key.rfind("served.", 0) == 0) return void(design_.served[key.substr(7)] = value);
    if (key == "logprobs") return take_logprobs();
    for (const char* setting : {"temperature", "top_p", "max_tokens", "max_completion_tokens"})
      if (key == setting) return take_body(key, value);
    if (key.rfind("body.", 0) == 0) return take_body(key.substr(5), value);
    refuse(key_, key,
           "kind, model, served.MODEL, language, persona, iterations, lowest, highest, endpoint, seed, logprobs, "
           "temperature, top_p, max_tokens, max_completion_tokens or body.KEY");
  }

  void take_kind(const std::string& value) {
    static const std::map<std::string, Kind> kinds = {
        {"items", Kind::items}, {"list", Kind::list}, {"pairs", Kind::pairs}, {"steps", Kind::steps}};
    const auto found = kinds.find(value);
    if (found == kinds.end()) refuse(value_, value, "items, list, pairs or steps");
    design_.kind = found->second;
  }

  void take_logprobs() {
    design_.body.emplace_back("logprobs", "true");
    design_.body.emplace_back("top_logprobs", std::to_string(number(1, 100)));
  }

  void take_body(const std::string& key, const std::string& value) {
    if (!nlohmann::json::accept(value)) refuse(value_, value, "a JSON value: 0.7, true, \"text\", [1, 2]");
    for (const char* ours : {"model", "messages", "seed"})
      if (key == ours) refuse(key_, key, "a field that meridian does not write itself");
    design_.body.emplace_back(key, value);
  }

  int number(int lowest, int highest) const {
    const std::string expected = fmt::format("a whole number from {} to {}", lowest, highest);
    const std::int64_t value = csv_.integer(value_, expected);
    if (value < lowest || value > highest) refuse(value_, std::string(csv_.text(value_)), expected);
    return static_cast<int>(value);
  }

  [[noreturn]] void refuse(std::size_t column, const std::string& found, const std::string& expected) const {
    throw InputError(csv_.where(column), tables::shown(found), expected, "Mend the design file.");
  }
  [[noreturn]] void refuse_file(const std::string& found, const std::string& expected) const {
    throw InputError(csv_.file().string(), found, expected, "Mend the design file.");
  }

  tables::CsvReader csv_;
  std::size_t key_, value_;
  std::set<std::string> seen_;
  Design design_;
};

}  // namespace

Design read_design(const std::filesystem::path& file) { return DesignReader(file).read(); }

}  // namespace meridian::collection
