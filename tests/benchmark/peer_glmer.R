# The tables of generalized_benchmark fitted by glmer with its default settings: CPU of the call alone, data in memory.
# Usage: Rscript tests/benchmark/peer_glmer.R FOLDER [name ...]
suppressPackageStartupMessages(library(lme4))
arguments <- commandArgs(trailingOnly = TRUE)
names <- if (length(arguments) > 1) arguments[-1] else c("small", "crossed", "wide")
for (name in names) {
  table <- read.csv(file.path(arguments[1], paste0(name, ".csv")), stringsAsFactors = TRUE)
  formula <- if (nlevels(table$item) > 1) y ~ x + (1 | person) + (1 | item) else y ~ x + (1 | person)
  time <- system.time(fit <- glmer(formula, table, family = binomial))
  cat(sprintf("%-8s R %s, lme4 %s: %.3f s CPU, -2 log likelihood %.6f\n", name, getRversion(), packageVersion("lme4"),
              sum(time[c("user.self", "sys.self")]), -2 * as.numeric(logLik(fit))))
}
