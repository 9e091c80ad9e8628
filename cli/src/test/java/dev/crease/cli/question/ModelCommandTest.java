package dev.crease.cli.question;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.ortools.modelbuilder.ModelBuilder;
import com.google.ortools.modelbuilder.ModelSolver;
import com.typesafe.config.ConfigFactory;
import dev.crease.cli.CommandRun;
import dev.crease.solver.registry.SolverRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCommandTest {

  @TempDir private Path folder;
  private Path network;

  @BeforeEach
  void network() throws IOException {
    network = Files.writeString(folder.resolve("fold.json"), CommandRun.FOLD);
  }

  private CommandRun model(String... more) {
    String[] args = new String[more.length + 6];
    String[] first = {"model", "local", "--network", network.toString(), "--center", "0.5,0"};
    System.arraycopy(first, 0, args, 0, first.length);
    System.arraycopy(more, 0, args, first.length, more.length);
    return CommandRun.of(args);
  }

  /** Another program's reader and solver find the radius: 0.5, where the network folds. */
  @Test
  void theOptimumOfTheMpsFileIsTheRadius() throws IOException {
    Path mps = folder.resolve("m.mps");
    CommandRun run = model("--max-radius", "2", "--mps", mps.toString());
    assertEquals(0, run.code(), run::err);
    assertTrue(run.out().contains(" binary, "), run::out);
    // Loads OR-Tools' library.
    SolverRegistry.discover(ConfigFactory.load()).select("ortools-scip");
    ModelBuilder read = new ModelBuilder();
    assertTrue(read.importFromMpsString(Files.readString(mps)));
    ModelSolver solver = new ModelSolver("scip");
    solver.solve(read);
    // At delta = 1e-3 the points are half of that from the fold.
    assertEquals(0.5005, solver.getObjectiveValue(), 1e-5);
    Path furthest = folder.resolve("f.mps");
    assertEquals(0, model("--max-radius", "2", "--furthest", "--mps", furthest.toString()).code());
    ModelBuilder spread = new ModelBuilder();
    assertTrue(spread.importFromMpsString(Files.readString(furthest)));
    solver.solve(spread);
    // (-1.5, y) and (1.5, y).
    assertEquals(3, solver.getObjectiveValue(), 1e-5);
  }

  @Test
  void lpHoldsWhatMpsDoesNot() throws IOException {
    Path lp = folder.resolve("m.lp");
    Path mps = folder.resolve("m.mps");
    CommandRun run = model("--encoding", "sos1", "--lp", lp.toString(), "--mps", mps.toString());
    assertEquals(69, run.code());
    assertTrue(run.err().contains("MPS is written for linear models only"), run::err);
    assertFalse(Files.exists(lp) || Files.exists(mps));
    assertEquals(0, model("--encoding", "sos1", "--lp", lp.toString()).code());
    assertTrue(Files.readString(lp).contains("S1::"));
  }

  @Test
  void aModelThatGoesNowhereIsRefused() {
    CommandRun run = model();
    assertEquals(65, run.code());
    assertTrue(run.err().contains("--lp or --mps"), run::err);
    assertEquals(65, model("--bounds", "lp", "--lp", folder.resolve("m").toString()).code());
  }
}
