#pragma once
// Whole countries' answers as a published table gives them: the global setting, in which no person is known.
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "audit/records.hpp"
#include "opinions/people.hpp"

namespace meridian::opinions {

/// Weight (percent, share or number of people) per code, by (country, question) index of People.
using CountryShares = std::map<std::pair<std::size_t, std::size_t>, std::map<int, double>>;

/// Fields country, question, answer, share.
const std::vector<audit::RecordField>& country_share_fields();

/// Countries and questions that the people do not have are passed over; what cannot be used is counted in `faults`.
CountryShares read_country_shares(const audit::RecordFiles& records, const People& people, audit::RowFaults& faults);

}  // namespace meridian::opinions
