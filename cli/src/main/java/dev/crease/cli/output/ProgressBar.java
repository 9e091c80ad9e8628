package dev.crease.cli.output;

import java.io.PrintWriter;
import java.time.Duration;

/** A bar on the terminal that says how far a sweep has come; nothing in a pipe. */
public final class ProgressBar implements AutoCloseable {

  private static final int WIDTH = 24;

  private final PrintWriter err;
  private final boolean visible;
  private int width;

  public ProgressBar(PrintWriter err, boolean visible) {
    this.err = err;
    this.visible = visible;
  }

  /**
   * Shows the bar.
   *
   * @param done of all centres
   * @param now how many of them in this run
   * @param elapsed time of this run
   */
  public void show(int done, int total, int now, Duration elapsed) {
    if (!visible) {
      return;
    }
    String text = text(done, total, now, elapsed);
    err.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
    err.flush();
    width = text.length();
  }

  static String text(int done, int total, int now, Duration elapsed) {
    int filled = (int) ((long) WIDTH * done / total);
    String rest =
        now == 0 || done == total
            ? ""
            : ", about "
                + Durations.show(
                    Duration.ofNanos((long) (elapsed.toNanos() / (double) now * (total - done))))
                + " left";
    return "["
        + "#".repeat(filled)
        + ".".repeat(WIDTH - filled)
        + "] "
        + done
        + "/"
        + total
        + "  "
        + Durations.show(elapsed)
        + rest;
  }

  @Override
  public void close() {
    if (width > 0) {
      err.print("\r" + " ".repeat(width) + "\r");
      err.flush();
      width = 0;
    }
  }
}
