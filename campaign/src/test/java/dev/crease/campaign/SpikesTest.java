package dev.crease.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.crease.Cancellation;
import dev.crease.certify.RadiusResult;
import dev.crease.choose.CertifierRegistry;
import dev.crease.solver.registry.SolverRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What profile spikes does for hours, for a moment. */
class SpikesTest {

  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final int FEW = 20;

  @Test
  void noSolverIsWrongOnSteepNetworks() {
    Config config = ConfigFactory.load();
    Backends all = Backends.of(CertifierRegistry.discover(config), SolverRegistry.discover(config));
    // CP-SAT certifies nothing, and takes its time.
    Backends backends =
        new Backends(
            all.registry(),
            all.all().stream().filter(b -> !b.id().equals("ortools-cp-sat")).toList());
    Truths truths = new Truths(backends, Duration.ofSeconds(30), List.of());
    Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    List<String> wrong = new ArrayList<>();
    for (Cell cell : Plan.cells(Profile.SPIKES, backends, FEW, 1, 1)) {
      Optional<Truth> truth = truths.of(cell.instance(), new Cancellation());
      assertTrue(truth.isPresent(), cell.id());
      CellRun.Answer answer =
          CellRun.run(cell, backends, truth, LIMIT, new Cancellation(), () -> {}).orElseThrow();
      counts.merge(answer.judgement().outcome(), 1, Integer::sum);
      boolean isWrong =
          answer.judgement().outcome() == Outcome.WRONG && !isUnderDelta(answer, truth);
      if (isWrong || answer.judgement().outcome() == Outcome.FAILED) {
        wrong.add(cell.id() + ": " + answer.judgement().message());
      }
    }
    assertEquals(List.of(), wrong);
    // It would say so too if nothing was ever answered.
    assertTrue(
        counts.getOrDefault(Outcome.SOLVED, 0)
                + counts.getOrDefault(Outcome.CLAIMED, 0)
                + counts.getOrDefault(Outcome.WITHOUT_SOLVER, 0)
            > FEW / 2,
        counts.toString());
  }

  /** Whether nothing is wrong but a claim, by no more than comes of what its delta leaves out. */
  private static boolean isUnderDelta(CellRun.Answer answer, Optional<Truth> truth) {
    RadiusResult result = answer.result().orElseThrow();
    double radius = truth.orElseThrow().radius();
    return result.certified() <= radius
        && result.refuted().orElse(radius) >= radius * (1 - 1e-9)
        && result
            .claimed()
            .filter(c -> !c.deltaIsRigorous() && c.radius() - radius <= 2 * c.delta())
            .isPresent();
  }
}
