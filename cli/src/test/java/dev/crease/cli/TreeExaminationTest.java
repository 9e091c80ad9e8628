package dev.crease.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.crease.bounds.Interval;
import dev.crease.bounds.Norm;
import dev.crease.certificate.CertificateWriter;
import dev.crease.certificate.Preparation;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.StopReason;
import dev.crease.engine.regions.RegionsCertifier;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Noise;
import dev.crease.question.Problem;
import dev.crease.question.Query;
import dev.crease.solver.registry.SolverRegistry;
import dev.crease.tree.TreeCertifier;
import dev.crease.verifier.Certificate;
import dev.crease.verifier.Verification;
import dev.crease.verifier.Verifier;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Trees against exact regions on random networks, those of small whole weights, dead neurons and
 * centres on kinks among them; and every tree's certificate before the auditor, which knows no
 * engine.
 */
class TreeExaminationTest {

  private static final TreeCertifier TREE =
      TreeCertifier.on(SolverRegistry.discover(ConfigFactory.load()).select("ortools-highs"));

  private static final CertifyOptions OPTIONS =
      CertifyOptions.builder().nodeLimit(400).cover(true).build();

  private static double weight(Random random, int kind) {
    return switch (kind) {
      case 0 -> random.nextGaussian();
      case 1 -> random.nextInt(5) - 2;
      default -> random.nextInt(4) == 0 ? 0 : random.nextGaussian();
    };
  }

  private static ReluNetwork network(Random random, int kind, int... shape) {
    List<Layer> layers = new ArrayList<>();
    for (int k = 1; k < shape.length; k++) {
      double[][] rows = new double[shape[k]][shape[k - 1]];
      double[] bias = new double[shape[k]];
      for (int i = 0; i < rows.length; i++) {
        for (int j = 0; j < rows[i].length; j++) {
          rows[i][j] = weight(random, kind);
        }
        bias[i] = kind == 1 ? random.nextInt(3) - 1 : random.nextGaussian() / 2;
        if (random.nextInt(12) == 0) {
          Arrays.fill(rows[i], 0);
        }
      }
      Matrix weights = Matrix.of(rows);
      layers.add(k < shape.length - 1 ? Layer.relu(weights, bias) : Layer.linear(weights, bias));
    }
    return ReluNetwork.of("random", layers);
  }

  private static Query question(Random random) {
    int m = 1 + random.nextInt(3);
    int kind = random.nextInt(3);
    int n = random.nextInt(4) == 0 ? m + 1 : m;
    int h = 2 + random.nextInt(3);
    int[] shape = random.nextBoolean() ? new int[] {m, h, n} : new int[] {m, h, h, n};
    ReluNetwork f = network(random, kind, shape);
    Norm norm = Norm.values()[random.nextInt(3)];
    double[] c = new double[m];
    for (int j = 0; j < m; j++) {
      c[j] = kind == 1 ? random.nextInt(3) - 1 : random.nextGaussian() * 0.7;
    }
    Query query =
        switch (random.nextInt(4)) {
          case 0 -> Query.pseudo(f, norm, c);
          case 1 -> Query.transformation(f, network(random, kind, m, h, 1), norm, c);
          default -> Query.local(f, norm, c);
        };
    if (m > 1 && random.nextInt(4) == 0) {
      Interval interval = new Interval(c[m - 1] - 0.25, c[m - 1] + 0.125);
      query = query.sharing(Map.of(m - 1, interval), Arrays.copyOf(c, m - 1));
    }
    if (random.nextInt(4) == 0) {
      double[] scale = new double[query.dimension()];
      Arrays.setAll(scale, j -> kind == 1 ? 1 + random.nextInt(3) : 0.5 + random.nextDouble());
      query = query.scaled(scale);
    }
    query = query.upTo(random.nextBoolean() ? 0.5 : 2);
    if (random.nextInt(3) == 0) {
      query = query.in(domain(random, query.units().center(), kind == 1));
    }
    boolean isNoise = random.nextInt(3) == 0 && norm != Norm.L1 && query.g().isEmpty();
    return isNoise ? query.with(noise(random)) : query;
  }

  /** A box that the centre may be on the border of. */
  private static List<Interval> domain(Random random, double[] center, boolean isWhole) {
    List<Interval> box = new ArrayList<>();
    for (double c : center) {
      double least = random.nextInt(3) == 0 ? 0 : isWhole ? 0.5 : random.nextDouble();
      double most = isWhole ? 1 : 0.1 + random.nextDouble();
      box.add(new Interval(c - least, c + most));
    }
    return box;
  }

  private static Noise noise(Random random) {
    double eps = random.nextInt(4) == 0 ? 0 : Math.pow(10, -2 * random.nextDouble() - 0.5);
    return new Noise(eps, Math.pow(10, -random.nextDouble() - 0.3));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void agreesWithRegionsAndIsAudited(int part) throws IOException {
    int closed = 0;
    int audited = 0;
    for (int seed = 20 * part; seed < 20 * (part + 1); seed++) {
      Query query = question(new Random(seed));
      RadiusResult exact =
          new RegionsCertifier().radius(query, CertifyOptions.defaults(), CertifyListener.none());
      RadiusResult tree = TREE.radius(query, OPTIONS, CertifyListener.none());
      String which = "seed " + seed + ": " + tree + " against " + exact;
      assertTrue(tree.certified() <= exact.refuted().orElse(query.maxRadius()), which);
      assertTrue(tree.refuted().orElse(query.maxRadius()) >= exact.certified(), which);
      if (tree.stop() == StopReason.COMPLETE) {
        closed++;
        double upper = tree.refuted().orElse(query.maxRadius());
        assertTrue(upper - tree.certified() <= 2e-6 * upper, which);
      }
      if (tree.certified() > 0) {
        audited++;
        assertTrue(tree.evidence().hasProof(), which);
        assertAccepted(tree, which);
      }
    }
    assertTrue(closed >= 14, "closed only " + closed);
    assertTrue(audited >= 5, "audited only " + audited);
  }

  /** Small whole weights, and centres on kinks: bounds that are 0, or equal, but for rounding. */
  private static Query onKinks(Random random) {
    int m = 2 + random.nextInt(2);
    ReluNetwork f = network(random, 1, m, 8, 6, m);
    double[] c = new double[m];
    for (int j = 0; j < m; j++) {
      c[j] = random.nextInt(9) * 0.25 - 1;
    }
    Norm norm = Norm.values()[random.nextInt(3)];
    Query query = random.nextInt(3) == 0 ? Query.local(f, norm, c) : Query.pseudo(f, norm, c);
    if (random.nextInt(3) == 0) {
      double least = random.nextInt(8) * 0.25 - 1;
      Map<Integer, Interval> shared = Map.of(m - 1, new Interval(least, least + 0.25));
      query = query.sharing(shared, Arrays.copyOf(c, m - 1));
    }
    return query.upTo(2);
  }

  @Test
  void whatRoundsDifferentlyIsAudited() throws IOException {
    int audited = 0;
    for (int seed = 1000; seed < 1040; seed++) {
      RadiusResult tree = TREE.radius(onKinks(new Random(seed)), OPTIONS, CertifyListener.none());
      if (tree.certified() > 0) {
        audited++;
        assertAccepted(tree, "seed " + seed + ": " + tree);
      }
    }
    assertTrue(audited >= 5, "audited only " + audited);
  }

  /** A neuron that is 0 whatever happens, but for the least double: it must not set a unit. */
  @Test
  void aSharedInputThatIsPinnedOnAKinkIsNoUnit() throws IOException {
    double[][] first = {{0, -1}, {1, -1}, {1, 1}, {1, 0}, {0, -1}, {1, 0}};
    ReluNetwork f =
        ReluNetwork.of(
            "pinned",
            List.of(
                Layer.relu(Matrix.of(first), 0, -1, -1, -1, 1, 6),
                Layer.linear(Matrix.of(new double[][] {{1, -1, -1, -1, 1, 3}}), 0)));
    Query query =
        Query.local(f, Norm.LINF, 0, 0).sharing(Map.of(1, new Interval(0, 0)), -0.5).scaled(3);
    RadiusResult tree = TREE.radius(query.upTo(1), OPTIONS, CertifyListener.none());
    RadiusResult exact =
        new RegionsCertifier().radius(query.upTo(1), OPTIONS, CertifyListener.none());
    assertEquals(StopReason.COMPLETE, tree.stop(), tree::toString);
    assertTrue(tree.certified() >= exact.certified() - 1e-5, tree + " against " + exact);
    assertTrue(tree.certified() <= exact.refuted().orElse(1), tree + " against " + exact);
    assertAccepted(tree, tree.toString());
  }

  @Test
  void aTreeInFourInputsIsAudited() throws IOException {
    ReluNetwork f = network(new Random(5), 0, 4, 8, 8, 4);
    for (Norm norm : Norm.values()) {
      for (Query query :
          List.of(
              Query.local(f, norm, 0.1, 0.2, -0.1, 0), Query.pseudo(f, norm, 0.1, 0.2, -0.1, 0))) {
        RadiusResult tree = TREE.radius(query, OPTIONS, CertifyListener.none());
        assertEquals(StopReason.COMPLETE, tree.stop(), tree::toString);
        assertAccepted(tree, tree.toString());
      }
    }
  }

  private static void assertAccepted(RadiusResult result, String which) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    List<Integer> shared = List.copyOf(result.query().shared().keySet());
    Preparation preparation = new Preparation(Map.of(), java.util.Set.copyOf(shared), 1, List.of());
    CertificateWriter.write(result, preparation, bytes);
    Optional<ReluNetwork> g =
        result.query().problem() == Problem.TRANSFORMATION
            ? result.query().units().g()
            : Optional.empty();
    try (InputStream in = new ByteArrayInputStream(bytes.toByteArray())) {
      Verification verification =
          Verifier.verify(Certificate.read(in), result.query().units().f(), g);
      assertTrue(
          verification instanceof Verification.Accepted accepted && accepted.isComplete(),
          () -> verification + ": " + which);
    }
  }
}
