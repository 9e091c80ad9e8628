package dev.crease.witness;

import dev.crease.bounds.Interval;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * Looks for a near collision by Newton's method from random points. What it finds is a replayed
 * witness, and so an upper bound of the radius; what it does not find proves nothing.
 */
public final class CollisionSearch {

  private static final int STARTS = 400;
  private static final int REFINEMENTS = 300;
  private static final int QUICK = 20;

  /** It starts this much further out: from a collision there the way leads to nearer ones. */
  private static final double BEYOND = 4;

  /** How many multiplications all decompositions of a search may take, about. */
  private static final double MOST_WORK = 4e9;

  private static final int FEWEST_STARTS = 8;

  private static final int ROUNDS = 10;

  /** What a round must gain for another one, relative to the radius. */
  private static final double VISIBLE = 1e-8;

  /** Points nearer to each other than this, relative to the radius, are a fold to the eye. */
  private static final double CLOSEST = 1e-7;

  private final Query query;
  private final double delta;
  private final Random random;
  private final BooleanSupplier over;
  private Optional<Witness> best = Optional.empty();

  private CollisionSearch(Query query, double delta, long seed, BooleanSupplier over) {
    this.query = query;
    this.delta = delta;
    this.over = over;
    this.random = new Random(seed);
  }

  /**
   * The nearest collision found.
   *
   * @param delta separation that it must have at least
   * @param over whether to stop with what there is
   */
  public static Optional<Witness> search(
      Query query, double delta, long seed, BooleanSupplier over) {
    return search(query, delta, seed, over, STARTS, REFINEMENTS);
  }

  /**
   * The nearest collision found by few tries.
   *
   * @param over whether to stop with what there is
   */
  public static Optional<Witness> quick(Query query, long seed, BooleanSupplier over) {
    return search(query, 0, seed, over, QUICK, QUICK);
  }

  private static Optional<Witness> search(
      Query query, double delta, long seed, BooleanSupplier over, int starts, int refinements) {
    CollisionSearch search = new CollisionSearch(query, delta, seed, over);
    int first = search.atMost(starts);
    for (int k = 0; k < first && !over.getAsBoolean(); k++) {
      search.start();
    }
    int second = search.atMost(refinements);
    for (int k = 0; k < second && !over.getAsBoolean(); k++) {
      search.refine(0.3 * Math.pow(1e-4, k / (double) second));
    }
    return search.best.filter(found -> found.radius() <= query.maxRadius());
  }

  /**
   * The nearest collision found between points near a given one.
   *
   * @param over whether to stop
   */
  public static Optional<Witness> around(
      Query query, double[] x, double reach, long seed, BooleanSupplier over) {
    CollisionSearch search = new CollisionSearch(query, 0, seed, over);
    int starts = search.atMost(STARTS);
    for (int k = 0; k < starts && !over.getAsBoolean(); k++) {
      double width = reach * Math.pow(2, -12 * k / (double) starts);
      search.consider(search.around(x, width), search.around(x, width));
    }
    int refinements = search.atMost(REFINEMENTS);
    for (int k = 0; k < refinements && !over.getAsBoolean(); k++) {
      search.refine(reach * Math.pow(1e-4, k / (double) refinements));
    }
    return search.best.filter(found -> found.radius() <= query.maxRadius());
  }

  /** A collision nearer than a known one, found between points near its own; empty if none is. */
  public static Optional<Witness> nearer(
      Query query, Witness known, long seed, BooleanSupplier over) {
    double least = CLOSEST * Math.max(1, known.radius());
    CollisionSearch search = new CollisionSearch(query, least, seed, over);
    search.best = Optional.of(known);
    int refinements = search.atMost(REFINEMENTS);
    double before = Double.POSITIVE_INFINITY;
    double now = known.radius();
    // As long as a round brings it visibly nearer.
    for (int round = 0; round < ROUNDS && before - now > VISIBLE * now; round++) {
      for (int k = 0; k < refinements && !over.getAsBoolean(); k++) {
        search.refine(0.3 * Math.pow(1e-6, k / (double) refinements));
      }
      before = now;
      now = search.best.orElseThrow().radius();
    }
    return search.best.filter(found -> found.radius() < known.radius());
  }

  /** So many tries, or fewer where the networks are large. */
  private int atMost(int tries) {
    double m = query.f().inputs();
    double n = query.f().outputs();
    double each = 20 * n * m * Math.min(n, m) * Newton.STEPS;
    return (int) Math.max(FEWEST_STARTS, Math.min(tries, MOST_WORK / each));
  }

  private void start() {
    double reach =
        best.map(Witness::radius).orElse(BEYOND * query.maxRadius())
            * Math.pow(2, -8 * random.nextDouble());
    double[] c = center();
    consider(around(c, reach), query.isPinned() ? c : around(c, reach));
  }

  private void refine(double width) {
    if (best.isEmpty() || query.isPinned()) {
      return;
    }
    Witness at = best.get();
    boolean swap = random.nextBoolean();
    double[] x = swap ? at.xPrime() : at.x();
    double[] w = swap ? at.x() : at.xPrime();
    double reach = width * at.radius();
    switch (random.nextInt(3)) {
      case 0 -> consider(x, around(w, reach));
      // A start that rests on a kink may be stuck there.
      case 1 -> consider(around(x, reach), around(w, reach));
      default -> consider(x, between(w, x, random.nextDouble()));
    }
  }

  /** A point on the way from one to another: at a fold the points of a collision meet. */
  private static double[] between(double[] from, double[] to, double part) {
    double[] point = from.clone();
    for (int i = 0; i < point.length; i++) {
      point[i] += part * (to[i] - from[i]);
    }
    return point;
  }

  private void consider(double[] start, double[] w) {
    // Only what is nearer is worth a replay, which may need fractions.
    double least = best.map(Witness::radius).orElse(Double.POSITIVE_INFINITY);
    pair(start, w)
        .filter(pair -> Math.max(query.distance(pair[0]), query.distance(pair[1])) < least)
        .flatMap(pair -> Witness.replay(query, pair[0], pair[1]))
        .filter(found -> found.separation() >= delta)
        .filter(found -> best.isEmpty() || found.radius() < best.get().radius())
        .ifPresent(found -> best = Optional.of(found));
  }

  private Optional<double[][]> pair(double[] start, double[] w) {
    ReluNetwork f = query.f();
    if (!query.shared().isEmpty()) {
      // Newton's method from both ends leaves the shared inputs alone.
      return Newton.collision(query, start, w, over);
    }
    return Newton.preimage(f, f.evaluate(w), start, over).map(x -> new double[][] {x, w});
  }

  /** The centre, with shared inputs anywhere in their intervals. */
  private double[] center() {
    double[] ball = query.center();
    double[] x = new double[query.f().inputs()];
    int next = 0;
    for (int i = 0; i < x.length; i++) {
      Interval shared = query.shared().get(i);
      x[i] =
          shared == null
              ? ball[next++]
              : shared.lower() + random.nextDouble() * (shared.upper() - shared.lower());
    }
    return x;
  }

  private double[] around(double[] point, double reach) {
    double[] x = point.clone();
    for (int i = 0; i < x.length; i++) {
      if (!query.shared().containsKey(i)) {
        x[i] += reach * (2 * random.nextDouble() - 1);
      }
    }
    return ExactDomain.nearest(query, x);
  }
}
