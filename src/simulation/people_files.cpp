#include "simulation/people_files.hpp"

#include <algorithm>
#include <cmath>

#include "random/stream.hpp"
#include "simulation/population.hpp"
#include "simulation/record_file.hpp"

namespace meridian::simulation {
namespace {

enum class Kind { ordinary, incomplete, non_national, careless };

bool straight(const std::vector<std::int16_t>& answers) {
  return std::all_of(answers.begin(), answers.end(), [&](std::int16_t answer) { return answer == answers.front(); });
}

/// The excluded kinds come at random between the others, at their rates per analysable person.
Kind draw_kind(random::Stream& stream, const NationParameters& nation) {
  double u = stream.uniform() * (1 + nation.incomplete + nation.non_national + nation.careless);
  if ((u -= nation.incomplete) < 0) return Kind::incomplete;
  if ((u -= nation.non_national) < 0) return Kind::non_national;
  return u < nation.careless ? Kind::careless : Kind::ordinary;
}

/// One to six answers become "don't know", "no answer" or "missing".
void lose_answers(random::Stream& stream, std::vector<std::int16_t>& answers) {
  constexpr std::int16_t codes[] = {-1, -1, -2, -5};
  for (std::uint32_t left = 1 + stream.below(6); left > 0; --left)
    answers[stream.below(static_cast<std::uint32_t>(answers.size()))] = codes[stream.below(4)];
}

void count(PeopleCounts& counts, Kind kind, const std::vector<std::int16_t>& answers) {
  ++counts.people;
  if (kind == Kind::incomplete)
    ++counts.incomplete;
  else if (kind == Kind::non_national)
    ++counts.non_nationals;
  else
    ++(straight(answers) ? counts.straight_liners : counts.analysable);
}

/// The number with leading zeros up to the place of `highest_place` (10: two digits).
void padded(RecordFile& out, std::int64_t number, std::int64_t highest_place) {
  for (std::int64_t place = highest_place; place > 1 && number < place; place /= 10) out << '0';
  out << number;
}

constexpr std::string_view wvs_columns =
    "version;doi;A_WAVE;A_YEAR;A_STUDY;B_COUNTRY;B_COUNTRY_ALPHA;D_INTERVIEW;J_INTDATE;Q_MODE;W_WEIGHT;S018";

/// Columns before the answers. The interview number is country code, wave, running number, as in the official files.
void write_wvs_start(RecordFile& out, const NationParameters& nation, std::int64_t row, random::Stream& stream) {
  const std::int64_t month = 4 + stream.below(6), day = 1 + stream.below(28);
  const auto weight = static_cast<std::int64_t>(std::llround(1e4 * std::exp(0.3 * stream.normal() - 0.045)));  // mean 1
  out << "synthetic;synthetic;7;" << nation.year << ";2;" << nation.country_code << ';' << nation.country_alpha << ';'
      << nation.country_code << "07";
  padded(out, row, 1000);
  out << ';' << nation.year << '0' << month;
  padded(out, day, 10);
  out << ";2;" << weight / 10000 << '.';
  padded(out, weight % 10000, 1000);
  out << ";1";
}

/// Columns after the answers: Q254 (pride in the nation, 5: not a national), Q260 sex, Q261 year of birth, Q262 age.
void write_wvs_end(RecordFile& out, Kind kind, const std::string& year, random::Stream& stream) {
  const std::int64_t proud = 1 + stream.below(4), sex = 1 + stream.below(2), age = 18 + stream.below(60);
  out << ';' << (kind == Kind::non_national ? 5 : proud) << ';' << sex << ';' << std::int64_t{std::stoi(year)} - age
      << ';' << age << '\n';
}

PeopleCounts write_wvs_nation(RecordFile& out, const NationParameters& nation, const StudyOptions& options) {
  const Population population(nation);
  const std::string purpose = "WVS people " + nation.nation;
  const std::int64_t wanted = people_wanted(nation, options);
  PeopleCounts counts{nation.nation};
  std::vector<std::int16_t> answers;
  while (counts.analysable < wanted) {
    random::Stream stream(options.seed, purpose, static_cast<std::uint64_t>(counts.people));
    const Kind kind = draw_kind(stream, nation);
    population.draw(stream, answers);
    if (kind == Kind::careless) std::fill(answers.begin(), answers.end(), answers.front());
    if (kind == Kind::incomplete) lose_answers(stream, answers);
    count(counts, kind, answers);
    write_wvs_start(out, nation, counts.people, stream);
    for (const std::int16_t answer : answers) out << ';' << std::int64_t{answer};
    write_wvs_end(out, kind, nation.year, stream);
    out.end_record();
  }
  return counts;
}

PeopleCounts write_mfq_nation(RecordFile& out, const NationParameters& nation, const StudyOptions& options) {
  const Population population(nation);
  const std::string purpose = "MFQ2 people " + nation.nation;
  const std::int64_t wanted = people_wanted(nation, options);
  PeopleCounts counts{nation.nation};
  std::vector<std::int16_t> answers;
  for (std::int64_t person = 0, row = 0; person < wanted; ++person) {
    random::Stream stream(options.seed, purpose, static_cast<std::uint64_t>(person));
    population.draw(stream, answers);
    count(counts, Kind::ordinary, answers);
    for (std::size_t item = 0; item < answers.size(); ++item, ++row)
      out << nation.items[item] << ',' << std::int64_t{answers[item]} << ','
          << (options.scramble ? row % wanted : person) + 1 << ',' << nation.nation << ','
          << nation.factor_of_item[item] << "\r\n";
    out.end_record();
  }
  return counts;
}

}  // namespace

std::int64_t people_wanted(const NationParameters& nation, const StudyOptions& options) {
  const std::int64_t asked = nation.nation == "China" ? options.people_china : options.people_usa;
  return asked > 0 ? asked
                   : std::max<std::int64_t>(1, std::llround(options.scale * static_cast<double>(nation.people)));
}

PeopleFile write_mfq_people(const std::filesystem::path& file, const SurveyParameters& survey,
                            const StudyOptions& options) {
  RecordFile out(file);
  PeopleFile result;
  out << "Item,Response,Participant,Group,Dimension\r\n";
  for (const auto& nation : survey.nations) result.counts.push_back(write_mfq_nation(out, nation, options));
  result.bytes = out.finish();
  return result;
}

PeopleFile write_wvs_people(const std::filesystem::path& file, const SurveyParameters& survey,
                            const StudyOptions& options) {
  RecordFile out(file);
  PeopleFile result;
  out << wvs_columns;
  for (const auto& item : survey.items()) out << ";Q" << item;
  out << ";Q254;Q260;Q261;Q262\n";
  for (const auto& nation : survey.nations) result.counts.push_back(write_wvs_nation(out, nation, options));
  result.bytes = out.finish();
  return result;
}

}  // namespace meridian::simulation
