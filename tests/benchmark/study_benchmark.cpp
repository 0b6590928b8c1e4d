// CPU time of the mixed models of a job, from cosines in memory to coefficients with Satterthwaite's degrees of
// freedom, and the long tables and formulas that tests/benchmark/peer_study.R fits with lme4 and lmerTest beside it.
// Usage: study_benchmark JOB DATA FOLDER REPEATS ANALYSIS[,ANALYSIS...] [section.key=value ...]
#include <fmt/os.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "analysis/analysis_design.hpp"
#include "analysis/study.hpp"
#include "cpu_clock.hpp"
#include "error.hpp"
#include "models/mixed_model.hpp"

namespace {

using namespace meridian;
using namespace meridian::analysis;

/// Cosines of an analysis as the streaming analysis meets them: per class, people x rows.
struct People {
  std::map<PersonClass, Eigen::MatrixXd> cosines;
  std::map<PersonClass, std::vector<std::size_t>> ids;
};

void append(Eigen::MatrixXd& all, const Eigen::MatrixXd& more) {
  const Eigen::Index before = all.rows();
  all.conservativeResize(before + more.rows(), more.cols());
  all.bottomRows(more.rows()) = more;
}

People read_people(const Study& study, const Layout& layout) {
  People people;
  const similarity::Kernel kernel(study.panel);
  similarity::Tile tile;
  for (std::size_t first = 0; first < study.panel.people.size(); first += study.job.block) {
    const std::size_t count = std::min(study.job.block, study.panel.people.size() - first);
    if (!layout.meets(first, count)) continue;
    kernel.compute(first, count, 1, tile);
    visit_classes(study.panel, layout, tile,
                  [&](const PersonClass& key, const Eigen::MatrixXd& block, const std::vector<std::size_t>& ids) {
                    append(people.cosines[key], block);
                    people.ids[key].insert(people.ids[key].end(), ids.begin(), ids.end());
                  });
  }
  return people;
}

std::vector<models::ClassMoments> gather(const People& people) {
  std::vector<models::ClassMoments> moments;
  for (const auto& [key, cosines] : people.cosines) moments.emplace_back(cosines.cols()).add_block(cosines);
  return moments;
}

/// The frame of one person per class and its design; the moments in it only count people.
AnalysisDesign make_design(const Study& study, const Layout& layout, const AnalysisJob& job, const People& people) {
  Moments counts;
  for (const auto& [key, cosines] : people.cosines) {
    models::ClassMoments& one = counts.emplace(key, static_cast<Eigen::Index>(layout.rows())).first->second;
    one.count = static_cast<double>(cosines.rows());
    one.scatter.setZero(one.mean.size(), one.mean.size());
  }
  return make_analysis_design(study.panel, layout, job, counts);
}

std::string value_text(const models::Variable& variable, std::size_t row) {
  return variable.is_factor ? variable.levels[static_cast<std::size_t>(variable.codes[row])]
                            : fmt::format("{}", variable.numeric[row]);
}

void write_table(const std::string& file, const AnalysisDesign& analysis, const People& people) {
  auto out = fmt::output_file(file);
  out.print("cosine,participant");
  std::vector<const models::Variable*> columns;
  for (const models::Variable& variable : analysis.table.frame.variables)
    if (variable.name != "participant") columns.push_back(&variable);
  for (const models::Variable* column : columns) out.print(",{}", column->name);
  out.print("\n");
  for (std::size_t k = 0; k < analysis.classes.size(); ++k) {
    const Eigen::MatrixXd& cosines = people.cosines.at(analysis.classes[k]);
    std::vector<std::string> cells(static_cast<std::size_t>(cosines.cols()));
    for (std::size_t row = 0; row < cells.size(); ++row)
      for (const models::Variable* column : columns)
        cells[row] += "," + value_text(*column, analysis.table.first_row[k] + row);
    const std::vector<std::size_t>& ids = people.ids.at(analysis.classes[k]);
    for (std::size_t i = 0; i < ids.size(); ++i)
      for (std::size_t row = 0; row < cells.size(); ++row)
        out.print("{},p{}{}\n", cosines(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(row)), ids[i],
                  cells[row]);
  }
}

void measure(const Study& study, std::size_t index, const std::string& folder, int repeats) {
  const AnalysisJob& job = study.job.analyses[index];
  const People people = read_people(study, study.layouts[index]);
  const AnalysisDesign analysis = make_design(study, study.layouts[index], job, people);
  models::Fit fit;
  const double statistics = benchmark::median_cpu_seconds(repeats, [&] { gather(people); });
  const double all = benchmark::median_cpu_seconds(
      repeats, [&] { fit = models::fit_mixed(analysis.design, "participant", analysis.blocks, gather(people)); });
  fmt::print("{:<14} {:>8} rows: statistics {:9.3f} ms, with fit and df {:9.3f} ms, {} evaluations, criterion {:.6f}\n",
             job.name, fit.nobs, 1e3 * statistics, 1e3 * all, fit.evaluations, fit.criterion);
  write_table(folder + "/" + job.name + ".csv", analysis, people);
  fmt::output_file(folder + "/" + job.name + ".formula").print("{}\n", job.formula);
}

int run(int argc, char** argv) {
  if (argc < 6) throw InputError("arguments", "too few", "JOB DATA FOLDER REPEATS ANALYSES", "See the first lines.");
  const std::string wanted = fmt::format(",{},", argv[5]);
  const Study study = load_study(read_job(argv[1], argv[2], ".", {argv + 6, argv + argc}));
  std::filesystem::create_directories(argv[3]);
  for (std::size_t a = 0; a < study.job.analyses.size(); ++a)
    if (wanted.find("," + study.job.analyses[a].name + ",") != std::string::npos)
      measure(study, a, argv[3], std::atoi(argv[4]));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const Error& error) {
    fmt::print(stderr, "{}\n", error.what());
    return static_cast<int>(error.code());
  }
}
