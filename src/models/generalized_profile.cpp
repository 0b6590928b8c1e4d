#include "models/generalized_profile.hpp"

#include "models/held_generalized.hpp"
#include "models/reweighted.hpp"

namespace meridian::models {

using Eigen::Index;

namespace {

class GeneralizedProfile : public ProfiledFit {
 public:
  GeneralizedProfile(const Design& design, const GeneralizedOptions& options, const Fit& fit,
                     const RandomStructure& structure)
      : ProfiledFit(design, fit, structure, structure.off_boundary(fit.theta)),
        data_{design, options, reweighted_fit(design.x, design.names, read_responses(design, options.family)).weight} {}

  std::unique_ptr<HeldParameter> hold_coefficient(Index column) const override {
    if (design().random.empty()) return held_fixed_coefficient(design(), data_.options.family, column);
    return held_coefficient(data_, column, {start(), fit().beta});
  }
  std::unique_ptr<HeldParameter> hold_deviation(const OrderedTerm& term) const override {
    const Design design = ordered(term);
    return held_deviation({design, data_.options, data_.weight}, term.block, {term.theta, fit().beta});
  }
  std::unique_ptr<HeldParameter> hold_correlation(const OrderedTerm& term) const override {
    const Design design = ordered(term);
    return held_correlation({design, data_.options, data_.weight}, term.block, {term.theta, fit().beta});
  }

 private:
  Design ordered(const OrderedTerm& term) const {
    Design result = design();
    result.random[term.block.term].z = design().random[term.block.term].z(Eigen::all, term.order);
    return result;
  }

  GeneralizedData data_;
};

}  // namespace

std::vector<ParameterInterval> profile_intervals(const Design& design, const GeneralizedOptions& options,
                                                 const GeneralizedFit& fit, double confidence) {
  const RandomStructure structure = random_structure(design.random);
  return profile_terms(GeneralizedProfile(design, options, fit.fit, structure), profile_height(confidence));
}

}  // namespace meridian::models
