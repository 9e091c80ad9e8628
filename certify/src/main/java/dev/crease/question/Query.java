package dev.crease.question;

import dev.crease.bounds.InputSet;
import dev.crease.bounds.Interval;
import dev.crease.bounds.Norm;
import dev.crease.network.ReluNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * How far from a centre is {@code g} determined by {@code f}? That is: what is the largest {@code
 * r} such that {@code f(x) = f(x')} implies {@code g(x) = g(x')} for all {@code x, x'} in the ball
 * {@code B_q(c, r)}? Local invertibility has {@code g = identity}; pseudo-invertibility the same
 * with {@code x'} pinned to {@code c}; the transformation problem has two networks.
 *
 * <p>Inputs can be parameters: fixed ones are folded into the network with {@link
 * ReluNetwork#fixInputs} before the question is asked; {@linkplain #sharing shared} ones are equal
 * in both points and range over an interval. Compositions and chosen outputs are likewise networks
 * of their own ({@link ReluNetwork#iterate}, {@link ReluNetwork#selectOutputs}).
 */
public final class Query {

  private static final double DEFAULT_MAX_RADIUS = 10;

  private final Problem problem;
  private final ReluNetwork f;
  private final Optional<ReluNetwork> g;
  private final Norm norm;
  private final double[] center;
  private final Map<Integer, Interval> shared;
  private final double maxRadius;
  private final Optional<Units> units;
  private final Noise noise;
  private final Optional<List<Interval>> domain;

  private Query(
      Problem problem,
      ReluNetwork f,
      Optional<ReluNetwork> g,
      Norm norm,
      double[] center,
      Map<Integer, Interval> shared,
      double maxRadius,
      Optional<Units> units,
      Noise noise,
      Optional<List<Interval>> domain) {
    if (center.length + shared.size() != f.inputs()) {
      throw new IllegalArgumentException(
          "network "
              + f.name()
              + " takes "
              + f.inputs()
              + " inputs, but the centre has "
              + center.length
              + (shared.isEmpty() ? "" : " besides " + shared.size() + " shared")
              + (center.length + shared.size() < f.inputs()
                  ? ": the others are to be fixed or shared"
                  : ""));
    }
    for (double value : center) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(
            "the centre " + Arrays.toString(center) + " is not finite");
      }
    }
    for (int index : shared.keySet()) {
      if (index < 0 || index >= f.inputs()) {
        throw new IllegalArgumentException(
            "input " + index + " does not exist: inputs count from 0 to " + (f.inputs() - 1));
      }
    }
    if (g.isPresent() && g.get().inputs() != f.inputs()) {
      throw new IllegalArgumentException(
          "network "
              + f.name()
              + " takes "
              + f.inputs()
              + " inputs, network "
              + g.get().name()
              + " "
              + g.get().inputs()
              + ": they must be the same");
    }
    if (!(maxRadius > 0)) {
      throw new IllegalArgumentException("the largest radius cannot be " + maxRadius);
    }
    this.problem = problem;
    this.f = f;
    this.g = g;
    this.norm = norm;
    this.center = center.clone();
    this.shared = Map.copyOf(shared);
    this.maxRadius = maxRadius;
    this.units = units;
    this.noise = noise;
    this.domain = domain.map(List::copyOf);
  }

  private Query(
      Problem problem, ReluNetwork f, Optional<ReluNetwork> g, Norm norm, double[] center) {
    this(
        problem,
        f,
        g,
        norm,
        center,
        Map.of(),
        DEFAULT_MAX_RADIUS,
        Optional.empty(),
        Noise.NONE,
        Optional.empty());
  }

  /**
   * Problem 1: the largest ball on which {@code f} is one-to-one.
   *
   * @param center one entry per input
   * @throws IllegalArgumentException if the shapes do not fit or a value is not finite
   */
  public static Query local(ReluNetwork f, Norm norm, double... center) {
    return new Query(Problem.LOCAL, f, Optional.empty(), norm, center);
  }

  /**
   * Problem 2: the distance from the centre to the nearest other point with the same output.
   *
   * @param center one entry per input
   * @throws IllegalArgumentException if the shapes do not fit or a value is not finite
   */
  public static Query pseudo(ReluNetwork f, Norm norm, double... center) {
    return new Query(Problem.PSEUDO, f, Optional.empty(), norm, center);
  }

  /**
   * Problem 3: the largest ball on which the output of {@code f2} is a function of the output of
   * {@code f1}.
   *
   * @param center one entry per input
   * @throws IllegalArgumentException if the shapes do not fit or a value is not finite
   */
  public static Query transformation(ReluNetwork f1, ReluNetwork f2, Norm norm, double... center) {
    return new Query(Problem.TRANSFORMATION, f1, Optional.of(f2), norm, center);
  }

  /**
   * The same question with some inputs as parameters that both points share, each within an
   * interval; the centre then has one entry for each of the other inputs.
   *
   * @param parameters interval by input index, counted from 0
   * @param newCenter the centre in the other inputs, in order
   * @throws IllegalArgumentException if the shapes do not fit, or the question has a scale already
   */
  public Query sharing(Map<Integer, Interval> parameters, double... newCenter) {
    if (units.isPresent()) {
      throw new IllegalArgumentException("inputs are to be shared before the others get a scale");
    }
    return new Query(
        problem, f, g, norm, newCenter, parameters, maxRadius, Optional.empty(), noise, domain);
  }

  /**
   * The same question with units for the coordinates of the ball, which becomes {@code ||(x - c) /
   * s|| <= r}: its points are from then on {@code u = (x - c) / s} ({@link Units}), its centre 0,
   * its networks functions of {@code u}, and its radii numbers without units.
   *
   * @param scale {@code s}, positive: one entry for each input that is not shared
   * @throws IllegalArgumentException if it does not fit, or the question has a scale already
   */
  public Query scaled(double... scale) {
    if (units.isPresent()) {
      throw new IllegalArgumentException("the question has a scale already");
    }
    if (scale.length != center.length) {
      throw new IllegalArgumentException(
          "the centre has "
              + center.length
              + (center.length == 1 ? " entry" : " entries")
              + ", the scale "
              + scale.length
              + ": they must be the same");
    }
    for (double value : scale) {
      if (!(value > 0) || Double.isInfinite(value)) {
        throw new IllegalArgumentException(
            "the scale " + Arrays.toString(scale) + " is not of positive numbers");
      }
    }
    Units own = new Units(f, g, center, Optional.of(scale), shared.keySet());
    return new Query(
        problem,
        own.of(f, scale),
        g.map(network -> own.of(network, scale)),
        norm,
        new double[center.length],
        shared,
        maxRadius,
        Optional.of(own),
        noise,
        domain);
  }

  /**
   * The same question where outputs are known up to noise, and what is determined need be so up to
   * a difference only.
   */
  public Query with(Noise upTo) {
    return new Query(problem, f, g, norm, center, shared, maxRadius, units, upTo, domain);
  }

  /**
   * The same question on the part of the ball that lies in a box: the domain in which the networks
   * mean something. A collision counts only when both of its points lie in it.
   *
   * @param box a side for each input that is not shared, in the units of the networks; the centre
   *     lies in it
   * @throws IllegalArgumentException if it does not fit
   */
  public Query in(List<Interval> box) {
    double[] at = units().center();
    if (box.size() != at.length) {
      throw new IllegalArgumentException(
          "the domain has "
              + box.size()
              + (box.size() == 1 ? " side, the centre " : " sides, the centre ")
              + at.length
              + (at.length == 1 ? " entry" : " entries"));
    }
    for (int j = 0; j < at.length; j++) {
      Interval side = box.get(j);
      if (!(side.lower() < side.upper()) || !(side.lower() <= at[j] && at[j] <= side.upper())) {
        throw new IllegalArgumentException(
            "the centre's "
                + at[j]
                + " does not lie in the domain's side from "
                + side.lower()
                + " to "
                + side.upper());
      }
    }
    return new Query(
        problem, f, g, norm, center, shared, maxRadius, units, noise, Optional.of(box));
  }

  /** The domain, a side for each input that is not shared, in the units of the networks. */
  public Optional<List<Interval>> domain() {
    return domain;
  }

  /** How well outputs are known, and what is determined is to be; exactly unless said. */
  public Noise noise() {
    return noise;
  }

  /** What the points of this question are as inputs of the networks that it was asked about. */
  public Units units() {
    return units.orElseGet(() -> new Units(f, g, center, Optional.empty(), shared.keySet()));
  }

  /** The same question in units that suit a solver better, whatever those of the outputs are. */
  public NormalizedQuery normalized() {
    return NormalizedQuery.of(this);
  }

  /** The same question of networks with the same inputs. */
  Query of(ReluNetwork newF, Optional<ReluNetwork> newG) {
    return new Query(problem, newF, newG, norm, center, shared, maxRadius, units, noise, domain);
  }

  /**
   * The same question, not looking further than a radius.
   *
   * @param radius positive; infinite for a question about the whole space alone
   */
  public Query upTo(double radius) {
    if (Double.isInfinite(radius) && !isOnWholeSpace()) {
      throw new IllegalArgumentException("the largest radius cannot be " + radius);
    }
    return new Query(problem, f, g, norm, center, shared, radius, units, noise, domain);
  }

  /**
   * The same question on the whole space, which is a ball of infinite radius. It is asked of local
   * invertibility alone, and of maps from a space to itself.
   *
   * @throws IllegalArgumentException if this question is another; the message says what to do
   */
  public Query onWholeSpace() {
    String not =
        problem != Problem.LOCAL
            ? "one-to-one (problem local), not for problem " + problem + "; give a finite radius"
            : !shared.isEmpty()
                ? "without shared inputs; fix them to values"
                : f.inputs() != f.outputs()
                    ? "with as many outputs as inputs, and "
                        + f.name()
                        + " has "
                        + f.outputs()
                        + " and "
                        + f.inputs()
                        + "; fix inputs, choose outputs, or give a finite radius"
                    : !noise.isNone()
                        ? "without noise; give a finite radius"
                        : domain.isPresent() ? "without a domain; give a finite radius" : "";
    if (!not.isEmpty()) {
      throw new IllegalArgumentException("the whole space is for maps " + not);
    }
    return new Query(
        problem, f, g, norm, center, shared, Double.POSITIVE_INFINITY, units, noise, domain);
  }

  /** Whether it is about the whole space. */
  public boolean isOnWholeSpace() {
    return Double.isInfinite(maxRadius);
  }

  /** Which problem it is. */
  public Problem problem() {
    return problem;
  }

  /** The network whose outputs are compared. */
  public ReluNetwork f() {
    return f;
  }

  /** The network that is to be determined; empty for the identity. */
  public Optional<ReluNetwork> g() {
    return g;
  }

  /** The norm of the ball. */
  public Norm norm() {
    return norm;
  }

  /** A copy of the centre: one entry for each input that is not shared. */
  public double[] center() {
    return center.clone();
  }

  /** Dimension of the ball. */
  public int dimension() {
    return center.length;
  }

  /** The shared parameters, sorted by input index. */
  public Map<Integer, Interval> shared() {
    return new TreeMap<>(shared);
  }

  /** The inputs that are not shared, by index, in order. */
  public List<Integer> freeInputs() {
    return IntStream.range(0, f.inputs()).filter(i -> !shared.containsKey(i)).boxed().toList();
  }

  /** Whether the second point is the centre itself. */
  public boolean isPinned() {
    return problem == Problem.PSEUDO;
  }

  /** How far is looked at the most; infinite for the {@linkplain #onWholeSpace whole space}. */
  public double maxRadius() {
    return maxRadius;
  }

  /** The inputs of the network over a ball, as far as it lies in the domain. */
  public InputSet inputs(double radius) {
    InputSet set = InputSet.of(norm, center, radius, shared);
    if (domain.isPresent()) {
      int next = 0;
      for (int j : freeInputs()) {
        set = set.cut(j, side(next++).orElseThrow());
      }
    }
    return set;
  }

  /**
   * A side of the domain as coordinates of the ball, rounded outward; empty where there is none.
   *
   * @param place of the coordinate in the ball
   */
  public Optional<Interval> side(int place) {
    return domain.map(box -> units().side(place, box.get(place)));
  }

  /** The coordinates of an input of the network that belong to the ball. */
  public double[] inBall(double[] x) {
    double[] ball = new double[center.length];
    int next = 0;
    for (int i = 0; i < x.length; i++) {
      if (!shared.containsKey(i)) {
        ball[next++] = x[i];
      }
    }
    return ball;
  }

  /** The distance of an input of the network from the centre. */
  public double distance(double[] x) {
    return norm.distance(inBall(x), center);
  }

  /** What {@code g} gives; for the identity the coordinates of the ball. */
  public double[] determined(double[] x) {
    return g.map(network -> network.evaluate(x)).orElseGet(() -> inBall(x));
  }

  @Override
  public String toString() {
    return problem
        + " "
        + f.name()
        + " at "
        + Arrays.toString(units().center())
        + " in norm "
        + norm
        + (units.isPresent() ? " by " + Arrays.toString(units().scale()) : "")
        + (noise.isNone() ? "" : ", " + noise)
        + domain.map(box -> ", in " + box).orElse("");
  }
}
