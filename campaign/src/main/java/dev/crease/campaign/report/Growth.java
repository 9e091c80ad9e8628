package dev.crease.campaign.report;

import dev.crease.campaign.Run;
import java.util.List;
import java.util.Optional;

/**
 * How time grows with size: the least-squares line through the logarithms of seconds and neurons of
 * the solved runs, time = factor * neurons^slope.
 *
 * <p>Runs that timed out are left out, and they are the hard ones, so the slope tends to be too low
 * where there are some.
 */
record Growth(double slope, double factor, long smallest, long largest, int runs) {

  /** Empty if the solved runs have fewer than two sizes. */
  static Optional<Growth> of(List<Run> runs) {
    List<Run> solved = runs.stream().filter(Growth::isFitted).toList();
    long[] sizes = solved.stream().mapToLong(Growth::size).sorted().distinct().toArray();
    if (sizes.length < 2) {
      return Optional.empty();
    }
    double x = solved.stream().mapToDouble(run -> Math.log(size(run))).average().orElseThrow();
    double y = solved.stream().mapToDouble(run -> Math.log(run.time())).average().orElseThrow();
    double xx = 0;
    double xy = 0;
    for (Run run : solved) {
      double dx = Math.log(size(run)) - x;
      xx += dx * dx;
      xy += dx * (Math.log(run.time()) - y);
    }
    double slope = xy / xx;
    return Optional.of(
        new Growth(
            slope, Math.exp(y - slope * x), sizes[0], sizes[sizes.length - 1], solved.size()));
  }

  double at(double neurons) {
    return factor * Math.pow(neurons, slope);
  }

  static boolean isFitted(Run run) {
    return run.isSolved() && hasSize(run);
  }

  static boolean hasSize(Run run) {
    return run.neurons().orElse(0) > 0;
  }

  private static long size(Run run) {
    return run.neurons().orElseThrow();
  }
}
