package dev.crease.cli.question;

import dev.crease.BadInput;
import dev.crease.bounds.Interval;
import dev.crease.cli.output.Numbers;
import dev.crease.witness.ExactCollision;
import dev.crease.witness.Fractions;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hipparchus.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/**
 * A box of inputs, as the ball of norm inf that it is: around its middle, with half of each side as
 * the scale, at the radius 1.
 *
 * @param sides of the box; those of the ball are a last bit longer where its middle is no double
 * @param center the middle
 * @param scale half of each side
 */
record DomainArgument(List<Interval> sides, double[] center, double[] scale) {

  /** Collisions are looked at up to {@code 2^-k} of the way. */
  private static final int SMALLEST_STEP = 60;

  /**
   * Reads the sides, each like {@code 0:4}.
   *
   * @throws BadInput if one is no interval, or has no inside
   */
  static DomainArgument parse(List<String> texts) {
    return of(texts.stream().map(DomainArgument::side).toList());
  }

  /**
   * Reads the sides, or for the word {@code sidecar} takes the ranges of the inputs that are
   * neither fixed nor shared in the data that the network was trained on, as the file beside it
   * says.
   *
   * @throws BadInput if one is no interval, or no file says them
   */
  static DomainArgument read(List<String> texts, NetworkOptions network, Set<Integer> shared) {
    if (!texts.equals(List.of("sidecar"))) {
      return parse(texts);
    }
    Path file = network.file();
    Sidecar sidecar =
        Sidecar.beside(file)
            .orElseThrow(
                () ->
                    new BadInput(
                        "--domain sidecar: beside "
                            + file
                            + " is no JSON file of its name with the range of each input; write"
                            + " the sides, like 0:4"));
    Set<Integer> fixed = network.preparation(shared).fixed().keySet();
    return of(
        IntStream.range(0, sidecar.ranges().size())
            .filter(i -> !fixed.contains(i) && !shared.contains(i))
            .mapToObj(sidecar.ranges()::get)
            .toList());
  }

  /** The ball that a box is. */
  static DomainArgument of(List<Interval> sides) {
    int m = sides.size();
    double[] center = new double[m];
    double[] scale = new double[m];
    for (int j = 0; j < m; j++) {
      Interval side = sides.get(j);
      double middle = side.lower() / 2 + side.upper() / 2;
      double half = Math.max(middle - side.lower(), side.upper() - middle);
      while (!holds(middle, half, side)) {
        half = Math.nextUp(half);
      }
      center[j] = middle;
      scale[j] = half;
    }
    return new DomainArgument(sides, center, scale);
  }

  private static Interval side(String text) {
    String[] ends = text.split(":", -1);
    try {
      if (ends.length != 2) {
        throw new NumberFormatException("two numbers are needed");
      }
      Interval side = new Interval(Numbers.parse(ends[0]), Numbers.parse(ends[1]));
      if (side.lower() < side.upper() && Double.isFinite(side.upper() - side.lower())) {
        return side;
      }
    } catch (IllegalArgumentException e) {
      throw refused(text, e);
    }
    throw refused(text, null);
  }

  private static BadInput refused(String text, @Nullable Throwable cause) {
    return new BadInput(
        "--domain: "
            + text
            + " is not the side of a box; write it like 0:4 or -1.5:2, or all as sidecar",
        cause);
  }

  private static boolean holds(double middle, double half, Interval side) {
    BigDecimal m = new BigDecimal(middle);
    BigDecimal h = new BigDecimal(half);
    return m.subtract(h).compareTo(new BigDecimal(side.lower())) <= 0
        && m.add(h).compareTo(new BigDecimal(side.upper())) >= 0;
  }

  /** Whether the ball is the box, to the last bit. */
  boolean isExact() {
    for (int j = 0; j < center.length; j++) {
      BigDecimal m = new BigDecimal(center[j]);
      BigDecimal h = new BigDecimal(scale[j]);
      if (m.subtract(h).compareTo(new BigDecimal(sides.get(j).lower())) != 0
          || m.add(h).compareTo(new BigDecimal(sides.get(j).upper())) != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether collisions lie in the box itself, not in the last bit around it.
   *
   * @param collision as inputs of the networks
   * @param places by input that is neither fixed nor shared, its side
   */
  boolean holds(ExactCollision collision, Map<Integer, Integer> places) {
    return IntStream.rangeClosed(0, SMALLEST_STEP)
        .mapToObj(k -> new BigFraction(BigInteger.ONE, BigInteger.ONE.shiftLeft(k)))
        .anyMatch(t -> holds(collision.first(t), places) && holds(collision.second(t), places));
  }

  private boolean holds(List<BigFraction> point, Map<Integer, Integer> places) {
    return places.entrySet().stream()
        .allMatch(
            e -> {
              BigFraction x = point.get(e.getKey());
              Interval side = sides.get(e.getValue());
              return x.compareTo(Fractions.of(side.lower())) >= 0
                  && x.compareTo(Fractions.of(side.upper())) <= 0;
            });
  }

  /** The box in words. */
  String box() {
    return sides.stream()
        .map(s -> "[" + Numbers.plain(s.lower()) + ", " + Numbers.plain(s.upper()) + "]")
        .collect(Collectors.joining(" x "));
  }

  /** A line on what a radius means. */
  String note() {
    return "the ball of radius 1 is the domain "
        + box()
        + (isExact() ? "" : ", rounded outward in the last bit");
  }
}
