#include "opinions/country_shares.hpp"

#include <algorithm>

#include "opinions/answer_code.hpp"
#include "tables/csv.hpp"

namespace meridian::opinions {

const std::vector<audit::RecordField>& country_share_fields() {
  static const std::vector<audit::RecordField> fields{{"country"}, {"question"}, {"answer"}, {"share"}};
  return fields;
}

CountryShares read_country_shares(const audit::RecordFiles& records, const People& people, audit::RowFaults& faults) {
  CountryShares shares;
  audit::each_record(records, faults, [&](const tables::MappedReader& record) -> std::string {
    const auto country = std::find(people.countries.begin(), people.countries.end(), record.text(0));
    if (country == people.countries.end()) return "country without people in the sample";
    const std::size_t question = people.find_question(plain_name(record.text(1)));
    if (question == People::npos) return "question that is not among people's answers";
    const auto code = answer_code(record.text(2));
    double share = 0;
    if (!code || *code < 0) return "answer that is no code";
    if (!tables::parse_number(record.text(3), share) || share < 0) return "share that is no number from 0";
    shares[{static_cast<std::size_t>(country - people.countries.begin()), question}][*code] += share;
    return "";
  });
  return shares;
}

}  // namespace meridian::opinions
