package dev.crease.witness;

import dev.crease.bounds.Interval;
import dev.crease.bounds.Norm;
import dev.crease.network.ActivationPattern;
import dev.crease.network.Layer;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Noise;
import dev.crease.question.Query;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.hipparchus.fraction.BigFraction;

/**
 * Makes an exact collision of one in doubles: one point moves, or both do, to where the linear
 * regions at hand give one output, in rational arithmetic. What comes out is checked by evaluating
 * the networks exactly, so nothing rests on how it was found.
 */
public final class ExactRepair {

  /** How many products of whole numbers a local map may take: about a second. */
  private static final long MOST_PRODUCTS = 2_000_000;

  /** The same of an elimination, whose numbers are longer. */
  private static final long MOST_ELIMINATION = 150_000;

  /** How often it follows a move into another region. */
  private static final int ROUNDS = 3;

  private final Query query;
  private final int[] free;
  private final ExactMap f;
  private final Optional<ExactMap> g;

  private ExactRepair(Query query) {
    this.query = query;
    this.free =
        IntStream.range(0, query.f().inputs())
            .filter(i -> !query.shared().containsKey(i))
            .toArray();
    this.f = ExactMap.of(query.f());
    this.g = query.g().map(ExactMap::of);
  }

  /**
   * The exact collision nearest to the centre among those found near two points.
   *
   * @param allowed how far either point may move, in L-infinity
   * @return nothing when there is none, or the networks are too large for it
   */
  static Optional<ExactCollision> near(Query query, double[] x, double[] xPrime, double allowed) {
    if (isTooLarge(query)) {
      return Optional.empty();
    }
    return new ExactRepair(query).nearest(x, xPrime, allowed);
  }

  private static boolean isTooLarge(Query query) {
    long products = 0;
    for (Layer layer : query.f().layers()) {
      products += (long) layer.inputs() * layer.outputs() * (query.f().inputs() + 1);
    }
    if (query.g().isPresent()) {
      for (Layer layer : query.g().get().layers()) {
        products += (long) layer.inputs() * layer.outputs();
      }
    }
    long unknowns = 2L * query.f().inputs();
    long equations = query.f().outputs();
    return products > MOST_PRODUCTS
        || unknowns * equations * Math.min(unknowns, equations) > MOST_ELIMINATION;
  }

  /**
   * Whether the slopes on the region of a point that lies in its interior are of full column rank,
   * decided without rounding; false also where the network is too large for it.
   */
  static boolean isOneToOneAt(Query query) {
    if (isTooLarge(query) || !query.shared().isEmpty()) {
      return false;
    }
    ExactMap map = ExactMap.of(query.f());
    ExactMap.Value value = map.evaluate(ExactMap.point(query.center()));
    return ExactSystem.rank(map.slopes(value.pattern()).slopes()) == query.f().inputs();
  }

  /** Which points move. */
  private enum Moving {
    NONE,
    FIRST,
    SECOND,
    BOTH
  }

  private Optional<ExactCollision> nearest(double[] x, double[] xPrime, double allowed) {
    List<BigFraction> first = ExactMap.point(x);
    List<BigFraction> second = ExactMap.point(xPrime);
    for (Map.Entry<Integer, Interval> parameter : query.shared().entrySet()) {
      first.set(parameter.getKey(), second.get(parameter.getKey()));
    }
    Optional<ExactCollision> best = Optional.empty();
    for (Moving moving : Moving.values()) {
      boolean pinned = query.isPinned() && (moving == Moving.SECOND || moving == Moving.BOTH);
      if (pinned) {
        continue;
      }
      Optional<ExactCollision> found = moved(x, xPrime, first, second, moving, allowed);
      if (found.isPresent()
          && (best.isEmpty()
              || distance(query, found.get()).compareTo(distance(query, best.get())) < 0)) {
        best = found;
      }
      if (moving == Moving.NONE && best.isPresent()) {
        return best;
      }
    }
    return best;
  }

  /** Follows the points from the region at hand, as doubles see it and as it is. */
  private Optional<ExactCollision> moved(
      double[] x,
      double[] xPrime,
      List<BigFraction> first,
      List<BigFraction> second,
      Moving moving,
      double allowed) {
    if (moving == Moving.NONE) {
      return collision(f.evaluate(first), f.evaluate(second), first, second);
    }
    ReluNetwork network = query.f();
    Set<List<ActivationPattern>> starts = new LinkedHashSet<>();
    starts.add(List.of(f.evaluate(first).pattern(), f.evaluate(second).pattern()));
    starts.add(List.of(network.pattern(x), network.pattern(xPrime)));
    for (List<ActivationPattern> start : starts) {
      Optional<ExactCollision> found = follow(first, second, start, moving);
      if (found.isPresent()
          && isNear(found.get().p(), x, allowed)
          && isNear(found.get().pPrime(), xPrime, allowed)) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<ExactCollision> follow(
      List<BigFraction> first,
      List<BigFraction> second,
      List<ActivationPattern> patterns,
      Moving moving) {
    List<BigFraction> p = first;
    List<BigFraction> w = second;
    ExactMap.Value atP = f.evaluate(p);
    ExactMap.Value atW = f.evaluate(w);
    ActivationPattern patternP = patterns.get(0);
    ActivationPattern patternW = patterns.get(1);
    for (int round = 0; round < ROUNDS; round++) {
      Optional<BigFraction[]> step = step(atP, atW, patternP, patternW, moving);
      if (step.isEmpty()) {
        return Optional.empty();
      }
      int next = 0;
      if (moving != Moving.SECOND) {
        p = plus(p, step.get(), next);
        next += free.length;
      }
      if (moving != Moving.FIRST) {
        w = plus(w, step.get(), next);
      }
      atP = f.evaluate(p);
      atW = f.evaluate(w);
      Optional<ExactCollision> found = collision(atP, atW, p, w);
      if (found.isPresent() || Arrays.equals(atP.outputs(), atW.outputs())) {
        return found;
      }
      patternP = atP.pattern();
      patternW = atW.pattern();
    }
    return Optional.empty();
  }

  /** The move that makes the outputs equal on the regions of two patterns. */
  private Optional<BigFraction[]> step(
      ExactMap.Value atP,
      ExactMap.Value atW,
      ActivationPattern patternP,
      ActivationPattern patternW,
      Moving moving) {
    int n = query.f().outputs();
    ExactMap.Slopes a = f.slopes(patternP);
    ExactMap.Slopes b = f.slopes(patternW);
    int columns = moving == Moving.BOTH ? 2 * free.length : free.length;
    BigInteger[][] matrix = new BigInteger[n][columns];
    BigFraction[] right = new BigFraction[n];
    BigInteger denominator = BigInteger.ONE;
    for (int i = 0; i < n; i++) {
      int next = 0;
      for (int j = 0; j < free.length && moving != Moving.SECOND; j++) {
        matrix[i][next++] = a.slopes()[i][free[j]];
      }
      for (int j = 0; j < free.length && moving != Moving.FIRST; j++) {
        matrix[i][next++] = b.slopes()[i][free[j]].negate();
      }
      right[i] =
          atW.outputs()[i]
              .subtract(atP.outputs()[i])
              .multiply(BigInteger.ONE.shiftLeft(a.exponent()));
      BigInteger d = right[i].getDenominator();
      denominator = denominator.divide(denominator.gcd(d)).multiply(d);
    }
    BigInteger[] whole = new BigInteger[n];
    for (int i = 0; i < n; i++) {
      whole[i] = right[i].getNumerator().multiply(denominator.divide(right[i].getDenominator()));
    }
    BigInteger scale = denominator;
    return ExactSystem.solve(matrix, whole)
        .map(
            d -> {
              for (int j = 0; j < d.length; j++) {
                d[j] = d[j].divide(scale);
              }
              return d;
            });
  }

  private List<BigFraction> plus(List<BigFraction> point, BigFraction[] step, int from) {
    List<BigFraction> moved = new ArrayList<>(point);
    for (int j = 0; j < free.length; j++) {
      moved.set(free[j], point.get(free[j]).add(step[from + j]));
    }
    return moved;
  }

  /**
   * A collision as those on the straight ways to it from the centre, where the networks are affine
   * on both: there equal outputs at the far ends are equal all the way.
   */
  static Optional<ExactCollision> atCenter(Query query, ExactCollision collision) {
    ExactRepair repair = new ExactRepair(query);
    List<BigFraction> p = new ArrayList<>(collision.p());
    List<BigFraction> pPrime = new ArrayList<>(collision.pPrime());
    for (int j = 0; j < repair.free.length; j++) {
      BigFraction c = Fractions.of(query.center()[j]);
      p.set(repair.free[j], c);
      pPrime.set(repair.free[j], c);
    }
    return p.equals(pPrime) ? repair.straight(p, pPrime, collision) : Optional.empty();
  }

  /** The collisions between two of one pair of regions. */
  static Optional<ExactCollision> joined(Query query, ExactCollision near, ExactCollision far) {
    return new ExactRepair(query).straight(near.p(), near.pPrime(), far);
  }

  private Optional<ExactCollision> straight(
      List<BigFraction> p, List<BigFraction> pPrime, ExactCollision far) {
    List<ExactMap> maps = new ArrayList<>(List.of(f));
    g.ifPresent(maps::add);
    return maps.stream()
            .allMatch(
                map -> map.isAffineBetween(p, far.p()) && map.isAffineBetween(pPrime, far.pPrime()))
        ? Optional.of(new ExactCollision(p, pPrime, far.p(), far.pPrime()))
        : Optional.empty();
  }

  /** The points as a collision, when they are one. */
  private Optional<ExactCollision> collision(
      ExactMap.Value atP, ExactMap.Value atW, List<BigFraction> p, List<BigFraction> w) {
    boolean isInside = ExactDomain.holds(query, p) && ExactDomain.holds(query, w);
    return isInside && Arrays.equals(atP.outputs(), atW.outputs()) && differs(p, w)
        ? Optional.of(new ExactCollision(p, w, p, w))
        : Optional.empty();
  }

  private boolean differs(List<BigFraction> p, List<BigFraction> w) {
    if (g.isPresent()) {
      return !Arrays.equals(g.get().evaluate(p).outputs(), g.get().evaluate(w).outputs());
    }
    return Arrays.stream(free).anyMatch(i -> !p.get(i).equals(w.get(i)));
  }

  private static boolean isNear(List<BigFraction> p, double[] x, double allowed) {
    for (int i = 0; i < x.length; i++) {
      double away = Fractions.nearest(p.get(i).subtract(Fractions.of(x[i])));
      if (!(Math.abs(away) <= allowed)) {
        return false;
      }
    }
    return true;
  }

  /** The radius that a collision refutes, as an exact radius whose lower end says nothing. */
  static ExactRadius radius(Query query, ExactCollision collision) {
    return new ExactRadius(BigFraction.ZERO, distance(query, collision), query.norm() == Norm.L2);
  }

  /** The distance of the further point from the centre; for the norm 2 its square. */
  public static BigFraction distance(Query query, ExactCollision collision) {
    return max(distance(query, collision.p()), distance(query, collision.pPrime()));
  }

  /** How far apart is what the points of a collision determine, in the norm of noise. */
  static BigFraction separation(Query query, ExactCollision collision) {
    BigFraction[] first = determined(query, collision.p());
    BigFraction[] second = determined(query, collision.pPrime());
    BigFraction apart = BigFraction.ZERO;
    for (int i = 0; i < first.length; i++) {
      BigFraction d = first[i].subtract(second[i]).abs();
      apart = Noise.norm(query.norm()) == Norm.L1 ? apart.add(d) : max(apart, d);
    }
    return apart;
  }

  private static BigFraction[] determined(Query query, List<BigFraction> x) {
    return query
        .g()
        .map(network -> ExactMap.of(network).evaluate(x).outputs())
        .orElseGet(() -> query.freeInputs().stream().map(x::get).toArray(BigFraction[]::new));
  }

  private static BigFraction distance(Query query, List<BigFraction> x) {
    BigFraction result = BigFraction.ZERO;
    int next = 0;
    for (int i = 0; i < x.size(); i++) {
      if (query.shared().containsKey(i)) {
        continue;
      }
      BigFraction d = x.get(i).subtract(Fractions.of(query.center()[next++])).abs();
      result =
          switch (query.norm()) {
            case L1 -> result.add(d);
            case L2 -> result.add(d.multiply(d));
            case LINF -> max(result, d);
          };
    }
    return result;
  }

  private static BigFraction max(BigFraction a, BigFraction b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
