package dev.crease.cli.session;

import dev.crease.Cancellation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Turns Ctrl-C into a cancellation, and holds the process open until the command has printed what
 * it has.
 */
public final class Interruption {

  private static final int PATIENCE_SECONDS = 10;

  private final Cancellation cancellation = new Cancellation();
  private final CountDownLatch done = new CountDownLatch(1);
  private final AtomicInteger code = new AtomicInteger(ExitCode.UNDECIDED);

  /** What Ctrl-C cancels. */
  public Cancellation cancellation() {
    return cancellation;
  }

  /** From now on, Ctrl-C cancels before it ends the process. */
  public void listen() {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  cancellation.cancel();
                  try {
                    if (done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                      Runtime.getRuntime().halt(code.get());
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                },
                "crease-interrupt"));
  }

  /** The command has printed everything. */
  public void finished(int exitCode) {
    code.set(exitCode);
    done.countDown();
  }
}
