// Terms and dimensions: means, votes, the ends of each group's list, and the order of the prompt.
#include <algorithm>
#include <numeric>

#include "findings/columns.hpp"
#include "inference/correlation.hpp"
#include "inference/quantiles.hpp"
#include "inference/ranks.hpp"
#include "inference/two_sample.hpp"
#include "ranking/scores.hpp"
#include "ranking/tables.hpp"

namespace meridian::ranking {
namespace {

using findings::integer_column;
using findings::real_column;
using findings::Table;
using findings::text_column;

std::vector<std::size_t> all_models(const Study& study) {
  std::vector<std::size_t> models(study.rows.size());
  std::iota(models.begin(), models.end(), std::size_t{0});
  return models;
}

struct Scope {
  std::string name;
  std::vector<std::size_t> models;
};

/// "all", then every group.
std::vector<Scope> scopes(const Study& study) {
  std::vector<Scope> result{{"all", all_models(study)}};
  for (std::size_t g = 0; g < study.catalog.groups.size(); ++g)
    result.push_back({study.catalog.groups[g], study.catalog.models_of(g)});
  return result;
}

double total_votes(const Study& study, const Rows& scores, const std::vector<std::size_t>& models, std::size_t place,
                   std::size_t dimension) {
  double sum = 0;
  for (const std::size_t model : models) sum += votes(scores[model], place, study.settings.fractional_tally)[dimension];
  return sum;
}

}  // namespace

Table term_table(const Study& study) {
  Table table{"term_means",
              "Mean rank of every term",
              "Rank 1 is most important. Order: overall priority; equal means share the mean place.",
              {text_column("term"), text_column("dimension"), real_column("place"), real_column("mean_rank", "rank"),
               real_column("std_dev", "rank")},
              {}};
  for (const std::string& group : study.catalog.groups) table.columns.push_back(real_column("mean_" + group, "rank"));
  const auto all = all_models(study);
  std::vector<double> means;
  for (std::size_t t = 0; t < study.catalog.terms.size(); ++t)
    means.push_back(inference::moments(column(study.rows, all, t)).mean);
  const std::vector<double> places = inference::midranks(means);
  for (const std::size_t t : first_terms(study.rows, all, means.size())) {
    const inference::Moments moments = inference::moments(column(study.rows, all, t));
    std::vector<findings::Cell> row{study.catalog.terms[t].name,
                                    study.catalog.dimensions[study.catalog.terms[t].dimension], places[t], means[t],
                                    std::sqrt(moments.variance)};
    for (std::size_t g = 0; g < study.catalog.groups.size(); ++g)
      row.emplace_back(inference::moments(column(study.rows, study.catalog.models_of(g), t)).mean);
    table.add(std::move(row));
  }
  return table;
}

Table dimension_table(const Study& study, const Results& results) {
  Table table{"dimensions",
              "Dimensions: mean rank, and how many models put them first and second",
              study.settings.fractional_tally ? "Tied dimensions share a vote in equal parts."
                                              : "Of tied dimensions the first in the term table takes the vote.",
              {text_column("models"), text_column("dimension"), integer_column("n", "models"),
               real_column("mean", "rank"), real_column("std_dev", "rank"), real_column("median", "rank"),
               real_column("primary", "models"), real_column("secondary", "models")},
              {}};
  for (const auto& [name, models] : scopes(study))
    for (std::size_t d = 0; d < study.catalog.dimensions.size(); ++d) {
      const std::vector<double> values = column(results.scores, models, d);
      const inference::Moments moments = inference::moments(values);
      table.add({name, study.catalog.dimensions[d], static_cast<std::int64_t>(models.size()), moments.mean,
                 std::sqrt(moments.variance), inference::median(values),
                 total_votes(study, results.scores, models, 0, d), total_votes(study, results.scores, models, 1, d)});
    }
  return table;
}

Table extremes_table(const Study& study) {
  Table table{"extremes",
              "The first and the last five terms of every group",
              "By the group's mean rank; ties in prompt order.",
              {text_column("models"), text_column("end"), integer_column("place"), text_column("term"),
               real_column("mean_rank", "rank")},
              {}};
  const std::size_t k = study.catalog.terms.size(), shown = std::min<std::size_t>(5, k);
  for (const auto& [name, models] : scopes(study)) {
    const auto order = first_terms(study.rows, models, k);
    for (std::size_t place = 0; place < k; ++place)
      if (place < shown || place + shown >= k)
        table.add({name, place < shown ? "top" : "bottom", static_cast<std::int64_t>(place + 1),
                   study.catalog.terms[order[place]].name,
                   inference::moments(column(study.rows, models, order[place])).mean});
  }
  return table;
}

Table order_table(const Study& study) {
  Table table{"prompt_order",
              "Does the order of the prompt show?",
              "Spearman's rho of rank and position in the prompt (the order of the term table), per model. Terms that "
              "stand together in the prompt and in a dimension can make it differ from 0 without any order effect.",
              {text_column("model"), text_column("group"), real_column("rho")},
              {}};
  std::vector<double> position(study.catalog.terms.size());
  std::iota(position.begin(), position.end(), 1.0);
  for (std::size_t i = 0; i < study.rows.size(); ++i)
    table.add({study.catalog.models[i].name, study.catalog.groups[study.groups[i]],
               inference::spearman(study.rows[i], position)});
  return table;
}

}  // namespace meridian::ranking
