#pragma once
// Per class of people: how many, their mean cosines and the scatter about them. Gathered block by block from doubles
// and kept in the block's own file; merged in block order, so the bits depend neither on ranks nor on restarts.
#include <functional>
#include <map>
#include <vector>

#include "analysis/person_class.hpp"
#include "models/class_moments.hpp"
#include "similarity/tile.hpp"
#include "storage/array_file.hpp"
#include "storage/units.hpp"

namespace meridian::analysis {

/// All rows of the layout; rows that a class does not have are 0 in mean and scatter.
using Moments = std::map<PersonClass, models::ClassMoments>;

/// Moments of the people of a block, for one analysis. People without a cosine in any variant are left out.
Moments gather_block(const panel::Panel& panel, const Layout& layout, const similarity::Tile& tile);

/// Calls visit(class, cosines of the class's rows as people x rows, person indices) for each class met in a block.
/// Columns are the rows that the class has (rows_of).
using ClassVisitor =
    std::function<void(const PersonClass&, const Eigen::MatrixXd& cosines, const std::vector<std::size_t>& people)>;
void visit_classes(const panel::Panel& panel, const Layout& layout, const similarity::Tile& tile,
                   const ClassVisitor& visit);

/// As a dataset "moments.<analysis>" [class, statistic, row]: statistic 0 holds the count, 1 the mean, 2... the
/// scatter.
storage::Array to_array(const panel::Panel& panel, const Layout& layout, const AnalysisJob& job,
                        const Moments& moments);
Moments from_array(const Layout& layout, const storage::Array& array);
void merge(Moments& into, const Moments& block);

/// The moments that stand in these blocks, folded in this order; all blocks in ascending order are a whole run.
Moments read_moments(const Layout& layout, const storage::UnitStore& store, const std::vector<std::size_t>& units);

/// The moments restricted to the rows that the class has.
models::ClassMoments present_rows(const Layout& layout, const PersonClass& key, const models::ClassMoments& moments);

}  // namespace meridian::analysis
