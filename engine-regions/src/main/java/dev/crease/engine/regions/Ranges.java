package dev.crease.engine.regions;

import dev.crease.bounds.Interval;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hipparchus.fraction.BigFraction;

/**
 * The least and the largest of each entry of the value over the points of leaves whose outputs are
 * near one: on a leaf a polytope, on which each end is a linear program.
 */
final class Ranges {

  private final Quotient[] least;
  private final Quotient[] most;
  private boolean isEmpty = true;

  Ranges(int values) {
    least = new Quotient[values];
    most = new Quotient[values];
  }

  /** Takes the points of a leaf. */
  void add(
      Leaf leaf, ExactRow[] values, List<BigFraction> output, BigFraction noise, BigInteger bound) {
    int m = leaf.cell().dimension();
    LinearProgram program = Fibre.program(leaf.cell(), bound);
    ExactRow[] rows = leaf.exactRows(0);
    for (int i = 0; i < rows.length; i++) {
      program.atLeast(ExactRegions.row(output.get(i).subtract(noise), rows[i], m));
      program.atLeast(Fibre.negated(ExactRegions.row(output.get(i).add(noise), rows[i], m)));
    }
    LinearProgram.Reduced reduced = program.reduced().orElseThrow();
    Quotient[] lower = new Quotient[values.length];
    Quotient[] upper = new Quotient[values.length];
    for (int j = 0; j < values.length; j++) {
      Optional<LinearProgram.Point> low = reduced.minimize(values[j].coefficients());
      if (low.isEmpty()) {
        return;
      }
      lower[j] = value(values[j], low.get());
      BigInteger[] objective = Fibre.negated(values[j].coefficients());
      upper[j] = value(values[j], reduced.minimize(objective).orElseThrow());
    }
    for (int j = 0; j < values.length; j++) {
      least[j] = isEmpty || lower[j].compareTo(least[j]) < 0 ? lower[j] : least[j];
      most[j] = isEmpty || upper[j].compareTo(most[j]) > 0 ? upper[j] : most[j];
    }
    isEmpty = false;
  }

  private static Quotient value(ExactRow row, LinearProgram.Point point) {
    BigInteger[] value = ExactRow.at(new ExactRow[] {row}, point.homogeneous());
    return new Quotient(value[0], value[1]);
  }

  /** The ends, rounded outward; empty if there was no point. */
  Optional<List<Interval>> intervals() {
    if (isEmpty) {
      return Optional.empty();
    }
    List<Interval> intervals = new ArrayList<>();
    for (int j = 0; j < least.length; j++) {
      intervals.add(new Interval(least[j].down(), most[j].up()));
    }
    return Optional.of(intervals);
  }
}
