package dev.crease.witness;

import dev.crease.bounds.Interval;
import dev.crease.question.Query;
import java.util.List;
import java.util.Optional;
import org.hipparchus.fraction.BigFraction;

/** The domain of a question, without rounding. */
final class ExactDomain {

  /** So many last bits a side may be beyond where it is. */
  private static final int STEPS = 16;

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
    int next = 0;
    for (int j : query.freeInputs()) {
      if (!isBetween(query, next++, x.get(j))) {
        return false;
      }
    }
    return true;
  }

  /** A point's nearest one in the domain, about: within it but for the least numbers. */
  static double[] nearest(Query query, double[] x) {
    double[] inside = x.clone();
    int next = 0;
    for (int j : query.freeInputs()) {
      Optional<Interval> side = query.side(next);
      if (side.isPresent()) {
        double c = query.center()[next];
        double at = Math.max(side.get().lower(), Math.min(side.get().upper(), x[j]));
        // Sides in other units are rounded outward.
        for (int i = 0; i < STEPS && query.units().isScaled() && !holds(query, next, at); i++) {
          at = Math.nextAfter(at, c);
        }
        inside[j] = at;
      }
      next++;
    }
    return inside;
  }

  /** Whether a coordinate of the ball lies in its side. */
  private static boolean holds(Query query, int place, double at) {
    return isBetween(query, place, Fractions.of(at));
  }

  private static boolean isBetween(Query query, int place, BigFraction at) {
    BigFraction x = at;
    if (query.units().isScaled()) {
      x =
          at.multiply(Fractions.of(query.units().scale()[place]))
              .add(Fractions.of(query.units().center()[place]));
    }
    Interval side = query.domain().orElseThrow().get(place);
    return x.compareTo(Fractions.of(side.lower())) >= 0
        && x.compareTo(Fractions.of(side.upper())) <= 0;
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
