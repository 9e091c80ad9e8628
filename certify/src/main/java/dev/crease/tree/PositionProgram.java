package dev.crease.tree;

import dev.crease.SolverFailure;
import dev.crease.model.Model;
import dev.crease.model.Variable;
import dev.crease.solver.LinearSession;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The {@link PositionModel} of a ball in a session, moved from node to node. The ball of the norm 2
 * is a polyhedron around it that gets planes where answers leave the ball and that matters.
 */
final class PositionProgram implements AutoCloseable {

  /** An answer this much outside the ball gets a plane. */
  private static final double OUTSIDE = 1e-7;

  /** The kinds of coefficients of {@code z} in the lines. */
  private static final int LOW = 4;

  private static final int UP = 7;

  private static final int MOST_CUTS = 30;

  /** A unit of positions is at least this part of the largest. */
  private static final double LEAST_SCALE = 1e-10;

  private static final int MOST_CUTS_AT_LEAF = 200;

  /** So near to the side of the domain, by the radius, a point may be on it. */
  private static final double NEAR = 1e-7;

  /** An answer so much nearer than what is asked decides nothing, however it lies to the ball. */
  private static final double CLOSE = 0.9;

  private final Ball ball;
  private final Composed composed;
  private final LinearSession session;
  private final PositionLayout at;
  private final double[] scale;
  private final double[] columnLower;
  private final double[] columnUpper;
  private final double[] rowLower;
  private final double[] rowUpper;
  private final double[][] coefficients;
  private Optional<Face> face = Optional.empty();
  private final List<Plane> planes = new ArrayList<>();

  private PositionProgram(
      Ball ball,
      Composed composed,
      double[] scale,
      PositionLayout at,
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

  /**
   * A program.
   *
   * @throws SolverFailure if the backend gives no linear sessions
   */
  static PositionProgram open(
      Ball ball, Composed composed, MipSolver solver, SolveOptions options) {
    double[] scale = new double[ball.inPlay()];
    for (int p = 0; p < scale.length; p++) {
      int k = ball.layer(p);
      int i = ball.index(p);
      scale[p] = Math.max(-ball.lower(0, k, i), ball.upper(0, k, i));
      scale[p] = scale[p] > 0 ? scale[p] : 1;
    }
    // Of a copy that stays on its kink there is nothing but rounding.
    double least = Math.max(LEAST_SCALE * Trim.largest(scale), Double.MIN_NORMAL / LEAST_SCALE);
    Arrays.setAll(scale, p -> Math.max(least, scale[p]));
    PositionLayout at =
        new PositionLayout(
            ball.norm(),
            ball.net().inputs(),
            ball.inPlay(),
            ball.isSloped() ? 2 * composed.equations() : composed.equations());
    Model model = PositionModel.of(ball, composed, scale, at);
    return solver
        .linearSession(model, options)
        .map(session -> new PositionProgram(ball, composed, scale, at, model, session))
        .orElseThrow(
            () -> new SolverFailure("solver " + solver.id() + " gives no linear sessions"));
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
      coefficient(LOW, 0, p, at.low(p), at.z(0, p), -hulls.low[p]);
      coefficient(5, 0, p, at.low(p), at.z(1, p), hulls.low[p]);
      coefficient(6, 0, p, at.low(p), at.t(), -hulls.lowConstant[p] * unit);
      coefficient(UP, 0, p, at.up(p), at.z(0, p), -hulls.up[p]);
      coefficient(8, 0, p, at.up(p), at.z(1, p), hulls.up[p]);
      coefficient(9, 0, p, at.up(p), at.t(), -hulls.upConstant[p] * unit);
    }
    if (!face.equals(Optional.of(state.face))) {
      face = Optional.of(state.face);
      for (int j = 0; j < at.inputs(); j++) {
        if (ball.isFree(j)) {
          session.setCoefficient(at.inputLeast(j), at.t(), -state.qLower[j]);
          session.setCoefficient(at.inputMost(j), at.t(), -state.qUpper[j]);
        }
      }
    }
    session.setSides(rowLower, rowUpper);
    columnUpper[at.rho()] = PositionModel.MOST_RADIUS;
    session.setBounds(columnLower, columnUpper);
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
    session.setSides(rowLower, rowUpper);
    session.setBounds(columnLower, columnUpper);
  }

  /** Takes back what was forced. */
  void release(State state, int copy, int p) {
    int z = at.z(copy, p);
    columnLower[z] = state.zLower[copy][p] / scale[p];
    columnUpper[z] = state.zUpper[copy][p] / scale[p];
    columnUpper[at.y(copy, p)] = Math.max(0, columnUpper[z]);
    rowUpper[at.above(copy, p)] = Double.POSITIVE_INFINITY;
    session.setSides(rowLower, rowUpper);
    session.setBounds(columnLower, columnUpper);
  }

  /** Allows radii up to a part of the ball's. */
  void within(double part) {
    columnUpper[at.rho()] = part;
    session.setBounds(columnLower, columnUpper);
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

  /**
   * The least radius at the node.
   *
   * @param asked the radius that is to be reached: whether one is beyond it matters to the last
   *     digit, how far it falls short does not; infinite where the point itself is wanted
   */
  Optional<Answer> nearest(double asked) {
    double[] cost = new double[at.columns()];
    cost[at.rho()] = 1;
    double enough = asked / ball.radius();
    for (int round = 0; ; round++) {
      LinearSession.Outcome outcome = session.solve(cost);
      if (outcome instanceof LinearSession.Optimum optimum) {
        double rho = optimum.values()[at.rho()];
        boolean matters =
            enough == Double.POSITIVE_INFINITY || (rho < enough && rho > CLOSE * enough);
        if (at.isL2()
            && matters
            && round < (enough == Double.POSITIVE_INFINITY ? MOST_CUTS_AT_LEAF : MOST_CUTS)
            && cut(optimum.values())) {
          continue;
        }
      }
      return answer(outcome);
    }
  }

  /** The point of the node, near the ball, whose two points are furthest apart. */
  Optional<Answer> apart() {
    double[] cost = new double[at.columns()];
    cost[at.t()] = -1;
    return answer(session.solve(cost));
  }

  /** Some point of the node, near the ball. */
  Optional<Answer> somewhere(Random random) {
    return answer(session.solve(cost(random)));
  }

  private Optional<Answer> answer(LinearSession.Outcome outcome) {
    if (outcome instanceof LinearSession.Optimum optimum) {
      return Optional.of(answer(optimum.values(), optimum.multipliers(), false));
    }
    return outcome instanceof LinearSession.Infeasible infeasible
        ? Optional.of(answer(new double[at.columns()], infeasible.multipliers(), true))
        : Optional.empty();
  }

  /** A random cost on pre-activations, from a seed. */
  private double[] cost(Random random) {
    double[] cost = new double[at.columns()];
    for (int i = 0; i < 2 * at.count(); i++) {
      cost[at.z(0, 0) + i] = random.nextGaussian();
    }
    cost[at.t()] = -Math.abs(random.nextGaussian());
    return cost;
  }

  /** Adds the planes at where a point leaves the ball, for both points; false where none does. */
  private boolean cut(double[] values) {
    boolean found = false;
    int copies = ball.isPinned() ? 1 : 2;
    for (int copy = 0; copy < copies; copy++) {
      double[] u = new double[at.inputs()];
      double sum = 0;
      for (int j = 0; j < u.length; j++) {
        u[j] = ball.isFree(j) ? values[at.x(copy, j)] : 0;
        sum += u[j] * u[j];
      }
      double length = Math.sqrt(sum);
      if (length > values[at.rho()] + OUTSIDE * length) {
        for (int j = 0; j < u.length; j++) {
          u[j] /= length;
        }
        // Often both points are the same, at a fold.
        for (int of = 0; of < copies; of++) {
          put(of, u, values);
        }
        found = true;
      }
    }
    return found;
  }

  /** In place of the plane that is furthest away. */
  private void put(int copy, double[] normal, double[] values) {
    int place = planes.size();
    if (place < PositionLayout.PLANES) {
      planes.add(new Plane(copy, normal));
    } else {
      place =
          IntStream.range(0, place)
              .boxed()
              .max(Comparator.comparingDouble(i -> planes.get(i).away(at, values)))
              .orElseThrow();
      planes.set(place, new Plane(copy, normal));
    }
    int row = at.plane(place);
    for (int c = 0; c < 2; c++) {
      for (int j = 0; j < normal.length; j++) {
        if (ball.isFree(j)) {
          session.setCoefficient(row, at.x(c, j), c == copy ? normal[j] : 0);
        }
      }
    }
    session.setCoefficient(row, at.rho(), -1);
  }

  /** A tangent plane of a copy's ball. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Plane(int copy, double[] normal) {

    double away(PositionLayout at, double[] values) {
      double away = values[at.rho()];
      for (int j = 0; j < normal.length; j++) {
        away -= normal[j] * values[at.x(copy, j)];
      }
      return away;
    }
  }

  private Answer answer(double[] values, double[] y, boolean isInfeasible) {
    int count = at.count();
    int m = at.inputs();
    double[] outputs = new double[at.equations()];
    for (int r = 0; r < outputs.length; r++) {
      outputs[r] = y[at.output(r)] / ball.radius();
    }
    double[] mu = composed.unmixed(outputs);
    double[] low = new double[count];
    double[] up = new double[count];
    double[] pairs = DirectionProof.all(count);
    double[][] above = new double[2][count];
    double[][] pass = new double[2][count];
    double[][] z = new double[2][count];
    double[][] value = new double[2][count];
    for (int p = 0; p < count; p++) {
      double by = 1 / scale[p];
      low[p] = Trim.LONG.of(Math.max(0, y[at.low(p)]) * by);
      up[p] = Trim.LONG.of(Math.max(0, -y[at.up(p)]) * by);
      pairs[p] = pair(p, low[p], up[p], (y[at.least(p)] + y[at.most(p)]) * by);
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
            ball.slopes().fitting(Trim.LONG.of(mu)),
            low,
            up,
            pairs,
            new double[][] {Trim.LONG.of(above[0]), Trim.LONG.of(above[1])},
            new double[][] {DirectionProof.all(count), DirectionProof.all(count)},
            Trim.LONG.of(input),
            new double[][] {inBall(0, values, y, isInfeasible), inBall(1, values, y, isInfeasible)},
            new Reads());
    return new Answer(isInfeasible, proof, pass, x, xPrime, z, value);
  }

  /** What the domain leaves of a copy's coefficients to the ball: what the ball's rows take. */
  private double[] inBall(int copy, double[] values, double[] y, boolean isInfeasible) {
    double[] left = DirectionProof.all(at.inputs());
    for (int j = 0; j < left.length; j++) {
      int x = at.x(copy, j);
      boolean isNear =
          isInfeasible || values[x] - columnLower[x] < NEAR || columnUpper[x] - values[x] < NEAR;
      boolean isCut =
          columnLower[x] > -PositionModel.MOST_RADIUS || columnUpper[x] < PositionModel.MOST_RADIUS;
      if (ball.isFree(j) && isCut && isNear) {
        left[j] = Trim.LONG.of(onBall(copy, j, y) / ball.radius());
      }
    }
    return left;
  }

  /** The multipliers of a copy's ball on an input. */
  private double onBall(int copy, int j, double[] y) {
    double sum = y[at.ball(copy, j, 1)] - y[at.ball(copy, j, -1)];
    for (int i = 0; i < planes.size(); i++) {
      if (planes.get(i).copy() == copy) {
        sum += y[at.plane(i)] * planes.get(i).normal()[j];
      }
    }
    return sum;
  }

  /** What bounds leave of what the lines of the last node put on a difference. */
  private double pair(int p, double low, double up, double taken) {
    if (low == 0 && up == 0 && taken == 0) {
      return Double.NaN;
    }
    double atLow = -low * coefficients[LOW][p];
    double atUp = up * coefficients[UP][p];
    return Trim.LONG.of(atLow + atUp - taken, Math.abs(atLow) + Math.abs(atUp) + Math.abs(taken));
  }

  @Override
  public void close() {
    session.close();
  }
}
