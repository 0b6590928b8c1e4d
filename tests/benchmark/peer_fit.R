# The same fit with lme4 + lmerTest: CPU (user + system) of the call alone, data in memory, published optimiser settings.
# Usage: Rscript tests/benchmark/peer_fit.R ../shared [repeats] [our milliseconds]
suppressPackageStartupMessages({library(lme4); library(lmerTest)})
arguments <- commandArgs(trailingOnly = TRUE)
shared <- if (length(arguments) > 0) arguments[1] else "../shared"
repeats <- if (length(arguments) > 1) as.integer(arguments[2]) else 5
table <- read.csv(file.path(shared, "oracle/mfq2/cosine_rq1.csv.gz"))
registry <- read.csv(file.path(shared, "data/china_us_llm_alignment/Data/llm_info.csv"), fileEncoding = "UTF-8-BOM")
origin <- registry$llm_nation[match(table$llm, registry$LLM)]
nation <- sub(".*_", "", table$participant)
code <- function(x) { v <- ifelse(x == "China", 0.5, -0.5); v - mean(v) }
table$nation <- code(nation)
table$origin <- code(origin)
formula <- cosine ~ nation * origin + (nation + 1 | llm) + (origin + 1 | participant)
one <- function() {
  time <- system.time({
    fit <- lmer(formula, table, control = lmerControl(optimizer = "bobyqa", optCtrl = list(maxfun = 2e5)))
    coefficients <- coef(summary(fit))
  })
  list(cpu = sum(time[c("user.self", "sys.self")]), criterion = REMLcrit(fit), coefficients = coefficients)
}
runs <- lapply(seq_len(repeats), function(i) one())
cpu <- vapply(runs, `[[`, 0, "cpu")
cat(sprintf("R %s, lme4 %s, lmerTest %s: median %.3f s, smallest %.3f s CPU of %d runs, criterion %.6f\n",
            getRversion(), packageVersion("lme4"), packageVersion("lmerTest"), median(cpu), min(cpu), repeats,
            runs[[1]]$criterion))
print(runs[[1]]$coefficients)
if (length(arguments) > 2) cat(sprintf("ratio %.0f\n", 1000 * median(cpu) / as.numeric(arguments[3])))
