package dev.crease.tightening;

import dev.crease.Rounding;
import dev.crease.bounds.JacobianBounds;
import dev.crease.bounds.NetworkBounds;
import dev.crease.encoding.Chords;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Variable;
import dev.crease.network.Layer;
import dev.crease.solver.LinearSession;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Bounds on the differences of pre-activations between two points with one output, by their
 * distance: {@code l w <= z(x) - z(x') <= u w}, where {@code w = x_i - x'_i} is the largest
 * difference of an input, in one input {@code i} and with one sign. Everything is divided by {@code
 * w}: a ReLU gives {@code dy = lambda dz} with {@code lambda} in [0, 1], whose convex hull over
 * {@code l <= dz <= u} is {@code l (u - dz) / (u - l) <= dy <= u (dz - l) / (u - l)}; the outputs
 * differ by 0. Linear programs over this narrow {@code l} and {@code u}, layer by layer, in rounds;
 * bounds that cross prove that no two points of the set differ so and share an output. No
 * separation enters. Rounded outward.
 */
public final class DifferenceBounds {

  private static final int MOST_ROUNDS = 12;

  /** With more than these, rounds take minutes and were not seen to prove anything. */
  private static final int MOST_UNSTABLE = 300;

  private static final double WORTHWHILE = 0.03;

  private final double[][] lower;
  private final double[][] upper;
  private final boolean empty;

  private DifferenceBounds(double[][] lower, double[][] upper, boolean empty) {
    this.lower = lower;
    this.upper = upper;
    this.empty = empty;
  }

  /** Whether it is proved that there are no two such points. */
  public boolean isEmpty() {
    return empty;
  }

  /** The least difference of a pre-activation, by the distance. */
  public double lower(int k, int i) {
    return lower[k][i];
  }

  /** The largest difference of a pre-activation, by the distance. */
  public double upper(int k, int i) {
    return upper[k][i];
  }

  /**
   * What the bounds on the Jacobian give.
   *
   * @param bounds of the network over a convex set
   * @param varies whether each input may differ between the points
   * @param face the input that differs most, the first point having the larger value
   */
  public static DifferenceBounds of(NetworkBounds bounds, boolean[] varies, int face) {
    JacobianBounds jacobian = JacobianBounds.of(bounds);
    List<Layer> layers = bounds.network().layers();
    double[][] lower = new double[layers.size()][];
    double[][] upper = new double[layers.size()][];
    for (int k = 0; k < layers.size(); k++) {
      lower[k] = new double[layers.get(k).outputs()];
      upper[k] = new double[layers.get(k).outputs()];
      for (int i = 0; i < lower[k].length; i++) {
        double reach = 0;
        for (int j = 0; j < varies.length; j++) {
          if (varies[j] && j != face) {
            reach += Math.max(Math.abs(jacobian.lower(k, i, j)), Math.abs(jacobian.upper(k, i, j)));
          }
        }
        reach *= 1 + 4 * Rounding.gamma(varies.length);
        lower[k][i] = Math.nextDown(jacobian.lower(k, i, face) - reach);
        upper[k][i] = Math.nextUp(jacobian.upper(k, i, face) + reach);
      }
    }
    return new DifferenceBounds(lower, upper, false);
  }

  /**
   * The better of these and of what linear programs give.
   *
   * @param bounds the bounds that these came from
   * @param varies whether each input may differ between the points
   * @param face the input that differs most
   * @param solver has linear sessions
   * @param options for the programs
   * @param over whether to stop
   */
  public DifferenceBounds tightened(
      NetworkBounds bounds,
      boolean[] varies,
      int face,
      MipSolver solver,
      SolveOptions options,
      BooleanSupplier over) {
    DifferenceBounds now = this;
    if (isInjective(bounds, varies, face, solver, options)) {
      return new DifferenceBounds(lower, upper, true);
    }
    if (bounds.unstableCount() > MOST_UNSTABLE) {
      return now;
    }
    double width = width(bounds, now);
    for (int round = 0; round < MOST_ROUNDS && !over.getAsBoolean(); round++) {
      for (int k = 0; k < lower.length; k++) {
        Program program = Program.of(bounds, now, varies, face, false);
        Optional<LinearSession> opened = solver.linearSession(program.model(), options);
        if (opened.isEmpty()) {
          return now;
        }
        try (LinearSession session = opened.get()) {
          now = layer(now, bounds, program, session, k, over);
        }
        if (now.empty) {
          return now;
        }
      }
      if (now.isInjective(bounds, varies, face, solver, options)) {
        return new DifferenceBounds(now.lower, now.upper, true);
      }
      double next = width(bounds, now);
      if (!(next <= (1 - WORTHWHILE) * width)) {
        break;
      }
      width = next;
    }
    return now;
  }

  /**
   * Whether the outputs of two such points always differ: the least that some output differs by,
   * over the relaxation, is above 0. Needs no separation.
   */
  private boolean isInjective(
      NetworkBounds bounds, boolean[] varies, int face, MipSolver solver, SolveOptions options) {
    Program program = Program.of(bounds, this, varies, face, true);
    Optional<LinearSession> opened = solver.linearSession(program.model(), options);
    if (opened.isEmpty()) {
      return false;
    }
    try (LinearSession session = opened.get()) {
      double[] cost = new double[program.model().variables().size()];
      cost[program.slack()] = 1;
      return session
          .minimize(cost)
          .map(o -> new DualBound(program.model()).atLeast(cost, o.multipliers()) > 0)
          .orElse(false);
    }
  }

  private static double width(NetworkBounds bounds, DifferenceBounds d) {
    double sum = 0;
    for (int k = 0; k < d.lower.length; k++) {
      for (int i = 0; i < d.lower[k].length; i++) {
        if (bounds.isUnstable(k, i)) {
          sum += d.upper[k][i] - d.lower[k][i];
        }
      }
    }
    return sum;
  }

  private static DifferenceBounds layer(
      DifferenceBounds d,
      NetworkBounds bounds,
      Program program,
      LinearSession session,
      int k,
      BooleanSupplier over) {
    double[][] lower = copy(d.lower);
    double[][] upper = copy(d.upper);
    List<Ends.End> ends = new ArrayList<>();
    List<Integer> neurons = new ArrayList<>();
    for (int i = 0; i < lower[k].length; i++) {
      if (bounds.isUnstable(k, i)) {
        double width = upper[k][i] - lower[k][i];
        ends.add(new Ends.End(program.dz()[k][i], 1, lower[k][i], width));
        ends.add(new Ends.End(program.dz()[k][i], -1, -upper[k][i], width));
        neurons.add(i);
        neurons.add(i);
      }
    }
    boolean crosses =
        !Ends.solve(
            session,
            new DualBound(program.model()),
            program.model().variables().size(),
            ends,
            over,
            (end, atLeast) -> {
              int i = neurons.get(end);
              if (ends.get(end).sign() > 0) {
                lower[k][i] = Math.max(lower[k][i], atLeast);
              } else {
                upper[k][i] = Math.min(upper[k][i], -atLeast);
              }
              return lower[k][i] <= upper[k][i];
            });
    return new DifferenceBounds(lower, upper, crosses);
  }

  private static double[][] copy(double[][] rows) {
    double[][] copy = new double[rows.length][];
    for (int k = 0; k < rows.length; k++) {
      copy[k] = rows[k].clone();
    }
    return copy;
  }

  /**
   * The relaxation of the differences.
   *
   * @param dz the variable of each neuron's difference
   * @param slack the variable that no output's difference is above in size, or -1 when all are 0
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Program(Model model, int[][] dz, int slack) {

    static Program of(
        NetworkBounds bounds, DifferenceBounds d, boolean[] varies, int face, boolean isSlack) {
      Model.Builder model = Model.builder("differences of " + bounds.network().name());
      List<Optional<Variable>> values = new ArrayList<>();
      for (int j = 0; j < varies.length; j++) {
        values.add(
            varies[j]
                ? Optional.of(model.continuous("d" + j, j == face ? 1 : -1, 1))
                : Optional.empty());
      }
      List<Layer> layers = bounds.network().layers();
      int[][] dz = new int[layers.size()][];
      for (int k = 0; k < layers.size(); k++) {
        Layer layer = layers.get(k);
        boolean last = k == layers.size() - 1;
        dz[k] = new int[layer.outputs()];
        List<Optional<Variable>> next = new ArrayList<>();
        for (int i = 0; i < layer.outputs(); i++) {
          boolean isRelu = layer.isRelu(i);
          if (isRelu && bounds.upper(k, i) <= 0) {
            next.add(Optional.empty());
            continue;
          }
          boolean zero = last && !isSlack && !bounds.isUnstable(k, i);
          String name = "_" + k + "_" + i;
          Variable z =
              model.continuous(
                  "dz" + name,
                  zero ? 0 : d.lower[k][i],
                  zero ? 0 : Math.max(d.lower[k][i], d.upper[k][i]));
          dz[k][i] = z.index();
          LinearExpression.Builder sum = LinearExpression.builder();
          for (int j = 0; j < layer.inputs(); j++) {
            double w = layer.weights().get(i, j);
            if (w != 0) {
              values.get(j).ifPresent(v -> sum.add(w, v));
            }
          }
          model.equal("dz" + name, sum.add(-1, z).build(), 0);
          Variable value = z;
          if (bounds.isUnstable(k, i)) {
            value = hull(model, name, z, last && !isSlack);
          }
          next.add(Optional.of(value));
        }
        values = next;
      }
      int slack = isSlack ? slack(model, values) : -1;
      return new Program(model.build(), dz, slack);
    }

    private static int slack(Model.Builder model, List<Optional<Variable>> outputs) {
      double most = 0;
      for (Optional<Variable> output : outputs) {
        most =
            Math.max(
                most,
                output.map(v -> Math.max(Math.abs(v.lower()), Math.abs(v.upper()))).orElse(0.0));
      }
      Variable slack = model.continuous("slack", 0, most);
      for (Optional<Variable> output : outputs) {
        output.ifPresent(
            v -> {
              LinearExpression e = LinearExpression.of(v);
              model.atMost(v.name() + ".up", e.minus(LinearExpression.of(slack)), 0);
              model.atLeast(v.name() + ".lo", e.plus(LinearExpression.of(slack)), 0);
            });
      }
      return slack.index();
    }

    private static Variable hull(Model.Builder model, String name, Variable z, boolean zero) {
      double l = z.lower();
      double u = z.upper();
      Variable y =
          model.continuous("dy" + name, zero ? 0 : Math.min(0, l), zero ? 0 : Math.max(0, u));
      LinearExpression dy = LinearExpression.of(y);
      Chords chords = Chords.of(l, u);
      model.atMost(
          "up" + name, dy.minus(LinearExpression.term(chords.upSlope(), z)), chords.upConstant());
      model.atLeast(
          "lo" + name, dy.minus(LinearExpression.term(chords.lowSlope(), z)), chords.lowConstant());
      return y;
    }
  }
}
