package dev.crease.encoding;

import dev.crease.bounds.Interval;
import dev.crease.bounds.JacobianBounds;
import dev.crease.bounds.NetworkBounds;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Variable;
import java.util.List;

/**
 * Valid inequalities between two copies of one network at points that are {@code w} apart in
 * L-infinity. For each unstable neuron {@code dy = lambda dz} with {@code lambda} in [0, 1], since
 * a ReLU is monotone and 1-Lipschitz, and {@code |dz| <= L w} with {@code L} from interval bounds
 * of the Jacobian; hence {@code |dy - dz / 2| <= L w / 2}. Where both copies are active {@code dy =
 * dz}, where both are inactive {@code dy = 0}. These hold for every pair of points of the ball, so
 * they cut off no collision; they make the relaxation tight when the points are close.
 */
public final class DifferenceLinks {

  private DifferenceLinks() {}

  /**
   * Adds the inequalities.
   *
   * @param model where to add
   * @param bounds of the network over a convex set that holds both points
   * @param varies whether each input may differ between the points
   * @param first one copy
   * @param second the other copy, encoded with the same bounds
   * @param w a variable that is not below the L-infinity distance of the points; its upper bound is
   *     finite
   */
  public static void add(
      Model.Builder model,
      NetworkBounds bounds,
      boolean[] varies,
      EncodedNetwork first,
      EncodedNetwork second,
      Variable w) {
    JacobianBounds jacobian = JacobianBounds.of(bounds);
    List<EncodedNetwork.Neuron> left = first.neurons();
    for (int n = 0; n < left.size(); n++) {
      EncodedNetwork.Neuron a = left.get(n);
      EncodedNetwork.Neuron b = second.neurons().get(n);
      double l = jacobian.lipschitz(a.layer(), a.index(), varies);
      String name = "link_" + a.layer() + "_" + a.index();
      LinearExpression dz = LinearExpression.of(a.z()).minus(LinearExpression.of(b.z()));
      LinearExpression dy = LinearExpression.of(a.y()).minus(LinearExpression.of(b.y()));
      LinearExpression half = LinearExpression.term(l / 2, w);
      LinearExpression off = dy.minus(dz.times(0.5));
      model.atMost(name + ".up", off.minus(half), 0);
      model.atLeast(name + ".lo", off.plus(half), 0);
      if (a.t().isPresent() && b.t().isPresent()) {
        double most = Math.nextUp(l * w.upper());
        LinearExpression active =
            LinearExpression.term(most, a.t().get()).plus(LinearExpression.term(most, b.t().get()));
        model.atMost(name + ".on.up", dy.minus(dz).plus(active), 2 * most);
        model.atLeast(name + ".on.lo", dy.minus(dz).minus(active), -2 * most);
        model.atMost(name + ".off.up", dy.minus(active), 0);
        model.atLeast(name + ".off.lo", dy.plus(active), 0);
      }
    }
  }

  /** Bounds on the difference of a pre-activation between the points, by their distance. */
  @FunctionalInterface
  public interface Range {
    /** {@code l w <= z(x) - z(x') <= u w} for neuron {@code i} of layer {@code k}. */
    Interval of(int k, int i);
  }

  /**
   * Adds the inequalities for points whose largest difference {@code w} is in one input and has one
   * sign, with bounds on each neuron's difference that hold there. Where a difference has one sign,
   * so has that of the binaries.
   *
   * @param model where to add
   * @param range bounds on the differences
   * @param first the copy at the point with the larger value of that input
   * @param second the other copy, encoded with the same bounds
   * @param w the L-infinity distance of the points; its upper bound is finite
   */
  public static void add(
      Model.Builder model, Range range, EncodedNetwork first, EncodedNetwork second, Variable w) {
    for (int n = 0; n < first.neurons().size(); n++) {
      EncodedNetwork.Neuron a = first.neurons().get(n);
      EncodedNetwork.Neuron b = second.neurons().get(n);
      Interval of = range.of(a.layer(), a.index());
      String name = "link_" + a.layer() + "_" + a.index();
      LinearExpression dz = LinearExpression.of(a.z()).minus(LinearExpression.of(b.z()));
      LinearExpression dy = LinearExpression.of(a.y()).minus(LinearExpression.of(b.y()));
      model.atLeast(name + ".dz.lo", dz.minus(LinearExpression.term(of.lower(), w)), 0);
      model.atMost(name + ".dz.up", dz.minus(LinearExpression.term(of.upper(), w)), 0);
      Chords chords = Chords.of(of.lower(), of.upper());
      model.atMost(
          name + ".up",
          dy.minus(dz.times(chords.upSlope())).minus(LinearExpression.term(chords.upConstant(), w)),
          0);
      model.atLeast(
          name + ".lo",
          dy.minus(dz.times(chords.lowSlope()))
              .minus(LinearExpression.term(chords.lowConstant(), w)),
          0);
      if (a.t().isPresent() && b.t().isPresent()) {
        patterns(model, name, of, dz, dy, a.t().get(), b.t().get(), w.upper());
      }
    }
  }

  private static void patterns(
      Model.Builder model,
      String name,
      Interval of,
      LinearExpression dz,
      LinearExpression dy,
      Variable a,
      Variable b,
      double w) {
    LinearExpression active = LinearExpression.of(a).plus(LinearExpression.of(b));
    if (of.upper() > 0) {
      double most = Math.nextUp(of.upper() * w);
      model.atMost(name + ".off.up", dy.minus(active.times(most)), 0);
      model.atMost(name + ".on.lo", dz.minus(dy).plus(active.times(most)), 2 * most);
    }
    if (of.lower() < 0) {
      double most = Math.nextUp(-of.lower() * w);
      model.atLeast(name + ".off.lo", dy.plus(active.times(most)), 0);
      model.atMost(name + ".on.up", dy.minus(dz).plus(active.times(most)), 2 * most);
    }
    LinearExpression order = LinearExpression.of(a).minus(LinearExpression.of(b));
    if (of.lower() >= 0) {
      model.atLeast(name + ".order", order, 0);
    } else if (of.upper() <= 0) {
      model.atMost(name + ".order", order, 0);
    }
  }
}
