#pragma once
// Labelled arrays in HDF5, one block per file, and a master file that shows all blocks as one array.
// Readable in h5py, rhdf5, hdf5r: fixed-length UTF-8 labels, scalar attributes, a dimension scale per axis.
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
/// `extra` are further small arrays in the same file (statistics gathered from doubles).
void write_array(const std::filesystem::path& file, const Array& array, const ArrayOptions& options,
                 const std::vector<Array>& extra = {});
/// Reads a dataset (values converted to double). Verifies the checksum: InputError "damaged block ..., remedy --repair".
Array read_array(const std::filesystem::path& file, const std::string& name, bool verify = true);
/// True if every dataset of the file has the checksum stored beside it.
bool intact(const std::filesystem::path& file);

/// Writes the master file: a virtual dataset `name` joining the blocks along their last axis, with dimension scales and
/// the list of parts. Sources are relative to the master. Throws InputError if a part is missing.
void write_master(const std::filesystem::path& file, const std::string& name,
                  const std::vector<std::filesystem::path>& blocks);

/// A description of any file of ours for `meridian info`: datasets, shapes, types, axes, attributes, checksum state.
std::string describe(const std::filesystem::path& file);
/// SHA-256 over dataset names, shapes, types and contents; object times do not count.
std::string content_digest(const std::filesystem::path& file);

}  // namespace meridian::storage
