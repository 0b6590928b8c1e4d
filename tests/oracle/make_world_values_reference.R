# The public outputs of WorldValuesBench (Zhao et al. 2024) beside the percents of countries, computed anew from the
# files in ../shared/data: nothing here knows meridian. W1 on the unit scale = integral of |F - G|, with both distribution
# functions evaluated on all codes. Run from the root of the project:
#   Rscript tests/oracle/make_world_values_reference.R
# writes tests/oracle/data/audit/world_values_{questions,shares}.csv. R 4.2.2, jsonlite 1.8.4.
library(jsonlite)
bench <- "../shared/data/Demon702_WorldValuesBench/"
out <- "tests/oracle/data/audit/"

samples <- read.delim(paste0(bench, "samples.tsv"), colClasses = "character", quote = "")
samples$country <- substr(samples$D_INTERVIEW, 1, nchar(samples$D_INTERVIEW) - 6)
percents <- read.csv("../shared/data/yongcaoplus_SimLLMCultureDist/derived_wvs7_country_distributions.csv")
percents$question <- paste0("Q", percents$question)
metadata <- fromJSON(paste0(bench, "question_metadata.json"), simplifyVector = FALSE)
recodes <- fromJSON(paste0(bench, "answer_adjustment.json"), simplifyVector = FALSE)
runs <- sort(sub("\\.tsv$", "", list.files(paste0(bench, "model_outputs"))))
answers <- lapply(runs, function(run)
  read.delim(paste0(bench, "model_outputs/", run, ".tsv"), colClasses = c("character", "character", "numeric")))
names(answers) <- runs

# Weighted codes of the people: one share per participant asked whose country has percents.
people_of <- function(question) {
  asked <- samples$country[samples$Question == question]
  known <- percents[percents$question == question, ]
  asked <- asked[asked %in% known$country_code]
  codes <- known$answer_code
  for (from in names(recodes[[question]]))
    codes[known$answer_code == as.numeric(from)] <- as.numeric(recodes[[question]][[from]])  # "" gives NA: dropped
  weight <- numeric(0)
  for (country in unique(asked)) {
    rows <- known$country_code == country
    share <- known$percent[rows] / sum(known$percent[rows]) * sum(asked == country)
    kept <- !is.na(codes[rows])
    weight <- c(weight, setNames(share[kept], codes[rows][kept]))
  }
  tapply(weight, as.numeric(names(weight)), sum)
}

w1 <- function(x, wx, y, wy) {
  at <- sort(unique(c(x, y)))
  f <- sapply(at, function(t) sum(wx[x <= t])) / sum(wx)
  g <- sapply(at, function(t) sum(wy[y <= t])) / sum(wy)
  sum(abs(f - g)[-length(at)] * diff(at))
}

questions <- intersect(unique(samples$Question), percents$question)
table <- do.call(rbind, lapply(runs, function(run) do.call(rbind, lapply(questions, function(question) {
  scale <- as.numeric(c(metadata[[question]]$answer_scale_min, metadata[[question]]$answer_scale_max))
  unit <- function(code) (code - scale[1]) / diff(scale)
  people <- people_of(question)
  given <- answers[[run]][answers[[run]]$QUESTION_ID == question & !is.na(answers[[run]]$SCORE), ]
  country <- substr(given$PARTICIPANT_ID, 1, nchar(given$PARTICIPANT_ID) - 6)
  score <- given$SCORE[country %in% percents$country_code[percents$question == question]]
  data.frame(run, question, answers = length(score), outside = sum(score < scale[1] | score > scale[2]),
             w1 = w1(unit(score), rep(1, length(score)), unit(as.numeric(names(people))), people))
}))))
write.csv(transform(table, w1 = sprintf("%.15g", w1)), paste0(out, "world_values_questions.csv"), row.names = FALSE,
          quote = FALSE)
shares <- do.call(rbind, lapply(runs, function(run) do.call(rbind, lapply(seq(0, 8) / 20, function(tau) {
  w <- table$w1[table$run == run]
  data.frame(run, threshold = tau, questions = length(w), share = sprintf("%.15g", mean(w <= tau)))
}))))
write.csv(shares, paste0(out, "world_values_shares.csv"), row.names = FALSE, quote = FALSE)
