# The tables of study_benchmark and mixed_benchmark fitted by lme4 and lmerTest: CPU (user + system) of the calls that fit and
# that compute Satterthwaite's degrees of freedom, table in memory; the largest resident memory while they run.
# Usage: Rscript tests/benchmark/peer_study.R FOLDER NAME [evaluations SHARE]
# With `evaluations`, for models too large to fit: CPU of one evaluation of the deviance on the whole table, times the evaluations
# that fit and degrees of freedom take on the given share of the participants.
suppressPackageStartupMessages({library(lme4); library(lmerTest)})
arguments <- commandArgs(trailingOnly = TRUE)
name <- arguments[2]
table <- read.csv(file.path(arguments[1], paste0(name, ".csv")), stringsAsFactors = TRUE)
if ("removed" %in% names(table)) table$removed <- relevel(factor(table$removed), "none")
formula <- as.formula(readLines(file.path(arguments[1], paste0(name, ".formula"))))
control <- lmerControl(optimizer = "bobyqa", optCtrl = list(maxfun = 2e5), calc.derivs = FALSE)
cpu <- function(work) { time <- system.time(work); sum(time[c("user.self", "sys.self")]) }
peak_megabytes <- function() as.numeric(gsub("\\D", "", grep("VmHWM", readLines("/proc/self/status"), value = TRUE))) / 1024
report <- function(...) cat(sprintf("%-14s R %s, lme4 %s, lmerTest %s: ", name, getRversion(), packageVersion("lme4"),
                                    packageVersion("lmerTest")), sprintf(...), "\n", sep = "")
writeLines("5", "/proc/self/clear_refs")  # forgets the peak of reading
if (length(arguments) < 3) {
  fitting <- cpu(fit <- lme4::lmer(formula, table, control = control))
  testing <- cpu({tested <- as_lmerModLmerTest(fit); estimates <- coef(summary(tested))})
  report("fit %.3f s, df %.3f s, all %.3f s CPU, peak %.0f MB, %d evaluations, criterion %.6f", fitting, testing,
         fitting + testing, peak_megabytes(), fit@optinfo$feval, REMLcrit(fit))
} else {
  some <- subset(table, as.integer(participant) %% round(1 / as.numeric(arguments[4])) == 0)
  small <- lme4::lmer(formula, some, control = control)
  parameters <- length(getME(small, "theta")) + 1
  # lmerTest calls numDeriv with its defaults (4 Richardson steps): hessian of the deviance, jacobian of the covariance.
  evaluations <- small@optinfo$feval + 1 + 4 * parameters * (parameters + 1) + 8 * parameters
  rm(some, small); gc()
  writeLines("5", "/proc/self/clear_refs")
  parts <- lFormula(formula, table, control = control)
  deviance <- do.call(mkLmerDevfun, c(parts, list(control = control)))
  start <- parts$reTrms$theta
  deviance(start)
  each <- cpu(for (i in 1:3) deviance(start * (1 - 0.1 * i))) / 3
  report("%.3f s CPU per evaluation x %.0f evaluations = %.0f s, peak %.0f MB", each, evaluations, each * evaluations,
         peak_megabytes())
}
