// All variants of a tile from one product and low-rank corrections. With h' a person's answers (any shift) and v' a
// model's vector minus its mean, D = sum_all h'v', and the variant's removed items S:
//   cos_S = (D - sum_{k in S} h'_k v'_k - mean_S(h') sum_{k not in S} v'_k) / (|h - mean_S(h)|_S |v - c|_S).
// Every loop runs over whole strips of lanes, so a person meets the same operations in every lane, tile and block.
#include <omp.h>

#include <algorithm>
#include <array>

#include "error.hpp"
#include "similarity/model_side.hpp"
#include "similarity/pack.hpp"
#include "similarity/people_side.hpp"
#include "similarity/streaming_store.hpp"
#include "similarity/tile.hpp"

namespace meridian::similarity {
namespace {

constexpr std::size_t width = Pack::size;
constexpr std::size_t packs = 8;  // whose sums stay in registers
constexpr std::size_t strip = packs * width;
static_assert(lanes % strip == 0);

/// Lanes to work on for so many people: the last strip is filled up with zeros.
std::size_t whole_strips(std::size_t count) { return (count + strip - 1) / strip * strip; }

/// product = sum over items of answers x vector, item by item.
void multiply(const PeopleSide& people, const double* vector, std::size_t items, std::size_t used, Lanes& sums) {
  for (std::size_t begin = 0; begin < used; begin += strip) {
    std::array<Pack, packs> sum;
    sum.fill(same(0));
    for (std::size_t item = 0; item < items; ++item) {
      const double* answers = people.answers(item).value.data() + begin;
      const Pack weight = same(vector[item]);
      for (std::size_t i = 0; i < packs; ++i) sum[i] = add_product(weight, load(answers + i * width), sum[i]);
    }
    for (std::size_t i = 0; i < packs; ++i) store(sum[i], sums.value.data() + begin + i * width);
  }
}

/// difference = from - weight x row
void subtract(double weight, const Lanes& row, const Lanes& from, std::size_t used, Lanes& difference) {
  const Pack weights = same(weight);
  for (std::size_t lane = 0; lane < used; lane += width)
    store(subtract_product(weights, load(row.value.data() + lane), load(from.value.data() + lane)),
          difference.value.data() + lane);
}

/// What is the same for all people of a column and variant.
struct Scale {
  double sum;           ///< of the model's remaining numbers
  double inverse_norm;  ///< of the model
};

/// The last step of every cosine: cosine = (from - weight x row - sum x mean) x both inverse norms.
void finish(double weight, const double* row, const double* from, const Scale& model, const double* mean,
            const double* inverse_norm, std::size_t used, double* cosine) {
  const Pack weights = same(weight), sums = same(model.sum), model_inverse = same(model.inverse_norm);
  for (std::size_t lane = 0; lane < used; lane += width) {
    const Pack remaining = subtract_product(weights, load(row + lane), load(from + lane));
    const Pack numerator = subtract_product(sums, load(mean + lane), remaining);
    store(clamped(product(numerator, product(load(inverse_norm + lane), model_inverse))), cosine + lane);
  }
}

/// One thread's work: a tile of people against every column and variant.
class TileWorker {
 public:
  TileWorker(const panel::Panel& panel, const ModelSide& models) : panel_(&panel), models_(&models), people_(panel) {}

  void work(std::size_t first, std::size_t count, Tile& tile) {
    first_ = first;
    used_ = whole_strips(count);
    people_.load(first, count);
    for (std::size_t column = 0; column < models_->columns; ++column) {
      multiply(people_, models_->centred.data() + column * models_->items, models_->items, used_, product_);
      for (std::size_t variant = 0; variant < panel_->variants.size(); ++variant) {
        finish_variant(variant, column, count);
        double* row = tile.values.data() + (variant * tile.columns + column) * tile.people;
        store_streaming(cosine_.value.data(), count, row + (first - tile.first));
      }
    }
    finish_stores();
  }

 private:
  void finish_variant(std::size_t variant, std::size_t column, std::size_t count) {
    const std::size_t slot = variant * models_->columns + column;
    downdate(variant, slot, models_->centred.data() + column * models_->items);
    if (models_->recompute[slot])
      for (std::size_t lane = 0; lane < count; ++lane) recompute(lane, column, variant);
    else
      for (const std::size_t lane : people_.recompute(variant)) recompute(lane, column, variant);
  }

  /// Takes the removed items' terms away, the last one (or nothing: weight 0) together with the scaling.
  void downdate(std::size_t variant, std::size_t slot, const double* vector) {
    const std::vector<int>& removed = panel_->variants[variant].removed;
    const Lanes* from = &product_;
    std::size_t item = 0;
    double weight = 0;
    for (std::size_t i = 0; i < removed.size(); ++i) {
      item = static_cast<std::size_t>(removed[i]);
      weight = vector[item];
      if (i + 1 == removed.size()) break;
      subtract(weight, people_.answers(item), *from, used_, cosine_);
      from = &cosine_;
    }
    finish(weight, people_.answers(item).value.data(), from->value.data(),
           {models_->sum[slot], models_->inverse_norm[slot]}, people_.mean(variant).value.data(),
           people_.inverse_norm(variant).value.data(), used_, cosine_.value.data());
  }

  void recompute(std::size_t lane, std::size_t column, std::size_t variant) {
    const std::size_t models = panel_->models.size();
    cosine_.value[lane] = plain_cosine(*panel_, first_ + lane, column / models, column % models, variant);
  }

  const panel::Panel* panel_;
  const ModelSide* models_;
  PeopleSide people_;
  Lanes product_, cosine_;
  std::size_t first_ = 0, used_ = 0;
};

}  // namespace

struct Kernel::Shared {
  ModelSide models;
};

Kernel::Kernel(const panel::Panel& panel) : panel_(&panel) {
  if (panel.columns() == 0 || panel.items() == 0 || panel.variants.empty())
    throw InputError("similarity", "no model, condition, variant or item", "at least one of each",
                     "Look at the exclusions and at the job's personas and languages.");
  shared_ = std::make_unique<Shared>(Shared{ModelSide(panel)});
}

Kernel::~Kernel() = default;
Kernel::Kernel(Kernel&&) noexcept = default;

void Kernel::compute(std::size_t first, std::size_t count, int threads, Tile& tile) const {
  if (first + count > panel_->people.size()) throw Error(ExitCode::bug, "similarity block beyond the last person");
  tile.first = first;
  tile.people = count;
  tile.columns = panel_->columns();
  tile.variants = panel_->variants.size();
  tile.values.resize(tile.variants * tile.columns * count);
  std::vector<TileWorker> workers(static_cast<std::size_t>(std::max(threads, 1)), {*panel_, shared_->models});
  const auto tiles = static_cast<std::ptrdiff_t>((count + lanes - 1) / lanes);
#pragma omp parallel for schedule(dynamic) num_threads(static_cast <int>(workers.size()))
  for (std::ptrdiff_t index = 0; index < tiles; ++index) {
    const std::size_t begin = static_cast<std::size_t>(index) * lanes;
    workers[static_cast<std::size_t>(omp_get_thread_num())].work(first + begin, std::min(lanes, count - begin), tile);
  }
}

}  // namespace meridian::similarity
