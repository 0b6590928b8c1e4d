# hclust, cutree and the silhouette of R on random and tied inputs and all distances, as a C++ table:
#   Rscript tests/unit/ranking/make_cluster_reference.R > tests/unit/ranking/cluster_reference.hpp
set.seed(11)
random <- matrix(round(runif(7 * 6), 3), 7)
tied <- rbind(c(1,2,3,4,5), c(2,1,3,5,4), c(1,2,4,3,5), c(5,4,3,2,1), c(4,5,3,2,1), c(1,3,2,4,5), c(5,4,2,3,1), c(2,1,3,4,5))
# Long rows: correlations of short ones are tied up to rounding.
wide <- matrix(round(runif(6 * 15), 1), 6)
rows <- list(random = random, tied = tied, wide = wide)
distances <- list(euclidean = dist, footrule = function(x) dist(x, "manhattan"),
  spearman = function(x) as.dist(1 - cor(t(x), method = "spearman")), kendall = function(x) as.dist(1 - cor(t(x), method = "kendall")))
methods <- c(single = "single", complete = "complete", average = "average", weighted = "mcquitty", ward = "ward.D2")
# Rousseeuw (1987), written out: 0 for a cluster of one.
silhouette <- function(part, d) { d <- as.matrix(d); sapply(seq_along(part), function(i) {
  own <- part == part[i]; own[i] <- FALSE; if (!any(own)) return(0)
  a <- mean(d[i, own]); b <- min(tapply(d[i, part != part[i]], part[part != part[i]], mean)); (b - a) / max(a, b) }) }
numbers <- function(x) paste0("{", paste(sprintf("%.15g", x), collapse = ", "), "}")
cat("#pragma once\n// Made by make_cluster_reference.R with", R.version.string, "\n#include <string>\n#include <vector>\n\n")
cat("struct ClusterReference {\n  std::string data, metric, linkage;\n  std::vector<double> heights, order, three;\n  double cophenetic = 0;\n  std::vector<double> silhouette;\n};\n\n")
cat("inline const std::vector<std::vector<double>>& cluster_rows(const std::string& data) {\n")
for (name in names(rows)) cat("  static const std::vector<std::vector<double>> ", name, "{",
  paste(apply(rows[[name]], 1, numbers), collapse = ", "), "};\n", sep = "")
cat("  return data == \"random\" ? random : data == \"tied\" ? tied : wide;\n}\n\ninline const std::vector<ClusterReference>& cluster_reference() {\n  static const std::vector<ClusterReference> all{\n")
for (name in names(rows)) for (metric in names(distances)) {
  if ((name == "wide") != (metric %in% c("spearman", "kendall"))) next
  for (m in setdiff(names(methods), if (metric != "euclidean") c("ward", "single", "weighted"))) { d <- distances[[metric]](rows[[name]]); h <- hclust(d, methods[[m]]); three <- cutree(h, 3)
    cat(sprintf('    {"%s", "%s", "%s", %s, %s, %s, %.15g, %s},\n', name, metric, m, numbers(h$height), numbers(h$order - 1), numbers(three - 1),
                cor(d, cophenetic(h)), numbers(silhouette(three, d)))) } }
cat("  };\n  return all;\n}\n")
