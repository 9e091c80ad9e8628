package dev.crease.tree;

import dev.crease.SolverFailure;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Variable;
import dev.crease.solver.LinearSession;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The linear program over directions: inputs, and for each neuron in play its difference and what
 * it makes of it, all by {@code t}. Its matrix stays but for the slopes of the lines.
 */
final class DirectionProgram implements AutoCloseable {

  private final Ball ball;
  private final Composed composed;
  private final LinearSession session;
  private final int inputs;
  private final int count;
  private final double[] scale;
  private final double[] columnLower;
  private final double[] columnUpper;
  private final double[] rowLower;
  private final double[] rowUpper;
  private final double[] slopes;

  private DirectionProgram(Ball ball, Composed composed, double[] scale, LinearSession session) {
    this.ball = ball;
    this.composed = composed;
    this.scale = scale;
    this.session = session;
    this.inputs = ball.net().inputs();
    this.count = ball.inPlay();
    this.columnLower = new double[inputs + 2 * count];
    this.columnUpper = new double[inputs + 2 * count];
    int rows = 3 * count + composed.equations();
    this.rowLower = new double[rows];
    this.rowUpper = new double[rows];
    this.slopes = new double[2 * count];
    Arrays.fill(slopes, Double.NaN);
  }

  /**
   * A program.
   *
   * @param scale by neuron in play, the size of its difference
   * @throws SolverFailure if the backend gives no linear sessions
   */
  static DirectionProgram open(
      Ball ball, Composed composed, double[] scale, MipSolver solver, SolveOptions options) {
    return solver
        .linearSession(model(ball, composed, scale), options)
        .map(session -> new DirectionProgram(ball, composed, scale, session))
        .orElseThrow(
            () -> new SolverFailure("solver " + solver.id() + " gives no linear sessions"));
  }

  private static Model model(Ball ball, Composed composed, double[] scale) {
    Model.Builder model = Model.builder("directions");
    int m = ball.net().inputs();
    int count = ball.inPlay();
    List<Variable> d = new ArrayList<>();
    for (int j = 0; j < m; j++) {
      d.add(model.continuous("d" + j, -1, 1));
    }
    List<Variable> z = new ArrayList<>();
    List<Variable> y = new ArrayList<>();
    for (int p = 0; p < count; p++) {
      z.add(model.continuous("dz" + p, -1, 1));
    }
    for (int p = 0; p < count; p++) {
      y.add(model.continuous("dy" + p, -1, 1));
    }
    for (int p = 0; p < count; p++) {
      LinearExpression.Builder row = LinearExpression.builder();
      row.add(1, z.get(p));
      for (int j = 0; j < m; j++) {
        if (ball.isFree(j)) {
          row.add(-composed.onInput(p, j) / scale[p], d.get(j));
        }
      }
      for (int q = 0; q < p; q++) {
        double w = composed.onValue(p, q);
        if (w != 0) {
          row.add(-w * scale[q] / scale[p], y.get(q));
        }
      }
      model.equal("layer" + p, row.build(), 0);
    }
    for (int side = 0; side < 2; side++) {
      for (int p = 0; p < count; p++) {
        LinearExpression.Builder row = LinearExpression.builder();
        row.add(1, y.get(p));
        row.add(-0.5, z.get(p));
        model.range((side == 0 ? "low" : "up") + p, -1, row.build(), 1);
      }
    }
    for (int r = 0; r < composed.equations(); r++) {
      LinearExpression.Builder row = LinearExpression.builder();
      for (int j = 0; j < m; j++) {
        if (ball.isFree(j)) {
          row.add(composed.mixedOnInput(r, j), d.get(j));
        }
      }
      for (int p = 0; p < count; p++) {
        double w = composed.mixedOnValue(r, p);
        if (w != 0) {
          row.add(w * scale[p], y.get(p));
        }
      }
      model.equal("output" + r, row.build(), 0);
    }
    return model.build();
  }

  /** Goes to a node. */
  void move(State state, Hulls hulls) {
    for (int j = 0; j < inputs; j++) {
      columnLower[j] = state.qLower[j];
      columnUpper[j] = state.qUpper[j];
    }
    for (int p = 0; p < count; p++) {
      double l = state.dLower[p] / scale[p];
      double u = state.dUpper[p] / scale[p];
      columnLower[inputs + p] = Math.min(l, u);
      columnUpper[inputs + p] = Math.max(l, u);
      columnLower[inputs + count + p] = Math.min(0, l);
      columnUpper[inputs + count + p] = Math.max(0, u);
      rowLower[count + p] = hulls.lowConstant[p] / scale[p];
      rowUpper[count + p] = Double.POSITIVE_INFINITY;
      rowLower[2 * count + p] = Double.NEGATIVE_INFINITY;
      rowUpper[2 * count + p] = hulls.upConstant[p] / scale[p];
      slope(count + p, p, p, hulls.low[p]);
      slope(2 * count + p, count + p, p, hulls.up[p]);
    }
    if (!ball.isEqual()) {
      Slopes slopes = ball.slopes();
      for (int r = 0; r < composed.equations(); r++) {
        rowUpper[3 * count + r] = slopes.high()[r] * composed.unit(r);
        rowLower[3 * count + r] = slopes.low()[r] * composed.unit(r);
      }
    }
    session.setBounds(columnLower, columnUpper);
    session.setSides(rowLower, rowUpper);
  }

  private void slope(int row, int place, int p, double value) {
    if (slopes[place] != value) {
      slopes[place] = value;
      session.setCoefficient(row, inputs + p, -value);
    }
  }

  /**
   * What the program says.
   *
   * @param isInfeasible whether nothing is left
   * @param proof what proves something of it
   * @param bound what that proves of the goal, or where nothing is left of nothing: above 0 there
   *     is a contradiction
   * @param dz by neuron in play, where it ended
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Answer(
      boolean isInfeasible, DirectionProof proof, double bound, double[] dz, double[] dy) {}

  /** The least of a goal over the node that was last moved to. */
  Optional<Answer> solve(State state, Hulls hulls, Directions directions, Goal goal) {
    double[] cost = new double[columnLower.length];
    double unit = 1;
    if (!goal.isNone()) {
      int p = ball.play(goal.layer(), goal.index());
      cost[inputs + p] = goal.sign();
      unit = scale[p];
    }
    LinearSession.Outcome outcome = session.solve(cost);
    if (outcome instanceof LinearSession.Optimum optimum) {
      double[] dz = new double[count];
      double[] dy = new double[count];
      for (int p = 0; p < count; p++) {
        dz[p] = optimum.values()[inputs + p] * scale[p];
        dy[p] = optimum.values()[inputs + count + p] * scale[p];
      }
      if (goal.isNone()) {
        return Optional.of(new Answer(false, DirectionProof.empty(ball), 0, dz, dy));
      }
      Directions.Derived derived =
          proof(state, hulls, directions, goal, optimum.multipliers(), unit);
      return Optional.of(new Answer(false, derived.proof(), derived.bound(), dz, dy));
    }
    if (outcome instanceof LinearSession.Infeasible infeasible) {
      Directions.Derived derived =
          proof(state, hulls, directions, Goal.none(), infeasible.multipliers(), 1);
      double[] nowhere = {};
      return Optional.of(new Answer(true, derived.proof(), derived.bound(), nowhere, nowhere));
    }
    return Optional.empty();
  }

  private Directions.Derived proof(
      State state,
      Hulls hulls,
      Directions directions,
      Goal goal,
      double[] multipliers,
      double unit) {
    double[] outputs = Arrays.copyOfRange(multipliers, 3 * count, multipliers.length);
    for (int r = 0; r < outputs.length; r++) {
      outputs[r] *= unit;
    }
    double[] pass = new double[count];
    for (int p = 0; p < count; p++) {
      pass[p] = multipliers[p] * unit / scale[p];
    }
    return directions.derive(state, hulls, goal, composed.unmixed(outputs), pass);
  }

  @Override
  public void close() {
    session.close();
  }
}
