package dev.crease.mip;

import dev.crease.boxes.BoxPair;
import dev.crease.boxes.PairExclusion;
import dev.crease.boxes.SplittingCertifier;
import dev.crease.certify.CertifyOptions;
import dev.crease.encoding.NetworkEncoder;
import dev.crease.encoding.ReluEncoding;
import dev.crease.question.Query;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import dev.crease.witness.Witness;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Pairs of boxes of inputs, nearest to the centre first, as in {@link SplittingCertifier}. A pair
 * that the {@link PairExclusion} leave undecided goes to the solver as soon as few neurons are
 * unstable on it, and is halved when the solver gives it up. Threads take pairs from one queue and
 * share the nearest collision. For few inputs.
 */
final class BoxesStrategy extends DirectStrategy {

  /** More inputs than this make too many boxes. */
  static final int FEW_INPUTS = 3;

  /** Unstable neurons on both boxes: with more, halving was faster than a solver. */
  private static final int FEW_UNSTABLE = 4;

  /** The same where a halving leaves too many pairs for its tests. */
  private static final int FEW_UNSTABLE_OF_MANY_INPUTS = 40;

  /** Nodes until a solver gives a pair up. */
  private static final long NODES = 200;

  @Override
  public String id() {
    return "boxes";
  }

  @Override
  void search(Query query, Run run, CertifyOptions options) {
    if (takes(query)) {
      new Search(query, run, options).search();
    } else {
      run.note("strategy boxes takes no shared inputs; this is strategy direct");
      super.search(query, run, options);
    }
  }

  /** Whether boxes can answer a question. */
  static boolean takes(Query query) {
    return query.shared().isEmpty();
  }

  @Override
  double defaultDelta(Query query, CertifyOptions options) {
    // On small boxes that costs nothing; at twice what tolerances can tell apart, a backend denied
    // known
    // collisions.
    return query.shared().isEmpty() ? boxesDelta(options) : super.defaultDelta(query, options);
  }

  private static double boxesDelta(CertifyOptions options) {
    return 10 * Run.leastDelta(options);
  }

  @Override
  boolean isProved(Query query, Run run) {
    // The tests of boxes prove as much, and sooner than linear programs.
    return !query.shared().isEmpty() && super.isProved(query, run);
  }

  /** The search; starts from what a run knows already. */
  static final class Search {
    private final Query query;
    private final Run run;
    private final CertifyOptions options;
    private final double floor;
    private final double delta;
    private final boolean isFloorSolvers;
    private final boolean floorNeedsDelta;
    private final NetworkEncoder encoder;
    private final PairExclusion tests;
    private final int mostPairs;
    private final int fewUnstable;

    // Guarded by this.
    private boolean needsDelta;
    private boolean asked;
    private final PriorityQueue<BoxPair> open = new PriorityQueue<>();
    private final List<BoxPair> taken = new ArrayList<>();
    private double solved = Double.POSITIVE_INFINITY;
    private boolean isOver;
    private Optional<String> contradiction = Optional.empty();

    Search(Query query, Run run, CertifyOptions options) {
      this.query = query;
      this.run = run;
      this.options = options;
      this.floor = run.certified();
      // Where another strategy began with a larger one, the claim is no worse for a smaller one.
      this.delta = run.isDeltaRigorous() ? run.delta() : Math.min(run.delta(), boxesDelta(options));
      this.isFloorSolvers = !run.isWithoutSolver();
      this.floorNeedsDelta = !run.isWithoutDelta();
      this.encoder = new NetworkEncoder(ReluEncoding.byId(options.encoding()));
      this.tests = new PairExclusion(query.f());
      this.fewUnstable =
          query.f().inputs() <= FEW_INPUTS ? FEW_UNSTABLE : FEW_UNSTABLE_OF_MANY_INPUTS;
      this.mostPairs = BoxPair.mostInMemory(query.f());
    }

    void search() {
      // A collision on the border of the ball must not be on the border of a model.
      offer(BoxPair.whole(query, run.witness().map(Witness::radius).orElse(run.reach())));
      Workers.run(options.threads(), this::work);
      contradiction.ifPresent(run::contradicted);
    }

    /** No collision further away than this matters. */
    private double cap() {
      return run.witness().map(Witness::radius).orElse(query.maxRadius());
    }

    private void work() {
      try {
        for (Optional<BoxPair> next = take(); next.isPresent(); next = take()) {
          BoxPair pair = next.get();
          if (pair.unstable() > fewUnstable || !solve(pair)) {
            pair.halves(query).forEach(this::offer);
          }
          putBack(pair);
        }
      } catch (RuntimeException e) {
        end();
        throw e;
      }
    }

    private synchronized void end() {
      isOver = true;
      notifyAll();
    }

    private synchronized void putBack(BoxPair pair) {
      taken.remove(pair);
      notifyAll();
    }

    /** The nearest pair; waits while others may still make some, and is empty when all is done. */
    private synchronized Optional<BoxPair> take() {
      while (!isOver) {
        if (run.isOver()) {
          end();
          break;
        }
        double proved = Math.min(solved, cap());
        if (!open.isEmpty()) {
          proved = Math.min(proved, open.element().distance());
        }
        for (BoxPair pair : taken) {
          proved = Math.min(proved, pair.distance());
        }
        if (proved > run.certified()) {
          certify(proved);
        }
        boolean isClosed =
            run.witness().isPresent()
                && (run.decides() || proved >= cap() * (1 - options.relativeGap()));
        if (isClosed || proved >= solved || (open.isEmpty() && taken.isEmpty())) {
          end();
          break;
        }
        if (!open.isEmpty()) {
          BoxPair pair = open.remove();
          if (open.size() > mostPairs || pair.isTooSmall(query, cap())) {
            run.stopFor(SolveStatus.OTHER_LIMIT, "no more boxes, or no smaller ones");
            open.add(pair);
            end();
            break;
          }
          taken.add(pair);
          return Optional.of(pair);
        }
        try {
          wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          run.stopFor(SolveStatus.INTERRUPTED, "interrupted");
          end();
        }
      }
      return Optional.empty();
    }

    private void certify(double radius) {
      run.claim(radius, !asked, !needsDelta);
    }

    private void offer(BoxPair pair) {
      if (pair.distance() > cap()) {
        return;
      }
      if (pair.isInBall(query, floor)) {
        synchronized (this) {
          needsDelta |= floorNeedsDelta;
          asked |= isFloorSolvers;
        }
        return;
      }
      if (tests.exclude(pair)) {
        return;
      }
      synchronized (this) {
        if (query.g().isEmpty() && pair.isWithin(delta)) {
          // Points that are nearer to each other than delta are not looked for.
          needsDelta = true;
        } else {
          open.add(pair);
        }
      }
    }

    /** Puts a pair to the solver; false when that does not settle it. */
    private boolean solve(BoxPair pair) {
      double reach = run.reach();
      double most = run.witness().map(run::cap).orElse(reach);
      if (!run.trusts(most)) {
        return false;
      }
      PairFormulation model =
          PairFormulation.nearestInBoxes(
              query,
              pair.first().bounds(),
              pair.second().bounds(),
              Math.min(pair.distance(), most),
              most,
              delta,
              encoder,
              run.balls());
      SolveResult result = run.solve(model.model(), NODES);
      Run.Replay replay =
          result
              .solution()
              .map(s -> run.offer(model.x(s.values()), model.xPrime(s.values()), delta))
              .orElse(Run.Replay.NONE);
      return switch (result.status()) {
        case INFEASIBLE -> settle(pair, most < reach ? run.padded(most) : Double.POSITIVE_INFINITY);
        // What is optimal for the solver and no collision says nothing of its bound either.
        case OPTIMAL -> replay != Run.Replay.NONE && settle(pair, run.padded(result.dualBound()));
        case ERROR, UNBOUNDED, INFEASIBLE_OR_UNBOUNDED -> {
          noteFailure(result.message());
          yield false;
        }
        default -> false;
      };
    }

    private void noteFailure(String why) {
      run.note("a pair of boxes was halved, as the solver failed on it: " + why);
    }

    /** Takes it that the pair has no collision nearer than a bound. */
    private synchronized boolean settle(BoxPair pair, double bound) {
      if (run.contradicts(bound) && run.apart().map(pair::holds).orElse(false)) {
        contradiction = Optional.of("that none of two boxes is nearer than " + bound);
        end();
      }
      solved = Math.min(solved, bound);
      asked = true;
      needsDelta |= query.g().isPresent() || !pair.isFurtherThan(delta);
      return true;
    }
  }
}
