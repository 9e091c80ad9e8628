package dev.crease.plots;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A map of the radii that were certified at many centres. With two inputs, each centre is a square
 * of a grid or a disc, coloured by its radius; with one, radii are drawn over the centres as a
 * line. Centres with radius 0, claims beyond what is certified and failures have signs of their
 * own.
 *
 * @param spots the centres, a trajectory's in its order
 * @param arrangement how the centres lie
 * @param maxRadius how far was looked; a larger radius was not asked for
 * @param title what was asked
 * @param inputs names of the one or two inputs
 */
public record SweepPicture(
    List<Spot> spots, Arrangement arrangement, double maxRadius, String title, List<String> inputs)
    implements Picture {

  /** How the centres of a sweep lie. */
  public sealed interface Arrangement {}

  /** Anywhere. */
  public record Scattered() implements Arrangement {}

  /** Each follows from the one before. */
  public record Trajectory() implements Arrangement {}

  /**
   * On a regular grid.
   *
   * @param spacing the distance of neighbours along each input; 0 where there is one row only
   */
  public record Grid(List<Double> spacing) implements Arrangement {

    /** Copies the distances. */
    public Grid {
      spacing = List.copyOf(spacing);
    }
  }

  /** What is known of a centre. */
  public enum State {
    /** The answer is complete. */
    CLOSED,
    /** Stopped before: the radius may be larger. */
    OPEN,
    /** There is no answer. */
    FAILED
  }

  /**
   * What was found at a centre.
   *
   * @param center one or two coordinates
   * @param certified 0 certifies nothing
   * @param claimed what a solver says beyond that, if it does
   * @param state how complete that is
   */
  public record Spot(List<Double> center, double certified, OptionalDouble claimed, State state) {

    /** Copies the centre. */
    public Spot {
      center = List.copyOf(center);
      if (!(certified >= 0) || Double.isInfinite(certified)) {
        throw new IllegalArgumentException("a radius of " + certified + " cannot be drawn");
      }
      if (claimed.isPresent() && !(claimed.getAsDouble() > certified)) {
        throw new IllegalArgumentException(
            "a claim of " + claimed.getAsDouble() + " is not beyond " + certified);
      }
    }

    /** The centre of some coordinates. */
    public static Spot of(double[] center, double certified, State state) {
      return of(center, certified, OptionalDouble.empty(), state);
    }

    /** The same of which more is claimed. */
    public static Spot of(double[] center, double certified, OptionalDouble claimed, State state) {
      return new Spot(Arrays.stream(center).boxed().toList(), certified, claimed, state);
    }

    double[] point() {
      return center.stream().mapToDouble(Double::doubleValue).toArray();
    }

    boolean isFailed() {
      return state == State.FAILED;
    }

    /** Whether there is an answer beyond which more is claimed. */
    boolean isClaimed() {
      return !isFailed() && claimed.isPresent();
    }

    /** Whether there is an answer that certifies nothing. */
    boolean isZero() {
      return !isFailed() && certified == 0;
    }
  }

  /**
   * Copies the lists and checks that all fit.
   *
   * @throws IllegalArgumentException if there is no centre, or they have not one or two coordinates
   */
  public SweepPicture {
    spots = List.copyOf(spots);
    inputs = List.copyOf(inputs);
    int dimension = inputs.size();
    if (spots.isEmpty() || dimension < 1 || dimension > 2) {
      throw new IllegalArgumentException("a map needs centres with one or two coordinates");
    }
    if (spots.stream().anyMatch(s -> s.center().size() != dimension)) {
      throw new IllegalArgumentException("there must be a name for each coordinate");
    }
  }

  private Sheet sheet() {
    return inputs.size() == 2 ? SweepMap.of(this) : SweepCurve.of(this);
  }

  @Override
  public String svg() {
    return sheet().svg(title);
  }

  @Override
  public BufferedImage image(double scale) {
    return sheet().image(scale);
  }

  /** The distances of neighbours, if this is a grid that has some along each input. */
  Optional<double[]> cell() {
    return arrangement instanceof Grid grid && grid.spacing().stream().allMatch(s -> s > 0)
        ? Optional.of(grid.spacing().stream().mapToDouble(Double::doubleValue).toArray())
        : Optional.empty();
  }

  double largest() {
    return spots.stream().filter(s -> !s.isFailed()).mapToDouble(Spot::certified).max().orElse(0);
  }

  /** The largest that is certified or claimed. */
  double highest() {
    return spots.stream()
        .filter(s -> !s.isFailed())
        .mapToDouble(s -> s.claimed().orElse(s.certified()))
        .max()
        .orElse(0);
  }

  /** How many centres were answered, for people. */
  String counted() {
    long failed = spots.stream().filter(Spot::isFailed).count();
    return spots.size()
        + (spots.size() == 1 ? " centre" : " centres")
        + (failed == 0 ? "" : ", " + failed + " of them failed");
  }
}
