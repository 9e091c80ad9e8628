package dev.crease.tightening;

import dev.crease.bounds.InputSet;
import dev.crease.bounds.Interval;
import dev.crease.bounds.NetworkBounds;
import dev.crease.bounds.Norm;
import dev.crease.encoding.Chords;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Variable;
import dev.crease.network.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The linear relaxation of a network over a set of inputs: an unstable ReLU becomes the triangle
 * {@code y >= 0, y >= z, y <= u (z - l) / (u - l)} (Ehlers, Formal Verification of Piece-Wise
 * Linear Feed-Forward Neural Networks, 2017, section 3). Every row is the exact one or is rounded
 * outward, so that all that the exact network can do lies in it. The ball of the norm 2 is relaxed
 * to its box.
 */
final class Relaxation {

  private final Model model;
  private final Optional<Variable>[][] z;

  private Relaxation(Model model, Optional<Variable>[][] z) {
    this.model = model;
    this.z = z;
  }

  Model model() {
    return model;
  }

  /** The pre-activation of a neuron, where it has a variable. */
  Optional<Variable> z(int k, int i) {
    return z[k][i];
  }

  /**
   * The relaxation.
   *
   * @param bounds what is known, all finite
   * @param region what else holds of inputs and outputs
   */
  static Relaxation of(NetworkBounds bounds, Region region) {
    Model.Builder model = Model.builder("relaxation of " + bounds.network().name());
    List<Optional<Variable>> values = inputs(model, bounds.inputs(), region);
    List<Layer> layers = bounds.network().layers();
    @SuppressWarnings({"unchecked", "rawtypes"})
    Optional<Variable>[][] z = new Optional[layers.size()][];
    for (int k = 0; k < layers.size(); k++) {
      Layer layer = layers.get(k);
      List<Optional<Variable>> next = new ArrayList<>();
      @SuppressWarnings({"unchecked", "rawtypes"})
      Optional<Variable>[] row = new Optional[layer.outputs()];
      z[k] = row;
      for (int i = 0; i < layer.outputs(); i++) {
        boolean last = k == layers.size() - 1;
        if (layer.isRelu(i) && bounds.upper(k, i) <= 0) {
          row[i] = Optional.empty();
          next.add(Optional.empty());
          continue;
        }
        String name = "_" + k + "_" + i;
        double lower = bounds.lower(k, i);
        double upper = bounds.upper(k, i);
        if (last && region.outputs().isPresent() && !bounds.isUnstable(k, i)) {
          Interval allowed = region.outputs().get().get(i);
          lower = Math.max(lower, allowed.lower());
          upper = Math.min(upper, allowed.upper());
          if (lower > upper) {
            // Nothing is left; a solver is not needed to see it.
            lower = upper;
          }
        }
        Variable pre = model.continuous("z" + name, lower, upper);
        row[i] = Optional.of(pre);
        LinearExpression.Builder sum = LinearExpression.builder();
        for (int j = 0; j < layer.inputs(); j++) {
          double w = layer.weights().get(i, j);
          if (w != 0) {
            values.get(j).ifPresent(v -> sum.add(w, v));
          }
        }
        model.equal("z" + name, sum.add(-1, pre).build(), -layer.bias(i));
        next.add(Optional.of(bounds.isUnstable(k, i) ? triangle(model, name, pre) : pre));
      }
      values = next;
    }
    return new Relaxation(model.build(), z);
  }

  private static Variable triangle(Model.Builder model, String name, Variable z) {
    Variable y = model.continuous("y" + name, 0, z.upper());
    LinearExpression above = LinearExpression.of(y);
    model.atLeast("above" + name, above.minus(LinearExpression.of(z)), 0);
    Chords chords = Chords.of(z.lower(), z.upper());
    model.atMost(
        "chord" + name,
        above.minus(LinearExpression.term(chords.upSlope(), z)),
        chords.upConstant());
    return y;
  }

  private static List<Optional<Variable>> inputs(Model.Builder model, InputSet set, Region region) {
    List<Optional<Variable>> x = new ArrayList<>();
    List<Variable> variables = new ArrayList<>();
    for (int i = 0; i < set.dimension(); i++) {
      Variable v = model.continuous("x" + i, set.lower(i), set.upper(i));
      variables.add(v);
      x.add(Optional.of(v));
    }
    if (set.norm() == Norm.L1) {
      LinearExpression.Builder sum = LinearExpression.builder();
      for (int i = 0; i < set.dimension(); i++) {
        if (set.isInBall(i)) {
          Variable d = model.continuous("d" + i, 0, set.radius());
          model.atMost("d" + i + ".up", difference(variables.get(i), d), set.center(i));
          LinearExpression plus =
              LinearExpression.of(variables.get(i)).plus(LinearExpression.of(d));
          model.atLeast("d" + i + ".lo", plus, set.center(i));
          sum.add(1, d);
        }
      }
      model.atMost("ball", sum.build(), set.radius());
    }
    HalfSpace.add(
        model, region.halfSpaces(), variables.stream().map(LinearExpression::of).toList());
    return x;
  }

  private static LinearExpression difference(Variable a, Variable b) {
    return LinearExpression.of(a).minus(LinearExpression.of(b));
  }
}
