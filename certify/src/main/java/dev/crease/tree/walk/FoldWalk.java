package dev.crease.tree.walk;

import dev.crease.SolverFailure;
import dev.crease.bounds.Interval;
import dev.crease.bounds.Norm;
import dev.crease.question.Query;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveOptions;
import dev.crease.tree.net.Net;
import dev.crease.witness.Witness;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Looks for a near fold of a network with as many outputs as free inputs: a facet between two
 * linear regions whose Jacobians have determinants of different signs, at which a piecewise affine
 * map is not one-to-one (Scholtes, Introduction to Piecewise Differentiable Equations, section
 * 2.3), be it that one of them is 0. Rays from the centre meet a first one; from it the walk goes
 * to neighbouring ones as long as these come nearer. What it finds is an exact collision, and so an
 * upper bound of the radius; what it does not find proves nothing.
 */
public final class FoldWalk {

  private static final int RAYS = 160;

  /** Points of a ray at which the sign is looked at, denser near the centre. */
  private static final int POINTS = 48;

  private static final int HALVINGS = 52;

  /** Facets that are looked at, in all. */
  private static final int MOST_FACETS = 600;

  /** What a step must gain, by the radius. */
  private static final double VISIBLE = 1e-9;

  /** By so much a pair may be further away than its fold: the least that does is best. */
  private static final double[] PARTS = {1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3};

  /** Of the room that there is at a fold. */
  private static final double STEP = 0.5;

  /** How wide rays spread around the nearest fold. */
  private static final double SPREAD = 0.5;

  private final Query query;
  private final Net net;
  private final Means means;
  private final Random random;
  private final int[] free;
  private final Set<Facet> seen = new HashSet<>();
  private Optional<Witness> best;
  private Optional<double[]> nearest = Optional.empty();
  private double radius;
  private int facets;

  private FoldWalk(Query query, Means means, Optional<Witness> known) {
    this.query = query;
    this.means = means;
    this.net = Net.of(query.f());
    this.random = new Random(means.seed());
    this.free = query.freeInputs().stream().mapToInt(j -> j).toArray();
    this.best = known;
    this.radius = Math.min(query.maxRadius(), known.map(Witness::radius).orElse(query.maxRadius()));
  }

  /**
   * With what it is looked.
   *
   * @param solver of linear programs
   * @param options of theirs
   * @param seed of the rays
   * @param over whether to stop with what there is
   */
  public record Means(MipSolver solver, SolveOptions options, long seed, BooleanSupplier over) {}

  /**
   * A collision at a near fold, or the known one where none is nearer.
   *
   * @param known the nearest collision so far
   * @throws SolverFailure if the backend gives no linear sessions
   */
  public static Optional<Witness> nearest(Query query, Means means, Optional<Witness> known) {
    FoldWalk walk = new FoldWalk(query, means, known);
    Net net = walk.net;
    if (!query.isPinned() && net.outputs() == walk.free.length) {
      for (int i = 0; i < RAYS && walk.goesOn(); i++) {
        walk.ray().ifPresent(walk::from);
      }
    }
    return walk.best;
  }

  private boolean goesOn() {
    return radius > 0 && facets < MOST_FACETS && !means.over().getAsBoolean();
  }

  /** The first fold on a way from the centre. */
  private Optional<Facet> ray() {
    double[] start = center();
    double[] way = way(start);
    double low = 0;
    int sign = 0;
    for (int i = 1; i <= POINTS; i++) {
      double part = Math.pow(i / (double) POINTS, 3);
      int here = sign(Pattern.at(net, on(start, way, part)));
      if (i == 1) {
        // The centre itself may be on a kink.
        sign = here;
      } else if (here != sign) {
        return between(start, way, low, part, sign);
      }
      low = part;
    }
    return Optional.empty();
  }

  private Optional<Facet> between(double[] start, double[] way, double from, double to, int sign) {
    double low = from;
    double high = to;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (sign(Pattern.at(net, on(start, way, middle))) == sign) {
        low = middle;
      } else {
        high = middle;
      }
    }
    Pattern before = Pattern.at(net, on(start, way, low));
    Pattern after = Pattern.at(net, on(start, way, high));
    return before.equals(after) ? Optional.empty() : Optional.of(Facet.between(before, after));
  }

  private static double[] on(double[] start, double[] way, double part) {
    double[] x = start.clone();
    for (int j = 0; j < x.length; j++) {
      x[j] += part * way[j];
    }
    return x;
  }

  /** The centre, with shared inputs anywhere in their intervals. */
  private double[] center() {
    double[] x = new double[net.inputs()];
    query
        .shared()
        .forEach(
            (j, interval) ->
                x[j] =
                    interval.lower() + random.nextDouble() * (interval.upper() - interval.lower()));
    double[] c = query.center();
    for (int i = 0; i < free.length; i++) {
      x[free[i]] = c[i];
    }
    return x;
  }

  /** A way as long as the radius: every other one towards the nearest fold, about. */
  private double[] way(double[] start) {
    double[] direction = new double[free.length];
    boolean isNear = nearest.isPresent() && random.nextBoolean();
    for (int i = 0; i < free.length; i++) {
      direction[i] =
          query.norm() == Norm.LINF ? 2 * random.nextDouble() - 1 : random.nextGaussian();
      if (isNear) {
        double towards = (nearest.get()[free[i]] - start[free[i]]) / radius;
        direction[i] = towards + SPREAD * direction[i];
      }
    }
    double length = query.norm().of(direction);
    double[] way = new double[net.inputs()];
    for (int i = 0; i < free.length && length > 0; i++) {
      double step = radius * direction[i] / length;
      Optional<Interval> side = query.side(i);
      double c = start[free[i]];
      // Within the domain, which is convex.
      way[free[i]] =
          side.map(s -> Math.max(s.lower() - c, Math.min(s.upper() - c, step))).orElse(step);
    }
    return way;
  }

  /** Walks to neighbours as long as they are nearer. */
  private void from(Facet start) {
    Optional<FacetPoint> at = point(start);
    while (at.isPresent() && goesOn()) {
      FacetPoint here = at.get();
      Optional<FacetPoint> next = Optional.empty();
      for (Facet neighbour : neighbours(here)) {
        Optional<FacetPoint> there = point(neighbour);
        if (there.isPresent()
            && there.get().radius() < next.orElse(here).radius() - VISIBLE * here.radius()) {
          next = there;
        }
      }
      if (next.isEmpty()) {
        collide(here);
      }
      at = next;
    }
  }

  private List<Facet> neighbours(FacetPoint at) {
    Facet facet = at.facet();
    List<Facet> all = new ArrayList<>();
    for (int q : at.tight()) {
      List<Integer> flip = List.of(q);
      Pattern off = facet.off();
      Pattern on = facet.on();
      all.add(Facet.between(off.flipped(flip), on.flipped(flip)));
      all.add(Facet.between(off, off.flipped(flip)));
      all.add(Facet.between(on, on.flipped(flip)));
    }
    return all;
  }

  /** The nearest point of a facet, if it is a fold, nearer than what is known, and new. */
  private Optional<FacetPoint> point(Facet facet) {
    if (!seen.add(facet) || !goesOn() || !isFold(facet)) {
      return Optional.empty();
    }
    facets++;
    try (FacetProgram program = program(facet)) {
      return program.nearest();
    }
  }

  private FacetProgram program(Facet facet) {
    return FacetProgram.open(
        query, net, facet, LocalMap.of(net, facet.off()), radius, means.solver(), means.options());
  }

  private boolean isFold(Facet facet) {
    return sign(facet.off()) != sign(facet.on());
  }

  /** The sign of the determinant on a region; 0 where rounding may have made it. */
  private int sign(Pattern pattern) {
    return LocalMap.of(net, pattern).sign(free);
  }

  /** Makes a collision near the point of a fold. */
  private void collide(FacetPoint at) {
    Optional<Sides> sides = Sides.of(net, at.facet(), free);
    if (sides.isEmpty()) {
      return;
    }
    try (FacetProgram program = program(at.facet())) {
      for (double part : PARTS) {
        Optional<FacetProgram.Room> room = program.room(at.radius() * (1 + part));
        Optional<Witness> found =
            room.flatMap(r -> pair(r, sides.get(), Math.min(STEP * r.size(), part * at.radius())));
        if (found.isPresent()) {
          if (found.get().radius() < best.map(Witness::radius).orElse(query.maxRadius())) {
            best = found;
            radius = Math.min(radius, found.get().radius());
            nearest = Optional.of(at.x());
          }
          return;
        }
      }
    }
  }

  private Optional<Witness> pair(FacetProgram.Room room, Sides sides, double step) {
    double size = Math.max(query.norm().of(sides.first()), query.norm().of(sides.second()));
    double by = step / size;
    if (!(by > 0) || !Double.isFinite(by)) {
      return Optional.empty();
    }
    double[] x = room.x().clone();
    double[] w = room.x().clone();
    for (int i = 0; i < free.length; i++) {
      x[free[i]] += by * sides.first()[i];
      w[free[i]] += by * sides.second()[i];
    }
    return Witness.exactly(query, x, w);
  }
}
