package dev.crease.cli.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crease.campaign.Campaign;
import dev.crease.campaign.Cell;
import dev.crease.campaign.Outcome;
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
  public void done(ObjectNode line) {
    now++;
    if (line.path("outcome").asText().equals(Outcome.WRONG.name())) {
      bar.close();
      out.println("WRONG: " + line.path("cell").asText() + " " + line.path("message").asText());
    }
  }

  @Override
  public void close() {
    bar.close();
  }
}
