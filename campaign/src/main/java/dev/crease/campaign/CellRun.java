package dev.crease.campaign;

import dev.crease.BackendUnavailable;
import dev.crease.BadInput;
import dev.crease.Cancellation;
import dev.crease.CreaseException;
import dev.crease.Unsupported;
import dev.crease.certify.Certifier;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.RadiusResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Answers one cell on a thread of its own, and gives up on one that does not stop. */
public final class CellRun {

  private static final long TICK_MILLIS = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private CellRun() {}

  /**
   * What came of it.
   *
   * @param judgement what became of it
   * @param seconds wall-clock time
   * @param result the answer, if there is one
   */
  public record Answer(Judge.Judgement judgement, double seconds, Optional<RadiusResult> result) {

    private static Answer without(Outcome outcome, String message, double seconds) {
      return new Answer(new Judge.Judgement(outcome, message), seconds, Optional.empty());
    }
  }

  /**
   * Answers it.
   *
   * @param truth the true answer, if it is known
   * @param limit on it
   * @param campaign stops it
   * @param tick called now and then while it is at it
   * @return nothing if the campaign was cancelled meanwhile
   */
  public static Optional<Answer> run(
      Cell cell,
      Backends backends,
      Optional<Truth> truth,
      Duration limit,
      Cancellation campaign,
      Runnable tick) {
    Cancellation own = new Cancellation();
    FutureTask<Answer> task =
        new FutureTask<>(() -> answer(cell, backends, truth, limit, cell.options(limit, own)));
    long start = System.nanoTime();
    try (Cancellation.Registration ignored = campaign.onCancel(own::cancel)) {
      Thread thread = new Thread(task, "crease-campaign");
      // A solve that does not stop must not hold the process.
      thread.setDaemon(true);
      thread.start();
      // Twice the limit for bounds and models, which look at the clock now and then.
      long soft = start + 2 * limit.toNanos() + PATIENCE.toNanos();
      long hard = soft + PATIENCE.toNanos();
      while (true) {
        try {
          Answer answer = task.get(TICK_MILLIS, TimeUnit.MILLISECONDS);
          return campaign.isCancelled() ? Optional.empty() : Optional.of(answer);
        } catch (TimeoutException e) {
          tick.run();
        }
        long now = System.nanoTime();
        if (now > soft) {
          own.cancel();
        }
        if (campaign.isCancelled()) {
          hard = Math.min(hard, now + PATIENCE.toNanos());
        }
        if (now > hard) {
          return campaign.isCancelled()
              ? Optional.empty()
              : Optional.of(
                  Answer.without(
                      Outcome.TIMEOUT,
                      "did not stop, and may have disturbed what came after it",
                      seconds(start)));
        }
      }
    } catch (InterruptedException e) {
      own.cancel();
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.of(
          Answer.without(Outcome.FAILED, "internal error: " + e.getCause(), seconds(start)));
    }
  }

  private static Answer answer(
      Cell cell, Backends backends, Optional<Truth> truth, Duration limit, CertifyOptions options) {
    long start = System.nanoTime();
    try {
      Certifier certifier =
          backends.certifier(cell.configuration().backend(), cell.instance().query(), options);
      Optional<String> refusal = certifier.refusal(cell.instance().query(), options);
      if (refusal.isPresent()) {
        return Answer.without(Outcome.REFUSED, refusal.get(), seconds(start));
      }
      start = System.nanoTime();
      RadiusResult result =
          certifier.radius(cell.instance().query(), options, CertifyListener.none());
      double seconds = seconds(start);
      return new Answer(
          Judge.judge(
              result, cell.configuration().asksSolver(), truth, seconds, limit.toNanos() / 1e9),
          seconds,
          Optional.of(result));
    } catch (Unsupported | BadInput | BackendUnavailable e) {
      return Answer.without(Outcome.REFUSED, e.getMessage(), seconds(start));
    } catch (CreaseException e) {
      return Answer.without(Outcome.FAILED, e.getMessage(), seconds(start));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return Answer.without(Outcome.FAILED, "internal error: " + e, seconds(start));
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
