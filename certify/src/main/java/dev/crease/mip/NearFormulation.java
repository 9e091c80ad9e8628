package dev.crease.mip;

import dev.crease.bounds.Interval;
import dev.crease.bounds.NetworkBounds;
import dev.crease.encoding.BallEncoding;
import dev.crease.encoding.Chords;
import dev.crease.encoding.DifferenceLinks;
import dev.crease.encoding.EncodedNetwork;
import dev.crease.encoding.NetworkEncoder;
import dev.crease.encoding.ReluEncoding;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Objective;
import dev.crease.model.Variable;
import dev.crease.network.Layer;
import dev.crease.question.Query;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The nearest place where two points less than {@code w0} apart may share an output: one copy of
 * the network at {@code x}, and the difference {@code (x - x') / w} of the pair pushed through the
 * same binaries. A neuron that has one sign at both points passes the difference on or stops it;
 * one that changes sign lies within {@code |dz| w0} of its kink and passes any part of it. Every
 * pair that is nearer than {@code w0} gives a feasible point, so the optimum is a lower bound on
 * where such pairs are, at any separation; with {@code w0} to 0 it is the distance to the nearest
 * fold.
 */
final class NearFormulation {

  private final Model model;
  private final List<LinearExpression> x;

  private NearFormulation(Model model, List<LinearExpression> x) {
    this.model = model;
    this.x = x;
  }

  Model model() {
    return model;
  }

  /** The point of a solution. */
  double[] x(double[] values) {
    return x.stream().mapToDouble(e -> e.valueAt(values)).toArray();
  }

  /**
   * Minimise the distance of {@code x} from the centre.
   *
   * @param face the input in which the points differ most, {@code x} having the larger value
   * @param w0 how far the points are apart at the most
   * @param over bounds of the network over the ball of radius {@code rhoMax}
   * @param range bounds on the differences, divided by the distance
   */
  static NearFormulation of(
      Query query,
      int face,
      double w0,
      double rhoMin,
      double rhoMax,
      NetworkBounds over,
      DifferenceLinks.Range range,
      BallEncoding balls) {
    Model.Builder model = Model.builder("near " + query);
    List<LinearExpression> x = new ArrayList<>();
    List<LinearExpression> offsets = new ArrayList<>();
    List<LinearExpression> d = new ArrayList<>();
    double[] center = query.center();
    int next = 0;
    for (int i = 0; i < query.f().inputs(); i++) {
      LinearExpression at =
          LinearExpression.of(
              model.continuous("x" + i, over.inputs().lower(i), over.inputs().upper(i)));
      x.add(at);
      if (query.shared().containsKey(i)) {
        d.add(LinearExpression.zero());
      } else {
        offsets.add(at.minus(LinearExpression.constant(center[next++])));
        d.add(LinearExpression.of(model.continuous("d" + i, i == face ? 1 : -1, 1)));
      }
    }
    Variable rho = model.continuous("rho", rhoMin, rhoMax);
    balls.add(model, "ball", query.norm(), offsets, LinearExpression.of(rho));
    EncodedNetwork f = new NetworkEncoder(ReluEncoding.bigM()).encode(model, "f", over, x);
    Map<List<Integer>, EncodedNetwork.Neuron> neurons = new HashMap<>();
    f.neurons().forEach(n -> neurons.put(List.of(n.layer(), n.index()), n));
    List<Layer> layers = over.network().layers();
    for (int k = 0; k < layers.size(); k++) {
      Layer layer = layers.get(k);
      List<LinearExpression> after = new ArrayList<>();
      for (int i = 0; i < layer.outputs(); i++) {
        if (layer.isRelu(i) && over.upper(k, i) <= 0) {
          after.add(LinearExpression.zero());
          continue;
        }
        LinearExpression.Builder sum = LinearExpression.builder();
        for (int j = 0; j < layer.inputs(); j++) {
          double w = layer.weights().get(i, j);
          if (w != 0) {
            sum.add(w, d.get(j));
          }
        }
        EncodedNetwork.Neuron neuron = neurons.get(List.of(k, i));
        if (neuron == null) {
          after.add(sum.build());
          continue;
        }
        Interval of = range.of(k, i);
        String name = "_" + k + "_" + i;
        Variable dz = model.continuous("dz" + name, of.lower(), of.upper());
        model.equal("dz" + name, sum.build().minus(LinearExpression.of(dz)), 0);
        after.add(LinearExpression.of(passed(model, name, neuron, dz, w0)));
      }
      d = after;
    }
    for (int i = 0; i < d.size(); i++) {
      model.equal("out" + i, d.get(i), 0);
    }
    model.objective(Objective.minimize(LinearExpression.of(rho)));
    return new NearFormulation(model.build(), x);
  }

  /** What a neuron passes on of a difference. */
  private static Variable passed(
      Model.Builder model, String name, EncodedNetwork.Neuron neuron, Variable dz, double w0) {
    double l = Math.min(0, dz.lower());
    double u = Math.max(0, dz.upper());
    Variable dy = model.continuous("dy" + name, l, u);
    Variable t = neuron.t().orElseThrow();
    Variable kink = model.binary("k" + name);
    LinearExpression pass = LinearExpression.of(dy);
    LinearExpression lost = LinearExpression.of(dz).minus(pass);
    LinearExpression on = LinearExpression.of(t).plus(LinearExpression.of(kink));
    LinearExpression off = LinearExpression.of(kink).minus(LinearExpression.of(t));
    // Inactive and away from the kink nothing passes; active and away from it, all does.
    model.atMost(name + ".pass.up", pass.minus(on.times(u)), 0);
    model.atLeast(name + ".pass.lo", pass.minus(on.times(l)), 0);
    model.atMost(name + ".lost.up", lost.minus(off.times(u)), u);
    model.atLeast(name + ".lost.lo", lost.minus(off.times(l)), l);
    Chords chords = Chords.of(dz.lower(), dz.upper());
    LinearExpression z = LinearExpression.of(dz);
    model.atMost(name + ".chord.up", pass.minus(z.times(chords.upSlope())), chords.upConstant());
    model.atLeast(name + ".chord.lo", pass.minus(z.times(chords.lowSlope())), chords.lowConstant());
    // At the kink.
    double near = Math.nextUp(Math.max(-l, u) * w0 * (1 + 0x1p-40));
    Variable pre = neuron.z();
    LinearExpression k = LinearExpression.of(kink);
    if (pre.upper() > near) {
      model.atMost(
          name + ".near.up",
          LinearExpression.of(pre).plus(k.times(pre.upper() - near)),
          Math.nextUp(pre.upper()));
    }
    if (pre.lower() < -near) {
      model.atLeast(
          name + ".near.lo",
          LinearExpression.of(pre).plus(k.times(pre.lower() + near)),
          Math.nextDown(pre.lower()));
    }
    if (l < 0 && u > 0) {
      Variable sign = model.binary("s" + name);
      LinearExpression s = LinearExpression.of(sign);
      for (LinearExpression e : List.of(z, pass, lost)) {
        // Only at the kink does the sign matter.
        model.atMost(name + ".sign.up", e.minus(s.times(u)).plus(k.times(u)), u);
        model.atLeast(name + ".sign.lo", e.plus(s.times(l)).plus(k.times(l)), 2 * l);
      }
    }
    return dy;
  }
}
