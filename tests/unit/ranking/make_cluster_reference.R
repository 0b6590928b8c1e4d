# hclust and cutree of R on random and tied inputs, as a C++ table:
#   Rscript tests/unit/ranking/make_cluster_reference.R > tests/unit/ranking/cluster_reference.hpp
set.seed(11)
random <- matrix(round(runif(7 * 6), 3), 7)
tied <- rbind(c(1,2,3,4,5), c(2,1,3,5,4), c(1,2,4,3,5), c(5,4,3,2,1), c(4,5,3,2,1), c(1,3,2,4,5), c(5,4,2,3,1), c(2,1,3,4,5))
methods <- c(single = "single", complete = "complete", average = "average", weighted = "mcquitty", ward = "ward.D2")
numbers <- function(x) paste0("{", paste(sprintf("%.17g", x), collapse = ", "), "}")
cat("#pragma once\n// Made by make_cluster_reference.R with", R.version.string, "\n#include <string>\n#include <vector>\n\n")
cat("struct ClusterReference {\n  std::string data, linkage;\n  std::vector<double> heights, order, three;\n  double cophenetic = 0;\n};\n\n")
cat("inline const std::vector<std::vector<double>>& cluster_rows(const std::string& data) {\n")
for (name in c("random", "tied")) cat("  static const std::vector<std::vector<double>> ", name, "{",
  paste(apply(get(name), 1, numbers), collapse = ", "), "};\n", sep = "")
cat("  return data == \"random\" ? random : tied;\n}\n\ninline const std::vector<ClusterReference>& cluster_reference() {\n  static const std::vector<ClusterReference> all{\n")
for (name in c("random", "tied")) for (m in names(methods)) { d <- dist(get(name)); h <- hclust(d, methods[[m]])
  cat(sprintf('    {"%s", "%s", %s, %s, %s, %.17g},\n', name, m, numbers(h$height), numbers(h$order - 1), numbers(cutree(h, 3) - 1), cor(d, cophenetic(h)))) }
cat("  };\n  return all;\n}\n")
