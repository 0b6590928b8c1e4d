#include "survey/mfq2_people.hpp"

#include "error.hpp"
#include "survey/long_people.hpp"

namespace meridian::survey {
namespace {

Groups nations_of(const std::vector<Country>& countries) {
  std::vector<std::pair<std::string, std::string>> labels;
  for (const Country& country : countries) labels.emplace_back(country.nation, country.nation);
  return {labels, labels.empty() ? Groups::Others::accept : Groups::Others::refuse};
}

}  // namespace

People read_mfq2_people(const std::filesystem::path& file, const Instrument& instrument, const PeopleOptions& options,
                        findings::Ledger& ledger) {
  LongLayout layout{
      "Item", "Response", "Participant", "Group", "Dimension", options.participant_id, nations_of(options.countries),
      {}};
  return read_long_people(file, layout, instrument, ledger);
}

std::optional<People> read_mfq2_blocks(const std::filesystem::path& file, const Instrument& instrument,
                                       const PeopleOptions& options) {
  PeopleOptions blocks = options;
  blocks.participant_id = "blocks:" + std::to_string(instrument.items.size());
  findings::Ledger not_in_the_study;
  try {
    return read_mfq2_people(file, instrument, blocks, not_in_the_study);
  } catch (const InputError&) {
    return std::nullopt;  // an item comes twice in a block: people do not stand one after the other
  }
}

}  // namespace meridian::survey
