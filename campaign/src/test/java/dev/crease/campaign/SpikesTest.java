package dev.crease.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.crease.Cancellation;
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
      if (answer.judgement().outcome() == Outcome.WRONG
          || answer.judgement().outcome() == Outcome.FAILED) {
        wrong.add(cell.id() + ": " + answer.judgement().message());
      }
    }
    assertEquals(List.of(), wrong);
    // It would say so too if nothing was ever answered.
    assertTrue(
        counts.getOrDefault(Outcome.SOLVED, 0)
                + counts.getOrDefault(Outcome.WITHIN_DELTA, 0)
                + counts.getOrDefault(Outcome.WITHOUT_SOLVER, 0)
            > FEW / 2,
        counts.toString());
  }
}
