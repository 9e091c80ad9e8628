package dev.crease.certify;

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
    if (!query.shared().isEmpty()) {
      return Optional.empty();
    }
    CollisionSearch search = new CollisionSearch(query, delta, seed);
    for (int k = 0; k < STARTS && !cancellation.isCancelled(); k++) {
      search.start();
    }
    for (int k = 0; k < REFINEMENTS && !cancellation.isCancelled(); k++) {
      search.refine(0.3 * Math.pow(1e-4, k / (double) REFINEMENTS));
    }
    return search.best;
  }

  private void start() {
    double reach =
        best.map(Witness::radius).orElse(query.maxRadius()) * Math.pow(2, -8 * random.nextDouble());
    double[] w = query.isPinned() ? query.center() : around(query.center(), reach);
    consider(around(query.center(), reach), w);
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
    ReluNetwork f = query.f();
    Newton.preimage(f, f.evaluate(w), start)
        .flatMap(x -> Witness.replay(query, x, w))
        .filter(found -> found.separation() >= delta && found.radius() <= query.maxRadius())
        .filter(found -> best.isEmpty() || found.radius() < best.get().radius())
        .ifPresent(found -> best = Optional.of(found));
  }

  private double[] around(double[] point, double reach) {
    double[] x = point.clone();
    for (int i = 0; i < x.length; i++) {
      x[i] += reach * (2 * random.nextDouble() - 1);
    }
    return x;
  }
}
