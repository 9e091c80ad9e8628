package dev.crease.witness;

import dev.crease.bounds.Interval;
import dev.crease.question.Query;
import java.util.List;
import java.util.Optional;
import org.hipparchus.fraction.BigFraction;

/** The domain of a question, without rounding. */
final class ExactDomain {

  private ExactDomain() {}

  /**
   * Whether a point lies in it.
   *
   * @param x an input of the question's networks
   */
  static boolean holds(Query query, List<BigFraction> x) {
    if (query.domain().isEmpty()) {
      return true;
    }
    List<Interval> box = query.domain().get();
    double[] center = query.units().center();
    double[] scale = query.units().scale();
    int next = 0;
    for (int j : query.freeInputs()) {
      BigFraction at = x.get(j);
      if (query.units().isScaled()) {
        at = at.multiply(Fractions.of(scale[next])).add(Fractions.of(center[next]));
      }
      Interval side = box.get(next++);
      if (at.compareTo(Fractions.of(side.lower())) < 0
          || at.compareTo(Fractions.of(side.upper())) > 0) {
        return false;
      }
    }
    return true;
  }

  /** A point's nearest one in the domain, about; what is rounded may leave it outside. */
  static double[] nearest(Query query, double[] x) {
    double[] inside = x.clone();
    int next = 0;
    for (int j : query.freeInputs()) {
      Optional<Interval> side = query.side(next++);
      if (side.isPresent()) {
        inside[j] = Math.max(side.get().lower(), Math.min(side.get().upper(), x[j]));
      }
    }
    return inside;
  }

  /** Whether two points stay in it wherever they move by a length, rounding included. */
  static boolean hasRoom(Query query, double[] x, double[] xPrime, double length) {
    int next = 0;
    for (int j : query.freeInputs()) {
      Optional<Interval> side = query.side(next++);
      for (double at : new double[] {x[j], xPrime[j]}) {
        if (side.isPresent()) {
          double room = Math.min(at - side.get().lower(), side.get().upper() - at);
          if (!(room >= length + 8 * Math.ulp(side.get().magnitude()))) {
            return false;
          }
        }
      }
    }
    return true;
  }
}
