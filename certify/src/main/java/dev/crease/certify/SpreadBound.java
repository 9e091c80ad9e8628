package dev.crease.certify;

import dev.crease.Rounding;
import dev.crease.bounds.BoundsMethod;
import dev.crease.bounds.InputSet;
import dev.crease.bounds.NetworkBounds;
import dev.crease.bounds.Norm;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.witness.Witness;

/** How far two points of a ball, or what is determined by them, can differ at all. */
public final class SpreadBound {

  /** Of the size of the coordinates: how near an exact collision is to the doubles that show it. */
  private static final double NEAR = 1e-13;

  private SpreadBound() {}

  /**
   * By how much two points that collide differ at the least: the exact collision is near these
   * doubles, not at them, so that it is rounded down by what may lie between.
   *
   * @param norm in which the difference is measured
   */
  public static double least(Query query, Norm norm, Witness witness) {
    double[] x = query.determined(witness.x());
    double[] xPrime = query.determined(witness.xPrime());
    double size = Norm.LINF.of(x) + Norm.LINF.of(xPrime);
    double blur =
        query
            .g()
            .map(g -> g.evaluationError(witness.x()) + g.evaluationError(witness.xPrime()))
            .orElse(0.0);
    double away = x.length * (NEAR * size + 2 * blur);
    return Math.max(0, Math.nextDown(norm.distance(x, xPrime) - away));
  }

  /**
   * The diameter of the ball, its radius where one point is the centre, or that of the bounds on
   * the second network's outputs; rounded up.
   *
   * @param query up to the radius
   * @param norm in which the difference is measured: that of the ball, or infinity
   */
  public static double of(Query query, Norm norm) {
    if (norm != query.norm() && norm != Norm.LINF) {
      throw new IllegalArgumentException("a difference in norm " + norm + " on this ball");
    }
    double radius = query.maxRadius();
    if (query.g().isEmpty()) {
      double diameter = query.isPinned() ? radius : 2 * radius;
      return query.domain().isEmpty() ? diameter : Math.min(diameter, ofBox(query, norm));
    }
    ReluNetwork g = query.g().get();
    NetworkBounds bounds = BoundsMethod.symbolic().bounds(g, query.inputs(radius));
    double[] widths = new double[g.outputs()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.nextUp(bounds.outputUpper(i) - bounds.outputLower(i));
    }
    double size = norm.of(widths) * (1 + Rounding.gamma(widths.length + 2));
    return Double.isNaN(size) ? Double.POSITIVE_INFINITY : Math.nextUp(size);
  }

  /** The same of the box around the part of the ball that lies in the domain. */
  private static double ofBox(Query query, Norm norm) {
    InputSet inputs = query.inputs(query.maxRadius());
    double[] widths = new double[query.dimension()];
    int next = 0;
    for (int j : query.freeInputs()) {
      double c = query.center()[next];
      double width = inputs.upper(j) - inputs.lower(j);
      double half = Math.max(inputs.upper(j) - c, c - inputs.lower(j));
      widths[next++] = Math.nextUp(query.isPinned() ? half : width);
    }
    return Math.nextUp(norm.of(widths) * (1 + Rounding.gamma(widths.length + 2)));
  }
}
