# Intervals of R's boot package on stored one-sample replicates: tests/oracle/data/boot/.
# Run from the source root: Rscript tests/oracle/make_boot_reference.R      (R 4.2.2, boot 1.3-28.1)
library(boot)
folder <- "tests/oracle/data/boot"
dir.create(folder, showWarnings = FALSE, recursive = TRUE)
set.seed(20240607)
sizes <- c(14, 9)
x <- round(c(rexp(sizes[1]), 2 + rexp(sizes[2])), 6)
strata <- rep(1:2, sizes)
# Statistic: mean over strata of the means, and its variance estimate.
statistic <- function(data, index) {
  parts <- split(data[index], strata[index])
  c(mean(sapply(parts, mean)), sum(sapply(parts, function(p) var(p) / length(p))) / 4)
}
out <- boot(x, statistic, R = 999, strata = strata)
jackknife <- sapply(seq_along(x), function(i) {
  parts <- split(x[-i], strata[-i])
  mean(sapply(parts, mean))
})
# Empirical influence values of the multi-sample case from the jackknife; boot.ci wants them divided by the strata's n.
n <- sizes[strata]
influence <- ave(jackknife, strata, FUN = function(v) (length(v) - 1) * (mean(v) - v)) / n
ci <- boot.ci(out, type = c("perc", "basic", "stud", "bca"), var.t0 = out$t0[2], var.t = out$t[, 2],
              L = influence)
log_ci <- boot.ci(out, type = "basic", h = log, hdot = function(t) 1 / t, hinv = exp)
write.csv(data.frame(replicate = sprintf("%.17g", out$t[, 1]), error = sprintf("%.17g", sqrt(out$t[, 2]))),
          file.path(folder, "replicates.csv"), row.names = FALSE, quote = FALSE)
write.csv(data.frame(stratum = strata, jackknife = sprintf("%.17g", jackknife)),
          file.path(folder, "jackknife.csv"), row.names = FALSE, quote = FALSE)
intervals <- rbind(
  data.frame(what = "estimate", low = out$t0[1], high = sqrt(out$t0[2])),
  data.frame(what = "percentile", low = ci$percent[4], high = ci$percent[5]),
  data.frame(what = "basic", low = ci$basic[4], high = ci$basic[5]),
  data.frame(what = "basic log", low = log_ci$basic[4], high = log_ci$basic[5]),
  data.frame(what = "studentized", low = ci$student[4], high = ci$student[5]),
  data.frame(what = "bca", low = ci$bca[4], high = ci$bca[5]))
intervals$low <- sprintf("%.17g", intervals$low)
intervals$high <- sprintf("%.17g", intervals$high)
write.csv(intervals, file.path(folder, "intervals.csv"), row.names = FALSE, quote = FALSE)
