# Fits of lme4 and lmerTest to the tables of tests/commands/generated_tables.py, which are made here alike, to the last bit.
# Usage: Rscript tests/oracle/make_generated_reference.R tests/oracle/data/generated
# lme4's search ends some 1e-5 before the optimum: Newton steps with Richardson derivatives (numDeriv) of its own deviance
# function finish it.
suppressPackageStartupMessages({library(lme4); library(lmerTest); library(numDeriv)})
folder <- commandArgs(trailingOnly = TRUE)[1]
state <- 1
uniform <- function() { state <<- (48271 * state) %% 2147483647; state / 2147483647 }
bell <- function() { a <- uniform(); b <- uniform(); d <- uniform(); (a + b + d - 1.5) * 2 }
bells <- function(count, scale) vapply(seq_len(count), function(i) scale * bell(), 0)
below <- function(count) floor(count * uniform())

make_crossed <- function() {
  state <<- 20261121
  person <- bells(2500, 0.7); item <- bells(1200, 0.5)
  one <- function(row) {
    p <- if (row < 2500) row else below(2500)
    i <- if (row < 1200) row else { u <- uniform(); v <- uniform(); floor(1200 * u * v) }
    x <- bell()
    c(1 + 0.5 * x + person[p + 1] + item[i + 1] + 1.1 * bell(), x, p, i)
  }
  rows <- vapply(0:14999, one, numeric(4))
  data.frame(y = rows[1, ], x = rows[2, ], person = factor(paste0("p", rows[3, ])), item = factor(paste0("i", rows[4, ])))
}
make_pupils <- function() {
  state <<- 19931209
  pupil <- bells(1600, 0.8); group <- bells(400, 0.5); school <- bells(40, 0.6); rater <- bells(7, 0.3)
  one <- function(row) {
    p <- row %/% 2; r <- below(7); x <- bell(); c <- p %% 400; s <- c %/% 10
    c(2 - 0.4 * x + pupil[p + 1] + group[c + 1] + school[s + 1] + rater[r + 1] + 0.9 * bell(), x, p, c, s, r)
  }
  rows <- vapply(0:3199, one, numeric(6))
  label <- function(letter, row) factor(paste0(letter, rows[row, ]))
  data.frame(y = rows[1, ], x = rows[2, ], pupil = label("p", 3), class = label("c", 4), school = label("s", 5), rater = label("r", 6))
}
make_visits <- function() {
  state <<- 48271
  person <- bells(40, 0.9); person_x <- bells(40, 0.6); person_w <- bells(40, 0.4); place <- bells(14, 0.7); place_w <- bells(14, 0.5)
  one <- function(row) {
    p <- if (row < 40) row else below(40)
    b <- if (row < 14) row else below(14)
    x <- bell(); w <- bell(); weight <- 0.2 + 3 * uniform(); a <- person[p + 1]; noise <- bell()
    y <- 3 + 0.5 * x - 0.3 * w + a + person_x[p + 1] * x + person_w[p + 1] * w + place[b + 1] + place_w[b + 1] * w + 0.8 * noise
    c(y, 1 + 0.5 * x + a + -0.5 * a * x + 0.8 * noise, 2 + 0.2 * x + a + noise / sqrt(weight), x, w, weight, p, b)
  }
  rows <- vapply(0:599, one, numeric(8))
  data.frame(y = rows[1, ], flat = rows[2, ], precise = rows[3, ], x = rows[4, ], w = rows[5, ], weight = rows[6, ],
             person = factor(paste0("p", rows[7, ])), place = factor(paste0("b", rows[8, ])))
}
tables <- list(crossed = make_crossed(), pupils = make_pupils(), visits = make_visits())
models <- list(
  list("crossed", "y ~ x + (1 | person) + (1 | item)", TRUE, ""),
  list("pupils", "y ~ x + (1 | school/class/pupil) + (1 | rater)", TRUE, ""),
  list("pupils", "y ~ x + (1 | school/class/pupil) + (1 | rater)", FALSE, ""),
  list("visits", "y ~ x * w + (1 + x + w | person) + (1 | place)", TRUE, ""),
  list("visits", "y ~ x + w + (1 + x || person) + (1 + w || place)", TRUE, ""),
  list("visits", "flat ~ x + (1 + x | person) + (1 | place)", TRUE, ""),
  list("visits", "precise ~ x + (1 | person)", TRUE, "weight"))
control <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhobeg = 0.2, rhoend = 1e-10, maxfun = 1e5), calc.derivs = FALSE,
                       check.conv.singular = "ignore")

# Diagonals on the boundary and columns below them stay where they are.
optimum <- function(deviance, at, lower) {
  free <- which(!(lower == 0 & at < 1e-5))
  at[-free] <- 0
  for (step in 1:3) {
    moved <- function(v) deviance(replace(at, free, v))
    at[free] <- at[free] - solve(hessian(moved, at[free], method.args = list(d = 0.01)), grad(moved, at[free], method.args = list(d = 0.01)))
  }
  at
}
finished <- function(m) {
  data <- tables[[m[[1]]]]
  data$prior <- if (m[[4]] == "") rep(1, nrow(data)) else data[[m[[4]]]]
  call <- list(as.formula(m[[2]]), quote(data), REML = m[[3]], weights = quote(prior), control = quote(control))
  first <- eval(as.call(c(quote(lme4::lmer), call)))
  parts <- eval(as.call(c(quote(lFormula), call)))
  deviance <- do.call(mkLmerDevfun, c(parts, list(control = control)))
  theta <- optimum(deviance, getME(first, "theta"), getME(first, "lower"))
  value <- deviance(theta)
  message(m[[1]], ": criterion ", sprintf("%.9f", value), ", lme4 ", sprintf("%.9f", if (m[[3]]) REMLcrit(first) else stats::deviance(first)),
          if (any(theta == 0)) ", singular" else "")
  fit <- mkMerMod(environment(deviance), list(par = theta, fval = value, feval = 1, conv = 0, message = ""), parts$reTrms, parts$fr,
                  first@call)
  as_lmerModLmerTest(fit)
}
rows <- list()
for (m in models) {
  fit <- finished(m)
  add <- function(what, term, value) rows[[length(rows) + 1]] <<- data.frame(table = m[[1]], formula = m[[2]],
    method = if (m[[3]]) "REML" else "ML", weights = m[[4]], what = what, term = term, value = sprintf("%.14g", value))
  response <- all.vars(as.formula(m[[2]]))[1]
  add("table", response, sum(tables[[m[[1]]]][[response]])); add("table", "x", sum(tables[[m[[1]]]]$x^2))
  add("sigma", "", sigma(fit)); add("criterion", "", if (m[[3]]) REMLcrit(fit) else stats::deviance(fit))
  estimates <- coef(summary(fit))
  for (term in rownames(estimates)) {
    add("estimate", term, estimates[term, "Estimate"]); add("std_error", term, estimates[term, "Std. Error"])
    add("df", term, estimates[term, "df"])
  }
  components <- as.data.frame(VarCorr(fit))
  for (i in seq_len(nrow(components))) {
    key <- paste(sub("\\.\\d+$", "", components$grp[i]), components$var1[i], components$var2[i], sep = "|")
    add("variance", gsub("NA", "", key, fixed = TRUE), components$vcov[i])
  }
  effects <- as.data.frame(ranef(fit, condVar = FALSE))
  some <- unlist(lapply(split(seq_len(nrow(effects)), effects$grpvar), head, 5))
  for (i in some) add("effect", paste(effects$grpvar[i], effects$grp[i], effects$term[i], sep = "|"), effects$condval[i])
}
write.csv(do.call(rbind, rows), file.path(folder, "fits.csv"), row.names = FALSE, quote = TRUE)
