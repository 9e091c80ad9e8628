package dev.crease.tree.walk;

import dev.crease.SolverFailure;
import dev.crease.bounds.Interval;
import dev.crease.bounds.Norm;
import dev.crease.encoding.NormBall;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Variable;
import dev.crease.question.Query;
import dev.crease.solver.LinearSession;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveOptions;
import dev.crease.tree.net.Net;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The linear program over the points of one facet: inputs from the centre by a radius, the radius
 * rho, and the room that the neurons of the two regions leave. Solvers' answers are used as they
 * come: what is made of them is replayed.
 */
final class FacetProgram implements AutoCloseable {

  /** A neuron this near to its kink, by the radius, is on it. */
  private static final double TIGHT = 1e-9;

  /** A point this much outside a ball of norm 2 gets a plane. */
  private static final double OUTSIDE = 1e-9;

  private static final int PLANES = 24;

  private final Query query;
  private final Facet facet;
  private final LinearSession session;
  private final double[] lower;
  private final double[] upper;
  private final int[] free;
  private final double[] start;
  private final double radius;
  private final int rho;
  private final int firstPlane;
  private final List<Integer> neurons;
  private final List<double[]> rows;
  private int planes;

  private FacetProgram(
      Query query,
      Facet facet,
      LinearSession session,
      Model model,
      int[] free,
      double[] start,
      double radius,
      int firstPlane,
      List<Integer> neurons,
      List<double[]> rows) {
    this.query = query;
    this.facet = facet;
    this.session = session;
    this.free = free;
    this.start = start;
    this.radius = radius;
    this.rho = start.length;
    this.firstPlane = firstPlane;
    this.neurons = neurons;
    this.rows = rows;
    this.lower = model.variables().stream().mapToDouble(Variable::lower).toArray();
    this.upper = model.variables().stream().mapToDouble(Variable::upper).toArray();
  }

  /**
   * Opens the program.
   *
   * @param map of the region where the facet's neuron is inactive
   * @param radius no point further away matters
   * @throws SolverFailure if the backend gives no linear sessions
   */
  static FacetProgram open(
      Query query,
      Net net,
      Facet facet,
      LocalMap map,
      double radius,
      MipSolver solver,
      SolveOptions options) {
    int m = query.f().inputs();
    int[] free = query.freeInputs().stream().mapToInt(j -> j).toArray();
    double[] start = new double[m];
    double[] reach = new double[m];
    Arrays.fill(reach, 1);
    query
        .shared()
        .forEach(
            (j, interval) -> {
              start[j] = interval.lower() / 2 + interval.upper() / 2;
              reach[j] = (interval.upper() / 2 - interval.lower() / 2) / radius;
            });
    double[] c = query.center();
    double[] least = Arrays.stream(reach).map(r -> -r).toArray();
    double[] most = reach.clone();
    for (int i = 0; i < free.length; i++) {
      start[free[i]] = c[i];
      Optional<Interval> side = query.side(i);
      if (side.isPresent()) {
        least[free[i]] = Math.max(-1, (side.get().lower() - c[i]) / radius);
        most[free[i]] = Math.min(1, (side.get().upper() - c[i]) / radius);
      }
    }
    Model.Builder model = Model.builder("facet");
    List<Variable> u = new ArrayList<>();
    for (int j = 0; j < m; j++) {
      u.add(model.continuous("u" + j, least[j], most[j]));
    }
    Variable rho = model.continuous("rho", 0, 1);
    Variable room = model.continuous("room", 0, 1);
    List<Integer> neurons = new ArrayList<>();
    List<double[]> rows = new ArrayList<>();
    for (int neuron = 0; neuron < map.neurons(); neuron++) {
      double[] row = scaled(map.row(neuron), start, reach, radius);
      boolean isFacet = neuron == facet.neuron();
      int sign = facet.off().isActive(neuron) ? 1 : -1;
      // Within the ball it is on its side anyway.
      boolean isNeeded = row.length > 0 && net.isRelu(neuron) && sign * row[m] <= 1;
      if (!isFacet && (!isNeeded || facet.differing().contains(neuron))) {
        continue;
      }
      LinearExpression.Builder side = LinearExpression.builder();
      for (int j = 0; j < m && row.length > 0; j++) {
        side.add(sign * row[j], u.get(j));
      }
      if (isFacet) {
        model.equal("facet", side.build(), row.length > 0 ? -sign * row[m] : 1);
      } else {
        side.add(-1, room);
        model.atLeast("side" + neuron, side.build(), -sign * row[m]);
        neurons.add(neuron);
        rows.add(row);
      }
    }
    List<LinearExpression> offsets = new ArrayList<>();
    for (int j : free) {
      offsets.add(LinearExpression.of(u.get(j)));
    }
    Norm norm = query.norm() == Norm.L2 ? Norm.LINF : query.norm();
    NormBall.add(model, "ball", norm, offsets, LinearExpression.of(rho));
    for (int i = 0; i < PLANES && query.norm() == Norm.L2; i++) {
      model.atMost("plane" + i, LinearExpression.builder().build(), 0);
    }
    Model built = model.build();
    int firstPlane = built.constraints().size() - (query.norm() == Norm.L2 ? PLANES : 0);
    LinearSession session =
        solver
            .linearSession(built, options)
            .orElseThrow(
                () -> new SolverFailure("solver " + solver.id() + " gives no linear sessions"));
    return new FacetProgram(
        query, facet, session, built, free, start, radius, firstPlane, neurons, rows);
  }

  /** By inputs from the centre in units of the radius, of unit size; empty where it is constant. */
  private static double[] scaled(double[] row, double[] start, double[] reach, double radius) {
    int m = start.length;
    double[] scaled = new double[m + 1];
    double size = 0;
    scaled[m] = row[m];
    for (int j = 0; j < m; j++) {
      scaled[m] += row[j] * start[j];
      scaled[j] = row[j] * radius;
      size += Math.abs(scaled[j]) * Math.max(1, reach[j]);
    }
    if (!(size > 0) || !Double.isFinite(size)) {
      return new double[0];
    }
    for (int j = 0; j <= m; j++) {
      scaled[j] /= size;
    }
    return scaled;
  }

  /** The nearest point, if there is one within the radius. */
  Optional<FacetPoint> nearest() {
    upper[rho + 1] = 0;
    session.setBounds(lower, upper);
    double[] cost = new double[lower.length];
    cost[rho] = 1;
    return solve(cost)
        .map(
            values -> {
              double[] u = Arrays.copyOf(values, start.length);
              double[] distances = Arrays.stream(free).mapToDouble(j -> u[j]).toArray();
              return new FacetPoint(facet, radius * query.norm().of(distances), point(u), tight(u));
            });
  }

  /**
   * A point with room around it.
   *
   * @param x the point
   * @param size the neurons of the regions keep their sides so far around
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Room(double[] x, double size) {}

  /** The point with the most room within a distance. */
  Optional<Room> room(double within) {
    upper[rho] = within / radius;
    upper[rho + 1] = 1;
    session.setBounds(lower, upper);
    double[] cost = new double[lower.length];
    cost[rho + 1] = -1;
    return solve(cost).map(values -> new Room(point(values), radius * values[rho + 1]));
  }

  private Optional<double[]> solve(double[] cost) {
    while (session.solve(cost) instanceof LinearSession.Optimum optimum) {
      if (query.norm() != Norm.L2 || planes == PLANES || !cut(optimum.values())) {
        return Optional.of(optimum.values());
      }
    }
    return Optional.empty();
  }

  private boolean cut(double[] values) {
    double length = 0;
    for (int j : free) {
      length += values[j] * values[j];
    }
    length = Math.sqrt(length);
    if (length <= values[rho] * (1 + OUTSIDE)) {
      return false;
    }
    for (int j : free) {
      session.setCoefficient(firstPlane + planes, j, values[j] / length);
    }
    session.setCoefficient(firstPlane + planes, rho, -1);
    planes++;
    return true;
  }

  private double[] point(double[] u) {
    double[] x = start.clone();
    for (int j = 0; j < x.length; j++) {
      x[j] += radius * u[j];
    }
    return x;
  }

  private List<Integer> tight(double[] u) {
    List<Integer> tight = new ArrayList<>();
    for (int q = 0; q < rows.size(); q++) {
      double z = rows.get(q)[u.length];
      for (int j = 0; j < u.length; j++) {
        z += rows.get(q)[j] * u[j];
      }
      if (Math.abs(z) <= TIGHT) {
        tight.add(neurons.get(q));
      }
    }
    return tight;
  }

  @Override
  public void close() {
    session.close();
  }
}
