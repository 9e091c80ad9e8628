package dev.crease.benchmarks;

import com.typesafe.config.ConfigFactory;
import dev.crease.encoding.ReluEncoding;
import dev.crease.model.Model;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveListener;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.registry.SolverRegistry;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A model so small that handing it to the backend, and its answer back, is nearly all there is:
 * 2-2-2 over a box.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(5)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TranslationBenchmark {

  /** The backend; {@link Main} asks all that can run. */
  @Param({"ortools-highs", "ortools-scip", "ortools-cbc", "ortools-cp-sat"})
  public String solver = "";

  private final Model model = Models.of(Models.bounds(1, 2, 2, 2), ReluEncoding.bigM());
  private Optional<MipSolver> found = Optional.empty();

  /** For JMH. */
  public TranslationBenchmark() {}

  /** Finds the backend. */
  @Setup
  public void find() {
    found =
        Optional.of(
            SolverRegistry.discover(ConfigFactory.defaultReferenceUnresolved().resolve())
                .select(solver));
  }

  /** There and back. */
  @Benchmark
  public SolveResult solve() {
    SolveResult result =
        found.orElseThrow().solve(model, SolveOptions.defaults(), SolveListener.none());
    // Not by the status: CP-SAT proves nothing of continuous variables.
    if (result.solution().isEmpty()) {
      throw new IllegalStateException(solver + " says " + result.status());
    }
    return result;
  }
}
