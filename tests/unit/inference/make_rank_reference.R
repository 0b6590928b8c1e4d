# Numbers of R 4.2.2 for the rank tests, agreement and repeated measures, as one C++ table on standard output:
#   Rscript tests/unit/inference/make_rank_reference.R > tests/unit/inference/rank_reference.hpp
# Tests that base R lacks (Brunner-Munzel, exact tests with ties) are written out from their papers or
# enumerated.
out <- function(name, value) for (i in seq_along(value))
  cat(sprintf('    {"%s%s", %s},\n', name, if (length(value) > 1) paste0(".", i) else "",
              if (is.nan(value[i]) || is.na(value[i])) "nan" else sprintf("%.17g", value[i])))
brunner_munzel <- function(x, y) {
  n1 <- length(x); n2 <- length(y); r <- rank(c(x, y)); rx <- r[1:n1]; ry <- r[-(1:n1)]
  s1 <- sum((rx - rank(x) - mean(rx) + (n1 + 1) / 2)^2) / (n1 - 1)
  s2 <- sum((ry - rank(y) - mean(ry) + (n2 + 1) / 2)^2) / (n2 - 1)
  w <- n1 * n2 * (mean(ry) - mean(rx)) / ((n1 + n2) * sqrt(n1 * s1 + n2 * s2))
  df <- (n1 * s1 + n2 * s2)^2 / ((n1 * s1)^2 / (n1 - 1) + (n2 * s2)^2 / (n2 - 1))
  c(w, df, 2 * pt(-abs(w), df), (mean(ry) - (n2 + 1) / 2) / n1)
}
exact_rank_sum <- function(x, y) {
  r <- rank(c(x, y)); sums <- combn(length(r), length(x), function(i) sum(r[i]))
  centre <- length(x) * mean(r); mean(abs(sums - centre) >= abs(sum(r[seq_along(x)]) - centre) - 1e-9)
}
exact_signed_rank <- function(d) {
  r <- rank(abs(d[d != 0])); n <- length(r); v <- sum(r[d[d != 0] > 0])
  all <- as.matrix(expand.grid(rep(list(0:1), n))) %*% r
  mean(abs(all - sum(r) / 2) >= abs(v - sum(r) / 2) - 1e-9)
}
hedges <- function(x, y, exact) {
  n1 <- length(x); n2 <- length(y); m <- n1 + n2 - 2
  s <- sqrt(((n1 - 1) * var(x) + (n2 - 1) * var(y)) / m)
  j <- if (exact) exp(lgamma(m / 2) - lgamma((m - 1) / 2)) / sqrt(m / 2) else 1 - 3 / (4 * (n1 + n2) - 9)
  j * (mean(x) - mean(y)) / s
}
tost <- function(x, y, margin) c(t.test(x, y, mu = -margin, alternative = "greater")$p.value,
  t.test(x, y, mu = margin, alternative = "less")$p.value, t.test(x, y, conf.level = .9)$conf.int)
pairs <- list(
  published = list(c(1,2,1,1,1,1,1,1,1,1,2,4,1,1), c(3,3,4,3,1,2,3,1,1,5,4)),
  untied = list(c(12.8, 13.1, 9.7, 15.2, 11.4, 14.05, 12.2), c(14.2, 9.9, 18.3, 17.6, 16.1)),
  tied = list(c(2, 2, 3, 5, 5, 5, 8), c(1, 2, 5, 6, 8, 8)))
cat("#pragma once\n// Made by make_rank_reference.R with", R.version.string, "\n#include <limits>\n#include <string>\n#include <vector>\n\n")
cat("struct ReferenceNumber {\n  std::string name;\n  double value = 0;\n};\n\ninline const std::vector<ReferenceNumber>& rank_reference() {\n")
cat("  const double nan = std::numeric_limits<double>::quiet_NaN();\n  static const std::vector<ReferenceNumber> numbers{\n")
for (name in names(pairs)) {
  x <- pairs[[name]][[1]]; y <- pairs[[name]][[2]]
  w <- suppressWarnings(wilcox.test(x, y, exact = FALSE))
  out(paste0(name, ".u"), unname(w$statistic)); out(paste0(name, ".u.p"), w$p.value)
  out(paste0(name, ".u.exact"), exact_rank_sum(x, y))
  out(paste0(name, ".bm"), brunner_munzel(x, y))
  out(paste0(name, ".g"), hedges(x, y, FALSE)); out(paste0(name, ".g.gamma"), hedges(x, y, TRUE))
  out(paste0(name, ".tost"), tost(x, y, 2))
}
out("untied.u.wilcox", wilcox.test(pairs$untied[[1]], pairs$untied[[2]], exact = TRUE)$p.value)
d <- list(untied = c(1.2, -.4, 2.1, .7, -1.1, .3, 1.9, .05), tied = c(1, -1, 2, 2, 0, 3, -2, 1, 0, 4))
for (name in names(d)) {
  w <- suppressWarnings(wilcox.test(d[[name]], exact = FALSE))
  out(paste0(name, ".v"), unname(w$statistic)); out(paste0(name, ".v.p"), w$p.value)
  out(paste0(name, ".v.exact"), exact_signed_rank(d[[name]]))
}
out("untied.v.wilcox", wilcox.test(d$untied, exact = TRUE)$p.value)
x <- c(1, 2, 2, 4, 5); y <- c(2, 1, 3, 3, 5)
out("rho", cor(x, y, method = "spearman")); out("tau", cor(x, y, method = "kendall"))
out("rho.constant", suppressWarnings(cor(x, rep(1, 5), method = "spearman")))
for (rows in list(rbind(1:5, c(2,1,3,5,4), c(1,3,2,4,5)), rbind(c(1,2.5,2.5,4,5), c(2,1,3,5,4), c(1,3,2,4.5,4.5)))) {
  f <- friedman.test(rows); m <- nrow(rows); k <- ncol(rows); w <- unname(f$statistic) / (m * (k - 1))
  tied <- if (any(rows != round(rows))) "tied" else "untied"
  out(paste0("friedman.", tied), c(w, f$statistic, f$p.value, (m - 1) * w / (1 - w),
    pf((m - 1) * w / (1 - w), k - 1 - 2 / m, (m - 1) * (k - 1 - 2 / m), lower.tail = FALSE)))
}
out("pchisq72", pchisq(72, 24, lower.tail = FALSE))
# All 6^2 re-orderings of two rankings of three items beside the first one.
three <- rbind(c(1, 2, 3), c(1, 3, 2), c(1, 2, 3)); orders <- rbind(c(1,2,3), c(1,3,2), c(2,1,3), c(2,3,1), c(3,1,2), c(3,2,1))
s <- function(rows) sum((colSums(rows) - 6)^2)
all <- apply(expand.grid(1:6, 1:6), 1, function(i) s(rbind(three[1, ], three[2, orders[i[1], ]], three[3, orders[i[2], ]])))
out("friedman.enumerated", mean(all >= s(three)))
# Repeated measures: anova.mlm with the intercept alone (one-way) and with sum-to-zero groups (type III).
Y <- rbind(c(4.1,5.2,3.3,6.0), c(3.9,4.4,2.8,5.1), c(5.5,6.1,4.9,5.2), c(2.2,3.9,3.1,4.8), c(4.6,4.9,2.0,6.6), c(3.3,5.8,3.9,4.1), c(5.0,4.2,3.7,7.3))
spherical <- function(full, reduced) { a <- anova(full, reduced, X = ~1, test = "Spherical")
  c(a$F[2], a$`num Df`[2], a$`den Df`[2], a$`Pr(>F)`[2], a$`G-G Pr`[2], a$`H-F Pr`[2]) }
out("oneway", spherical(lm(Y ~ 1), lm(Y ~ 0)))
g <- c(1, 1, 1, 1, -1, -1, -1)
out("level", spherical(lm(Y ~ g), lm(Y ~ 0 + g))); out("interaction", spherical(lm(Y ~ g), lm(Y ~ 1)))
a <- anova(lm(rowMeans(Y) ~ g)); out("group", c(a$F[1], a$`Pr(>F)`[1], a$`Sum Sq` * 4))
three <- factor(c(1, 1, 2, 2, 3, 3, 3)); contrasts(three) <- contr.sum(3); X <- model.matrix(~three)
out("level3", spherical(lm(Y ~ 0 + X), lm(Y ~ 0 + X[, -1]))); out("interaction3", spherical(lm(Y ~ 0 + X), lm(Y ~ 1)))
# model_fixed: type III by comparing residual sums of squares of explicit sum-to-zero designs.
long <- data.frame(y = as.vector(t(Y)), subject = factor(rep(1:7, each = 4)), level = factor(rep(1:4, 7)), g = rep(g, each = 4))
contrasts(long$level) <- contr.sum(4)
err <- deviance(lm(y ~ subject + level * g, long)); err_df <- 15
plain <- lm(y ~ g * level, long)
terms <- model.matrix(plain); ss <- function(drop) deviance(lm(long$y ~ 0 + terms[, !drop])) - deviance(plain)
f <- ss(colnames(terms) == "g") / (err / err_df)
out("group.fixed", c(f, pf(f, 1, err_df, lower.tail = FALSE)))
cat("  };\n  return numbers;\n}\n")
