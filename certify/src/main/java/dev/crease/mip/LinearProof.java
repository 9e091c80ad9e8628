package dev.crease.mip;

import dev.crease.bounds.NetworkBounds;
import dev.crease.certify.Proved;
import dev.crease.question.Query;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveOptions;
import dev.crease.tightening.DifferenceBounds;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleFunction;

/**
 * How far linear programs alone prove that {@code f} is one-to-one: for each input in which two
 * points may differ most, the outputs cannot be equal ({@link DifferenceBounds}). Then it is so for
 * every question about {@code f}: the identity, any network and the centre are determined by it. No
 * separation enters, and no tolerance of a solver.
 */
final class LinearProof {

  /** How often the radius is halved in between. */
  private static final int STEPS = 6;

  private final Query query;
  private final MipSolver solver;
  private final SolveOptions options;
  private final DoubleFunction<NetworkBounds> bounds;
  private final BooleanSupplier over;

  /**
   * A proof for a question.
   *
   * @param bounds of {@code f} over the ball of a radius
   */
  LinearProof(
      Query query,
      MipSolver solver,
      SolveOptions options,
      DoubleFunction<NetworkBounds> bounds,
      BooleanSupplier over) {
    this.query = query;
    this.solver = solver;
    this.options = options;
    this.bounds = bounds;
    this.over = over;
  }

  /** Whether each input may differ between two points. */
  static boolean[] varies(Query query) {
    boolean[] varies = new boolean[query.f().inputs()];
    for (int i = 0; i < varies.length; i++) {
      varies[i] = !query.shared().containsKey(i);
    }
    return varies;
  }

  /** What is proved, not above {@code cap}: the programs' multipliers were checked. */
  Proved upTo(double cap) {
    return Proved.outright(radius(cap));
  }

  private double radius(double cap) {
    if (holds(cap)) {
      return cap;
    }
    double proved = 0;
    double open = cap;
    for (int k = 0; k < STEPS && !over.getAsBoolean(); k++) {
      double middle = proved == 0 ? open / 4 : (proved + open) / 2;
      if (holds(middle)) {
        proved = middle;
      } else {
        open = middle;
      }
    }
    return proved;
  }

  private boolean holds(double radius) {
    NetworkBounds over = bounds.apply(radius);
    boolean[] varies = varies(query);
    for (int face = 0; face < varies.length; face++) {
      if (varies[face] && !differences(over, varies, face).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private DifferenceBounds differences(NetworkBounds network, boolean[] varies, int face) {
    return DifferenceBounds.of(network, varies, face)
        .tightened(network, varies, face, solver, options, over);
  }
}
