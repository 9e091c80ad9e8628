package dev.crease.witness;

import dev.crease.Rounding;
import dev.crease.bounds.Norm;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Noise;
import dev.crease.question.Query;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hipparchus.fraction.BigFraction;

/**
 * Two inputs that refute: {@code f(x) = f(x')} though {@code g(x) != g(x')}. Made only by replaying
 * both points through the network.
 */
public final class Witness {

  /** How far, compared with their distance, the points may have to move to collide exactly. */
  static final double REACH = 1e-3;

  /** So little beyond the ball a point may lie on its border. */
  private static final double BORDER = 1e-6;

  private final double[] x;
  private final double[] xPrime;
  private final double separation;
  private final double residual;
  private final double radius;
  private final Optional<ExactCollision> exact;

  private Witness(
      double[] x,
      double[] xPrime,
      double separation,
      double residual,
      double radius,
      Optional<ExactCollision> exact) {
    this.x = x;
    this.xPrime = xPrime;
    this.separation = separation;
    this.residual = residual;
    this.radius = radius;
    this.exact = exact;
  }

  /**
   * Replays two points. Their residual must be within what rounding may hide, and the move that
   * would make up for both, on the points' linear regions, must be small compared with their
   * distance: a small residual alone would also be had from two neighbouring doubles, or from a map
   * that contracts.
   *
   * @return the witness, or nothing when the points are no collision or do not fit the question
   */
  public static Optional<Witness> replay(Query query, double[] x, double[] xPrime) {
    if (!fits(query, x, xPrime)) {
      return Optional.empty();
    }
    if (!query.noise().isNone()) {
      return confused(query, x, xPrime);
    }
    if (query.domain().isPresent()) {
      Optional<Witness> inside = exactly(query, x, xPrime);
      if (inside.isPresent()) {
        return inside;
      }
    }
    double[] difference = query.f().evaluate(x);
    double[] other = query.f().evaluate(xPrime);
    for (int i = 0; i < difference.length; i++) {
      difference[i] = other[i] - difference[i];
    }
    double residual = Norm.LINF.of(difference);
    double hidden = query.f().evaluationError(x) + query.f().evaluationError(xPrime);
    double blur = query.g().map(g -> g.evaluationError(x) + g.evaluationError(xPrime)).orElse(0.0);
    double separation = Norm.LINF.distance(query.determined(x), query.determined(xPrime));
    // Negated, so that a NaN is refused.
    if (!(separation > 2 * blur) || !(residual <= 4 * hidden)) {
      return Optional.empty();
    }
    double allowed = allowed(query, x, xPrime, separation);
    Optional<Newton.Move> move = Newton.move(query, x, xPrime, difference, hidden, allowed);
    if (move.isEmpty() || !ExactDomain.hasRoom(query, x, xPrime, move.get().length())) {
      return Optional.empty();
    }
    double distance = Math.max(query.distance(x), query.distance(xPrime));
    double radius = move.get().exact().isPresent() ? 0 : further(query, distance, move.get());
    Optional<ExactCollision> exact = move.get().exact();
    if (radius > query.maxRadius() && distance <= query.maxRadius() * (1 + BORDER)) {
      // A ball is closed: on its border only what is exact counts.
      exact = ExactRepair.near(query, x, xPrime, allowed);
    }
    if (exact.isPresent()) {
      radius = ExactRepair.radius(query, exact.get()).refuted();
    }
    return Optional.of(new Witness(x.clone(), xPrime.clone(), separation, residual, radius, exact));
  }

  /**
   * Replays two points that noise confuses: their outputs are within it, up to rounding, and what
   * they determine differs by more than is allowed, up to rounding. Not known exactly.
   */
  private static Optional<Witness> confused(Query query, double[] x, double[] xPrime) {
    Norm norm = Noise.norm(query.norm());
    double residual = norm.distance(query.f().evaluate(x), query.f().evaluate(xPrime));
    double hidden = query.f().evaluationError(x) + query.f().evaluationError(xPrime);
    double blur = query.g().map(g -> g.evaluationError(x) + g.evaluationError(xPrime)).orElse(0.0);
    double separation = norm.distance(query.determined(x), query.determined(xPrime));
    double room = 4 * query.f().outputs() * hidden + BORDER * query.noise().eps();
    double least = (1 - BORDER) * query.noise().within() - 4 * query.dimension() * blur;
    if (!(residual <= query.noise().eps() + room) || !(separation > Math.max(0, least))) {
      return Optional.empty();
    }
    double radius = Math.max(query.distance(x), query.distance(xPrime));
    return Optional.of(
        new Witness(x.clone(), xPrime.clone(), separation, residual, radius, Optional.empty()));
  }

  /**
   * Two points that noise confuses in exact arithmetic, if they are: their outputs are within the
   * noise, and what they determine differs by more than is allowed.
   */
  public static Optional<Witness> confusedExactly(Query query, double[] first, double[] second) {
    double[] x = ExactDomain.nearest(query, first);
    double[] xPrime = ExactDomain.nearest(query, second);
    if (!fits(query, x, xPrime)
        || !ExactDomain.holds(query, ExactMap.point(x))
        || !ExactDomain.holds(query, ExactMap.point(xPrime))) {
      return Optional.empty();
    }
    if (query.noise().eps() == 0) {
      // Doubles hardly ever have the same outputs.
      return exactly(query, x, xPrime).filter(w -> w.isApart(query));
    }
    BigDecimal eps = new BigDecimal(query.noise().eps());
    BigDecimal within = new BigDecimal(query.noise().within());
    Norm norm = Noise.norm(query.norm());
    BigDecimal residual = apart(norm, exactly(query.f(), x), exactly(query.f(), xPrime));
    BigDecimal separation =
        query.g().isPresent()
            ? apart(norm, exactly(query.g().get(), x), exactly(query.g().get(), xPrime))
            : apart(norm, decimals(query.inBall(x)), decimals(query.inBall(xPrime)));
    if (residual.compareTo(eps) > 0 || separation.compareTo(within) <= 0) {
      return Optional.empty();
    }
    ExactCollision exact =
        new ExactCollision(
            ExactMap.point(x), ExactMap.point(xPrime), ExactMap.point(x), ExactMap.point(xPrime));
    return Optional.of(
        new Witness(
            x,
            xPrime,
            separation.doubleValue(),
            residual.doubleValue(),
            ExactRepair.radius(query, exact).refuted(),
            Optional.of(exact)));
  }

  /** Whether what an exact collision determines differs by more than is allowed. */
  private boolean isApart(Query query) {
    BigFraction within = Fractions.of(query.noise().within());
    return exact.filter(c -> ExactRepair.separation(query, c).compareTo(within) > 0).isPresent();
  }

  private static BigDecimal[] decimals(double[] x) {
    return Arrays.stream(x).mapToObj(BigDecimal::new).toArray(BigDecimal[]::new);
  }

  /** The values of a network, without rounding: doubles are decimals, and so are their products. */
  private static BigDecimal[] exactly(ReluNetwork network, double[] x) {
    BigDecimal[] values = decimals(x);
    for (Layer layer : network.layers()) {
      BigDecimal[] next = new BigDecimal[layer.outputs()];
      for (int i = 0; i < next.length; i++) {
        BigDecimal sum = new BigDecimal(layer.bias(i));
        for (int j = 0; j < values.length; j++) {
          double w = layer.weights().get(i, j);
          sum = w == 0 ? sum : sum.add(new BigDecimal(w).multiply(values[j]));
        }
        next[i] = layer.isRelu(i) ? sum.max(BigDecimal.ZERO) : sum;
      }
      values = next;
    }
    return values;
  }

  private static BigDecimal apart(Norm norm, BigDecimal[] a, BigDecimal[] b) {
    BigDecimal size = BigDecimal.ZERO;
    for (int i = 0; i < a.length; i++) {
      BigDecimal d = a[i].subtract(b[i]).abs();
      size = norm == Norm.L1 ? size.add(d) : size.max(d);
    }
    return size;
  }

  /** Whether shared inputs are equal and in their intervals, and a pinned point is the centre. */
  private static boolean fits(Query query, double[] x, double[] xPrime) {
    for (int i : query.shared().keySet()) {
      if (x[i] != xPrime[i]
          || x[i] < query.shared().get(i).lower()
          || x[i] > query.shared().get(i).upper()) {
        return false;
      }
    }
    return !query.isPinned() || query.distance(xPrime) == 0;
  }

  /**
   * The exact collision near two points, shown by them, however far rounding alone would let them
   * be from one; nothing where none is found.
   */
  public static Optional<Witness> exactly(Query query, double[] first, double[] second) {
    if (!fits(query, first, second)) {
      return Optional.empty();
    }
    double[] x = ExactDomain.nearest(query, first);
    double[] xPrime = ExactDomain.nearest(query, second);
    double[] difference = query.f().evaluate(x);
    double residual = Norm.LINF.distance(difference, query.f().evaluate(xPrime));
    double separation = Norm.LINF.distance(query.determined(x), query.determined(xPrime));
    return ExactRepair.near(query, x, xPrime, allowed(query, x, xPrime, separation))
        .map(
            exact ->
                new Witness(
                    x.clone(),
                    xPrime.clone(),
                    separation,
                    residual,
                    ExactRepair.radius(query, exact).refuted(),
                    Optional.of(exact)));
  }

  /** What the points move, g may move by its slope: that must not make up the separation. */
  private static double allowed(Query query, double[] x, double[] xPrime, double separation) {
    double apart = Norm.LINF.distance(query.inBall(x), query.inBall(xPrime));
    return REACH * Math.min(apart, separation / (2 * slope(query, x, xPrime)));
  }

  /** A distance from the centre, and on it the move that makes the collision exact; rounded up. */
  private static double further(Query query, double distance, Newton.Move move) {
    int m = query.dimension();
    double length = query.norm() == Norm.L1 ? Math.sqrt(m) * move.length() : move.length();
    return Math.nextUp((distance + length) * (1 + Rounding.gamma(m + 2)));
  }

  /** The largest slope of g at the two points, in L-infinity; 1 for the identity. */
  private static double slope(Query query, double[] x, double[] xPrime) {
    if (query.g().isEmpty()) {
      return 1;
    }
    double most = Double.MIN_NORMAL;
    for (double[] point : new double[][] {x, xPrime}) {
      Matrix a = query.g().get().localMap(point).matrix();
      for (int i = 0; i < a.rows(); i++) {
        most = Math.max(most, Norm.L1.of(a.row(i)));
      }
    }
    return most;
  }

  /** The same with the exact collision that is near, where one is found; then that one counts. */
  public Witness refined(Query query) {
    if (exact.isPresent() || !query.noise().isNone()) {
      return this;
    }
    Optional<ExactCollision> found =
        ExactRepair.near(query, x, xPrime, allowed(query, x, xPrime, separation));
    return found
        .map(
            c ->
                new Witness(
                    x, xPrime, separation, residual, ExactRepair.radius(query, c).refuted(), found))
        .orElse(this);
  }

  /**
   * The same as collisions that come as near to the centre as one likes: for two points of the
   * centre's own linear region, where the networks are affine. As it is where the collision is not
   * known exactly, or its second point is not the centre.
   */
  Witness shrinking(Query query) {
    List<BigFraction> center = ExactMap.point(xPrime);
    Optional<ExactCollision> shrunk =
        refined(query)
            .exact()
            .filter(c -> c.pPrime().equals(center) && query.distance(xPrime) == 0)
            .map(c -> new ExactCollision(center, center, c.p(), center));
    return shrunk.map(c -> new Witness(x, xPrime, separation, residual, 0, shrunk)).orElse(this);
  }

  /**
   * The same as collisions that come as near to the centre as one likes: where the networks are
   * affine on the way from the centre to either point, the way is full of them, and the radius is
   * 0.
   *
   * @return nothing where that is not so, or the collision is not known exactly
   */
  public Optional<Witness> atCenter(Query query) {
    if (!query.noise().isNone()) {
      // There points are apart.
      return Optional.empty();
    }
    return refined(query)
        .exact()
        .filter(ExactCollision::isAttained)
        .flatMap(c -> ExactRepair.atCenter(query, c))
        .map(c -> new Witness(x, xPrime, separation, residual, 0, Optional.of(c)));
  }

  /**
   * The same points, as some of the collisions that come as near as those of another one: where the
   * networks are affine from there to here.
   *
   * @return nothing where that is not so, or one of them is not known exactly
   */
  public Optional<Witness> from(Query query, Witness nearer) {
    if (exact.isEmpty() || nearer.exact.isEmpty() || !query.noise().isNone()) {
      return Optional.empty();
    }
    return ExactRepair.joined(query, nearer.exact.get(), exact.get())
        .map(
            c ->
                new Witness(
                    x,
                    xPrime,
                    separation,
                    residual,
                    ExactRepair.radius(query, c).refuted(),
                    Optional.of(c)));
  }

  /** The same collision of networks that are these in other units of their outputs. */
  public Witness inUnitsOf(Query query) {
    double[] difference = query.f().evaluate(x);
    return new Witness(
        x,
        xPrime,
        Norm.LINF.distance(query.determined(x), query.determined(xPrime)),
        Norm.LINF.distance(difference, query.f().evaluate(xPrime)),
        radius,
        exact);
  }

  /** A copy of the first point: one entry per input of the network. */
  public double[] x() {
    return x.clone();
  }

  /** A copy of the second point; the centre for pseudo-invertibility. */
  public double[] xPrime() {
    return xPrime.clone();
  }

  /** {@code ||g(x) - g(x')||} in the L-infinity norm. */
  public double separation() {
    return separation;
  }

  /** {@code ||f(x) - f(x')||} in the L-infinity norm, evaluated in double arithmetic. */
  public double residual() {
    return residual;
  }

  /**
   * How far from the centre, in the question's norm, points are that collide exactly: the distance
   * of the {@link #exact} ones, or that of these points and the move that makes them exact.
   */
  public double radius() {
    return radius;
  }

  /**
   * The largest radius that may be certified beside it: of an exact collision, below its distance.
   */
  public double below(Query query) {
    return exact
        .map(c -> ExactRepair.distance(query, c))
        .map(d -> new ExactRadius(d, d, query.norm() == Norm.L2).certified())
        .orElse(radius);
  }

  /** The exact collision near these points, where it is at hand. */
  public Optional<ExactCollision> exact() {
    return exact;
  }
}
