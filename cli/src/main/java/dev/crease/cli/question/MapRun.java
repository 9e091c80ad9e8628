package dev.crease.cli.question;

import dev.crease.Cancellation;
import dev.crease.SolverFailure;
import dev.crease.Unsupported;
import dev.crease.bounds.Norm;
import dev.crease.certify.Certifier;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.StopReason;
import dev.crease.certify.Verdict;
import dev.crease.cli.output.Numbers;
import dev.crease.cli.output.OutputFile;
import dev.crease.cli.session.ExitCode;
import dev.crease.cli.session.Session;
import dev.crease.map.OutputMap;
import dev.crease.plots.Labels;
import dev.crease.plots.MapPicture;
import dev.crease.question.Query;
import dev.crease.question.Units;
import dev.crease.regions.Piece;
import dev.crease.regions.RegionEngine;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A map as the command line asked for it: proved, looked up, written.
 *
 * @param rows what is said of each output
 * @param outputs those of the file
 * @param samples how many random points to try
 * @param plot where the picture goes
 */
record MapRun(
    Session session,
    Asked asked,
    Names names,
    MapRows rows,
    List<double[]> outputs,
    int samples,
    Optional<MapTable> table,
    Optional<OutputFile> pieces,
    Optional<OutputFile> picture,
    Optional<Path> plot) {

  private static final long SEED = 1;

  /** Keeps random points in the ball, whatever is rounded. */
  private static final double INSIDE = 1 - 1e-12;

  /** What the numbers of outputs are called, and those of what belongs to them. */
  record Names(List<String> outputs, List<String> values) {}

  /** Makes a map of a proof. */
  @FunctionalInterface
  interface Maker {
    OutputMap of(RadiusResult proof, RegionEngine engine, Cancellation cancellation);
  }

  /** Does it, and gives the exit code. */
  int run(Maker maker) {
    CertifyOptions options = session.options();
    try {
      return run(maker, options);
    } catch (SolverFailure e) {
      if (!options.limits().cancellation().isCancelled()) {
        throw e;
      }
      session.err().println("crease: " + e.getMessage());
      return ExitCode.UNDECIDED;
    }
  }

  private int run(Maker maker, CertifyOptions options) {
    RegionEngine engine = session.backends().regions();
    engine
        .refusal(asked.query())
        .ifPresent(
            why -> {
              throw new Unsupported(why);
            });
    RadiusResult proof =
        Answering.certify(
            session,
            asked,
            options,
            (c, progress) -> c.check(asked.query(), asked.query().maxRadius(), options, progress));
    Verdict verdict = Certifier.verdict(proof);
    if (verdict != Verdict.HOLDS) {
      return refuse(proof, verdict);
    }
    OutputMap map = maker.of(proof, engine, options.limits().cancellation());
    List<MapRows.Row> found = new ArrayList<>();
    for (double[] output : outputs) {
      check(options.limits().cancellation());
      found.add(rows.row(map, output));
    }
    PrintWriter words = words();
    head(words, map);
    if (table.isEmpty()) {
      found.forEach(row -> words.println("  " + line(row)));
    }
    if (!found.isEmpty()) {
      words.println("  " + count(found));
    }
    if (samples > 0) {
      words.println("  " + sampled(map, options.limits().cancellation()));
    }
    table.ifPresent(t -> t.write(names, rows, found));
    if (pieces.isPresent() || picture.isPresent()) {
      write(words, map);
    }
    asked.notes().forEach(note -> words.println("  note: " + note));
    return ExitCode.OK;
  }

  private static void check(Cancellation cancellation) {
    if (cancellation.isCancelled()) {
      throw new SolverFailure("interrupted: the answer would not be complete");
    }
  }

  /** Where words go: not among the rows. */
  private PrintWriter words() {
    return table.filter(MapTable::isStandardOutput).isPresent() ? session.err() : session.out();
  }

  private int refuse(RadiusResult proof, Verdict verdict) {
    PrintWriter words = words();
    String map = isInverse() ? "inverse" : "calibration";
    String article = isInverse() ? "an " : "a ";
    String radius = Numbers.plain(asked.query().maxRadius());
    if (verdict == Verdict.REFUTED) {
      words.println("REFUSED: there is no " + map + " on the ball of radius " + radius);
    } else {
      words.println(
          "UNDECIDED whether there is " + article + map + " on the ball of radius " + radius);
    }
    new Report(words).radius(asked, proof);
    if (proof.stop() == StopReason.FAILED) {
      return ExitCode.SOFTWARE;
    }
    return verdict == Verdict.REFUTED ? ExitCode.REFUTED : ExitCode.UNDECIDED;
  }

  private boolean isInverse() {
    return asked.query().g().isEmpty();
  }

  private String title() {
    Query query = asked.query();
    return (isInverse()
            ? "inverse of " + query.f().name()
            : "calibration of " + query.f().name() + " to " + query.g().orElseThrow().name())
        + " on the ball of radius "
        + Numbers.plain(query.maxRadius())
        + " around "
        + Numbers.point(query.units().center())
        + Asked.inNorm(query)
        + Asked.prepared(asked.preparation(), asked.shared());
  }

  private void head(PrintWriter words, OutputMap map) {
    words.println(title());
    String label = "  network    ";
    for (Asked.Source source : asked.sources()) {
      words.println(label + source.where());
      label = "  other      ";
    }
    RadiusResult proof = map.proof();
    words.println(
        "  proved     "
            + Report.holds(asked.query())
            + ", by "
            + proof.engine()
            + " ("
            + proof.solver()
            + ")");
    words.println("  regions    " + map.regions());
  }

  private String line(MapRows.Row row) {
    StringBuilder line = new StringBuilder(point(names.outputs(), row.output()));
    line.append(" -> ");
    if (row.value().isPresent()) {
      line.append(point(names.values(), row.value().get()));
    } else {
      line.append("none: no point of the ball has this output");
    }
    if (row.found() != MapRows.Found.EXACT && row.distance().isPresent()) {
      line.append("; the nearest output is ")
          .append(Numbers.near(row.distance().getAsDouble(), 3))
          .append(" away");
    }
    if (rows.noise().isPresent()) {
      line.append("; within ").append(Numbers.plain(rows.noise().getAsDouble())).append(": ");
      line.append(
          row.range()
              .map(
                  range ->
                      range.stream()
                          .map(
                              side ->
                                  "["
                                      + Numbers.down(side.lower(), 9)
                                      + ", "
                                      + Numbers.up(side.upper(), 9)
                                      + "]")
                          .collect(Collectors.joining(" x ")))
              .orElse("none"));
    }
    return line.toString();
  }

  private static String point(List<String> names, double[] values) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      texts.add(names.get(i) + " = " + Numbers.plain(values[i]));
    }
    return String.join(", ", texts);
  }

  private String count(List<MapRows.Row> found) {
    long exact = found.stream().filter(r -> r.found() == MapRows.Found.EXACT).count();
    long near = found.stream().filter(r -> r.found() == MapRows.Found.NEAREST).count();
    long none = found.size() - exact - near;
    return found.size()
        + (found.size() == 1 ? " output: " : " outputs: ")
        + exact
        + " of points of the ball"
        + (near > 0 ? ", " + near + " near to one" : "")
        + (none > 0 ? ", " + none + " of none" : "");
  }

  /** Tries the map on random points, with networks evaluated in doubles. */
  private String sampled(OutputMap map, Cancellation cancellation) {
    Units units = asked.query().units();
    Random random = new Random(SEED);
    double worst = 0;
    int off = 0;
    for (int i = 0; i < samples; i++) {
      check(cancellation);
      double[] x = units.point(point(random, asked.query()));
      Optional<double[]> value = map.at(units.f().evaluate(x));
      if (value.isPresent()) {
        double[] expected = units.g().map(g -> g.evaluate(x)).orElse(x);
        worst = Math.max(worst, Norm.LINF.distance(value.get(), expected));
      } else {
        off++;
      }
    }
    String what = isInverse() ? "h(f(x)) and x" : "h(f1(x)) and f2(x)";
    return samples
        + (samples == 1 ? " random point" : " random points")
        + " of the ball: "
        + what
        + " differ by "
        + Numbers.up(worst, 3)
        + " at most"
        + (off > 0 ? "; rounding took " + off + " outputs off the image of the ball" : "");
  }

  private static double[] point(Random random, Query query) {
    double[] center = query.center();
    double radius = query.maxRadius() * INSIDE;
    while (true) {
      double[] step = new double[center.length];
      double[] x = new double[center.length];
      for (int k = 0; k < x.length; k++) {
        step[k] = radius * (2 * random.nextDouble() - 1);
        x[k] = center[k] + step[k];
      }
      if (query.norm().of(step) <= radius) {
        return x;
      }
    }
  }

  private void write(PrintWriter words, OutputMap map) {
    List<Piece> found = map.pieces();
    pieces.ifPresent(
        file -> {
          String text = PiecesJson.write(asked, names, map, found, session.configuredBy());
          file.write(text.getBytes(StandardCharsets.UTF_8));
        });
    picture.ifPresent(
        file -> {
          Labels labels = new Labels(title(), names.outputs(), names.values());
          file.write(
              PlotOptions.format(plot.orElseThrow())
                  .render(new MapPicture(found, isInverse(), labels)));
        });
    words.println(
        "  "
            + found.size()
            + (found.size() == 1 ? " affine piece" : " affine pieces")
            + (asked.query().norm() == Norm.L2 && asked.query().dimension() > 1
                ? ", of a polygon of 64 corners within the ball"
                : ""));
  }
}
