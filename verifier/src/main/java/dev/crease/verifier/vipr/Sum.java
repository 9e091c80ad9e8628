package dev.crease.verifier.vipr;

import dev.crease.verifier.vipr.Row.Form;
import java.util.Arrays;
import java.util.Map;

/** A sum of multiples of rows that is to be a stated form; what is still missing of that. */
final class Sum {

  private final ViprProblem problem;
  private final Form stated = new Form();
  private final Dyadic[] missing;
  private final Form multipliers = new Form();
  private Dyadic rhs = Dyadic.ZERO;

  Sum(ViprProblem problem) {
    this.problem = problem;
    this.missing = new Dyadic[2 * problem.variables()];
    Arrays.fill(missing, Dyadic.ZERO);
  }

  /** The stated form has this. */
  Sum states(int id, Dyadic coefficient) {
    stated.plus(id, coefficient);
    missing[id] = missing[id].plus(coefficient);
    return this;
  }

  Sum states(int id, int coefficient) {
    return states(id, Dyadic.of(coefficient));
  }

  /** Takes a multiple of a row, not negative where the row is an inequality. */
  Sum take(Row row, Dyadic times) {
    if (times.sign() != 0) {
      if (times.sign() < 0 && row.sense() != 'E') {
        throw new IllegalStateException("a negative multiple of an inequality");
      }
      for (Map.Entry<Integer, Dyadic> term : row.form().terms().entrySet()) {
        int id = term.getKey();
        missing[id] = missing[id].minus(times.times(term.getValue()));
      }
      rhs = rhs.plus(times.times(row.rhs()));
      multipliers.plus(row.index(), row.sense() == 'L' ? times.negate() : times);
    }
    return this;
  }

  Sum take(Row row) {
    return take(row, Dyadic.ONE);
  }

  /** Takes of one of two rows so much that nothing of a variable is missing. */
  void absorb(int id, Row ifPositive, Row ifNegative) {
    Dyadic c = missing[id];
    take(c.sign() > 0 ? ifPositive : ifNegative, c.abs());
  }

  Dyadic missing(int id) {
    return missing[id];
  }

  /** Takes what is missing of a difference for what is missing of two variables. */
  void part(int id) {
    int first = id - problem.variables();
    int second = problem.second(id);
    missing[first] = missing[first].plus(missing[id]);
    missing[second] = missing[second].minus(missing[id]);
    missing[id] = Dyadic.ZERO;
  }

  /** Takes what is missing of two variables, which must be opposite, for that of a difference. */
  void join(int id) {
    int first = id - problem.variables();
    missing[id] = missing[id].plus(missing[first]);
    missing[problem.second(id)] = missing[problem.second(id)].plus(missing[first]);
    missing[first] = Dyadic.ZERO;
  }

  /** The form that was stated, of which nothing may be missing. */
  Form stated() {
    for (int id = 0; id < missing.length; id++) {
      if (missing[id].sign() != 0) {
        throw new IllegalStateException(missing[id] + " is missing of " + id);
      }
    }
    return stated;
  }

  Dyadic rhs() {
    return rhs;
  }

  /** By the number of a row, what was taken of it as it is written. */
  Form multipliers() {
    return multipliers;
  }
}
