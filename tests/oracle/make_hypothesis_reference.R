# Type III hypotheses as lmerTest forms them and cell means as emmeans does, for tests/unit/models. Run from the source root:
#   Rscript tests/oracle/make_hypothesis_reference.R
# Reads tests/oracle/data/design/frame.csv, writes tests/oracle/data/hypotheses/: type3.csv and means.csv (the cases),
# type3-<case>.csv (rows L of L b = 0, by term) and means-<case>.csv (rows over the coefficients, by cell).
# The stored files were made with R 4.2.2, lmerTest 3.1-3 and emmeans 1.8.4-1.
suppressPackageStartupMessages({ library(lmerTest); library(emmeans) })
invisible(Sys.setlocale("LC_COLLATE", "C"))
directory <- "tests/oracle/data/hypotheses"
data <- read.csv("tests/oracle/data/design/frame.csv", stringsAsFactors = TRUE, colClasses = c(flag = "factor"))
emm_options(msg.nesting = FALSE, msg.interaction = FALSE)
write <- function(table, name) {
  table[] <- lapply(table, function(v) if (is.double(v)) sprintf("%.15g", v + 0) else v)
  write.csv(table, file.path(directory, name), row.names = FALSE, quote = FALSE)
}

contrast_list <- function(text, frame) {  # "a=sum;b=treatment:yes"
  choices <- list()
  for (part in strsplit(text, ";")[[1]]) {
    pieces <- strsplit(part, "[=:]")[[1]]
    if (pieces[2] == "centred") next
    levels <- levels(droplevels(frame[[pieces[1]]]))
    choices[[pieces[1]]] <- if (pieces[2] == "sum") contr.sum(levels) else contr.treatment(levels, base = match(pieces[3], levels))
  }
  if (length(choices)) choices
}
centred_data <- function(text, formula) {  # codes are centred over the rows that the model keeps
  centred <- sub("=centred", "", grep("=centred", strsplit(text, ";")[[1]], value = TRUE))
  if (!length(centred)) return(data)
  rows <- droplevels(data[rownames(model.frame(as.formula(formula), data)), ])
  for (name in centred) rows[[name]] <- as.integer(rows[[name]]) - mean(as.integer(rows[[name]]))
  rows
}

type3_case <- function(id, formula, contrasts = "") {
  rows <- centred_data(contrasts, formula)
  model <- suppressMessages(lmer(as.formula(paste(formula, "+ (1 | g)")), rows, contrasts = contrast_list(contrasts, rows)))
  hypotheses <- suppressMessages(lmerTest:::get_contrasts_type3(model))
  table <- do.call(rbind, lapply(names(hypotheses), function(term) {
    l <- hypotheses[[term]]
    if (nrow(l)) data.frame(term = term, unname(l))
  }))
  names(table) <- c("term", names(fixef(model)))
  write(table, paste0("type3-", id, ".csv"))
  data.frame(case = id, formula = formula, contrasts = contrasts)
}
type3 <- rbind(
  type3_case("crossed", "y ~ a * b + x"),
  type3_case("three-way", "y ~ b * c * flag + z"),
  type3_case("unbalanced-three-way", "y ~ a * b * c"),
  type3_case("covariate", "y ~ a * x + b * z"),
  type3_case("powers", "y ~ (a + x + z)^2 + I(x^2)"),
  type3_case("no-intercept", "y ~ 0 + a * b"),
  type3_case("nested", "y ~ a / b + z"),
  type3_case("empty-cells", "y ~ a * e"),
  type3_case("aliased", "y ~ x + w + a * b"),
  type3_case("sum-contrasts", "y ~ a * b * flag + x", "a=sum;b=sum;flag=sum"),
  type3_case("chosen-reference", "y ~ a * b + c", "a=treatment:mid;b=treatment:yes"),
  type3_case("centred", "y ~ b * flag + a * b", "b=centred;flag=centred"),
  type3_case("factor-call", "y ~ factor(dose) * x + b"),
  type3_case("slopes-only", "y ~ a + b:x"),
  type3_case("single-term", "y ~ a"),
  type3_case("single-term-sums", "y ~ a", "a=sum"),
  type3_case("single-interaction", "y ~ a:x"),
  type3_case("single-without-intercept", "y ~ 0 + a"))
write.csv(type3, file.path(directory, "type3.csv"), row.names = FALSE, quote = FALSE)

means_case <- function(id, formula, variables, contrasts = "") {
  rows <- centred_data(contrasts, formula)
  model <- lm(as.formula(formula), rows, contrasts = contrast_list(contrasts, rows))
  means <- emmeans(model, variables)
  linear <- means@linfct
  kept <- names(coef(model))[!is.na(coef(model))]
  colnames(linear) <- names(coef(model))
  estimable <- !is.na(summary(means)$emmean)
  table <- data.frame(means@grid[variables], estimable = as.integer(estimable), linear[, kept, drop = FALSE], check.names = FALSE)
  write(table, paste0("means-", id, ".csv"))
  data.frame(case = id, formula = formula, contrasts = contrasts, variables = paste(variables, collapse = ";"))
}
means <- rbind(
  means_case("one", "y ~ a * b + x", "a"),
  means_case("two", "y ~ a * b + x", c("b", "a")),
  means_case("unbalanced", "y ~ a * b * c + log(x)", "c"),
  means_case("transformed", "y ~ a * scale(x) + I(z^2) + exp(z/2)", "a"),
  means_case("sum-contrasts", "y ~ a * b + x:b", "b", "a=sum;b=sum"),
  means_case("factor-call", "y ~ factor(dose) * b", c("dose", "b")),
  means_case("no-intercept", "y ~ 0 + a + b", "a"),
  means_case("empty-cells", "y ~ a * e + x", c("a", "e")),
  means_case("empty-cells-averaged", "y ~ a * e", "a"),
  means_case("aliased-number", "y ~ x + w + b", "b"))
write.csv(means, file.path(directory, "means.csv"), row.names = FALSE, quote = FALSE)
