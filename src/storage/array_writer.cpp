#include <fcntl.h>
#include <fmt/format.h>
#include <hdf5.h>
#include <hdf5_hl.h>

#include <algorithm>
#include <future>
#include <numeric>
#include <system_error>

#include "error.hpp"
#include "storage/array_file.hpp"
#include "storage/array_layout.hpp"
#include "storage/digest.hpp"
#include "storage/hdf5_handle.hpp"

namespace meridian::storage {
namespace {

void check_shape(const Array& array, std::size_t values) {
  std::size_t cells = 1;
  for (const Axis& axis : array.axes) cells *= axis.labels.size();
  if (array.axes.empty() || cells != values)
    throw Error(ExitCode::bug, fmt::format("array '{}': {} values for {} cells", array.name, values, cells));
}

/// Chunks take whole rows from the last axis backwards, up to about a megabyte.
std::vector<hsize_t> chunk_of(std::vector<hsize_t> shape) {
  hsize_t budget = hsize_t{1} << 17;
  for (auto extent = shape.rbegin(); extent != shape.rend(); ++extent) {
    *extent = std::clamp<hsize_t>(*extent, 1, budget);
    budget = std::max<hsize_t>(1, budget / *extent);
  }
  return shape;
}

/// Lets the disk begin while the checksum is still being computed; only a hint, the unit is synced later.
void begin_writing_back(Identifier file) {
  void* descriptor = nullptr;
  if (H5Fget_vfd_handle(file, H5P_DEFAULT, &descriptor) >= 0)
    ::sync_file_range(*static_cast<int*>(descriptor), 0, 0, SYNC_FILE_RANGE_WRITE);
}

class FileWriter {
 public:
  explicit FileWriter(const std::filesystem::path& file) : writing_(file), file_(create_hdf5(writing_, file)) {}

  void add(const Array& array, const double* values, const ArrayOptions& options) {
    const std::vector<hsize_t> shape = shape_of(array.axes);
    const std::size_t count = std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
    const bool narrow = options.precision == Precision::float32;
    std::vector<float> rounded;
    if (narrow) rounded.assign(values, values + count);
    const void* bytes = narrow ? static_cast<const void*>(rounded.data()) : values;
    // SHA-256 takes about as long as writing: both at once.
    std::future<std::string> checksum = std::async(std::launch::async, [bytes, count, narrow] {
      Sha256 hash;
      hash.add(bytes, count * (narrow ? sizeof(float) : sizeof(double)));
      return hash.finish();
    });
    const Handle space =
        writing_.own(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr), H5Sclose);
    const Handle layout = properties(shape, options);
    const Handle dataset = writing_.own(H5Dcreate2(file_, array.name.c_str(), narrow ? H5T_IEEE_F32LE : H5T_IEEE_F64LE,
                                                   space, H5P_DEFAULT, layout, H5P_DEFAULT),
                                        H5Dclose);
    if (count > 0)
      writing_.done(
          H5Dwrite(dataset, narrow ? H5T_NATIVE_FLOAT : H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes));
    begin_writing_back(file_);
    write_text_attribute(writing_, dataset, checksum_attribute, checksum.get());
    for (const auto& [name, text] : array.attributes) write_text_attribute(writing_, dataset, name, text);
    scales_.attach(writing_, file_, dataset, array);
  }

  void finish() { writing_.done(file_.close()); }

 private:
  Handle properties(const std::vector<hsize_t>& shape, const ArrayOptions& options) const {
    Handle creation = writing_.own(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
    writing_.done(H5Pset_obj_track_times(creation, false));
    writing_.done(H5Pset_fill_time(creation, H5D_FILL_TIME_NEVER));
    if (options.deflate > 0) {
      const std::vector<hsize_t> chunk = chunk_of(shape);
      writing_.done(H5Pset_chunk(creation, static_cast<int>(chunk.size()), chunk.data()));
      writing_.done(H5Pset_shuffle(creation));
      writing_.done(H5Pset_deflate(creation, static_cast<unsigned>(options.deflate)));
    }
    return creation;
  }

  Writing writing_;
  Handle file_;
  ScaleWriter scales_;
};

}  // namespace

void write_array(const std::filesystem::path& file, const Array& shape, const double* values,
                 const ArrayOptions& options, const std::vector<Array>& extra) {
  for (const Array& small : extra) check_shape(small, small.values.size());
  try {
    FileWriter writer(file);
    writer.add(shape, values, options);
    for (const Array& small : extra) writer.add(small, small.values.data(), {});
    writer.finish();
  } catch (...) {
    std::error_code gone_already;
    std::filesystem::remove(file, gone_already);
    throw;
  }
}

void write_array(const std::filesystem::path& file, const Array& array, const ArrayOptions& options,
                 const std::vector<Array>& extra) {
  check_shape(array, array.values.size());
  write_array(file, array, array.values.data(), options, extra);
}

}  // namespace meridian::storage
