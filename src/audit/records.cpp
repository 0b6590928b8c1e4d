#include "audit/records.hpp"

#include "error.hpp"
#include "tables/csv.hpp"
#include "tables/text.hpp"

namespace meridian::audit {
namespace {

using tables::RecordMapping;

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

}  // namespace

RecordFiles record_files(LayerInput& input, const std::string& key, const std::string& meaning,
                         const std::vector<RecordField>& fields) {
  RecordFiles records;
  const auto paths = input.file_list(key, meaning);
  const std::filesystem::path mapping_file = input.optional_file(key + "_mapping", "a mapping file");
  std::vector<std::string> known;
  for (const RecordField& field : fields) known.push_back(field.name);
  for (const auto& path : paths) {
    RecordMapping mapping =
        mapping_file.empty() ? plain_mapping(path, fields) : tables::read_record_mapping(mapping_file, known);
    if (!mapping_file.empty()) require_sources(mapping_file, mapping, fields);
    records.files.emplace_back(path, std::move(mapping));
  }
  return records;
}

void each_record(const RecordFiles& records, const Team& team, RowFaults& faults, const TakeRecord& take) {
  for (std::size_t file = 0; file < records.files.size(); ++file) {
    tables::MappedReader reader(records.files[file].first, records.files[file].second);
    bool broken = false;
    for (std::size_t row = 0; advance(reader, broken); ++row) {
      if (!team.mine(row / kRecordBlock)) continue;
      faults.looked_at(1);
      const std::string rule = broken ? "broken record" : take(reader);
      if (!rule.empty()) faults.add(rule, file, reader.line(), reader.where());
    }
  }
}

void each_record(const RecordFiles& records, RowFaults& faults, const TakeRecord& take) {
  each_record(records, Team(), faults, take);
}

Tally tally_records(const RecordFiles& records, const Team& team, std::size_t fields, std::size_t categories,
                    const CountRecord& count) {
  CellCounts own(fields, categories);
  RowFaults own_faults;
  each_record(records, team, own_faults, [&](const tables::MappedReader& record) { return count(record, own); });
  CellCounts all(fields, categories);
  for (const std::string& bytes : team.all_gather(own.bytes())) all.add_bytes(bytes);
  Tally tally;
  for (const std::string& bytes : team.all_gather(own_faults.bytes())) tally.faults.add_bytes(bytes);
  tally.cells = all.table();
  return tally;
}

}  // namespace meridian::audit
