package dev.crease.campaign;

import dev.crease.Cancellation;
import dev.crease.bounds.Norm;
import dev.crease.question.Query;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Cells, answered one after the other and judged, as JSON lines. What is interrupted goes on where
 * it stopped.
 *
 * @param backends what is measured
 * @param profile its name, for the header
 * @param limit on each cell
 * @param build what is measured, to the byte
 * @param settings parameters of backends that are not the defaults, by key; part of the header
 */
public record Campaign(
    Backends backends, String profile, Duration limit, Build build, Map<String, String> settings) {

  private static final Duration WARM_UP = Duration.ofSeconds(1);

  /** Is told how a campaign comes along. */
  public interface Listener {

    /** A cell is being worked on. */
    void tick(Cell cell, int done, int total);

    /** A cell is done, as the line of the file says. */
    void done(Run line);
  }

  /**
   * Answers the cells that the file does not have.
   *
   * @param out the file; made, or gone on with
   * @param cancellation stops it; the cell at hand is then not recorded
   * @return the lines of all cells in the file
   * @throws dev.crease.BadInput if the file cannot be written or holds another campaign
   */
  public List<Run> run(List<Cell> cells, Path out, Cancellation cancellation, Listener listener) {
    Set<String> asked = new TreeSet<>();
    cells.forEach(cell -> asked.add(cell.configuration().backend()));
    try (RawFile file = new RawFile(out, Header.now(this), asked)) {
      Set<String> done = new HashSet<>();
      file.lines().forEach(line -> done.add(line.cell()));
      Truths truths = new Truths(backends, truthLimit(), file.lines());
      List<Cell> missing = cells.stream().filter(c -> !done.contains(c.id())).toList();
      int before = cells.size() - missing.size();
      warmUp(missing, cancellation);
      for (int i = 0; i < missing.size() && !cancellation.isCancelled(); i++) {
        Cell cell = missing.get(i);
        int position = before + i;
        Runnable tick = () -> listener.tick(cell, position, cells.size());
        tick.run();
        Optional<Truth> truth = truths.of(cell.instance(), cancellation);
        CellRun.run(cell, backends, truth, limit, cancellation, tick)
            .ifPresent(
                answer -> {
                  Run line = Run.of(cell, truth, answer);
                  file.write(line);
                  listener.done(line);
                });
      }
      return file.lines();
    }
  }

  /** The exact engine may take longer than a cell: it is asked once. */
  private Duration truthLimit() {
    return limit.multipliedBy(2);
  }

  /** Loads libraries and compiles, so that the first cells do not pay for it. */
  private void warmUp(List<Cell> cells, Cancellation cancellation) {
    Set<String> seen = new HashSet<>();
    for (Cell cell : cells) {
      if (seen.add(cell.configuration().backend()) && !cancellation.isCancelled()) {
        Instance tiny = tiny();
        Cell first = new Cell(tiny, cell.configuration());
        Duration atMost = limit.compareTo(WARM_UP) < 0 ? limit : WARM_UP;
        CellRun.run(first, backends, Optional.empty(), atMost, cancellation, () -> {});
      }
    }
  }

  private static Instance tiny() {
    return new Instance(
        "warm-up",
        Family.SCALING,
        Query.local(Generators.random(Suite.SEED, 2, 4, 2), Norm.LINF, 0, 0),
        Optional.empty());
  }
}
