package dev.crease.benchmarks;

import dev.crease.bounds.BoundsMethod;
import dev.crease.bounds.InputSet;
import dev.crease.bounds.NetworkBounds;
import dev.crease.bounds.Norm;
import dev.crease.campaign.Generators;
import dev.crease.encoding.EncodedNetwork;
import dev.crease.encoding.NetworkEncoder;
import dev.crease.encoding.ReluEncoding;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Objective;
import java.util.ArrayList;
import java.util.List;

/** Models of one network over a box: its first output is to be as large as possible. */
final class Models {

  private Models() {}

  /** The bounds that a model is made from. */
  static NetworkBounds bounds(double radius, int... widths) {
    InputSet box = InputSet.ball(Norm.LINF, new double[widths[0]], radius);
    return BoundsMethod.symbolic().bounds(Generators.random(1, widths), box);
  }

  static Model of(NetworkBounds bounds, ReluEncoding encoding) {
    Model.Builder model = Model.builder("benchmark");
    List<LinearExpression> inputs = new ArrayList<>();
    for (int i = 0; i < bounds.network().inputs(); i++) {
      inputs.add(
          LinearExpression.of(
              model.continuous("x" + i, bounds.inputs().lower(i), bounds.inputs().upper(i))));
    }
    EncodedNetwork encoded = new NetworkEncoder(encoding).encode(model, "f", bounds, inputs);
    return model.objective(Objective.maximize(encoded.outputs().get(0))).build();
  }
}
