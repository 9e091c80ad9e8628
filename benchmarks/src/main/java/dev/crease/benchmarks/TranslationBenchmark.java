package dev.crease.benchmarks;

import com.typesafe.config.ConfigFactory;
import dev.crease.encoding.ReluEncoding;
import dev.crease.model.Model;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveListener;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolverRegistry;
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
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TranslationBenchmark {

  /** The backend; {@code -p backend=gurobi} where there is a licence. */
  @Param({"ortools-highs", "ortools-scip", "ortools-cbc", "ortools-cp-sat"})
  public String backend = "";

  private final Model model = Models.of(Models.bounds(1, 2, 2, 2), ReluEncoding.bigM());
  private Optional<MipSolver> solver = Optional.empty();

  /** For JMH. */
  public TranslationBenchmark() {}

  /** Finds the backend. */
  @Setup
  public void find() {
    solver =
        Optional.of(
            SolverRegistry.discover(ConfigFactory.defaultReferenceUnresolved().resolve())
                .select(backend));
  }

  /** There and back. */
  @Benchmark
  public SolveResult solve() {
    SolveResult result =
        solver.orElseThrow().solve(model, SolveOptions.defaults(), SolveListener.none());
    // Not by the status: CP-SAT proves nothing of continuous variables.
    if (result.solution().isEmpty()) {
      throw new IllegalStateException(backend + " says " + result.status());
    }
    return result;
  }
}
