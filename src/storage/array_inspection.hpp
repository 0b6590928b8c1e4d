#pragma once
// Looking into an array file: its datasets, their shapes, types, labels, checksums.
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "storage/array_layout.hpp"
#include "storage/digest.hpp"
#include "storage/hdf5_handle.hpp"

namespace meridian::storage {

struct VirtualPart {
  std::filesystem::path file;  ///< as stored, relative to the master
  std::string dataset;
  Extent start = 0, count = 0;  ///< along the last axis
};

/// An array file that is open for reading. Every function throws InputError for a damaged file.
class OpenArrayFile {
 public:
  explicit OpenArrayFile(const std::filesystem::path& file);

  const std::filesystem::path& path() const { return reading_.file(); }
  /// All datasets in code-point order of their names.
  std::vector<std::string> datasets() const;
  std::vector<Extent> shape(const std::string& dataset) const;
  /// "float64", "float32", "uint8", "string:12".
  std::string type(const std::string& dataset) const;
  /// "contiguous", "chunked, deflate", "virtual".
  std::string layout(const std::string& dataset) const;
  /// All elements of a dataset as doubles.
  std::vector<double> numbers(const std::string& dataset) const;
  /// Those of entry `entry` of the first axis, into `values`, which has room for them.
  void numbers(const std::string& dataset, Extent entry, double* values) const;
  /// The stored elements as they are, unfiltered: what the checksum is taken of.
  std::string bytes(const std::string& dataset) const;
  /// The same in pieces of a quarter of a megabyte, or of one entry of the first axis.
  void add_bytes(const std::string& dataset, Sha256& hash) const;
  std::vector<std::string> texts(const std::string& dataset) const;
  /// Text attributes without those of dimension scales.
  std::map<std::string, std::string> attributes(const std::string& dataset) const;
  /// Axes by the dimension scales attached.
  std::vector<Axis> axes(const std::string& dataset) const;
  /// Files behind a virtual dataset; empty for others.
  std::vector<VirtualPart> parts(const std::string& dataset) const;
  /// "" if the contents fit their checksum, else what is wrong. Virtual datasets hold no bytes of their own.
  std::string damage(const std::string& dataset) const;
  [[noreturn]] void fail(const std::string& reason) const { reading_.fail(reason); }

 private:
  Handle open(const std::string& dataset) const;
  void read(const std::string& dataset, Identifier type, Extent first, Extent count, void* values) const;
  Reading reading_;
  Handle file_;
};

}  // namespace meridian::storage
