#pragma once
// Answers from files of any size: each rank reads its own part of every file and counts by cells. Nothing is kept of a
// row but its counts, and counts add up to the same in any order.
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "audit/cell_counts.hpp"
#include "audit/layer.hpp"
#include "audit/row_faults.hpp"
#include "tables/mapped_reader.hpp"

namespace meridian::audit {

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

/// Gives every record to `take`, for small tables that every rank needs whole; counts broken records and what `take`
/// leaves out.
void each_record(const RecordFiles& records, RowFaults& faults, const TakeRecord& take);

struct Tally {
  CellTable cells;
  RowFaults faults;
};

/// Adds a record's counts to cells; "" or the rule by which it is left out.
using CountRecord = std::function<std::string(const tables::MappedReader& record, CellCounts& counts)>;

/// All ranks together: cells of `fields` names and `categories` counts. Collective; the same on every rank. An
/// InputError of some ranks becomes the first one of the files on all of them.
Tally tally_records(const RecordFiles& records, const Team& team, std::size_t fields, std::size_t categories,
                    const CountRecord& count);

}  // namespace meridian::audit
