#include <algorithm>
#include <cstring>

#include "error.hpp"
#include "storage/array_file.hpp"
#include "storage/array_inspection.hpp"
#include "storage/digest.hpp"

namespace meridian::storage {
namespace {

std::filesystem::path beside(const std::filesystem::path& master, const std::filesystem::path& part) {
  return part.is_absolute() ? part : master.parent_path() / part;
}

/// HDF5 reads a missing part as fill values: look before.
void check_parts(const OpenArrayFile& file, const std::string& name, bool verify) {
  for (const VirtualPart& part : file.parts(name)) {
    const std::filesystem::path path = beside(file.path(), part.file);
    if (!std::filesystem::exists(path)) file.fail("its part " + path.string() + " is missing");
    if (!verify) continue;
    const OpenArrayFile opened(path);
    if (const std::string damage = opened.damage(part.dataset); !damage.empty()) opened.fail(damage);
  }
}

/// Doubles as stored, hashed and handed out without a second reading.
std::vector<double> read_verified(const OpenArrayFile& file, const std::string& name) {
  if (file.type(name) == "float64" && file.layout(name) != "virtual") {
    std::vector<double> values = file.numbers(name);
    Sha256 hash;
    hash.add(values.data(), values.size() * sizeof(double));
    const auto attributes = file.attributes(name);
    const auto stored = attributes.find(checksum_attribute);
    if (stored != attributes.end() && hash.finish() == stored->second) return values;
  }
  if (const std::string damage = file.damage(name); !damage.empty()) file.fail(damage);
  return file.numbers(name);
}

}  // namespace

Array read_array(const std::filesystem::path& path, const std::string& name, bool verify) {
  const OpenArrayFile file(path);
  check_parts(file, name, verify);
  Array array;
  array.name = name;
  array.axes = file.axes(name);
  array.values = verify ? read_verified(file, name) : file.numbers(name);
  array.attributes = file.attributes(name);
  array.attributes.erase(checksum_attribute);
  array.attributes.erase(axes_attribute);
  if (shape_of(array.axes) != file.shape(name)) file.fail("labels do not fit the shape of '" + name + "'");
  return array;
}

bool intact(const std::filesystem::path& path) {
  try {
    const OpenArrayFile file(path);
    for (const std::string& name : file.datasets()) {
      check_parts(file, name, true);
      if (!file.damage(name).empty()) return false;
    }
    return true;
  } catch (const InputError&) {
    return false;
  }
}

}  // namespace meridian::storage
