package dev.crease.cli.bench;

import dev.crease.campaign.Campaign;
import dev.crease.campaign.Cell;
import dev.crease.campaign.Outcome;
import dev.crease.campaign.Run;
import dev.crease.cli.output.ProgressBar;
import java.io.PrintWriter;
import java.time.Duration;

/** A bar on the terminal, and a line for each wrong answer as soon as it is known. */
final class BenchProgress implements Campaign.Listener, AutoCloseable {

  private final PrintWriter out;
  private final ProgressBar bar;
  private final long start = System.nanoTime();
  private int now;

  BenchProgress(PrintWriter out, PrintWriter err, boolean terminal) {
    this.out = out;
    this.bar = new ProgressBar(err, terminal);
  }

  @Override
  public void tick(Cell cell, int done, int total) {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    bar.show(done, total, now, elapsed);
  }

  @Override
  public void done(Run line) {
    now++;
    if (line.outcome() == Outcome.WRONG) {
      bar.close();
      out.println("WRONG: " + line.cell() + " " + line.message());
    }
  }

  @Override
  public void close() {
    bar.close();
  }
}
