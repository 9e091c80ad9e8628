package dev.crease.cli.output;

import dev.crease.certify.CertifyListener;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** One line on the terminal that says how far an answer has come; nothing in a pipe. */
public final class ProgressLine implements CertifyListener, AutoCloseable {

  private static final long INTERVAL = 100_000_000L;

  private final PrintWriter err;
  private final boolean visible;
  private long last;
  private int width;

  public ProgressLine(PrintWriter err, boolean visible) {
    this.err = err;
    this.visible = visible;
  }

  @Override
  public synchronized void progress(Bracket bracket) {
    long now = System.nanoTime();
    if (!visible || (width > 0 && now - last < INTERVAL)) {
      return;
    }
    last = now;
    String refuted =
        bracket.refuted().isPresent() ? Numbers.up(bracket.refuted().getAsDouble(), 6) : "?";
    String claimed =
        bracket.claimed().isPresent()
            ? "  claimed " + Numbers.down(bracket.claimed().getAsDouble(), 6)
            : "";
    String gap =
        Double.isFinite(bracket.gap())
            ? String.format(Locale.ROOT, "  gap %.2g", bracket.gap())
            : "";
    String nodes = bracket.nodes() > 0 ? "  nodes " + bracket.nodes() : "";
    show(
        "["
            + Numbers.down(bracket.certified(), 6)
            + ", "
            + refuted
            + "]"
            + claimed
            + gap
            + nodes
            + "  "
            + Durations.show(bracket.elapsed()));
  }

  /** Shows how far something has come that is no bracket. */
  public synchronized void show(String stage, Duration elapsed) {
    long now = System.nanoTime();
    if (visible && (width == 0 || now - last >= INTERVAL)) {
      last = now;
      show(stage + "  " + Durations.show(elapsed));
    }
  }

  private void show(String text) {
    err.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
    err.flush();
    width = Math.max(width, text.length());
  }

  @Override
  public synchronized void close() {
    if (width > 0) {
      err.print("\r" + " ".repeat(width) + "\r");
      err.flush();
      width = 0;
    }
  }
}
