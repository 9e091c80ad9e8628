package dev.crease.benchmarks;

import dev.crease.bounds.NetworkBounds;
import dev.crease.encoding.ReluEncoding;
import dev.crease.model.LpFormat;
import dev.crease.model.Model;
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

/** Writing a network of 2-64-64-2 into a model, and the model as text. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(5)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ModelBenchmark {

  /** The ReLU encoding. */
  @Param({"big-m", "indicator", "sos1", "extended"})
  public String encoding = "";

  private final NetworkBounds bounds = Models.bounds(1, 2, 64, 64, 2);
  private ReluEncoding relu = ReluEncoding.bigM();
  private Model model = Models.of(bounds, relu);

  /** For JMH. */
  public ModelBenchmark() {}

  /** Finds the encoding. */
  @Setup
  public void find() {
    relu = ReluEncoding.choices().named(encoding);
    model = Models.of(bounds, relu);
  }

  /** The model. */
  @Benchmark
  public Model build() {
    return Models.of(bounds, relu);
  }

  /** Its text. */
  @Benchmark
  public String export() {
    return LpFormat.write(model);
  }
}
