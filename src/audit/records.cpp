#include "audit/records.hpp"

#include "audit/bytes.hpp"
#include "error.hpp"
#include "tables/csv.hpp"
#include "tables/text.hpp"

namespace meridian::audit {
namespace {

using tables::RecordMapping;

constexpr std::size_t kRowBlock = 4096;  // rows of an undivided document that a rank takes at once

/// Columns named as the fields.
RecordMapping plain_mapping(const std::filesystem::path& file, const std::vector<RecordField>& fields) {
  const tables::CsvReader csv(file);
  RecordMapping mapping;
  for (const RecordField& field : fields) {
    tables::FieldSource source{field.name, {}, {}, {}};
    if (field.required) csv.column(field.name);
    if (csv.find_column(field.name) != csv.npos) source.paths.push_back({field.name, {field.name}});
    mapping.fields.push_back(source);
  }
  return mapping;
}

void require_sources(const std::filesystem::path& file, const RecordMapping& mapping,
                     const std::vector<RecordField>& fields) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const tables::FieldSource& source = mapping.fields[i];
    const bool there = !source.paths.empty() || !source.constant.empty() || mapping.wide_name == source.name ||
                       mapping.wide_value == source.name || mapping.dictionary_name == source.name ||
                       mapping.dictionary_value == source.name;
    if (fields[i].required && !there)
      throw InputError(file.string(), "no source of '" + source.name + "'",
                       "field." + source.name + " or constant." + source.name, "Add the line to the mapping");
  }
}

RecordMapping mapping_of(const std::filesystem::path& file, const std::filesystem::path& mapping_file,
                         const std::vector<RecordField>& fields) {
  if (mapping_file.empty()) return plain_mapping(file, fields);
  std::vector<std::string> known;
  for (const RecordField& field : fields) known.push_back(field.name);
  return tables::read_record_mapping(mapping_file, known);
}

/// Moves to the next row; a broken record gives `broken`.
bool advance(tables::MappedReader& reader, bool& broken) {
  broken = false;
  try {
    return reader.next();
  } catch (const tables::RecordError&) {
    broken = true;
    return true;
  }
}

/// The rows that the reader gives; of a document that cannot be divided, every rank takes some blocks of rows.
void take_rows(tables::MappedReader& reader, const Team& sharing, std::size_t file, RowFaults& faults,
               const TakeRecord& take) {
  bool broken = false;
  for (std::size_t row = 0; advance(reader, broken); ++row) {
    if (!sharing.mine(row / kRowBlock)) continue;
    faults.looked_at(1);
    const std::string rule = broken ? "broken record" : take(reader);
    if (!rule.empty()) faults.add(rule, file, reader.line(), reader.where());
  }
}

std::string bytes_of(const tables::Stretch& stretch) {
  ByteWriter writer;
  writer.number(static_cast<std::int64_t>(stretch.breaks));
  for (const auto* pair : {&stretch.record, &stretch.breaks_before, &stretch.ends_quoted})
    for (const std::uint64_t number : *pair) writer.number(static_cast<std::int64_t>(number));
  return writer.bytes();
}

tables::Stretch stretch_of(const std::string& bytes) {
  ByteReader reader(bytes);
  tables::Stretch stretch;
  stretch.breaks = static_cast<std::uint64_t>(reader.number());
  for (auto* pair : {&stretch.record, &stretch.breaks_before, &stretch.ends_quoted})
    for (std::uint64_t& number : *pair) number = static_cast<std::uint64_t>(reader.number());
  return stretch;
}

/// This rank's part of the file. Collective.
tables::FilePart own_part(const tables::MappedReader& reader, const Team& team) {
  std::vector<tables::Stretch> stretches;
  for (const std::string& bytes : team.all_gather(bytes_of(reader.stretch(team.rank, team.size))))
    stretches.push_back(stretch_of(bytes));
  return tables::parts_of(stretches)[team.rank];
}

/// This rank's rows of a file. Collective.
void take_share(tables::MappedReader& reader, const Team& team, std::size_t file, RowFaults& faults,
                const TakeRecord& take) {
  const bool divided = team.size > 1 && reader.divisible();
  if (divided) reader.keep_to(own_part(reader, team));
  std::string wrong;
  try {
    take_rows(reader, divided ? Team() : team, file, faults, take);
  } catch (const InputError& error) {
    wrong = error.what();
  }
  for (const std::string& message : team.all_gather(wrong))
    if (!message.empty()) throw InputError(message);
}

}  // namespace

RecordFiles record_files(LayerInput& input, const std::string& key, const std::string& meaning,
                         const std::vector<RecordField>& fields) {
  RecordFiles records;
  const auto paths = input.file_list(key, meaning);
  const std::filesystem::path mapping_file = input.optional_file(key + "_mapping", "a mapping file");
  for (const auto& path : paths) {
    records.files.emplace_back(path, mapping_of(path, mapping_file, fields));
    require_sources(mapping_file.empty() ? path : mapping_file, records.files.back().second, fields);
  }
  return records;
}

RecordFiles named_record_files(LayerInput& input, const std::string& key, const std::string& meaning,
                               const std::vector<RecordField>& fields, const std::string& named) {
  const auto names = input.options.with_prefix(key + ".");
  if (names.empty()) return record_files(input, key, meaning, fields);
  if (input.options.has(key))
    throw InputError(input.options.where(key), key + " beside " + key + ".NAME", "one of the two",
                     "Name every file, or none if the records tell " + named);
  std::vector<RecordField> told = fields;
  std::size_t place = 0;
  for (std::size_t i = 0; i < told.size(); ++i)
    if (told[i].name == named) place = i;
  told[place].required = false;
  const std::filesystem::path mapping_file = input.optional_file(key + "_mapping", "a mapping file");
  RecordFiles records;
  for (const auto& [name, file] : names) {
    const std::filesystem::path path = input.file(key + "." + name, meaning);
    RecordMapping mapping = mapping_of(path, mapping_file, told);
    mapping.fields[place].paths.clear();
    mapping.fields[place].constant = name;
    require_sources(mapping_file.empty() ? path : mapping_file, mapping, fields);
    records.files.emplace_back(path, std::move(mapping));
  }
  return records;
}

void each_record(const RecordFiles& records, RowFaults& faults, const TakeRecord& take) {
  for (std::size_t file = 0; file < records.files.size(); ++file) {
    tables::MappedReader reader(records.files[file].first, records.files[file].second);
    take_rows(reader, Team(), file, faults, take);
  }
}

Tally tally_records(const RecordFiles& records, const Team& team, std::size_t fields, std::size_t categories,
                    const CountRecord& count) {
  CellCounts own(fields, categories);
  RowFaults own_faults;
  for (std::size_t file = 0; file < records.files.size(); ++file) {
    tables::MappedReader reader(records.files[file].first, records.files[file].second);
    take_share(reader, team, file, own_faults, [&](const tables::MappedReader& record) { return count(record, own); });
  }
  CellCounts all(fields, categories);
  for (const std::string& bytes : team.all_gather(own.bytes())) all.add_bytes(bytes);
  Tally tally;
  for (const std::string& bytes : team.all_gather(own_faults.bytes())) tally.faults.add_bytes(bytes);
  tally.cells = all.table();
  return tally;
}

}  // namespace meridian::audit
