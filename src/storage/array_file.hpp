#pragma once
// Labelled arrays in HDF5, one block per file, and a master file that shows all blocks as one array.
// Readable in h5py, rhdf5, hdf5r: fixed-length UTF-8 labels, scalar attributes, a dimension scale per axis.
// HDF5 is not thread-safe here: one thread of a process at a time.
#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace meridian::storage {

struct Axis {
  std::string name;                 ///< "variant", "condition", "model", "person"
  std::vector<std::string> labels;  ///< one per index
};

enum class Precision { float64, float32 };

struct ArrayOptions {
  Precision precision = Precision::float64;
  int deflate = 0;  ///< 0: contiguous; 1-9: chunked, shuffled and deflated
};

/// A named array; axes in storage order, the last one fastest.
struct Array {
  std::string name;
  std::vector<Axis> axes;
  std::vector<double> values;
  std::map<std::string, std::string> attributes;  ///< text attributes of the dataset, e.g. synthetic = "yes"
};

/// Writes one block file with a checksum (SHA-256 of the stored bytes) as attribute of each dataset.
/// `extra` are further small arrays in the same file (statistics gathered from doubles), always float64. Axes of one
/// name and the same labels share one scale. Equal arrays give equal bytes. Throws InputError with reason and remedy if
/// the file cannot be written, and removes what was written; Error(bug) if values do not fit the axes.
void write_array(const std::filesystem::path& file, const Array& array, const ArrayOptions& options,
                 const std::vector<Array>& extra = {});
/// The same without copying the values: `values` holds as many doubles as the axes of `shape` say; shape.values is
/// empty.
void write_array(const std::filesystem::path& file, const Array& shape, const double* values,
                 const ArrayOptions& options, const std::vector<Array>& extra = {});
/// Reads a dataset (values converted to double). Verifies the checksum: InputError "damaged file ..., remedy --repair".
/// Of a master, the parts must exist, and are verified.
Array read_array(const std::filesystem::path& file, const std::string& name, bool verify = true);
/// The same of some entries of the first axis (indices, ascending), in the memory of these: what lies between them is
/// verified too, but never held.
Array read_array(const std::filesystem::path& file, const std::string& name, const std::vector<std::size_t>& entries,
                 bool verify);
/// True if every dataset of the file has the checksum stored beside it. Of a master: if all its parts are intact.
bool intact(const std::filesystem::path& file);

/// Writes the master file: a virtual dataset `name` joining the blocks along their last axis, with dimension scales and
/// the list of parts. Sources are relative to the master. Throws InputError if a part is missing or does not fit.
void write_master(const std::filesystem::path& file, const std::string& name,
                  const std::vector<std::filesystem::path>& blocks);

/// A description of any file of ours for `meridian info`: an array file (datasets, shapes, types, axes, attributes,
/// checksum state), a manifest or its folder, a findings table, a run folder. Throws InputError for anything else.
std::string describe(const std::filesystem::path& path);
/// SHA-256 over dataset names, shapes, types and contents; object times do not count. A virtual dataset counts by the
/// files and places it refers to.
std::string content_digest(const std::filesystem::path& file);

}  // namespace meridian::storage
