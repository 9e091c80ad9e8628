package dev.crease.solver.guard;

import dev.crease.Cancellation;
import dev.crease.CreaseException;
import dev.crease.SolverFailure;
import dev.crease.model.Model;
import dev.crease.solver.Capability;
import dev.crease.solver.MipSolver;
import dev.crease.solver.Progress;
import dev.crease.solver.SolveListener;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a solve comes back: shortly after its time limit it is interrupted, and one that
 * does not react, or cannot be interrupted, is left to end on a thread of its own while the caller
 * gets {@link SolveStatus#TIME_LIMIT} or {@link SolveStatus#INTERRUPTED} without a point. The
 * abandoned solve frees its memory when it ends.
 */
public final class WatchdogSolver extends ForwardingSolver {

  private static final Logger LOG = LoggerFactory.getLogger(WatchdogSolver.class);

  private static final Duration YEAR = Duration.ofDays(365);

  private final Duration grace;

  /**
   * Decorates a solver.
   *
   * @param delegate the solver
   * @param grace how long past its limit, or after an interruption, a solve may take to come back
   */
  public WatchdogSolver(MipSolver delegate, Duration grace) {
    super(delegate);
    this.grace = grace;
  }

  @Override
  public SolveResult solve(Model model, SolveOptions options, SolveListener listener) {
    Cancellation inner = new Cancellation();
    CountDownLatch stop = new CountDownLatch(1);
    Gate gate = new Gate(listener);
    FutureTask<SolveResult> task =
        new FutureTask<>(
            () ->
                answer(super.solve(model, options.toBuilder().cancellation(inner).build(), gate))) {
          @Override
          protected void done() {
            stop.countDown();
          }
        };
    long start = System.nanoTime();
    Thread worker = new Thread(task, "crease-" + id());
    worker.setDaemon(true);
    try (var registration = options.limits().cancellation().onCancel(stop::countDown)) {
      worker.start();
      if (options.limits().time().isPresent()) {
        Duration limit = options.limits().time().get();
        // Beyond a year nobody waits, and nanoseconds overflow.
        long patience = (limit.compareTo(YEAR) > 0 ? YEAR : limit).plus(grace).toNanos();
        if (!stop.await(patience, TimeUnit.NANOSECONDS)) {
          LOG.debug("{} did not keep its time limit, interrupting it", id());
        }
      } else {
        stop.await();
      }
      if (!task.isDone()) {
        inner.cancel();
        // Nobody waits for a backend that cannot hear.
        long patience = capabilities().has(Capability.INTERRUPT) ? grace.toNanos() : 1;
        return task.get(patience, TimeUnit.NANOSECONDS);
      }
      return task.get();
    } catch (TimeoutException e) {
      boolean cancelled = options.limits().cancellation().isCancelled();
      return abandoned(model, cancelled, start);
    } catch (InterruptedException e) {
      inner.cancel();
      Thread.currentThread().interrupt();
      return abandoned(model, true, start);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CreaseException known) {
        throw known;
      }
      Throwable cause = e.getCause();
      throw new SolverFailure(
          "solver "
              + id()
              + " failed: "
              + (cause == null ? "no reason" : ForeignCode.reason(cause)),
          cause);
    } finally {
      gate.close();
    }
  }

  private SolveResult answer(@Nullable SolveResult result) {
    if (result == null) {
      throw new SolverFailure("solver " + id() + " failed: it gave no result");
    }
    return result;
  }

  private SolveResult abandoned(Model model, boolean cancelled, long start) {
    return SolveResult.without(
        cancelled ? SolveStatus.INTERRUPTED : SolveStatus.TIME_LIMIT,
        model.objective().sense(),
        -1,
        Duration.ofNanos(System.nanoTime() - start),
        id() + " did not stop when told to; its answer is not waited for");
  }

  /** Lets progress through until the caller has its answer. */
  private static final class Gate implements SolveListener {
    private final SolveListener listener;
    private boolean open = true;

    Gate(SolveListener listener) {
      this.listener = listener;
    }

    @Override
    public synchronized void progress(Progress progress) {
      if (open) {
        listener.progress(progress);
      }
    }

    synchronized void close() {
      open = false;
    }
  }
}
