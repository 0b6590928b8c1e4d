#pragma once
// The long MFQ-2 tables of the reference folder as frames, coded as the study codes them: +0.5 for China, -0.5 for the
// USA, minus the mean over the rows.
#include <map>
#include <string>
#include <vector>

#include "models/frame.hpp"
#include "support/compressed_csv.hpp"
#include "tables/csv.hpp"

namespace meridian::tests {

inline std::map<std::string, std::string> model_origins() {
  tables::CsvReader reader("../shared/data/china_us_llm_alignment/Data/llm_info.csv");
  const std::size_t model = reader.column("LLM"), nation = reader.column("llm_nation");
  std::map<std::string, std::string> origins;
  while (reader.next()) origins[std::string(reader.text(model))] = reader.text(nation);
  return origins;
}

inline std::vector<double> centred_code(const std::vector<std::string>& labels, const std::string& positive) {
  std::vector<double> code;
  double sum = 0;
  for (const std::string& label : labels) {
    code.push_back(label == positive ? 0.5 : -0.5);
    sum += code.back();
  }
  for (double& value : code) value -= sum / static_cast<double>(labels.size());
  return code;
}

/// `table`: "rq1", "rq2", "rq3" or "s2" of ../shared/oracle/<version>/. Both names of the origin code are there.
inline models::Frame mfq2_frame(const std::string& version, const std::string& table) {
  auto columns = read_compressed_csv("../shared/oracle/" + version + "/cosine_" + table + ".csv.gz");
  const auto origins = model_origins();
  std::vector<std::string> nation, origin;
  for (const std::string& id : columns.at("participant")) nation.push_back(id.substr(id.find('_') + 1));
  for (const std::string& llm : columns.at("llm")) origin.push_back(origins.at(llm));
  std::vector<double> cosine;
  for (const std::string& text : columns.at("cosine")) cosine.push_back(std::stod(text));
  models::Frame frame;
  frame.add_numeric("cosine", cosine);
  frame.add_labels("participant", columns.at("participant"));
  frame.add_labels("LLM", columns.at("llm"));
  frame.add_numeric("Chinese_ppt", centred_code(nation, "China"));
  frame.add_numeric("Chinese_origin", centred_code(origin, "China"));
  frame.add_numeric("China_origin", centred_code(origin, "China"));
  frame.add_numeric("Chinese_lang", centred_code(columns.at("language"), "Chinese"));
  frame.add_numeric("Chinese_persona", centred_code(columns.at("persona"), "China"));
  frame.add_labels("dimension", columns.at("removed"));
  return frame;
}

}  // namespace meridian::tests
