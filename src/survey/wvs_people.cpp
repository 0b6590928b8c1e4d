#include "survey/wvs_people.hpp"

#include "survey/wide_people.hpp"

namespace meridian::survey {

People read_wvs_people(const std::vector<std::filesystem::path>& files, const Instrument& instrument,
                       const PeopleOptions& options, findings::Ledger& ledger) {
  std::vector<std::pair<std::string, std::string>> labels;
  for (const Country& country : options.countries) labels.emplace_back(country.code, country.nation);
  if (labels.empty()) labels = {{"CHN", "China"}, {"USA", "USA"}};
  WideLayout layout;
  layout.id = "D_INTERVIEW";
  layout.id_optional = true;
  layout.group = "B_COUNTRY_ALPHA";
  layout.groups = Groups(labels, Groups::Others::exclude);
  for (const Item& item : instrument.items) layout.items.push_back("Q" + item.id);
  layout.missing.negative = true;
  if (options.nationals_only) {
    layout.excluded_column = "Q254";
    layout.excluded_value = "5";
    layout.excluded_rule = "not a national (Q254 = 5)";
    layout.excluded_remedy = "To keep everybody, set nationals_only = no.";
  }
  return read_wide_people(files, layout, instrument, ledger);
}

}  // namespace meridian::survey
