# Made-up answers of eight people of two nations to six items, and their mixed model by lme4 and lmerTest: what `meridian selftest`
# compares with. Usage: Rscript tests/oracle/make_selftest_reference.R data/selftest
suppressPackageStartupMessages({library(lme4); library(lmerTest)})
folder <- commandArgs(trailingOnly = TRUE)[1]
set.seed(20261121)
data <- expand.grid(item = sprintf("i%d", 1:6), person = sprintf("p%d", 1:8), stringsAsFactors = TRUE)
data$nation <- ifelse(as.integer(data$person) <= 4, -0.5, 0.5)
effect <- function(f, sd) rnorm(nlevels(f), 0, sd)[as.integer(f)]
data$answer <- round(3 + 0.4 * data$nation + effect(data$person, 0.5) + data$nation * effect(data$item, 0.7) +
                     effect(data$item, 0.4) + rnorm(nrow(data), 0, 0.6), 2)
data <- data[-c(5, 17, 40), c("person", "item", "nation", "answer")] # not every person answered every item
write.csv(data, file.path(folder, "answers.csv"), row.names = FALSE, quote = FALSE)
formula <- answer ~ nation + (1 | person) + (1 + nation | item)
fit <- lmer(formula, data, control = lmerControl(optimizer = "nloptwrap",
  optCtrl = list(xtol_abs = 1e-12, ftol_abs = 1e-14, maxeval = 20000), calc.derivs = FALSE))
stopifnot(!isSingular(fit))
rows <- list()
add <- function(what, term, value) rows[[length(rows) + 1]] <<- data.frame(what, term, value = sprintf("%.10g", value))
add("criterion", "", REMLcrit(fit))
add("sigma", "", sigma(fit))
table <- coef(summary(fit))
for (term in rownames(table))
  for (what in list(c("estimate", "Estimate"), c("std_error", "Std. Error"), c("df", "df"), c("p_value", "Pr(>|t|)")))
    add(what[1], term, table[term, what[2]])
write.csv(do.call(rbind, rows), file.path(folder, "lme4.csv"), row.names = FALSE, quote = FALSE)
