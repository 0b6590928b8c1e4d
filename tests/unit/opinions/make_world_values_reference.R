# W1 distances of weighted samples for world_values_test.cpp, as the integral over quantiles |F^-1 - G^-1| (R 4.2, base):
# another road than the library's integral over values. Rscript make_world_values_reference.R
distance <- function(x, y, a, b) {
  a <- cumsum(a) / sum(a); b <- cumsum(b) / sum(b)
  cuts <- sort(unique(c(0, a, b)))
  middle <- (head(cuts, -1) + tail(cuts, -1)) / 2
  quantile_of <- function(values, cdf) values[findInterval(middle, c(0, cdf))]
  sum(diff(cuts) * abs(quantile_of(x, a) - quantile_of(y, b)))
}
print(distance(c(0, .25, 1), c(.5, .75), c(3, 1, 2), c(1, 4)), digits = 15)
print(distance(c(.1, .2, .3, .9), c(.15, .25, 1.3), c(1, 2, 3, 4), c(5, 1, 1)), digits = 15)
