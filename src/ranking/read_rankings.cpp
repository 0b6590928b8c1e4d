// Three shapes of files with rankings.
#include <cmath>
#include <limits>
#include <map>
#include <tuple>

#include "error.hpp"
#include "ranking/answer_list.hpp"
#include "ranking/rankings.hpp"
#include "tables/csv.hpp"
#include "tables/text.hpp"

namespace meridian::ranking {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

template <class Entry>
[[noreturn]] void unknown_name(const std::string& where, const std::string& name, const std::vector<Entry>& entries,
                               const std::string& expected) {
  std::vector<std::string> names;
  for (const Entry& entry : entries) names.push_back(entry.name);
  const std::string close = tables::closest_name(name, names);
  throw InputError(where, tables::shown(name), expected,
                   close.empty() ? "Correct it, or add it to the table"
                                 : "Did you mean " + tables::shown(close) + "? Else add it to the table");
}

/// Model, version, language, replicate: one ranking each.
using Identity = std::tuple<std::size_t, std::string, std::string, std::string>;

/// The columns that say whose ranking a row is.
class Keys {
  std::size_t model, replicate, language, version;

 public:
  explicit Keys(const tables::CsvReader& reader)
      : model(reader.column("model")),
        replicate(reader.find_column("replicate")),
        language(reader.find_column("language")),
        version(reader.find_column("version")) {}

  bool holds(std::size_t column) const {
    return column == model || column == replicate || column == language || column == version;
  }

  Identity identity(const tables::CsvReader& reader, const Catalog& catalog) {
    const auto text = [&](std::size_t column) {
      return column == tables::CsvReader::npos ? std::string() : std::string(reader.text(column));
    };
    const auto [known, unseen] = models.try_emplace(text(model), kUnknown);
    if (unseen) known->second = catalog.model(known->first);
    if (known->second == kUnknown)
      unknown_name(reader.where(model), known->first, catalog.models, "a model of the model table");
    return {known->second, text(version), text(language), text(replicate)};
  }

 private:
  std::map<std::string, std::size_t> models;  // spelling -> model: a file has millions of lines and few spellings
};

GivenRanking start(const Identity& identity, const tables::CsvReader& reader, const Catalog& catalog) {
  const auto& [model, version, language, replicate] = identity;
  return {model,
          replicate,
          language,
          version,
          std::vector<double>(catalog.terms.size(), nan),
          reader.file().string() + ":" + std::to_string(reader.line()),
          {}};
}

double rank_in(const tables::CsvReader& reader, std::size_t column) {
  return reader.missing(column) ? nan : reader.number(column, "a rank, or an empty field");
}

std::vector<GivenRanking> read_long(tables::CsvReader& reader, const Catalog& catalog) {
  Keys keys(reader);
  const std::size_t term_column = reader.column("term"), rank_column = reader.column("rank");
  std::map<Identity, std::size_t> places;
  std::map<std::string, std::size_t> terms;  // spelling -> term
  std::vector<GivenRanking> rankings;
  while (reader.next()) {
    const Identity identity = keys.identity(reader, catalog);
    const auto [place, fresh] = places.try_emplace(identity, rankings.size());
    if (fresh) rankings.push_back(start(identity, reader, catalog));
    const std::string name(reader.text(term_column));
    const auto [known, unseen] = terms.try_emplace(name, kUnknown);
    if (unseen) known->second = catalog.term(name);
    if (known->second == kUnknown)
      unknown_name(reader.where(term_column), name, catalog.terms, "a term of the term table");
    GivenRanking& ranking = rankings[place->second];
    double& rank = ranking.ranks[known->second];
    if (!std::isnan(rank)) ranking.faults.push_back("term given twice");
    rank = rank_in(reader, rank_column);
  }
  return rankings;
}

/// Column of each term; a column that is neither a key nor a term is an error.
std::vector<std::size_t> term_columns(const tables::CsvReader& reader, const Keys& keys, const Catalog& catalog) {
  std::vector<std::size_t> columns(catalog.terms.size(), tables::CsvReader::npos);
  for (std::size_t c = 0; c < reader.header().size(); ++c) {
    if (keys.holds(c)) continue;
    const std::size_t term = catalog.term(reader.header()[c]);
    const std::string where = reader.file().string() + ":1";
    if (term == kUnknown) unknown_name(where, reader.header()[c], catalog.terms, "a term of the term table");
    if (columns[term] != tables::CsvReader::npos)
      throw InputError(where, tables::shown(reader.header()[c]) + " a second time", "one column per term",
                       "Remove one of the two");
    columns[term] = c;
  }
  return columns;
}

std::vector<GivenRanking> read_wide(tables::CsvReader& reader, const Catalog& catalog) {
  Keys keys(reader);
  const std::vector<std::size_t> columns = term_columns(reader, keys, catalog);
  std::vector<GivenRanking> rankings;
  while (reader.next()) {
    rankings.push_back(start(keys.identity(reader, catalog), reader, catalog));
    for (std::size_t t = 0; t < columns.size(); ++t)
      if (columns[t] != tables::CsvReader::npos) rankings.back().ranks[t] = rank_in(reader, columns[t]);
  }
  return rankings;
}

std::vector<GivenRanking> read_answers(tables::CsvReader& reader, const Catalog& catalog) {
  Keys keys(reader);
  const std::size_t answer = reader.column("answer");
  std::vector<GivenRanking> rankings;
  while (reader.next()) {
    rankings.push_back(start(keys.identity(reader, catalog), reader, catalog));
    AnswerList list = read_answer_list(std::string(reader.text(answer)), catalog);
    rankings.back().ranks = std::move(list.ranks);
    rankings.back().faults = std::move(list.faults);
  }
  return rankings;
}

Format format_of(const tables::CsvReader& reader, Format asked) {
  if (asked != Format::automatic) return asked;
  if (reader.find_column("answer") != reader.npos) return Format::answers;
  const bool is_long = reader.find_column("term") != reader.npos && reader.find_column("rank") != reader.npos;
  return is_long ? Format::long_table : Format::wide_table;
}

void require_distinct(const std::vector<GivenRanking>& rankings) {
  std::map<Identity, std::string> seen;
  for (const GivenRanking& ranking : rankings) {
    const auto [place, fresh] =
        seen.try_emplace({ranking.model, ranking.version, ranking.language, ranking.replicate}, ranking.where);
    if (!fresh)
      throw InputError(ranking.where, "the same model, replicate, language and version as " + place->second,
                       "one ranking for each", "Number the replicates in a column 'replicate'");
  }
}

}  // namespace

std::vector<GivenRanking> read_rankings(const std::filesystem::path& file, Format format, const Catalog& catalog) {
  tables::CsvReader reader(file);
  std::vector<GivenRanking> rankings;
  switch (format_of(reader, format)) {
    case Format::answers:
      rankings = read_answers(reader, catalog);
      break;
    case Format::long_table:
      rankings = read_long(reader, catalog);
      break;
    default:
      rankings = read_wide(reader, catalog);
  }
  if (rankings.empty()) throw InputError(file.string(), "no rankings", "at least one row", "Give a table with data");
  require_distinct(rankings);
  return rankings;
}

}  // namespace meridian::ranking
