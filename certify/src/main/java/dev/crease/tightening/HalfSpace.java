package dev.crease.tightening;

import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import java.util.List;

/**
 * {@code normal . x <= bound} for the inputs of a network.
 *
 * @param normal one entry per input; do not modify
 * @param bound rounded up from the exact one
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record HalfSpace(double[] normal, double bound) {

  /** Adds half-spaces to a model, for inputs that are expressions of it. */
  public static void add(Model.Builder model, List<HalfSpace> all, List<LinearExpression> x) {
    for (int k = 0; k < all.size(); k++) {
      LinearExpression.Builder sum = LinearExpression.builder();
      for (int i = 0; i < x.size(); i++) {
        if (all.get(k).normal[i] != 0) {
          sum.add(all.get(k).normal[i], x.get(i));
        }
      }
      model.atMost("half" + k, sum.build(), all.get(k).bound);
    }
  }
}
