#include "storage/array_inspection.hpp"

#include <fmt/format.h>
#include <hdf5.h>
#include <hdf5_hl.h>

#include <algorithm>
#include <numeric>

namespace meridian::storage {
namespace {

herr_t collect_name(hid_t group, const char* name, const H5L_info_t*, void* names) {
  H5O_info_t info;
  if (H5Oget_info_by_name2(group, name, &info, H5O_INFO_BASIC, H5P_DEFAULT) < 0) return -1;
  if (info.type == H5O_TYPE_DATASET) static_cast<std::vector<std::string>*>(names)->emplace_back(name);
  return 0;
}

std::size_t cells(const std::vector<Extent>& shape) {
  return std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
}

std::vector<std::string> split(const std::string& bytes, std::size_t width) {
  std::vector<std::string> texts;
  for (std::size_t start = 0; start < bytes.size(); start += width) {
    const std::string padded = bytes.substr(start, width);
    texts.push_back(padded.substr(0, padded.find('\0')));
  }
  return texts;
}

/// One text attribute; others (references of dimension scales) are passed over.
herr_t collect_attribute(hid_t object, const char* name, const H5A_info_t*, void* attributes) {
  const Handle attribute(H5Aopen(object, name, H5P_DEFAULT), H5Aclose);
  if (attribute < 0) return -1;
  const Handle type(H5Aget_type(attribute), H5Tclose);
  const std::string key = name;
  if (H5Tget_class(type) != H5T_STRING || H5Tis_variable_str(type) > 0 || key == "CLASS" || key == "NAME") return 0;
  std::string text(H5Tget_size(type), '\0');
  if (H5Aread(attribute, type, text.data()) < 0) return -1;
  text.resize(std::min(text.find('\0'), text.size()));
  (*static_cast<std::map<std::string, std::string>*>(attributes))[key] = text;
  return 0;
}

std::vector<std::string> split_list(const std::string& list) {
  std::vector<std::string> names;
  for (std::size_t start = 0; start <= list.size();) {
    const std::size_t comma = std::min(list.find(',', start), list.size());
    names.push_back(list.substr(start, comma - start));
    start = comma + 1;
  }
  return names;
}

}  // namespace

OpenArrayFile::OpenArrayFile(const std::filesystem::path& file) : reading_(file), file_(open_hdf5(reading_)) {}

Handle OpenArrayFile::open(const std::string& dataset) const {
  return reading_.own(H5Dopen2(file_, dataset.c_str(), H5P_DEFAULT), H5Dclose);
}

std::vector<std::string> OpenArrayFile::datasets() const {
  std::vector<std::string> names;
  reading_.done(H5Literate(file_, H5_INDEX_NAME, H5_ITER_NATIVE, nullptr, collect_name, &names));
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<Extent> OpenArrayFile::shape(const std::string& dataset) const {
  const Handle opened = open(dataset);
  const Handle space = reading_.own(H5Dget_space(opened), H5Sclose);
  const int rank = H5Sget_simple_extent_ndims(space);
  reading_.done(rank);
  std::vector<Extent> extents(static_cast<std::size_t>(rank));
  reading_.done(H5Sget_simple_extent_dims(space, extents.data(), nullptr));
  return extents;
}

std::string OpenArrayFile::type(const std::string& dataset) const {
  const Handle opened = open(dataset);
  const Handle type = reading_.own(H5Dget_type(opened), H5Tclose);
  const std::size_t size = H5Tget_size(type);
  switch (H5Tget_class(type)) {
    case H5T_FLOAT:
      return fmt::format("float{}", 8 * size);
    case H5T_INTEGER:
      return fmt::format("{}int{}", H5Tget_sign(type) == H5T_SGN_NONE ? "u" : "", 8 * size);
    case H5T_STRING:
      if (H5Tis_variable_str(type) == 0) return fmt::format("string:{}", size);
      [[fallthrough]];
    default:
      fail("dataset '" + dataset + "' has a type that is not ours");
  }
}

std::string OpenArrayFile::layout(const std::string& dataset) const {
  const Handle opened = open(dataset);
  const Handle creation = reading_.own(H5Dget_create_plist(opened), H5Pclose);
  switch (H5Pget_layout(creation)) {
    case H5D_VIRTUAL:
      return "virtual";
    case H5D_CHUNKED:
      return H5Pget_nfilters(creation) > 0 ? "chunked, compressed" : "chunked";
    default:
      return "contiguous";
  }
}

std::string OpenArrayFile::bytes(const std::string& dataset) const {
  const Handle opened = open(dataset);
  const Handle type = reading_.own(H5Dget_type(opened), H5Tclose);
  std::string stored(cells(shape(dataset)) * H5Tget_size(type), '\0');
  if (!stored.empty()) reading_.done(H5Dread(opened, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, stored.data()));
  return stored;
}

std::vector<double> OpenArrayFile::numbers(const std::string& dataset) const {
  const Handle opened = open(dataset);
  std::vector<double> values(cells(shape(dataset)));
  if (!values.empty()) reading_.done(H5Dread(opened, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()));
  return values;
}

/// Entries [first, first + count) of the first axis, as elements of `type`.
void OpenArrayFile::read(const std::string& dataset, Identifier type, Extent first, Extent count, void* values) const {
  const Handle opened = open(dataset);
  const Handle stored = reading_.own(H5Dget_space(opened), H5Sclose);
  std::vector<hsize_t> start(shape(dataset).size(), 0), extent = shape(dataset);
  start.front() = first;
  extent.front() = count;
  reading_.done(H5Sselect_hyperslab(stored, H5S_SELECT_SET, start.data(), nullptr, extent.data(), nullptr));
  const Handle held = reading_.own(H5Screate_simple(static_cast<int>(extent.size()), extent.data(), nullptr), H5Sclose);
  reading_.done(H5Dread(opened, type, held, stored, H5P_DEFAULT, values));
}

void OpenArrayFile::numbers(const std::string& dataset, Extent entry, double* values) const {
  read(dataset, H5T_NATIVE_DOUBLE, entry, 1, values);
}

void OpenArrayFile::add_bytes(const std::string& dataset, Sha256& hash) const {
  constexpr std::size_t most = std::size_t{1} << 18;
  const Handle opened = open(dataset);
  const Handle type = reading_.own(H5Dget_type(opened), H5Tclose);
  const std::vector<Extent> extents = shape(dataset);
  const std::size_t size = cells(extents) * H5Tget_size(type);
  if (size == 0) return;
  const std::size_t entry = size / extents.front(), together = std::max<std::size_t>(most / entry, 1);
  std::string stored;
  for (Extent first = 0; first < extents.front(); first += together) {
    const Extent count = std::min<Extent>(together, extents.front() - first);
    stored.resize(count * entry);
    read(dataset, type, first, count, stored.data());
    hash.add(stored.data(), stored.size());
  }
}

std::vector<std::string> OpenArrayFile::texts(const std::string& dataset) const {
  const Handle opened = open(dataset);
  const Handle type = reading_.own(H5Dget_type(opened), H5Tclose);
  if (H5Tget_class(type) != H5T_STRING || H5Tis_variable_str(type) != 0) fail("'" + dataset + "' holds no labels");
  return split(bytes(dataset), H5Tget_size(type));
}

std::map<std::string, std::string> OpenArrayFile::attributes(const std::string& dataset) const {
  const Handle opened = open(dataset);
  std::map<std::string, std::string> texts;
  reading_.done(H5Aiterate2(opened, H5_INDEX_NAME, H5_ITER_NATIVE, nullptr, collect_attribute, &texts));
  return texts;
}

/// By our list of scales: the references of HDF5's dimension scales lie in a heap without checksums, where one flipped
/// bit can hang the library (1.10.8).
std::vector<Axis> OpenArrayFile::axes(const std::string& dataset) const {
  const auto stored = attributes(dataset);
  const auto list = stored.find(axes_attribute);
  if (list == stored.end()) fail("'" + dataset + "' has no labelled axes");
  std::vector<Axis> found;
  for (const std::string& name : split_list(list->second)) {
    const Handle scale = open(name);
    char axis[256] = {};
    if (H5DSget_scale_name(scale, axis, sizeof axis) < 0) fail("'" + name + "' is no dimension scale");
    found.push_back({axis, texts(name)});
  }
  return found;
}

std::vector<VirtualPart> OpenArrayFile::parts(const std::string& dataset) const {
  const Handle opened = open(dataset);
  const Handle creation = reading_.own(H5Dget_create_plist(opened), H5Pclose);
  std::vector<VirtualPart> found;
  std::size_t count = 0;
  if (H5Pget_layout(creation) == H5D_VIRTUAL) reading_.done(H5Pget_virtual_count(creation, &count));
  for (std::size_t i = 0; i < count; ++i) {
    char file[4096] = {}, name[1024] = {};
    if (H5Pget_virtual_filename(creation, i, file, sizeof file) < 0) fail(hdf5_reason());
    if (H5Pget_virtual_dsetname(creation, i, name, sizeof name) < 0) fail(hdf5_reason());
    const Handle space = reading_.own(H5Pget_virtual_vspace(creation, i), H5Sclose);
    std::vector<hsize_t> first(static_cast<std::size_t>(H5Sget_simple_extent_ndims(space))), last(first);
    reading_.done(H5Sget_select_bounds(space, first.data(), last.data()));
    found.push_back({file, name, first.back(), last.back() - first.back() + 1});
  }
  return found;
}

std::string OpenArrayFile::damage(const std::string& dataset) const {
  if (layout(dataset) == "virtual") return "";
  const std::map<std::string, std::string> texts = attributes(dataset);
  const auto stored = texts.find(checksum_attribute);
  if (stored == texts.end()) return "dataset '" + dataset + "' has no checksum";
  Sha256 hash;
  add_bytes(dataset, hash);
  const std::string found = hash.finish();
  if (found == stored->second) return "";
  return fmt::format("dataset '{}' has SHA-256 {}, stored {}", dataset, found, stored->second);
}

}  // namespace meridian::storage
