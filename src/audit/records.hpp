#pragma once
// Answers from files of any size: read in blocks of a fixed number of records, each block by one rank, counted by
// cells. Nothing is kept of a row but its counts.
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "audit/cell_counts.hpp"
#include "audit/layer.hpp"
#include "audit/row_faults.hpp"
#include "tables/mapped_reader.hpp"

namespace meridian::audit {

/// Records per block.
inline constexpr std::size_t kRecordBlock = 4096;

struct RecordField {
  std::string name;
  bool required = true;
};

/// Files that give records of named fields, each with its mapping.
struct RecordFiles {
  std::vector<std::pair<std::filesystem::path, tables::RecordMapping>> files;
};

/// Reads the options `key` (files) and `key`_mapping (a mapping file for all of them; docs/formats.md). Without a
/// mapping the files are CSV or TSV whose columns have the fields' names. Throws InputError if a required field has no
/// source.
RecordFiles record_files(LayerInput& input, const std::string& key, const std::string& meaning,
                         const std::vector<RecordField>& fields);

/// The same, but files that do not tell field `named` (a model a file) may be given as `key`.NAME = FILE: every record
/// of FILE has NAME there. Either `key` or such lines.
RecordFiles named_record_files(LayerInput& input, const std::string& key, const std::string& meaning,
                               const std::vector<RecordField>& fields, const std::string& named);

/// "" if the record was used, else the rule by which it is left out. Fields are numbered as in record_files.
using TakeRecord = std::function<std::string(const tables::MappedReader& record)>;

/// Gives this rank's blocks to `take`; counts broken records and what `take` leaves out.
void each_record(const RecordFiles& records, const Team& team, RowFaults& faults, const TakeRecord& take);

/// The same for small tables that every rank needs whole.
void each_record(const RecordFiles& records, RowFaults& faults, const TakeRecord& take);

struct Tally {
  CellTable cells;
  RowFaults faults;
};

/// Adds a record's counts to cells; "" or the rule by which it is left out.
using CountRecord = std::function<std::string(const tables::MappedReader& record, CellCounts& counts)>;

/// All ranks together: cells of `fields` names and `categories` counts. Collective; the same on every rank.
Tally tally_records(const RecordFiles& records, const Team& team, std::size_t fields, std::size_t categories,
                    const CountRecord& count);

}  // namespace meridian::audit
