#pragma once
// How arrays lie in our HDF5 files: names of attributes, labels as fixed-length strings, one dimension scale per axis.
#include <map>
#include <string>
#include <vector>

#include "storage/array_file.hpp"
#include "storage/hdf5_handle.hpp"

namespace meridian::storage {

/// HDF5's hsize_t.
using Extent = unsigned long long;

inline constexpr const char* checksum_attribute = "sha256";
inline constexpr const char* axes_attribute =
    "axes";  ///< "variant,condition,model,person": names of the scales in order
inline constexpr const char* parts_dataset = "parts";  ///< of a master: its blocks, relative to the master

std::vector<Extent> shape_of(const std::vector<Axis>& axes);

/// Texts as one matrix of bytes: each padded with zeros to the longest (at least one byte).
struct FixedTexts {
  explicit FixedTexts(const std::vector<std::string>& texts);
  std::size_t width = 1;
  std::string bytes;
};

/// A scalar fixed-length UTF-8 attribute.
void write_text_attribute(const Writing& writing, Identifier object, const std::string& name, const std::string& text);
/// A one-dimensional dataset of fixed-length UTF-8 texts with its checksum.
Handle write_texts(const Writing& writing, Identifier file, const std::string& name,
                   const std::vector<std::string>& texts);

/// Writes the scales of a file's arrays, each once.
class ScaleWriter {
 public:
  /// Attaches one scale per axis and the attribute that lists the axes.
  void attach(const Writing& writing, Identifier file, Identifier dataset, const Array& array);

 private:
  std::string scale_of(const Writing& writing, Identifier file, const Array& array, const Axis& axis);
  std::map<std::string, std::vector<std::string>> written_;  ///< dataset name -> labels
};

}  // namespace meridian::storage
