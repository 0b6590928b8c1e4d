#include "storage/array_layout.hpp"

#include <hdf5.h>
#include <hdf5_hl.h>

#include <algorithm>
#include <type_traits>

#include "error.hpp"
#include "storage/digest.hpp"

namespace meridian::storage {
namespace {

static_assert(std::is_same_v<hsize_t, Extent>);

Handle text_type(const Writing& writing, std::size_t width) {
  Handle type = writing.own(H5Tcopy(H5T_C_S1), H5Tclose);
  writing.done(H5Tset_size(type, width));
  writing.done(H5Tset_strpad(type, H5T_STR_NULLPAD));
  writing.done(H5Tset_cset(type, H5T_CSET_UTF8));
  return type;
}

}  // namespace

std::vector<Extent> shape_of(const std::vector<Axis>& axes) {
  std::vector<Extent> shape;
  for (const Axis& axis : axes) shape.push_back(axis.labels.size());
  return shape;
}

FixedTexts::FixedTexts(const std::vector<std::string>& texts) {
  for (const std::string& text : texts) width = std::max(width, text.size());
  bytes.reserve(width * texts.size());
  for (const std::string& text : texts) {
    bytes += text;
    bytes.append(width - text.size(), '\0');
  }
}

void write_text_attribute(const Writing& writing, Identifier object, const std::string& name, const std::string& text) {
  const FixedTexts fixed({text});
  const Handle type = text_type(writing, fixed.width);
  const Handle space = writing.own(H5Screate(H5S_SCALAR), H5Sclose);
  const Handle attribute =
      writing.own(H5Acreate2(object, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
  writing.done(H5Awrite(attribute, type, fixed.bytes.data()));
}

Handle write_texts(const Writing& writing, Identifier file, const std::string& name,
                   const std::vector<std::string>& texts) {
  const FixedTexts fixed(texts);
  const Handle type = text_type(writing, fixed.width);
  const hsize_t count = texts.size();
  const Handle space = writing.own(H5Screate_simple(1, &count, nullptr), H5Sclose);
  const Handle creation = writing.own(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
  writing.done(H5Pset_obj_track_times(creation, false));
  Handle dataset =
      writing.own(H5Dcreate2(file, name.c_str(), type, space, H5P_DEFAULT, creation, H5P_DEFAULT), H5Dclose);
  if (count > 0) writing.done(H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, fixed.bytes.data()));
  write_text_attribute(writing, dataset, checksum_attribute, sha256(fixed.bytes));
  return dataset;
}

void ScaleWriter::attach(const Writing& writing, Identifier file, Identifier dataset, const Array& array) {
  std::string names;
  for (unsigned dimension = 0; dimension < array.axes.size(); ++dimension) {
    const Axis& axis = array.axes[dimension];
    const std::string name = scale_of(writing, file, array, axis);
    const Handle scale = writing.own(H5Dopen2(file, name.c_str(), H5P_DEFAULT), H5Dclose);
    writing.done(H5DSattach_scale(dataset, scale, dimension));
    names += (dimension > 0 ? "," : "") + name;
  }
  write_text_attribute(writing, dataset, axes_attribute, names);
}

/// Arrays of one file may give an axis name different labels: the later one's scale is then called "<array>.<axis>".
std::string ScaleWriter::scale_of(const Writing& writing, Identifier file, const Array& array, const Axis& axis) {
  std::string name = axis.name;
  const auto found = written_.find(name);
  if (found != written_.end()) {
    if (found->second == axis.labels) return name;
    name = array.name + "." + axis.name;
    if (written_.count(name)) throw Error(ExitCode::bug, "array '" + array.name + "': axis '" + axis.name + "' twice");
  }
  const Handle scale = write_texts(writing, file, name, axis.labels);
  writing.done(H5DSset_scale(scale, axis.name.c_str()));
  written_[name] = axis.labels;
  return name;
}

}  // namespace meridian::storage
