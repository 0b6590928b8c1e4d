# A made-up table as untidy as real ones (labels with blanks, commas, quotes, colons and umlauts, truth values, numbers as
# labels, missing values in eight columns, few and unequal rows per level) and fits of lme4 and lmerTest to it that use every part
# of the formula language. Run from the source root, in a UTF-8 locale:
#   Rscript tests/oracle/make_messy_reference.R
# Writes tests/oracle/data/messy/: messy.csv, fits.csv. The stored files were made with R 4.2.2, lme4 1.1-31, lmerTest
# 3.1-3. Levels are in code-point order here, as meridian has them.
suppressPackageStartupMessages({ library(lme4); library(lmerTest) })
invisible(Sys.setlocale("LC_COLLATE", "C"))
directory <- "tests/oracle/data/messy"
set.seed(811)
n <- 420
labels <- c(paste0("p ", 1:18), "10", "9", "\u00c9l\u00e8ve", "b,c", "q\"uote", "x:y")
sites <- c("N", "S", "E", "Z 1")
table <- data.frame(id = sample(labels, n, TRUE), site = sample(sites, n, TRUE), room = sample(1:5, n, TRUE),
                    cond = sample(c("no treat", "A-B", "\u00b5 dose"), n, TRUE), flag = sample(c(TRUE, FALSE), n, TRUE),
                    x = round(rnorm(n, 3, 2), 3), z = round(rnorm(n), 3), expo = round(exp(rnorm(n, 1, 0.4)), 3),
                    off = round(rnorm(n, 0, 0.5), 3), w = round(runif(n, 0.5, 2), 2), wi = sample(1:3, n, TRUE))
of_id <- setNames(rnorm(length(labels)), labels)
slope <- setNames(rnorm(length(labels), 0, 0.4), labels)
of_room <- matrix(rnorm(20, 0, 0.6), 4, dimnames = list(sites))
eta <- with(table, 0.4 * (cond == "A-B") - 0.5 * (cond == "no treat") + 0.25 * x + 0.3 * flag + of_id[id] + slope[id] * x / 2 +
  c(N = 0.5, S = -0.3, E = 0.2, "Z 1" = -0.9)[site] + of_room[cbind(match(site, sites), room)])
table <- transform(table, y = round(2 * eta + off + rnorm(n), 3), trials = sample(4:12, n, TRUE))
table <- transform(table, successes = rbinom(n, trials, plogis(eta / 2 - 1 + off)), yes = rbinom(n, 1, plogis(eta / 2 - 0.8)),
                   count = rpois(n, expo * exp(0.3 * eta - 0.8)))
for (name in c("x", "z", "cond", "id", "y", "off", "flag", "expo")) table[[name]][sample(n, 6)] <- NA
write.csv(table, file.path(directory, "messy.csv"), row.names = FALSE, fileEncoding = "UTF-8")
table <- read.csv(file.path(directory, "messy.csv"), stringsAsFactors = TRUE, fileEncoding = "UTF-8")
table$flag <- factor(table$flag)

# Arguments stay unevaluated, for lmer looks up weights in the table by their name.
linear <- function(...) {
  control <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhobeg = 0.2, rhoend = 1e-10, maxfun = 2e5),
                         check.conv.singular = "ignore", check.conv.grad = "ignore", check.conv.hess = "ignore")
  call <- as.call(c(quote(lmer), as.list(substitute(list(...)))[-1], list(data = quote(table), control = control)))
  call$start <- getME(suppressMessages(eval(call)), "theta")
  suppressMessages(eval(call))
}
generalized <- function(...) {
  control <- glmerControl(optimizer = "bobyqa", optCtrl = list(rhobeg = 0.02, rhoend = 1e-9, maxfun = 2e5),
                          tolPwrss = 1e-12, check.conv.singular = "ignore", check.conv.grad = "ignore")
  eval(as.call(c(quote(glmer), as.list(substitute(list(...)))[-1], list(data = quote(table), control = control))))
}

# meridian's formula, its other options, R's fit
cases <- list(
  list("y ~ cond * x + I(z^2) + log(expo) + offset(off) + (1 + x || id) + (1 | site/room)", "--weights w",
       linear(y ~ cond * x + I(z^2) + log(expo) + offset(off) + (1 + x || id) + (1 | site/room), weights = w)),
  list("y ~ (cond + flag)^2 - flag + scale(z) + (0 + cond | site) + (1|id)", "--ml",
       linear(y ~ (cond + flag)^2 - flag + scale(z) + (0 + cond | site) + (1|id), REML = FALSE)),
  list("y ~ cond/x + sqrt(expo) + (x | id) + (0 + z | id) + (1 | site:cond)", "--contrast cond=sum",
       linear(y ~ cond/x + sqrt(expo) + (x | id) + (0 + z | id) + (1 | site:cond), contrasts = list(cond = "contr.sum"))),
  list("y ~ cond + x + I(2*x + 1) + factor(room) + exp(z/10) + (1|id) + (1|room:site)", "",
       linear(y ~ cond + x + I(2*x + 1) + factor(room) + exp(z/10) + (1|id) + (1|room:site))),
  list("y ~ -1 + cond + x:flag + (1 | id:site) + (1 + cond || id)", "",
       linear(y ~ -1 + cond + x:flag + (1 | id:site) + (1 + cond || id))),
  list("y ~ 0 + flag*x + I(x/expo) + (z + x || site:room) + (flag | id)", "",
       linear(y ~ 0 + flag*x + I(x/expo) + (z + x || site:room) + (flag | id))),
  list("successes ~ cond * x + offset(off) + (1 + x | id) + (1 | site)", "--family binomial --trials trials",
       generalized(cbind(successes, trials - successes) ~ cond * x + offset(off) + (1 + x | id) + (1 | site), family = binomial)),
  list("count ~ cond + flag + offset(log(expo)) + (1 | site/room)", "--family poisson --weights wi",
       generalized(count ~ cond + flag + offset(log(expo)) + (1 | site/room), family = poisson, weights = wi)),
  list("yes ~ cond * scale(x) + (1 | id)", "--family binomial --quadrature 7",
       generalized(yes ~ cond * scale(x) + (1 | id), family = binomial, nAGQ = 7)))

rows <- list()
for (case in cases) {
  fit <- case[[3]]
  add <- function(what, term, value) rows[[length(rows) + 1]] <<-
    data.frame(formula = case[[1]], options = case[[2]], what = what, term = term, value = sprintf("%.12g", value))
  add("nobs", "", nobs(fit))
  add("criterion", "", if (isREML(fit)) REMLcrit(fit) else -2 * as.numeric(logLik(fit)))
  if (isLMM(fit)) add("sigma", "", sigma(fit))
  estimates <- coef(summary(fit))
  for (term in rownames(estimates)) {
    add("estimate", term, estimates[term, "Estimate"])
    add("std_error", term, estimates[term, "Std. Error"])
    if (isLMM(fit)) add("df", term, estimates[term, "df"])
  }
  components <- as.data.frame(VarCorr(fit))
  names(components)[1] <- "group"
  components$group <- gsub(".", ":", sub("\\.\\d+$", "", components$group), fixed = TRUE)
  for (i in seq_len(nrow(components))) {
    key <- gsub("NA", "", paste(components$group[i], components$var1[i], components$var2[i], sep = "|"), fixed = TRUE)
    value <- components$vcov[i]
    add("variance", key, if (abs(value) < 1e-9) 0 else value)  # on the boundary: what the search left over
  }
}
write.csv(do.call(rbind, rows), file.path(directory, "fits.csv"), row.names = FALSE, fileEncoding = "UTF-8")
