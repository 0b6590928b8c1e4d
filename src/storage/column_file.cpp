#include "storage/column_file.hpp"

#include <fmt/format.h>
#include <hdf5.h>

#include <algorithm>
#include <array>
#include <system_error>

#include "error.hpp"
#include "storage/array_inspection.hpp"
#include "storage/array_layout.hpp"
#include "storage/digest.hpp"
#include "storage/hdf5_handle.hpp"

namespace meridian::storage {
namespace {

struct Stored {
  const char* name;
  std::size_t size;
};

constexpr std::array<Stored, 5> stored_types = {
    {{"uint8", 1}, {"int16", 2}, {"int32", 4}, {"int64", 8}, {"float64", 8}}};

const Stored& stored(ElementType type) { return stored_types.at(static_cast<std::size_t>(type)); }

hid_t hdf5_type(ElementType type) {
  switch (type) {
    case ElementType::uint8:
      return H5T_STD_U8LE;
    case ElementType::int16:
      return H5T_STD_I16LE;
    case ElementType::int32:
      return H5T_STD_I32LE;
    case ElementType::int64:
      return H5T_STD_I64LE;
    case ElementType::float64:
      break;
  }
  return H5T_IEEE_F64LE;
}

void write_column(const Writing& writing, Identifier file, const Column& column,
                  const std::map<std::string, std::string>& attributes) {
  const hsize_t rows = column.bytes.size() / (stored(column.type).size * column.width);
  const hsize_t shape[2] = {rows, column.width};
  const Handle space = writing.own(H5Screate_simple(column.width > 1 ? 2 : 1, shape, nullptr), H5Sclose);
  const Handle creation = writing.own(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
  writing.done(H5Pset_obj_track_times(creation, false));
  writing.done(H5Pset_fill_time(creation, H5D_FILL_TIME_NEVER));
  const Handle dataset = writing.own(
      H5Dcreate2(file, column.name.c_str(), hdf5_type(column.type), space, H5P_DEFAULT, creation, H5P_DEFAULT),
      H5Dclose);
  if (rows > 0)
    writing.done(H5Dwrite(dataset, hdf5_type(column.type), H5S_ALL, H5S_ALL, H5P_DEFAULT, column.bytes.data()));
  write_text_attribute(writing, dataset, checksum_attribute, sha256(column.bytes));
  for (const auto& [name, text] : attributes) write_text_attribute(writing, dataset, name, text);
}

void write_all(const std::filesystem::path& path, const ColumnFile& content) {
  const Writing writing(path);
  Handle file = create_hdf5(writing, path);
  const std::map<std::string, std::string> none;
  for (std::size_t i = 0; i < content.columns.size(); ++i)
    write_column(writing, file, content.columns[i], i == 0 ? content.attributes : none);
  for (const auto& [name, texts] : content.labels) write_texts(writing, file, name, texts);
  writing.done(file.close());
}

ElementType type_of(const OpenArrayFile& file, const std::string& dataset) {
  const std::string name = file.type(dataset);
  for (std::size_t i = 0; i < stored_types.size(); ++i)
    if (name == stored_types[i].name) return static_cast<ElementType>(i);
  file.fail("dataset '" + dataset + "' is " + name + ", not a column of ours");
}

}  // namespace

const Column& ColumnFile::column(const std::string& name) const {
  const auto found = std::find_if(columns.begin(), columns.end(), [&](const Column& c) { return c.name == name; });
  if (found == columns.end())
    throw InputError(file.string(), "no column '" + name + "'", "a file that this version writes", "Import it anew.");
  return *found;
}

const std::vector<std::string>& ColumnFile::label_list(const std::string& name) const {
  const auto found = std::find_if(labels.begin(), labels.end(), [&](const auto& list) { return list.first == name; });
  if (found == labels.end())
    throw InputError(file.string(), "no labels '" + name + "'", "a file that this version writes", "Import it anew.");
  return found->second;
}

template <class T>
std::vector<T> values_of(const ColumnFile& file, const std::string& name) {
  const Column& column = file.column(name);
  if (column.type != element_type<T>())
    throw InputError(file.file.string() + ", column '" + name + "'", stored(column.type).name,
                     stored(element_type<T>()).name, "Import it anew.");
  std::vector<T> values(column.bytes.size() / sizeof(T));
  if (!values.empty()) std::memcpy(values.data(), column.bytes.data(), column.bytes.size());
  return values;
}

template std::vector<std::uint8_t> values_of(const ColumnFile&, const std::string&);
template std::vector<std::int16_t> values_of(const ColumnFile&, const std::string&);
template std::vector<std::int32_t> values_of(const ColumnFile&, const std::string&);
template std::vector<std::int64_t> values_of(const ColumnFile&, const std::string&);
template std::vector<double> values_of(const ColumnFile&, const std::string&);

void write_columns(const std::filesystem::path& file, const ColumnFile& content) {
  try {
    write_all(file, content);
  } catch (...) {
    std::error_code gone_already;
    std::filesystem::remove(file, gone_already);
    throw;
  }
}

ColumnFile read_columns(const std::filesystem::path& path) {
  const OpenArrayFile file(path);
  ColumnFile content;
  content.file = path;
  for (const std::string& name : file.datasets()) {
    if (const std::string damage = file.damage(name); !damage.empty()) file.fail(damage);
    if (file.type(name).rfind("string", 0) == 0) {
      content.labels.emplace_back(name, file.texts(name));
      continue;
    }
    const std::vector<Extent> shape = file.shape(name);
    content.columns.push_back({name, type_of(file, name), shape.size() > 1 ? shape[1] : 1, file.bytes(name)});
    for (const auto& [key, text] : file.attributes(name))
      if (key != checksum_attribute) content.attributes[key] = text;
  }
  return content;
}

}  // namespace meridian::storage
