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

/// True if the bytes that were hashed are those that the checksum was taken of.
bool fits_checksum(const OpenArrayFile& file, const std::string& name, Sha256& hash) {
  const auto attributes = file.attributes(name);
  const auto stored = attributes.find(checksum_attribute);
  return stored != attributes.end() && hash.finish() == stored->second;
}

/// Doubles as stored need no second reading for their checksum.
bool is_hashed_as_read(const OpenArrayFile& file, const std::string& name) {
  return file.type(name) == "float64" && file.layout(name) != "virtual";
}

void require_intact(const OpenArrayFile& file, const std::string& name) {
  if (const std::string damage = file.damage(name); !damage.empty()) file.fail(damage);
}

std::vector<double> read_verified(const OpenArrayFile& file, const std::string& name) {
  if (is_hashed_as_read(file, name)) {
    std::vector<double> values = file.numbers(name);
    Sha256 hash;
    hash.add(values.data(), values.size() * sizeof(double));
    if (fits_checksum(file, name, hash)) return values;
  }
  require_intact(file, name);
  return file.numbers(name);
}

/// Without the values.
Array described(const OpenArrayFile& file, const std::string& name, bool verify) {
  check_parts(file, name, verify);
  Array array;
  array.name = name;
  array.axes = file.axes(name);
  if (shape_of(array.axes) != file.shape(name)) file.fail("labels do not fit the shape of '" + name + "'");
  array.attributes = file.attributes(name);
  array.attributes.erase(checksum_attribute);
  array.attributes.erase(axes_attribute);
  return array;
}

std::vector<double> read_entries(const OpenArrayFile& file, const std::string& name,
                                 const std::vector<std::size_t>& entries, std::size_t size) {
  std::vector<double> values(entries.size() * size);
  for (std::size_t i = 0; i < entries.size(); ++i) file.numbers(name, entries[i], values.data() + i * size);
  return values;
}

}  // namespace

Array read_array(const std::filesystem::path& path, const std::string& name, bool verify) {
  const OpenArrayFile file(path);
  Array array = described(file, name, verify);
  array.values = verify ? read_verified(file, name) : file.numbers(name);
  return array;
}

Array read_array(const std::filesystem::path& path, const std::string& name, const std::vector<std::size_t>& entries,
                 bool verify) {
  const OpenArrayFile file(path);
  Array array = described(file, name, verify);
  if (verify) require_intact(file, name);
  std::size_t size = 1;
  for (std::size_t axis = 1; axis < array.axes.size(); ++axis) size *= array.axes[axis].labels.size();
  std::vector<std::string> labels;
  for (const std::size_t entry : entries) labels.push_back(array.axes.front().labels.at(entry));
  array.axes.front().labels = std::move(labels);
  array.values = read_entries(file, name, entries, size);
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
