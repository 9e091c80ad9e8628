package dev.crease.mip;

import dev.crease.boxes.BoxPair;
import dev.crease.boxes.PairExclusion;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.Note;
import dev.crease.certify.Proved;
import dev.crease.certify.Workers;
import dev.crease.question.Query;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import dev.crease.witness.Witness;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Pairs of boxes of inputs, nearest to the centre first, as in {@link
 * dev.crease.boxes.SplittingCertifier}. A pair that the {@link PairExclusion} leaves undecided goes
 * to the solver as soon as few neurons are unstable on it, and is halved when the solver gives it
 * up. Threads take pairs from one queue and share the nearest collision. Starts from what a run
 * knows already.
 */
final class BoxesSearch {

  /** More inputs than this make too many boxes. */
  static final int FEW_INPUTS = 3;

  /** Unstable neurons on both boxes: with more, halving was faster than a solver. */
  private static final int FEW_UNSTABLE = 4;

  /** The same where a halving leaves too many pairs for its tests. */
  private static final int FEW_UNSTABLE_OF_MANY_INPUTS = 40;

  /** Nodes until a solver gives a pair up. */
  private static final long NODES = 200;

  private static final int DELTA_TIMES = 10;

  private final Query query;
  private final Run run;
  private final CertifyOptions options;
  private final Proved floor;
  private final double delta;
  private final PairFormulation.Writing writing;
  private final PairExclusion tests;
  private final int mostPairs;
  private final int fewUnstable;

  // Guarded by this.
  /** What is proved of all pairs that are done. */
  private Proved done = Proved.outright(Double.POSITIVE_INFINITY);

  /** The nearest pair that is done by a solver's word, or left out: all nearer ones are proved. */
  private double nearestByWord = Double.POSITIVE_INFINITY;

  private final PriorityQueue<BoxPair> open = new PriorityQueue<>();
  private final List<BoxPair> taken = new ArrayList<>();
  private boolean isOver;
  private Optional<String> contradiction = Optional.empty();

  BoxesSearch(Run run) {
    this.query = run.query();
    this.run = run;
    this.options = run.options();
    this.floor = run.bracket().proved();
    // Where another strategy began with a larger one, the claim is no worse for a smaller one.
    double given = run.delta().value();
    this.delta = run.delta().isRigorous() ? given : Math.min(given, defaultDelta(options));
    this.writing = run.writing();
    this.tests = new PairExclusion(query.f());
    this.fewUnstable =
        query.f().inputs() <= FEW_INPUTS ? FEW_UNSTABLE : FEW_UNSTABLE_OF_MANY_INPUTS;
    this.mostPairs = BoxPair.mostInMemory(query.f());
  }

  /** Whether boxes can answer a question. */
  static boolean takes(Query query) {
    return query.shared().isEmpty();
  }

  /**
   * The separation where nobody gives one: on small boxes a small one costs nothing; at twice what
   * tolerances can tell apart, a backend denied known collisions.
   */
  static double defaultDelta(CertifyOptions options) {
    return DELTA_TIMES * Delta.least(options);
  }

  void search() {
    // A collision on the border of the ball must not be on the border of a model.
    offer(BoxPair.whole(query, witness().map(Witness::radius).orElse(run.padding().reach())));
    Workers.run(options.threads(), this::work);
    contradiction.ifPresent(run::contradicted);
  }

  private Optional<Witness> witness() {
    return run.bracket().witness();
  }

  /** No collision further away than this matters. */
  private double cap() {
    return witness().map(Witness::radius).orElse(query.maxRadius());
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
      double proved = Math.min(done.radius(), cap());
      if (!open.isEmpty()) {
        proved = Math.min(proved, open.element().distance());
      }
      for (BoxPair pair : taken) {
        proved = Math.min(proved, pair.distance());
      }
      if (proved > run.bracket().lower()) {
        run.bracket().claim(done.upTo(proved));
      }
      double outright = Math.min(proved, nearestByWord);
      if (outright > run.bracket().outright()) {
        run.bracket().claim(Proved.outright(outright));
      }
      boolean isClosed =
          witness().isPresent()
              && (run.decides() || proved >= cap() * (1 - options.tolerances().relativeGap()));
      if (isClosed || proved >= done.radius() || (open.isEmpty() && taken.isEmpty())) {
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

  private void offer(BoxPair pair) {
    if (pair.distance() > cap()) {
      return;
    }
    if (pair.isInBall(query, floor.radius())) {
      done(pair, floor.ofPairsWithin());
      return;
    }
    if (tests.exclude(pair)) {
      return;
    }
    if (query.g().isEmpty() && pair.isWithin(delta)) {
      // Points that are nearer to each other than delta are not looked for.
      if (!run.delta().isRigorous()) {
        done(pair, Proved.outright(Double.POSITIVE_INFINITY).ofFarPairs());
      }
      return;
    }
    synchronized (this) {
      open.add(pair);
    }
  }

  /** Puts a pair to the solver; false when that does not settle it. */
  private boolean solve(BoxPair pair) {
    double most = run.cap();
    if (!run.trusts(most)) {
      return false;
    }
    PairFormulation model =
        PairFormulation.of(query, Math.min(pair.distance(), most), most, writing)
            .inBoxes(pair.first().bounds(), pair.second().bounds())
            .apart(delta)
            .nearest();
    SolveResult result = run.solving().solve(model.model(), NODES);
    Replays.Outcome replay =
        result
            .solution()
            .map(s -> run.replays().offer(model.x(s.values()), model.xPrime(s.values()), delta))
            .orElse(Replays.Outcome.NONE);
    boolean isOfAll = query.g().isEmpty() && pair.isFurtherThan(delta);
    Proved proved =
        run.padding().nearest(result, most, isOfAll ? Proved.Pairs.ALL : Proved.Pairs.FAR);
    return switch (result.status()) {
      case INFEASIBLE -> settle(pair, proved);
      // What is optimal for the solver and no collision says nothing of its bound either.
      case OPTIMAL -> replay != Replays.Outcome.NONE && settle(pair, proved);
      case ERROR, UNBOUNDED, INFEASIBLE_OR_UNBOUNDED -> {
        run.notes().add(new Note.HalvedOnFailure(result.message()));
        yield false;
      }
      default -> false;
    };
  }

  /** Takes a proof that the pair has no near collision. */
  private synchronized boolean settle(BoxPair pair, Proved proved) {
    double bound = proved.radius();
    if (run.bracket().contradicts(bound) && run.bracket().apart().map(pair::holds).orElse(false)) {
      contradiction = Optional.of("that none of two boxes is nearer than " + bound);
      end();
    }
    done(pair, proved);
    return true;
  }

  private synchronized void done(BoxPair pair, Proved proved) {
    done = done.and(proved);
    if (!proved.isOutright()) {
      nearestByWord = Math.min(nearestByWord, pair.distance());
    }
  }
}
