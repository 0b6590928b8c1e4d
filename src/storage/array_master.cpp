#include <fmt/format.h>
#include <hdf5.h>
#include <hdf5_hl.h>

#include <algorithm>
#include <system_error>

#include "error.hpp"
#include "storage/array_file.hpp"
#include "storage/array_inspection.hpp"
#include "storage/durable.hpp"

namespace meridian::storage {
namespace {

namespace fs = std::filesystem;

/// What the blocks say together.
struct Joined {
  Array array;  ///< no values; the last axis holds all labels
  std::string type;
  std::vector<Extent> counts;  ///< along the last axis, per block
};

bool same_labels(const Axis& left, const Axis& right) { return left.name == right.name && left.labels == right.labels; }

void check_fits(const Array& joined, const std::vector<Axis>& axes, const fs::path& first, const fs::path& block) {
  const bool fits = joined.axes.size() == axes.size() &&
                    std::equal(axes.begin(), axes.end() - 1, joined.axes.begin(), same_labels) &&
                    joined.axes.back().name == axes.back().name;
  if (!fits)
    throw InputError(block.string(), "other axes or labels than in " + first.filename().string(),
                     "the same in all blocks", "The blocks are not of one run: start again with --fresh.");
}

/// Keeps what all blocks say alike.
void keep_common(std::map<std::string, std::string>& common, const std::map<std::string, std::string>& texts) {
  for (auto entry = common.begin(); entry != common.end();) {
    const auto found = texts.find(entry->first);
    entry = found != texts.end() && found->second == entry->second ? std::next(entry) : common.erase(entry);
  }
}

Joined join(const std::string& name, const std::vector<fs::path>& blocks) {
  Joined joined;
  for (const fs::path& block : blocks) {
    if (!fs::exists(block))
      throw InputError(block.string(), "no such block", "every block of the plan", "Run the same command again.");
    const OpenArrayFile file(block);
    const std::vector<Axis> axes = file.axes(name);
    if (block == blocks.front()) {
      joined = {{name, axes, {}, file.attributes(name)}, file.type(name), {}};
      joined.array.axes.back().labels.clear();
    }
    check_fits(joined.array, axes, blocks.front(), block);
    keep_common(joined.array.attributes, file.attributes(name));
    std::vector<std::string>& labels = joined.array.axes.back().labels;
    labels.insert(labels.end(), axes.back().labels.begin(), axes.back().labels.end());
    joined.counts.push_back(axes.back().labels.size());
  }
  joined.array.attributes.erase(checksum_attribute);
  joined.array.attributes.erase(axes_attribute);
  return joined;
}

fs::path relative_to(const fs::path& master, const fs::path& block) {
  return fs::absolute(block).lexically_relative(fs::absolute(master).parent_path());
}

/// One source per block, side by side along the last axis.
Handle mapping(const Writing& writing, const Joined& joined, const fs::path& master,
               const std::vector<fs::path>& blocks, const Handle& whole) {
  Handle creation = writing.own(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
  writing.done(H5Pset_obj_track_times(creation, false));
  std::vector<hsize_t> start(joined.array.axes.size(), 0), count = shape_of(joined.array.axes);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    count.back() = joined.counts[i];
    if (count.back() == 0) continue;
    const Handle source =
        writing.own(H5Screate_simple(static_cast<int>(count.size()), count.data(), nullptr), H5Sclose);
    writing.done(H5Sselect_hyperslab(whole, H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr));
    writing.done(H5Pset_virtual(creation, whole, relative_to(master, blocks[i]).generic_string().c_str(),
                                joined.array.name.c_str(), source));
    start.back() += count.back();
  }
  return creation;
}

void write(const fs::path& part, const fs::path& master, const Joined& joined, const std::vector<fs::path>& blocks) {
  const Writing writing(part);
  Handle file = create_hdf5(writing, part);
  const std::vector<hsize_t> shape = shape_of(joined.array.axes);
  const Handle whole = writing.own(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr), H5Sclose);
  {
    const Handle creation = mapping(writing, joined, master, blocks, whole);
    const Handle dataset = writing.own(
        H5Dcreate2(file, joined.array.name.c_str(), joined.type == "float32" ? H5T_IEEE_F32LE : H5T_IEEE_F64LE, whole,
                   H5P_DEFAULT, creation, H5P_DEFAULT),
        H5Dclose);
    for (const auto& [name, text] : joined.array.attributes) write_text_attribute(writing, dataset, name, text);
    ScaleWriter().attach(writing, file, dataset, joined.array);
    std::vector<std::string> parts;
    for (const fs::path& block : blocks) parts.push_back(relative_to(master, block).generic_string());
    write_texts(writing, file, parts_dataset, parts);
  }
  writing.done(file.close());
}

}  // namespace

void write_master(const fs::path& file, const std::string& name, const std::vector<fs::path>& blocks) {
  if (blocks.empty()) throw Error(ExitCode::bug, "a master file of no blocks");
  const Joined joined = join(name, blocks);
  const fs::path part = part_of(file);
  try {
    write(part, file, joined, blocks);
  } catch (...) {
    std::error_code gone_already;
    fs::remove(part, gone_already);
    throw;
  }
  publish(file);
}

}  // namespace meridian::storage
