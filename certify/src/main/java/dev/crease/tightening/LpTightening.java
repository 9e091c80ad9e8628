package dev.crease.tightening;

import dev.crease.bounds.NetworkBounds;
import dev.crease.model.Model;
import dev.crease.solver.LinearSession;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/**
 * Bounds unstable neurons by linear programs over the {@link Relaxation}: one program for each
 * layer, solved with an objective for each side of each unstable neuron, each from the basis of the
 * one before; the neurons are shared out among threads. Rounds over all layers go on while they
 * pay. A bound is the {@link DualBound} of the solver's multipliers, so it holds in exact
 * arithmetic whatever the solver did.
 */
public final class LpTightening {

  private static final int MOST_ROUNDS = 12;

  /** A round that takes less than this part off the number or the width has not paid. */
  private static final double WORTHWHILE = 0.05;

  private final MipSolver solver;
  private final SolveOptions options;
  private final int threads;
  private final BooleanSupplier over;

  /**
   * A way to tighten.
   *
   * @param solver one with linear sessions
   * @param options tolerances, cancellation and the time limit of each program
   * @param threads how many programs are solved at once
   * @param over whether to stop, and keep the bounds that stand
   */
  public LpTightening(MipSolver solver, SolveOptions options, int threads, BooleanSupplier over) {
    this.solver = solver;
    this.options = options;
    this.threads = threads;
    this.over = over;
  }

  /** One side of one neuron. */
  private record Side(int layer, int index, Ends.End end) {

    /** What it means that {@code sign z} is not below a number. */
    NetworkBounds.Found found(double atLeast) {
      return new NetworkBounds.Found(layer, index, end.sign() > 0, end.sign() * atLeast);
    }
  }

  /**
   * The better of what stands and of what the programs give.
   *
   * @return empty when the backend has no linear sessions
   */
  public Optional<NetworkBounds> tighten(NetworkBounds start, Region region) {
    NetworkBounds bounds = start;
    for (int round = 0; round < MOST_ROUNDS && !over.getAsBoolean(); round++) {
      if (bounds.unstableCount() == 0 || bounds.isEmpty() || !isFinite(bounds)) {
        return Optional.of(bounds);
      }
      NetworkBounds next = bounds;
      for (int k = 0; k < bounds.network().layers().size(); k++) {
        Relaxation relaxation = Relaxation.of(next, region);
        Optional<List<NetworkBounds.Found>> found =
            solveAll(relaxation, sides(next, relaxation, k));
        if (found.isEmpty()) {
          return Optional.empty();
        }
        next = next.tightened(found.get());
        if (next.isEmpty()) {
          return Optional.of(next);
        }
      }
      boolean paid =
          next.unstableCount() <= (1 - WORTHWHILE) * bounds.unstableCount()
              || width(next) <= (1 - WORTHWHILE) * width(bounds);
      bounds = next;
      if (!paid) {
        break;
      }
    }
    return Optional.of(bounds);
  }

  private static boolean isFinite(NetworkBounds bounds) {
    return Double.isFinite(width(bounds));
  }

  private static double width(NetworkBounds bounds) {
    double sum = 0;
    for (int k = 0; k < bounds.network().layers().size(); k++) {
      for (int i = 0; i < bounds.network().layers().get(k).outputs(); i++) {
        double width = bounds.upper(k, i) - bounds.lower(k, i);
        // Of a stable neuron only whether it is finite matters.
        sum += bounds.isUnstable(k, i) || !Double.isFinite(width) ? width : 0;
      }
    }
    return sum;
  }

  private static List<Side> sides(NetworkBounds bounds, Relaxation relaxation, int k) {
    List<Side> sides = new ArrayList<>();
    for (int i = 0; i < bounds.network().layers().get(k).outputs(); i++) {
      if (bounds.isUnstable(k, i)) {
        int variable = relaxation.z(k, i).orElseThrow().index();
        double lower = bounds.lower(k, i);
        double upper = bounds.upper(k, i);
        sides.add(new Side(k, i, new Ends.End(variable, 1, lower, upper - lower)));
        sides.add(new Side(k, i, new Ends.End(variable, -1, -upper, upper - lower)));
      }
    }
    return sides;
  }

  private Optional<List<NetworkBounds.Found>> solveAll(Relaxation relaxation, List<Side> sides) {
    DualBound dual = new DualBound(relaxation.model());
    int parts = Math.max(1, Math.min(threads, sides.size() / 8));
    if (parts == 1) {
      return solve(relaxation.model(), dual, sides);
    }
    ExecutorService pool = Executors.newFixedThreadPool(parts);
    try {
      List<Callable<Optional<List<NetworkBounds.Found>>>> tasks = new ArrayList<>();
      for (int p = 0; p < parts; p++) {
        List<Side> part = sides.subList(p * sides.size() / parts, (p + 1) * sides.size() / parts);
        tasks.add(() -> solve(relaxation.model(), dual, part));
      }
      List<NetworkBounds.Found> all = new ArrayList<>();
      for (Future<Optional<List<NetworkBounds.Found>>> done : pool.invokeAll(tasks)) {
        Optional<List<NetworkBounds.Found>> found = done.get();
        if (found.isEmpty()) {
          return Optional.empty();
        }
        all.addAll(found.get());
      }
      return Optional.of(all);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(List.of());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private Optional<List<NetworkBounds.Found>> solve(Model model, DualBound dual, List<Side> sides) {
    Optional<LinearSession> opened = solver.linearSession(model, options);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    List<NetworkBounds.Found> found = new ArrayList<>();
    try (LinearSession session = opened.get()) {
      Ends.solve(
          session,
          dual,
          model.variables().size(),
          sides.stream().map(Side::end).toList(),
          over,
          (side, atLeast) -> found.add(sides.get(side).found(atLeast)));
    }
    return Optional.of(found);
  }
}
