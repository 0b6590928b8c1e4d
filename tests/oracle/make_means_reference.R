# Cell means and their pairwise differences, for tests/commands/fit_questions.py. Run from the source root:
#   Rscript tests/oracle/make_means_reference.R
# Writes tests/oracle/data/intervals/means.csv. The stored file was made with R 4.2.2, lmerTest 3.1-3, emmeans 1.8.4-1.
suppressPackageStartupMessages({ library(lmerTest); library(emmeans) })
emm_options(msg.interaction = FALSE, msg.nesting = FALSE, lmer.df = "satterthwaite")
tight <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-10, maxfun = 1e5), calc.derivs = FALSE)
read <- function(table, factors) {
  data <- read.csv(file.path("tests/oracle/data", paste0(table, ".csv")), stringsAsFactors = TRUE)
  for (name in factors) data[[name]] <- factor(data[[name]])
  data
}
rows_of <- function(model, table, formula, factors, family, trials, variables, by) {
  means <- emmeans(model, c(variables, by))
  all <- as.data.frame(summary(means, infer = c(TRUE, FALSE), level = .9))
  pairs <- as.data.frame(summary(contrast(emmeans(model, variables, by = by), "pairwise"), infer = c(TRUE, TRUE), adjust = "holm", level = .9))
  plain <- as.data.frame(summary(contrast(emmeans(model, variables, by = by), "pairwise"), infer = c(TRUE, TRUE), adjust = "none", level = .9))
  request <- paste0(paste(variables, collapse = ","), if (length(by)) paste0("|", paste(by, collapse = ",")))
  head <- data.frame(table = table, formula = formula, factors = factors, family = family, trials = trials, means = request)
  limits <- function(frame) frame[, ncol(frame) - 1:0 - (if ("p.value" %in% names(frame)) 2 else 0)]
  cells <- data.frame(head, what = "mean", estimate = all$emmean, std_error = all$SE, df = all$df, holm = NA, low = limits(all)[[1]], high = limits(all)[[2]])
  low <- intersect(c("lower.CL", "asymp.LCL"), names(plain)); high <- intersect(c("upper.CL", "asymp.UCL"), names(plain))
  differences <- data.frame(head, what = "contrast", estimate = pairs$estimate, std_error = pairs$SE, df = pairs$df, holm = pairs$p.value,
                            low = plain[[low]], high = plain[[high]])
  rbind(cells, differences)
}
case <- function(table, formula, factors = "", variables, by = NULL) {
  model <- lmer(as.formula(formula), read(table, strsplit(factors, ",")[[1]]), control = tight)
  rows_of(model, table, formula, factors, "", "", variables, by)
}
cbpp <- glmer(cbind(incidence, size - incidence) ~ period + (1 | herd), read("generalized/cbpp", c("herd", "period")), binomial,
              control = glmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-9, maxfun = 1e5)))
all <- rbind(
  case("public/cake", "angle ~ recipe + temperature + (1 | recipe:replicate)", "temperature,replicate", "recipe"),
  case("public/cake", "angle ~ recipe * temperature + (1 | recipe:replicate)", "temperature,replicate", "recipe", "temperature"),
  case("intervals/made", "cosine ~ nation * origin + (1 + origin | person) + (1 + nation | llm)", "", "nation", "origin"),
  rows_of(cbpp, "generalized/cbpp", "incidence ~ period + (1 | herd)", "period", "binomial", "size", "period", NULL))
all[] <- lapply(all, function(v) if (is.double(v)) sprintf("%.12g", v + 0) else v)
write.csv(all, "tests/oracle/data/intervals/means.csv", row.names = FALSE, na = "")
