package dev.crease.mip;

import dev.crease.SolverFailure;
import dev.crease.certify.Proved;
import dev.crease.certify.Workers;
import dev.crease.solver.SolveStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Parts of a question, solved side by side: what is proved of all is the least of what is of each.
 */
final class Parts {

  /** One part. */
  @FunctionalInterface
  interface Part {
    /**
     * Solves it.
     *
     * @param threads for its solver
     * @param proved is told up to where the part has no collision
     */
    void solve(int threads, Consumer<Proved> proved);
  }

  private final Run run;

  // Guarded by itself.
  private final List<Proved> proved;

  private Parts(Run run, int parts) {
    this.run = run;
    this.proved = new ArrayList<>(Collections.nCopies(parts, run.bracket().proved()));
  }

  /**
   * Solves all parts. One whose solver fails proves nothing more, and the others go on.
   *
   * @param run what is proved of it already is proved of every part; it certifies what is proved of
   *     all
   * @return what is proved of each
   */
  static List<Proved> solve(List<Part> parts, Run run) {
    Parts all = new Parts(run, parts.size());
    int threads = run.options().threads();
    int atOnce = Math.max(1, Math.min(threads, parts.size()));
    List<Runnable> tasks = new ArrayList<>();
    for (int p = 0; p < parts.size(); p++) {
      int part = p;
      tasks.add(() -> all.solve(parts.get(part), part, Math.max(1, threads / atOnce)));
    }
    Workers.run(atOnce, tasks);
    return all.proved;
  }

  private void solve(Part part, int index, int threads) {
    try {
      part.solve(threads, bound -> take(index, bound));
    } catch (SolverFailure e) {
      run.stopFor(SolveStatus.ERROR, e.getMessage());
    }
  }

  private void take(int index, Proved bound) {
    Proved ofAll;
    synchronized (proved) {
      if (bound.radius() > proved.get(index).radius()) {
        proved.set(index, bound);
      }
      ofAll = ofAll();
    }
    run.bracket().claim(ofAll);
  }

  /** What the proofs of all parts prove together. */
  private Proved ofAll() {
    Optional<Proved> near =
        proved.stream().filter(p -> p.pairs() == Proved.Pairs.NEAR).reduce(Proved::and);
    Proved others =
        proved.stream()
            .filter(p -> p.pairs() != Proved.Pairs.NEAR)
            .reduce(Proved::and)
            .orElseGet(() -> run.bracket().proved().upTo(0));
    return near.map(n -> Proved.joined(others, n)).orElse(others);
  }
}
