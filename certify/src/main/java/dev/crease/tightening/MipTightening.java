package dev.crease.tightening;

import dev.crease.bounds.Interval;
import dev.crease.bounds.NetworkBounds;
import dev.crease.bounds.Norm;
import dev.crease.encoding.BallEncoding;
import dev.crease.encoding.EncodedNetwork;
import dev.crease.encoding.NetworkEncoder;
import dev.crease.encoding.ReluEncoding;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Objective;
import dev.crease.solver.MipSolver;
import dev.crease.solver.Progress;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Bounds single unstable neurons by mixed-integer programs, each with a limit of its own (Tjeng et
 * al., Evaluating Robustness of Neural Networks with Mixed Integer Programming, 2019, section 4.2).
 * The side nearer to 0 comes first; a neuron that it makes stable needs no other. A bound is the
 * solver's dual bound less what its tolerances allow, so it holds as far as the solver does.
 */
public final class MipTightening {

  private final MipSolver solver;
  private final SolveOptions options;
  private final BooleanSupplier over;

  /**
   * A way to tighten.
   *
   * @param solver takes big-M models
   * @param options tolerances, cancellation and the limits of each program
   * @param over whether to stop, and keep the bounds that stand
   */
  public MipTightening(MipSolver solver, SolveOptions options, BooleanSupplier over) {
    this.solver = solver;
    this.options = options;
    this.over = over;
  }

  /** The better of what stands and of what the programs give. */
  public NetworkBounds tighten(NetworkBounds start, Region region) {
    NetworkBounds bounds = start;
    int depth = bounds.network().layers().size();
    for (int k = 0; k < depth; k++) {
      for (int i = 0; i < bounds.network().layers().get(k).outputs(); i++) {
        for (int pass = 0; pass < 2; pass++) {
          if (bounds.isEmpty() || !bounds.isUnstable(k, i) || over.getAsBoolean()) {
            break;
          }
          boolean lowerFirst = -start.lower(k, i) < start.upper(k, i);
          bounds = side(bounds, region, k, i, lowerFirst == (pass == 0));
        }
      }
    }
    return bounds;
  }

  private NetworkBounds side(NetworkBounds bounds, Region region, int k, int i, boolean lowerSide) {
    Model.Builder model = Model.builder("neuron " + k + "." + i);
    List<LinearExpression> x = new ArrayList<>();
    List<LinearExpression> offsets = new ArrayList<>();
    for (int j = 0; j < bounds.inputs().dimension(); j++) {
      LinearExpression at =
          LinearExpression.of(
              model.continuous("x" + j, bounds.inputs().lower(j), bounds.inputs().upper(j)));
      x.add(at);
      if (bounds.inputs().isInBall(j)) {
        offsets.add(at.minus(LinearExpression.constant(bounds.inputs().center(j))));
      }
    }
    if (bounds.inputs().norm() == Norm.L1 && !offsets.isEmpty()) {
      LinearExpression radius = LinearExpression.constant(bounds.inputs().radius());
      BallEncoding.polyhedral().add(model, "ball", Norm.L1, offsets, radius);
    }
    HalfSpace.add(model, region.halfSpaces(), x);
    EncodedNetwork encoded = new NetworkEncoder(ReluEncoding.bigM()).encode(model, "f", bounds, x);
    if (region.outputs().isPresent()) {
      for (int o = 0; o < encoded.outputs().size(); o++) {
        Interval range = region.outputs().get().get(o);
        model.range("out" + o, range.lower(), encoded.outputs().get(o), range.upper());
      }
    }
    LinearExpression z =
        encoded.neurons().stream()
            .filter(n -> n.layer() == k && n.index() == i)
            .map(n -> LinearExpression.of(n.z()))
            .findFirst()
            .orElseThrow();
    model.objective(lowerSide ? Objective.minimize(z) : Objective.maximize(z));
    SolveResult result = solver.solve(model.build(), options, (Progress p) -> {});
    if (result.status() == SolveStatus.ERROR || !Double.isFinite(result.dualBound())) {
      return bounds;
    }
    double tolerance = 10 * options.tolerances().largest();
    double pad = tolerance * Math.max(1, Math.abs(result.dualBound()));
    double found = result.dualBound() + (lowerSide ? -pad : pad);
    return bounds.tightened(List.of(new NetworkBounds.Found(k, i, lowerSide, found)));
  }
}
