package dev.crease.certify;

import dev.crease.bounds.Interval;
import dev.crease.network.ReluNetwork;
import java.util.Optional;
import java.util.Random;

/**
 * Looks for a near collision by Newton's method from random points. What it finds is a replayed
 * witness, and so an upper bound of the radius; what it does not find proves nothing.
 */
final class CollisionSearch {

  private static final int STARTS = 400;
  private static final int REFINEMENTS = 300;

  /** It starts this much further out: from a collision there the way leads to nearer ones. */
  private static final double BEYOND = 4;

  private final Query query;
  private final double delta;
  private final Random random;
  private Optional<Witness> best = Optional.empty();

  private CollisionSearch(Query query, double delta, long seed) {
    this.query = query;
    this.delta = delta;
    this.random = new Random(seed);
  }

  /**
   * The nearest collision found.
   *
   * @param delta separation that it must have at least
   */
  static Optional<Witness> search(
      Query query, double delta, long seed, dev.crease.solver.Cancellation cancellation) {
    CollisionSearch search = new CollisionSearch(query, delta, seed);
    for (int k = 0; k < STARTS && !cancellation.isCancelled(); k++) {
      search.start();
    }
    for (int k = 0; k < REFINEMENTS && !cancellation.isCancelled(); k++) {
      search.refine(0.3 * Math.pow(1e-4, k / (double) REFINEMENTS));
    }
    return search.best.filter(found -> found.radius() <= query.maxRadius());
  }

  /** The nearest collision found between points near a given one. */
  static Optional<Witness> around(Query query, double[] x, double reach, long seed) {
    CollisionSearch search = new CollisionSearch(query, 0, seed);
    for (int k = 0; k < STARTS; k++) {
      double width = reach * Math.pow(2, -12 * k / (double) STARTS);
      search.consider(search.around(x, width), search.around(x, width));
    }
    for (int k = 0; k < REFINEMENTS; k++) {
      search.refine(reach * Math.pow(1e-4, k / (double) REFINEMENTS));
    }
    return search.best.filter(found -> found.radius() <= query.maxRadius());
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
    consider(x, around(w, width * at.radius()));
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
      return Newton.collision(query, start, w);
    }
    return Newton.preimage(f, f.evaluate(w), start).map(x -> new double[][] {x, w});
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
    return x;
  }
}
