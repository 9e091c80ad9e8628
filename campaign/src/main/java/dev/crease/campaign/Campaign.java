package dev.crease.campaign;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crease.Cancellation;
import dev.crease.bounds.Norm;
import dev.crease.certify.RadiusResult;
import dev.crease.question.Query;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

  private static final int MOST_MESSAGE = 1000;
  private static final Duration WARM_UP = Duration.ofSeconds(1);

  /** Is told how a campaign comes along. */
  public interface Listener {

    /** A cell is being worked on. */
    void tick(Cell cell, int done, int total);

    /** A cell is done, as the line of the file says. */
    void done(ObjectNode line);
  }

  /**
   * Answers the cells that the file does not have.
   *
   * @param out the file; made, or gone on with
   * @param cancellation stops it; the cell at hand is then not recorded
   * @return the lines of all cells in the file
   * @throws dev.crease.BadInput if the file cannot be written or holds another campaign
   */
  public List<ObjectNode> run(
      List<Cell> cells, Path out, Cancellation cancellation, Listener listener) {
    Set<String> asked = new TreeSet<>();
    cells.forEach(cell -> asked.add(cell.configuration().backend()));
    try (RawFile file = new RawFile(out, header(), asked)) {
      Set<String> done = new HashSet<>();
      file.lines().forEach(line -> done.add(line.path("cell").asText()));
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
                  ObjectNode line = line(cell, truth, answer);
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

  private ObjectNode header() {
    Machine here = Machine.here();
    ObjectNode header = JsonNodeFactory.instance.objectNode();
    header.put("kind", "header");
    header.put("version", RawFile.VERSION);
    header.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    header.put("profile", profile);
    header.put("timeLimit", limit.toNanos() / 1e9);
    ObjectNode machine = header.putObject("machine");
    machine.put("cpu", here.cpu());
    machine.put("cores", here.cores());
    machine.put("memoryGiB", here.memoryGiB());
    machine.put("os", here.os());
    header.put("jvm", Machine.jvm());
    header.put("crease", build.version());
    header.put("commit", build.commit());
    ObjectNode versions = header.putObject("backends");
    backends.all().forEach(b -> versions.put(b.id(), b.version()));
    ObjectNode jarOf = header.putObject("backendJars");
    backends.all().stream()
        .map(Backends.Backend::id)
        .filter(build.backends()::containsKey)
        .forEach(id -> jarOf.put(id, build.backends().get(id)));
    ObjectNode jars = header.putObject("jars");
    build.jars().forEach(jars::put);
    header.put("seed", Suite.SEED);
    if (!settings.isEmpty()) {
      ObjectNode set = header.putObject("settings");
      settings.forEach(set::put);
    }
    return header;
  }

  private static ObjectNode line(Cell cell, Optional<Truth> truth, CellRun.Answer answer) {
    Instance instance = cell.instance();
    Configuration configuration = cell.configuration();
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("kind", "run");
    line.put("cell", cell.id());
    line.put("instance", instance.id());
    line.put("family", instance.family().label());
    line.put("inputs", instance.inputs());
    line.put("neurons", instance.neurons());
    line.put("problem", instance.query().problem().label());
    line.put("norm", instance.query().norm().label());
    line.put("backend", configuration.backend());
    line.put("strategy", configuration.strategy());
    line.put("encoding", configuration.encoding());
    line.put("bounds", configuration.bounds());
    line.put("threads", configuration.threads());
    line.put("seed", cell.seed());
    line.put("repeat", cell.repeat());
    instance.slope().ifPresent(slope -> line.put("slope", slope));
    line.put("outcome", answer.judgement().outcome().name());
    line.put("seconds", answer.seconds());
    if (answer.result().isPresent()) {
      RadiusResult result = answer.result().get();
      line.put("certified", result.certified());
      result.refuted().ifPresent(r -> line.put("refuted", r));
      line.put("assurance", result.assurance().name());
      line.put("stop", result.stop().name());
      line.put("delta", result.delta());
      line.put("deltaIsRigorous", result.deltaIsRigorous());
      line.put("feasibility", result.tolerances().feasibility());
      line.put("nodes", result.statistics().nodes());
      line.put("models", result.statistics().models());
    }
    truth.ifPresent(
        t -> {
          line.put("truth", t.radius());
          line.put("truthSource", t.source());
        });
    line.put("message", oneLine(answer.judgement().message()));
    return line;
  }

  private static String oneLine(String message) {
    String text = message == null ? "" : message.strip().replaceAll("\\s*\\R\\s*", " ");
    return text.length() <= MOST_MESSAGE ? text : text.substring(0, MOST_MESSAGE) + "...";
  }
}
