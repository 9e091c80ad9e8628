package dev.crease.cli.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crease.BackendUnavailable;
import dev.crease.BadInput;
import dev.crease.CreaseException;
import dev.crease.Unsupported;
import dev.crease.certify.CertifyOptions;
import dev.crease.choose.CertifierRegistry;
import dev.crease.cli.output.ProgressBar;
import dev.crease.cli.question.Asked;
import dev.crease.cli.question.Question;
import dev.crease.cli.question.QuestionOptions;
import dev.crease.cli.session.Session;
import dev.crease.cli.session.SolverOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code crease sweep}. */
@Command(
    name = "sweep",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Brackets the radius at many centres; goes on where it was stopped.",
    description = {
      "The properties are those of `crease radius`: local, pseudo, transformation.",
      "Writes a line of JSON for each centre as it is answered. The same command "
          + "with the same --out does what is missing, after Ctrl-C or a crash. "
          + "--time-limit is for each centre, not for all; each is answered on --threads threads, one "
          + "by default."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  crease sweep local --network examples/brusselator-b.onnx --fix 2=2.1 \\",
      "      --grid 0:3:20,0:3:20 --out radii.jsonl --csv radii.csv --plot radii.svg",
      "  crease sweep pseudo --network examples/brusselator-b.onnx --fix 2=2.1 \\",
      "      --trajectory 1.8,1.2:40 --out cycle.jsonl",
      "  crease sweep local --network f.onnx --centers points.csv --out radii.jsonl",
      "",
      "Exit codes: 0 every answer is complete; 2 interrupted, or some answers "
          + "stopped before, or rest on a solver's claim; 65 --out holds another question; "
          + "70 some centres failed: their lines say why."
    })
public final class SweepCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private QuestionOptions query;

  @ArgGroup(multiplicity = "1")
  private CenterOptions where;

  @Option(
      names = "--domain",
      split = ",",
      paramLabel = "LO:HI",
      description =
          "A box that cuts each ball, one side for each input that is neither fixed nor shared; a"
              + " centre outside of it fails. The word sidecar takes the ranges of the training data"
              + " from the JSON file beside the network.")
  private List<String> domain = List.of();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "JSON lines: a header, then a line for each centre, as they are done.")
  private Path out;

  @Option(names = "--csv", paramLabel = "FILE", description = "The same in short, as CSV.")
  private Optional<Path> csv = Optional.empty();

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description =
          "A map of the certified radii, as .svg or .png; for centres of one or two numbers.")
  private Optional<Path> plot = Optional.empty();

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Centres at once; by default as many as there are processors.")
  private Optional<Integer> jobs = Optional.empty();

  @Option(names = "--restart", description = "Forget what --out holds.")
  private boolean restart;

  @Mixin private SolverOptions flags;

  @Override
  public Integer call() {
    Session session = Session.of(spec, flags);
    int many = jobs.orElse(Runtime.getRuntime().availableProcessors());
    if (many < 1) {
      throw new BadInput("--jobs " + many + " is not a positive number");
    }
    Question question = question(session);
    Centers centers = where.read(question);
    List<String> inputs = inputs(question);
    Optional<SweepTable> table =
        csv.map(path -> SweepTable.at(path, inputs, centers.points(), question.domain()));
    Optional<SweepPlot> map = plot.map(path -> SweepPlot.at(path, inputs));
    Asked first = question.at(centers.first(question));
    first.refuseBareNoise();
    CertifyOptions options = session.options();
    CertifierRegistry.Choice choice = session.choose(first.query(), options);
    choice
        .certifier()
        .refusal(first.query(), options)
        .ifPresent(
            why -> {
              throw new Unsupported(why);
            });
    List<String> notes = Stream.concat(first.notes().stream(), choice.why().stream()).toList();
    ObjectNode header =
        SweepHeader.json(question, centers, inputs, session.config(), options, notes);
    long start = System.nanoTime();
    try (SweepFile file = new SweepFile(out, header, centers.points().size(), restart)) {
      List<SweepLine> lines = new ArrayList<>(file.lines());
      table.ifPresent(t -> t.start(lines));
      SweepRun run = new SweepRun(choice.certifier(), question, centers, options, many);
      answer(session, run, file, table, lines);
      Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
      SweepSummary summary =
          new SweepSummary(first, centers, lines, file.lines().size(), many, elapsed, notes);
      summary.print(session.out(), out);
      if (map.isPresent()) {
        session
            .out()
            .println(
                "  "
                    + (summary.isWhole()
                        ? map.get().draw(first, centers, lines)
                        : "no picture: interrupted"));
      }
      return summary.exitCode();
    }
  }

  private Question question(Session session) {
    Question everywhere = query.read(session.norm(), session.maxRadius());
    return domain.isEmpty() ? everywhere : everywhere.in(query.domain(domain));
  }

  private void answer(
      Session session,
      SweepRun run,
      SweepFile file,
      Optional<SweepTable> table,
      List<SweepLine> lines) {
    int total = run.centers().points().size();
    Set<Integer> done = new HashSet<>();
    lines.forEach(line -> done.add(line.index()));
    List<Integer> missing =
        IntStream.range(0, total).filter(i -> !done.contains(i)).boxed().toList();
    int before = lines.size();
    long start = System.nanoTime();
    try (ProgressBar bar = session.sweepProgress()) {
      run.run(
          missing,
          lines.isEmpty(),
          new SweepRun.Sink() {
            @Override
            public void line(ObjectNode json) {
              SweepLine line = SweepLine.of(json, total).orElseThrow();
              file.write(json);
              table.ifPresent(t -> t.add(line));
              lines.add(line);
              tick();
            }

            @Override
            public void tick() {
              Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
              bar.show(lines.size(), total, lines.size() - before, elapsed);
            }
          });
    } catch (BadInput | BackendUnavailable e) {
      if (lines.isEmpty()) {
        forget(e);
      }
      throw e;
    } finally {
      // Nobody takes what is still being worked on.
      run.options().limits().cancellation().cancel();
    }
  }

  /** Takes files without any answer away, so that they do not hold up the next question. */
  private void forget(CreaseException why) {
    for (Path path : Stream.concat(Stream.of(out), csv.stream()).toList()) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        why.addSuppressed(e);
      }
    }
  }

  /** What the coordinates of a centre are called, by their indices in the file. */
  private List<String> inputs(Question question) {
    return query.network().inputNames(question.f().network()).stream()
        .filter(name -> question.intervals().keySet().stream().noneMatch(i -> name.equals("x" + i)))
        .toList();
  }
}
