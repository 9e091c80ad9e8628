package dev.crease.cli.question;

import dev.crease.bounds.Interval;
import dev.crease.cli.output.Rational;
import dev.crease.map.OutputMap;
import dev.crease.regions.Match;
import dev.crease.witness.Fractions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hipparchus.fraction.BigFraction;

/**
 * What is said of each output.
 *
 * @param noise by how much each of its numbers may be off; empty if that is not asked
 * @param within how far the nearest output of the ball may be; empty if it must be the output
 */
record MapRows(OptionalDouble noise, OptionalDouble within) {

  /** Whether a point of the ball has the output. */
  enum Found {
    EXACT,
    NEAREST,
    NONE;

    String label() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * An output and what belongs to it.
   *
   * @param distance how far the nearest output is, if it was looked for
   * @param value empty where there is none
   * @param range what noise would do; empty where it is not asked, or no point is so near
   */
  record Row(
      double[] output,
      Found found,
      OptionalDouble distance,
      Optional<double[]> value,
      Optional<List<Interval>> range) {}

  /** Looks an output up. */
  Row row(OutputMap map, double[] output) {
    List<BigFraction> exact = Rational.of(output);
    Optional<List<Interval>> range =
        noise.isPresent() ? map.range(exact, noise.getAsDouble()) : Optional.empty();
    Optional<Match> match = map.exactlyAt(exact);
    if (match.isPresent()) {
      OptionalDouble zero = within.isPresent() ? OptionalDouble.of(0) : OptionalDouble.empty();
      return new Row(output, Found.EXACT, zero, match.map(Match::value), range);
    }
    if (within.isEmpty()) {
      return new Row(output, Found.NONE, OptionalDouble.empty(), Optional.empty(), range);
    }
    Match nearest = map.nearest(exact);
    BigFraction squared = squared(exact, nearest.exactOutput());
    BigFraction most = Fractions.of(within.getAsDouble());
    boolean isNear = squared.compareTo(most.multiply(most)) <= 0;
    return new Row(
        output,
        isNear ? Found.NEAREST : Found.NONE,
        OptionalDouble.of(Math.sqrt(Fractions.nearest(squared))),
        isNear ? Optional.of(nearest.value()) : Optional.empty(),
        range);
  }

  private static BigFraction squared(List<BigFraction> y, List<BigFraction> z) {
    BigFraction sum = BigFraction.ZERO;
    for (int i = 0; i < y.size(); i++) {
      BigFraction difference = y.get(i).subtract(z.get(i));
      sum = sum.add(difference.multiply(difference));
    }
    return sum;
  }
}
