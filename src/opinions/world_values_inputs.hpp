#pragma once
// The files of WorldValuesBench beside the answers: scales, recodes, who was asked what, and what the people of a
// country answer where their own answers may not be passed on. Questions are named "Q12" (a bare "12" is read so).
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

#include "audit/records.hpp"
#include "opinions/world_values.hpp"

namespace meridian::opinions {

/// "12" -> "Q12"; other names stay.
std::string question_name(std::string_view text);

/// question_metadata.json: an object by question with answer_scale_min and answer_scale_max; questions without numbers
/// there have no scale. Throws InputError if the file is not such JSON or holds no scale.
std::map<std::string, Scale> read_scales(const std::filesystem::path& file);

/// answer_adjustment.json: by question, from answer code to answer code; to "": the answer is dropped.
class Recodes {
 public:
  Recodes() = default;
  explicit Recodes(const std::filesystem::path& file);
  /// False if the answer is to be dropped; else `score` is the recoded one. All recodes act at once (2 <-> 3 swaps).
  bool apply(const std::string& question, double& score) const;

 private:
  struct Target {
    bool dropped = false;
    double score = 0;
  };
  std::map<std::string, std::map<double, Target>> targets_;
};

/// Strata of a participant; "" where not known. `country`: ISO numeric code, the participant id without its last six
/// digits where no field gives it.
struct Person {
  std::string country, continent, urban_rural, education;
};
std::string country_of(const std::string& participant);

/// samples.tsv: who was asked which question.
struct Samples {
  std::unordered_map<std::string, Person> people;
  std::map<std::string, std::map<std::string, std::map<std::string, double>>> asked;  ///< question, continent, country
  std::set<std::pair<std::string, std::string>> listed;                               ///< question, participant
};
/// Fields question, participant, country, continent, urban_rural, education.
const std::vector<audit::RecordField>& sample_fields();
Samples read_samples(const audit::RecordFiles& files, audit::RowFaults& faults);

/// By question and country code: percents of the answer codes.
using CountryPercents = std::map<std::string, std::map<std::string, WeightedValues>>;
/// CSV with columns country_code, question, answer_code, percent. Throws InputError for a percent below 0 or no number.
CountryPercents read_country_percents(const std::filesystem::path& file);

}  // namespace meridian::opinions
