package dev.crease.cli.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crease.BackendUnavailable;
import dev.crease.BadInput;
import dev.crease.CreaseException;
import dev.crease.SolverFailure;
import dev.crease.certify.Certifier;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.StopReason;
import dev.crease.cli.output.Failure;
import dev.crease.cli.question.Asked;
import dev.crease.cli.question.Question;
import dev.crease.cli.session.SolverOptions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Asks a question at many centres, several at once.
 *
 * @param certifier answers
 * @param question what is asked
 * @param centers where
 * @param options for each answer; its log gets the index of the centre in front of each line
 * @param jobs how many centres at once
 */
record SweepRun(
    Certifier certifier, Question question, Centers centers, CertifyOptions options, int jobs) {

  private static final long TICK_MILLIS = 200;

  // Less than the interruption's own patience, so that the exit code is still ours.
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(6);

  /** Takes the lines; called by one thread. */
  interface Sink {

    /** One more centre is done. */
    void line(ObjectNode line);

    /** Some time has passed. */
    void tick();
  }

  /** What became of a centre: nothing if it was interrupted. */
  private record Outcome(Optional<ObjectNode> line, Optional<CreaseException> refusal) {}

  /**
   * Asks at some centres, and returns when all are done or it was cancelled. A centre that was
   * interrupted makes no line.
   *
   * @param missing the indices of the centres
   * @param first whether no centre was answered before: if then an option is refused, there is no
   *     point in going on
   * @throws BadInput if the first answer is that an option is not usable
   * @throws BackendUnavailable if the first answer is that the backend cannot run
   */
  void run(List<Integer> missing, boolean first, Sink sink) {
    if (missing.isEmpty()) {
      return;
    }
    ExecutorService pool =
        Executors.newFixedThreadPool(Math.min(jobs, missing.size()), SweepRun::thread);
    try {
      CompletionService<Outcome> outcomes = new ExecutorCompletionService<>(pool);
      missing.forEach(index -> outcomes.submit(() -> answer(index)));
      boolean none = first;
      long progress = System.nanoTime();
      for (int left = missing.size(); left > 0; ) {
        Future<Outcome> next = outcomes.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
        if (next == null) {
          sink.tick();
          boolean stopping = options.limits().cancellation().isCancelled();
          if (stopping && System.nanoTime() - progress > PATIENCE_NANOS) {
            return;
          }
          progress = stopping ? progress : System.nanoTime();
          continue;
        }
        left--;
        Outcome outcome = next.get();
        if (none && outcome.refusal().isPresent()) {
          throw outcome.refusal().get();
        }
        if (outcome.line().isPresent()) {
          sink.line(outcome.line().get());
          none = false;
        }
        progress = System.nanoTime();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new SolverFailure("the sweep was stopped by " + e.getCause(), e);
    } finally {
      pool.shutdownNow();
    }
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "crease-sweep");
    // A solve that does not stop must not hold the process.
    thread.setDaemon(true);
    return thread;
  }

  private Outcome answer(int index) {
    if (options.limits().cancellation().isCancelled()) {
      return new Outcome(Optional.empty(), Optional.empty());
    }
    double[] center = centers.points().get(index);
    Optional<String> outside = question.outside(center);
    if (outside.isPresent()) {
      // One centre's own fault, which refuses no other.
      return new Outcome(
          outside.map(why -> SweepLine.json(index, center, certifier.id(), why, 0)),
          Optional.empty());
    }
    long start = System.nanoTime();
    Optional<ObjectNode> line;
    Optional<CreaseException> refusal = Optional.empty();
    boolean complete = false;
    try {
      Asked asked = question.withoutNotes().at(center);
      RadiusResult result = certifier.radius(asked.query(), logging(index), CertifyListener.none());
      SolverOptions.unusedStrategy(options, result).ifPresent(asked.notes()::add);
      line = Optional.of(SweepLine.json(index, asked, result));
      complete = result.stop() == StopReason.COMPLETE || result.stop() == StopReason.CLAIMED;
    } catch (RuntimeException | StackOverflowError e) {
      double seconds = (System.nanoTime() - start) / 1e9;
      line = Optional.of(SweepLine.json(index, center, certifier.id(), text(e), seconds));
      if (e instanceof BadInput || e instanceof BackendUnavailable) {
        refusal = Optional.of((CreaseException) e);
      }
    }
    // What was cut short is done again.
    boolean cut = options.limits().cancellation().isCancelled() && !complete;
    return new Outcome(cut ? Optional.empty() : line, refusal);
  }

  private CertifyOptions logging(int index) {
    return options
        .logSink()
        .map(
            sink ->
                options.toBuilder().logSink(text -> sink.accept("[" + index + "] " + text)).build())
        .orElse(options);
  }

  private static String text(Throwable e) {
    return (e instanceof CreaseException ? "" : "internal error: ") + Failure.oneLine(e);
  }
}
