# Distributions of lme4's parametric bootstrap on lme4's public sleepstudy data: tests/oracle/data/boot/bootmer.csv.
# Run from the source root: Rscript tests/oracle/make_bootmer_reference.R      (R 4.2.2, lme4 1.1-31; about a minute)
suppressPackageStartupMessages(library(lme4))
fit <- lmer(Reaction ~ Days + (Days | Subject), sleepstudy)
values <- function(m) {
  v <- as.data.frame(VarCorr(m))
  c(fixef(m), v$vcov[1], v$vcov[2], v$vcov[4])
}
set.seed(1)
seconds <- system.time(out <- bootMer(fit, values, nsim = 2000, seed = 1))["elapsed"]
names <- c("fixed effect: (Intercept)", "fixed effect: Days", "variance: Subject (Intercept)", "variance: Subject Days",
           "variance: Residual")
p <- seq(0.05, 0.95, 0.05)
rows <- do.call(rbind, lapply(seq_along(names), function(i)
  data.frame(statistic = names[i], probability = p, quantile = sprintf("%.10g", quantile(out$t[, i], p, type = 7)))))
write.csv(rows, "tests/oracle/data/boot/bootmer.csv", row.names = FALSE, quote = FALSE)
cat(sprintf("2000 replicates of bootMer: %.1f s\n", seconds))
