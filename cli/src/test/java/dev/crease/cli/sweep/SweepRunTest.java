package dev.crease.cli.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crease.BadInput;
import dev.crease.Cancellation;
import dev.crease.Unsupported;
import dev.crease.bounds.Norm;
import dev.crease.boxes.SplittingCertifier;
import dev.crease.certificate.Preparation;
import dev.crease.certify.Certifier;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.Proved;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.StopReason;
import dev.crease.cli.CommandRun;
import dev.crease.cli.question.Asked;
import dev.crease.cli.question.NetworkOptions;
import dev.crease.cli.question.Question;
import dev.crease.cli.session.ExitCode;
import dev.crease.formats.NetworkFiles;
import dev.crease.network.ReluNetwork;
import dev.crease.plots.SweepPicture;
import dev.crease.question.Noise;
import dev.crease.question.Problem;
import dev.crease.question.Query;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a sweep makes of certifiers that fail or are stopped. */
class SweepRunTest {

  private static final int COUNT = 5;

  @TempDir private Path folder;
  private final List<ObjectNode> lines = new ArrayList<>();
  private final Cancellation cancellation = new Cancellation();
  private Question question = null;

  @BeforeEach
  void read() throws IOException {
    Path file = Files.writeString(folder.resolve("fold.json"), CommandRun.FOLD);
    ReluNetwork fold = NetworkFiles.read(file);
    NetworkOptions.Prepared prepared =
        new NetworkOptions.Prepared(fold, Map.of(), new Asked.Source(file, fold));
    question =
        new Question(
            Problem.LOCAL,
            prepared,
            Optional.empty(),
            Norm.LINF,
            0.25,
            Preparation.none(),
            Map.of(),
            Optional.empty(),
            Noise.NONE,
            Optional.empty(),
            List.of());
  }

  /**
   * Splitting, after something was done with the first coordinate of the centre.
   *
   * @param obedient whether it stops as soon as it is cancelled
   */
  private record Certifying(DoubleConsumer before, boolean obedient) implements Certifier {

    private static final SplittingCertifier REST = new SplittingCertifier();

    @Override
    public String id() {
      return "test";
    }

    @Override
    public Optional<String> refusal(Query query, CertifyOptions options) {
      return Optional.empty();
    }

    @Override
    public RadiusResult radius(Query query, CertifyOptions options, CertifyListener listener) {
      before.accept(query.center()[0]);
      RadiusResult result = REST.radius(query, options, listener);
      return obedient && options.limits().cancellation().isCancelled()
          ? interrupted(result)
          : result;
    }

    @Override
    public RadiusResult check(
        Query query, double radius, CertifyOptions options, CertifyListener listener) {
      throw new AssertionError("a sweep asks for radii");
    }
  }

  private static RadiusResult interrupted(RadiusResult r) {
    return r.toBuilder().proved(Proved.nothing(r.assurance())).stop(StopReason.INTERRUPTED).build();
  }

  private Centers centers() {
    return new Centers(
        IntStream.range(0, COUNT).mapToObj(i -> new double[] {i + 1, 0.5}).toList(),
        new SweepPicture.Scattered());
  }

  private void run(boolean first, DoubleConsumer before) {
    run(first, false, before);
  }

  private void run(boolean first, boolean obedient, DoubleConsumer before) {
    CertifyOptions options = CertifyOptions.builder().cancellation(cancellation).build();
    new SweepRun(new Certifying(before, obedient), question, centers(), options, 1)
        .run(
            IntStream.range(0, COUNT).boxed().toList(),
            first,
            new SweepRun.Sink() {
              @Override
              public void line(ObjectNode line) {
                lines.add(line);
              }

              @Override
              public void tick() {}
            });
  }

  private SweepSummary summary() {
    List<SweepLine> read =
        lines.stream().map(line -> SweepLine.of(line, COUNT).orElseThrow()).toList();
    return new SweepSummary(question.at(1, 0.5), centers(), read, 0, 1, Duration.ZERO, List.of());
  }

  @Test
  void whatFailsAtOneCentreIsALineAndTheRestGoesOn() {
    run(
        true,
        x -> {
          if (x == 2) {
            throw new Unsupported("weights are\n  too small");
          }
          if (x == 4) {
            throw new IllegalStateException("slip");
          }
        });
    assertEquals(COUNT, lines.size());
    assertEquals("weights are too small", lines.get(1).get("error").asText());
    assertEquals("internal error: slip", lines.get(3).get("error").asText());
    assertEquals("test", lines.get(1).get("engine").asText());
    assertEquals(0, lines.get(1).get("certified").asDouble());
    assertFalse(lines.get(0).has("error"));
    assertEquals(0.25, lines.get(4).get("certified").asDouble());
    assertEquals(ExitCode.SOFTWARE, summary().exitCode());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsCutShortMakesNoLineButWhatIsCompleteDoes(boolean obedient) {
    run(
        true,
        obedient,
        x -> {
          if (x == 3) {
            cancellation.cancel();
          }
        });
    assertEquals(
        obedient ? List.of(0, 1) : List.of(0, 1, 2),
        lines.stream().map(l -> l.get("index").asInt()).toList());
    assertEquals(ExitCode.UNDECIDED, summary().exitCode());
  }

  @Test
  void anOptionThatIsRefusedAtOnceStopsAll() {
    BadInput refused =
        assertThrows(
            BadInput.class,
            () ->
                run(
                    true,
                    x -> {
                      throw new BadInput("there is no such strategy");
                    }));
    assertEquals("there is no such strategy", refused.getMessage());
    assertEquals(List.of(), lines);
    run(
        false,
        x -> {
          throw new BadInput("there is no such strategy");
        });
    assertEquals(COUNT, lines.size());
  }

  @Test
  void completeAnswersAreOk() {
    run(true, x -> {});
    assertEquals(ExitCode.OK, summary().exitCode());
    assertTrue(
        lines.stream().allMatch(l -> l.get("stop").asText().equals(StopReason.COMPLETE.name())));
  }
}
