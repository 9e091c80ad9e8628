package dev.crease.tree;

import dev.crease.bounds.Norm;
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
 * The linear program over positions of both points, by the radius of the ball: input points from
 * the centre, their difference {@code t} in the input of the face, the radius, and for each neuron
 * in play and copy its pre-activation and its value. The ball of the norm 2 is a polyhedron around
 * it that gets planes where answers leave the ball.
 */
final class PositionProgram implements AutoCloseable {

  private static final int PLANES = 48;

  /** An answer this much outside the ball gets a plane. */
  private static final double OUTSIDE = 1e-7;

  private static final int MOST_CUTS = 4;

  private static final double MOST_RADIUS = 2;

  private final Ball ball;
  private final Composed composed;
  private final LinearSession session;
  private final Columns at;
  private final double[] scale;
  private final double[] columnLower;
  private final double[] columnUpper;
  private final double[] rowLower;
  private final double[] rowUpper;
  private final double[][] coefficients;
  private int planes;

  /** Where things are. */
  private record Columns(int inputs, int count, boolean isL1, int equations, boolean isL2) {

    int x(int copy, int j) {
      return copy * inputs + j;
    }

    int t() {
      return 2 * inputs;
    }

    int rho() {
      return 2 * inputs + 1;
    }

    int z(int copy, int p) {
      return 2 * inputs + 2 + copy * count + p;
    }

    int y(int copy, int p) {
      return 2 * inputs + 2 + (2 + copy) * count + p;
    }

    int away(int copy, int j) {
      return 2 * inputs + 2 + 4 * count + copy * inputs + j;
    }

    int columns() {
      return 2 * inputs + 2 + 4 * count + (isL1 ? 2 * inputs : 0);
    }

    // Rows, in order.

    int layer(int copy, int p) {
      return copy * count + p;
    }

    int above(int copy, int p) {
      return (2 + copy) * count + p;
    }

    int chord(int copy, int p) {
      return (4 + copy) * count + p;
    }

    int least(int p) {
      return 6 * count + p;
    }

    int most(int p) {
      return 7 * count + p;
    }

    int low(int p) {
      return 8 * count + p;
    }

    int up(int p) {
      return 9 * count + p;
    }

    int inputLeast(int j) {
      return 10 * count + j;
    }

    int inputMost(int j) {
      return 10 * count + inputs + j;
    }

    int output(int r) {
      return 10 * count + 2 * inputs + r;
    }

    int ball() {
      return 10 * count + 2 * inputs + equations;
    }

    int plane(int number) {
      return ball() + 4 * inputs + number;
    }

    int rows() {
      return ball() + 4 * inputs + (isL1 ? 2 : 0) + (isL2 ? PLANES : 0);
    }
  }

  private PositionProgram(
      Ball ball,
      Composed composed,
      double[] scale,
      Columns at,
      Model model,
      LinearSession session) {
    this.ball = ball;
    this.composed = composed;
    this.scale = scale;
    this.session = session;
    this.at = at;
    this.columnLower = new double[at.columns()];
    this.columnUpper = new double[at.columns()];
    for (Variable v : model.variables()) {
      columnLower[v.index()] = v.lower();
      columnUpper[v.index()] = v.upper();
    }
    this.rowLower = new double[at.rows()];
    this.rowUpper = new double[at.rows()];
    for (int r = 0; r < rowLower.length; r++) {
      var row = (dev.crease.model.LinearConstraint) model.constraints().get(r);
      rowLower[r] = row.lower();
      rowUpper[r] = row.upper();
    }
    this.coefficients = new double[10][ball.inPlay()];
    for (double[] known : coefficients) {
      Arrays.fill(known, Double.NaN);
    }
  }

  /** A program; empty where the backend has no linear sessions. */
  static Optional<PositionProgram> open(
      Ball ball, Composed composed, MipSolver solver, SolveOptions options) {
    double[] scale = new double[ball.inPlay()];
    for (int p = 0; p < scale.length; p++) {
      int k = ball.layer(p);
      int i = ball.index(p);
      scale[p] = Math.max(-ball.lower(0, k, i), ball.upper(0, k, i));
      scale[p] = scale[p] > 0 ? scale[p] : 1;
    }
    Columns at =
        new Columns(
            ball.net().inputs(),
            ball.inPlay(),
            ball.norm() == Norm.L1,
            composed.equations(),
            ball.norm() == Norm.L2);
    Model model = model(ball, composed, scale, at);
    return solver
        .linearSession(model, options)
        .map(session -> new PositionProgram(ball, composed, scale, at, model, session));
  }

  private static Model model(Ball ball, Composed composed, double[] scale, Columns at) {
    Model.Builder model = Model.builder("positions");
    List<Variable> v = new ArrayList<>();
    int m = at.inputs();
    int count = at.count();
    for (int copy = 0; copy < 2; copy++) {
      for (int j = 0; j < m; j++) {
        boolean fixed = copy == 1 && (ball.isPinned() || !ball.isFree(j));
        double reach = ball.isFree(j) ? MOST_RADIUS : ball.reach(j) / ball.radius();
        v.add(model.continuous("x" + copy + "_" + j, fixed ? 0 : -reach, fixed ? 0 : reach));
      }
    }
    v.add(model.continuous("t", 0, 2 * MOST_RADIUS));
    v.add(model.continuous("rho", 0, MOST_RADIUS));
    for (int i = 0; i < 4 * count; i++) {
      v.add(model.continuous((i < 2 * count ? "z" : "y") + i, -1, 1));
    }
    for (int i = 0; i < 2 * m && at.isL1(); i++) {
      v.add(model.continuous("away" + i, 0, MOST_RADIUS));
    }
    for (int copy = 0; copy < 2; copy++) {
      for (int p = 0; p < count; p++) {
        LinearExpression.Builder row = LinearExpression.builder();
        row.add(1, v.get(at.z(copy, p)));
        double constant = composed.constant(p);
        for (int j = 0; j < m; j++) {
          double w = composed.onInput(p, j);
          constant += w * ball.center(j);
          if (w != 0) {
            row.add(-w * ball.radius() / scale[p], v.get(at.x(ball.isFree(j) ? copy : 0, j)));
          }
        }
        for (int q = 0; q < p; q++) {
          double w = composed.onValue(p, q);
          if (w != 0) {
            row.add(-w * scale[q] / scale[p], v.get(at.y(copy, q)));
          }
        }
        model.equal("layer" + copy + "_" + p, row.build(), constant / scale[p]);
      }
    }
    for (int copy = 0; copy < 2; copy++) {
      for (int p = 0; p < count; p++) {
        LinearExpression.Builder row = LinearExpression.builder();
        row.add(1, v.get(at.y(copy, p))).add(-1, v.get(at.z(copy, p)));
        model.atLeast("above" + copy + "_" + p, row.build(), 0);
      }
    }
    for (int copy = 0; copy < 2; copy++) {
      for (int p = 0; p < count; p++) {
        LinearExpression.Builder row = LinearExpression.builder();
        row.add(1, v.get(at.y(copy, p))).add(-0.5, v.get(at.z(copy, p)));
        model.atMost("chord" + copy + "_" + p, row.build(), 1);
      }
    }
    for (String kind : List.of("least", "most", "low", "up")) {
      for (int p = 0; p < count; p++) {
        LinearExpression.Builder row = LinearExpression.builder();
        boolean value = kind.equals("low") || kind.equals("up");
        if (value) {
          row.add(1, v.get(at.y(0, p))).add(-1, v.get(at.y(1, p)));
        }
        row.add(value ? -0.5 : 1, v.get(at.z(0, p))).add(value ? 0.5 : -1, v.get(at.z(1, p)));
        row.add(0.5, v.get(at.t()));
        if (kind.equals("least") || kind.equals("low")) {
          model.atLeast(kind + p, row.build(), 0);
        } else {
          model.atMost(kind + p, row.build(), 0);
        }
      }
    }
    for (int side = 0; side < 2; side++) {
      for (int j = 0; j < m; j++) {
        LinearExpression.Builder row = LinearExpression.builder();
        if (ball.isFree(j)) {
          row.add(1, v.get(at.x(0, j))).add(-1, v.get(at.x(1, j)));
          row.add(0.5, v.get(at.t()));
        }
        if (side == 0) {
          model.atLeast("inputLeast" + j, row.build(), 0);
        } else {
          model.atMost("inputMost" + j, row.build(), 0);
        }
      }
    }
    for (int r = 0; r < composed.equations(); r++) {
      LinearExpression.Builder row = LinearExpression.builder();
      for (int copy = 0; copy < 2; copy++) {
        int sign = copy == 0 ? 1 : -1;
        for (int j = 0; j < m; j++) {
          if (ball.isFree(j)) {
            row.add(sign * composed.mixedOnInput(r, j), v.get(at.x(copy, j)));
          }
        }
        for (int p = 0; p < count; p++) {
          double w = composed.mixedOnValue(r, p) * scale[p] / ball.radius();
          if (w != 0) {
            row.add(sign * w, v.get(at.y(copy, p)));
          }
        }
      }
      model.equal("output" + r, row.build(), 0);
    }
    addBall(model, ball, at, v);
    return model.build();
  }

  private static void addBall(Model.Builder model, Ball ball, Columns at, List<Variable> v) {
    for (int copy = 0; copy < 2; copy++) {
      for (int j = 0; j < at.inputs(); j++) {
        for (int sign = -1; sign <= 1; sign += 2) {
          LinearExpression.Builder row = LinearExpression.builder();
          if (ball.isFree(j) && !(copy == 1 && ball.isPinned())) {
            row.add(sign, v.get(at.x(copy, j)));
            row.add(-1, v.get(at.isL1() ? at.away(copy, j) : at.rho()));
          }
          model.atMost("ball" + copy + "_" + j + "_" + sign, row.build(), 0);
        }
      }
    }
    for (int copy = 0; copy < 2 && at.isL1(); copy++) {
      LinearExpression.Builder row = LinearExpression.builder();
      for (int j = 0; j < at.inputs(); j++) {
        row.add(1, v.get(at.away(copy, j)));
      }
      row.add(-1, v.get(at.rho()));
      model.atMost("ball" + copy, row.build(), 0);
    }
    for (int i = 0; i < PLANES && at.isL2(); i++) {
      model.atMost("plane" + i, LinearExpression.builder().build(), 0);
    }
  }

  /** Goes to a node. */
  void move(State state, Hulls hulls) {
    for (int p = 0; p < at.count(); p++) {
      double unit = ball.radius() / scale[p];
      for (int copy = 0; copy < 2; copy++) {
        double l = state.zLower[copy][p] / scale[p];
        double u = state.zUpper[copy][p] / scale[p];
        columnLower[at.z(copy, p)] = Math.min(l, u);
        columnUpper[at.z(copy, p)] = Math.max(l, u);
        boolean active = state.isActive(copy, p);
        columnLower[at.y(copy, p)] = 0;
        columnUpper[at.y(copy, p)] = state.isInactive(copy, p) ? 0 : Math.max(0, u);
        rowUpper[at.above(copy, p)] = active ? 0 : Double.POSITIVE_INFINITY;
        double slope = state.isDecided(copy, p) ? 0 : u / (u - l);
        rowUpper[at.chord(copy, p)] =
            state.isDecided(copy, p) ? Double.POSITIVE_INFINITY : -slope * l;
        coefficient(0, copy, p, at.chord(copy, p), at.z(copy, p), -slope);
      }
      coefficient(2, 0, p, at.least(p), at.t(), -state.dLower[p] * unit);
      coefficient(3, 0, p, at.most(p), at.t(), -state.dUpper[p] * unit);
      coefficient(4, 0, p, at.low(p), at.z(0, p), -hulls.low[p]);
      coefficient(5, 0, p, at.low(p), at.z(1, p), hulls.low[p]);
      coefficient(6, 0, p, at.low(p), at.t(), -hulls.lowConstant[p] * unit);
      coefficient(7, 0, p, at.up(p), at.z(0, p), -hulls.up[p]);
      coefficient(8, 0, p, at.up(p), at.z(1, p), hulls.up[p]);
      coefficient(9, 0, p, at.up(p), at.t(), -hulls.upConstant[p] * unit);
    }
    for (int j = 0; j < at.inputs(); j++) {
      if (ball.isFree(j)) {
        session.setCoefficient(at.inputLeast(j), at.t(), -state.qLower[j]);
        session.setCoefficient(at.inputMost(j), at.t(), -state.qUpper[j]);
      }
    }
    session.setSides(rowLower.clone(), rowUpper.clone());
    columnUpper[at.rho()] = MOST_RADIUS;
    session.setBounds(columnLower.clone(), columnUpper.clone());
  }

  private void coefficient(int kind, int copy, int p, int row, int column, double value) {
    if (coefficients[kind + copy][p] != value) {
      coefficients[kind + copy][p] = value;
      session.setCoefficient(row, column, value);
    }
  }

  /** Forces a neuron of the node to a side, or back. */
  void force(State state, int copy, int p, boolean active) {
    int z = at.z(copy, p);
    double l = state.zLower[copy][p] / scale[p];
    double u = state.zUpper[copy][p] / scale[p];
    columnLower[z] = active ? 0 : l;
    columnUpper[z] = active ? u : 0;
    columnUpper[at.y(copy, p)] = active ? u : 0;
    rowUpper[at.above(copy, p)] = active ? 0 : Double.POSITIVE_INFINITY;
    session.setSides(rowLower.clone(), rowUpper.clone());
    session.setBounds(columnLower.clone(), columnUpper.clone());
  }

  /** Takes back what was forced. */
  void release(State state, int copy, int p) {
    int z = at.z(copy, p);
    columnLower[z] = state.zLower[copy][p] / scale[p];
    columnUpper[z] = state.zUpper[copy][p] / scale[p];
    columnUpper[at.y(copy, p)] = Math.max(0, columnUpper[z]);
    rowUpper[at.above(copy, p)] = Double.POSITIVE_INFINITY;
    session.setSides(rowLower.clone(), rowUpper.clone());
    session.setBounds(columnLower.clone(), columnUpper.clone());
  }

  /** Allows radii up to a part of the ball's. */
  void within(double part) {
    columnUpper[at.rho()] = part;
    session.setBounds(columnLower.clone(), columnUpper.clone());
  }

  /**
   * What the program says.
   *
   * @param isInfeasible whether nothing is left
   * @param proof what proves the least radius, or that nothing is left; the solver's word until it
   *     is checked
   * @param pass what the proof passes on, by copy and neuron in play
   * @param x where the first point ended
   * @param xPrime where the second point ended
   * @param z by copy and neuron in play, where the pre-activations ended
   * @param y by copy and neuron in play, where the values ended
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Answer(
      boolean isInfeasible,
      PositionProof proof,
      double[][] pass,
      double[] x,
      double[] xPrime,
      double[][] z,
      double[][] y) {}

  /** The least radius at the node. */
  Optional<Answer> solve() {
    double[] cost = new double[at.columns()];
    cost[at.rho()] = 1;
    return solve(cost);
  }

  /** The program with any cost, for points. */
  Optional<Answer> solve(double[] cost) {
    for (int round = 0; ; round++) {
      LinearSession.Outcome outcome = session.solve(cost);
      if (outcome instanceof LinearSession.Optimum optimum) {
        if (at.isL2() && round < MOST_CUTS && cut(optimum.values())) {
          continue;
        }
        return Optional.of(answer(optimum.values(), optimum.multipliers(), false));
      }
      if (outcome instanceof LinearSession.Infeasible infeasible) {
        return Optional.of(answer(new double[at.columns()], infeasible.multipliers(), true));
      }
      return Optional.empty();
    }
  }

  /** A random cost on pre-activations, from a seed. */
  double[] cost(java.util.Random random) {
    double[] cost = new double[at.columns()];
    for (int i = 0; i < 2 * at.count(); i++) {
      cost[at.z(0, 0) + i] = random.nextGaussian();
    }
    cost[at.t()] = -Math.abs(random.nextGaussian());
    return cost;
  }

  private boolean cut(double[] values) {
    boolean found = false;
    for (int copy = 0; copy < (ball.isPinned() ? 1 : 2); copy++) {
      double sum = 0;
      for (int j = 0; j < at.inputs(); j++) {
        double x = ball.isFree(j) ? values[at.x(copy, j)] : 0;
        sum += x * x;
      }
      double length = Math.sqrt(sum);
      if (length > values[at.rho()] + OUTSIDE * Math.max(1e-3, length)) {
        int row = at.plane(planes++ % PLANES);
        for (int c = 0; c < 2; c++) {
          for (int j = 0; j < at.inputs(); j++) {
            if (ball.isFree(j)) {
              double u = c == copy ? values[at.x(copy, j)] / length : 0;
              session.setCoefficient(row, at.x(c, j), u);
            }
          }
        }
        session.setCoefficient(row, at.rho(), -1);
        found = true;
      }
    }
    return found;
  }

  private Answer answer(double[] values, double[] y, boolean isInfeasible) {
    int count = at.count();
    int m = at.inputs();
    double[] outputs = new double[composed.equations()];
    for (int r = 0; r < outputs.length; r++) {
      outputs[r] = y[at.output(r)] / ball.radius();
    }
    double[] mu = composed.unmixed(outputs);
    double[] low = new double[count];
    double[] up = new double[count];
    double[] difference = new double[count];
    double[][] above = new double[2][count];
    double[][] pass = new double[2][count];
    double[][] z = new double[2][count];
    double[][] value = new double[2][count];
    for (int p = 0; p < count; p++) {
      double by = 1 / scale[p];
      low[p] = Math.max(0, y[at.low(p)]) * by;
      up[p] = Math.max(0, -y[at.up(p)]) * by;
      difference[p] = (y[at.least(p)] + y[at.most(p)]) * by;
      for (int copy = 0; copy < 2; copy++) {
        above[copy][p] = Math.max(0, y[at.above(copy, p)]) * by;
        pass[copy][p] = y[at.layer(copy, p)] * by;
        z[copy][p] = values[at.z(copy, p)] * scale[p];
        value[copy][p] = values[at.y(copy, p)] * scale[p];
      }
    }
    double[] input = new double[m];
    double[] x = new double[m];
    double[] xPrime = new double[m];
    for (int j = 0; j < m; j++) {
      input[j] = (y[at.inputLeast(j)] + y[at.inputMost(j)]) / ball.radius();
      x[j] = ball.center(j) + values[at.x(0, j)] * ball.radius();
      if (!ball.isFree(j)) {
        x[j] = Math.max(ball.sharedLower(j), Math.min(ball.sharedUpper(j), x[j]));
      }
      xPrime[j] = ball.isFree(j) ? ball.center(j) + values[at.x(1, j)] * ball.radius() : x[j];
    }
    PositionProof proof =
        new PositionProof(
            Trim.LONG.of(mu),
            Trim.LONG.of(low),
            Trim.LONG.of(up),
            Trim.LONG.of(difference),
            new double[][] {Trim.LONG.of(above[0]), Trim.LONG.of(above[1])},
            new double[2][count],
            Trim.LONG.of(input),
            new Reads());
    return new Answer(isInfeasible, proof, pass, x, xPrime, z, value);
  }

  @Override
  public void close() {
    session.close();
  }
}
