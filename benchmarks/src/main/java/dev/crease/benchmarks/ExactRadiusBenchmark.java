package dev.crease.benchmarks;

import dev.crease.bounds.Norm;
import dev.crease.certificate.CertificateWriter;
import dev.crease.certificate.Preparation;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.RadiusResult;
import dev.crease.engine.regions.RegionsCertifier;
import dev.crease.formats.NetworkFiles;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.verifier.Certificate;
import dev.crease.verifier.Verification;
import dev.crease.verifier.Verifier;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
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

/** Radii of the Brusselator's network (b = 2.1) by exact geometry, and what checking them costs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(5)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ExactRadiusBenchmark {

  /** The question. */
  @Param({"local", "pseudo"})
  public String problem = "";

  /** The norm of the ball. */
  @Param({"inf", "2"})
  public String norm = "";

  private final ReluNetwork network =
      NetworkFiles.read(Path.of("examples/brusselator-b.onnx")).fixInputs(Map.of(2, 2.1));
  private Query query = Query.local(network, Norm.LINF, 1.801, 1.230);
  private byte[] certificate = new byte[0];

  /** For JMH. */
  public ExactRadiusBenchmark() {}

  /** Puts the question, and makes its certificate. */
  @Setup
  public void ask() throws IOException {
    Norm parsed = Norm.choices().named(norm);
    query =
        problem.equals("local")
            ? Query.local(network, parsed, 1.801, 1.230)
            : Query.pseudo(network, parsed, 1.801, 1.230);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CertificateWriter.write(withCover(), Preparation.none(), out);
    certificate = out.toByteArray();
  }

  /** The radius. */
  @Benchmark
  public RadiusResult radius() {
    return new RegionsCertifier().radius(query, CertifyOptions.defaults(), CertifyListener.none());
  }

  /** The radius with what it can be checked from. */
  @Benchmark
  public RadiusResult withCover() {
    return new RegionsCertifier()
        .radius(query, CertifyOptions.builder().cover(true).build(), CertifyListener.none());
  }

  /** Reads the certificate and checks it. */
  @Benchmark
  public Verification verify() {
    Verification verification =
        Verifier.verify(
            Certificate.read(new ByteArrayInputStream(certificate)), network, Optional.empty());
    if (!(verification instanceof Verification.Accepted)) {
      throw new IllegalStateException(verification.toString());
    }
    return verification;
  }
}
