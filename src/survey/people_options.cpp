#include "survey/people_options.hpp"

#include "error.hpp"
#include "tables/csv.hpp"
#include "tables/text.hpp"

namespace meridian::survey {

std::size_t rows_per_person(const std::string& participant_id) {
  if (participant_id == "column") return 0;
  const std::string prefix = "blocks:";
  std::int64_t rows = 0;
  if (participant_id.rfind(prefix, 0) == 0 && tables::parse_integer(participant_id.substr(prefix.size()), rows) &&
      rows >= 1 && rows <= 100000)
    return static_cast<std::size_t>(rows);
  throw InputError("participant_id", tables::shown(participant_id), "'column' or 'blocks:N' with N from 1 to 100000",
                   "For example participant_id = blocks:36 for 36 rows per person.");
}

}  // namespace meridian::survey
