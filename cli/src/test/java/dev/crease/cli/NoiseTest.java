package dev.crease.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.crease.Unsupported;
import dev.crease.bounds.Interval;
import dev.crease.bounds.Norm;
import dev.crease.certify.Certifier;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.SpreadResult;
import dev.crease.certify.StopReason;
import dev.crease.choose.CertifierRegistry;
import dev.crease.engine.regions.RegionsCertifier;
import dev.crease.mip.Formulations;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Noise;
import dev.crease.question.Query;
import dev.crease.solver.Availability;
import dev.crease.testkit.Networks;
import dev.crease.witness.Witness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What noise in the outputs may confuse, against what is worked out by hand, and by sampling. */
class NoiseTest {

  private static final CertifyOptions OPTIONS = CertifyOptions.defaults();

  private static SpreadResult omega(Query query, double eps, double radius) {
    SpreadResult found =
        new RegionsCertifier()
            .spread(query.with(new Noise(eps, 0)), radius, OPTIONS, CertifyListener.none());
    assertEquals(StopReason.COMPLETE, found.stop());
    return found;
  }

  private static RadiusResult radius(Query query, double eps, double within) {
    return new RegionsCertifier()
        .radius(query.with(new Noise(eps, within)), OPTIONS, CertifyListener.none());
  }

  /** A function of one variable on an interval: its ends and kinks, and how it goes on between. */
  private record Line(ReluNetwork f, double[] knots) {

    static Line of(ReluNetwork f, double from, double to) {
      TreeSet<Double> knots = new TreeSet<>(List.of(from, to));
      Layer first = f.layers().get(0);
      for (int i = 0; i < first.outputs(); i++) {
        double w = first.weights().get(i, 0);
        double kink = w == 0 ? from : -first.bias(i) / w;
        if (kink > from && kink < to) {
          knots.add(kink);
        }
      }
      return new Line(f, knots.stream().mapToDouble(x -> x).toArray());
    }

    double at(double x) {
      return f.evaluate(x)[0];
    }

    /**
     * The largest distance of two points whose values differ by no more: of the corners of the
     * polygons that they make up, where one is a knot and the other too, or has a value so far off.
     */
    double confused(double eps) {
      double most = 0;
      for (double x : knots) {
        double y = at(x);
        for (double other : knots) {
          // Flat pieces have one value but for rounding.
          if (Math.abs(at(other) - y) <= eps + 1e-12) {
            most = Math.max(most, Math.abs(other - x));
          }
        }
        for (int i = 0; i + 1 < knots.length; i++) {
          double a = at(knots[i]);
          double b = at(knots[i + 1]);
          for (double wanted : new double[] {y - eps, y + eps}) {
            double t = (wanted - a) / (b - a);
            if (t >= 0 && t <= 1) {
              double other = knots[i] + t * (knots[i + 1] - knots[i]);
              most = Math.max(most, Math.abs(other - x));
            }
          }
        }
      }
      return most;
    }
  }

  @Test
  void onTheLineItIsWhatIsWorkedOut() {
    Random random = new Random(3);
    int folded = 0;
    for (long seed = 0; seed < 60; seed++) {
      ReluNetwork f = Networks.random(seed, 1, 1 + (int) (seed % 5), 1);
      double center = random.nextGaussian() / 2;
      double r = 0.2 + random.nextDouble();
      double eps = Math.pow(10, -3 * random.nextDouble());
      Query query = Query.local(f, Norm.LINF, center);
      double expected = Line.of(f, center - r, center + r).confused(eps);
      SpreadResult collisions = omega(query, 0, r);
      assertEquals(Line.of(f, center - r, center + r).confused(0), collisions.most(), 1e-9);
      SpreadResult found = omega(query, eps, r);
      String what = "seed " + seed + ": " + found + " but " + expected;
      assertEquals(expected, found.most(), 1e-9 * (1 + expected), what);
      assertEquals(expected, found.least(), 1e-9 * (1 + expected), what);
      if (expected > 0 && expected < 2 * r) {
        // At this radius, and at no smaller one, it is reached, but where it does not grow.
        RadiusResult more = radius(query, eps, expected * (1 + 1e-6));
        assertTrue(more.certified() >= r * (1 - 1e-12), what + ", radius " + more);
        RadiusResult less = radius(query, eps, expected * (1 - 1e-6));
        assertTrue(less.refuted().orElse(10) <= r * (1 + 1e-6), what + ", radius " + less);
        folded++;
      }
    }
    assertTrue(folded > 20, folded + " told something");
  }

  @ParameterizedTest
  @EnumSource
  void sampledPairsAreWithin(Norm norm) {
    Random random = new Random(11 + norm.ordinal());
    Norm in = Noise.norm(norm);
    for (long seed = 0; seed < 5; seed++) {
      ReluNetwork f = Networks.random(seed, 2, 5, 4, 2);
      ReluNetwork g = Networks.random(~seed, 2, 4, 1);
      List<Query> queries =
          List.of(
              Query.local(f, norm, 0.2, -0.1),
              Query.pseudo(f, norm, 0.2, -0.1),
              Query.transformation(f, g, norm, 0.2, -0.1),
              Query.local(f, norm, 0.2, -0.1).scaled(0.5, 1.5),
              Query.local(f, norm, 0, 0).sharing(Map.of(1, new Interval(-0.25, 0.5)), 0.2));
      for (Query query : queries) {
        double eps = 0.02 + 0.2 * random.nextDouble();
        SpreadResult found = omega(query, eps, 0.8);
        double seen = 0;
        for (int i = 0; i < 20_000; i++) {
          double[] x = point(query, random, 0.8);
          double[] y = query.isPinned() ? query.center() : near(query, x, random, found.most());
          query.shared().keySet().forEach(k -> y[k] = x[k]);
          if (query.distance(x) <= 0.8
              && query.distance(y) <= 0.8
              && in.distance(query.f().evaluate(x), query.f().evaluate(y)) <= eps) {
            seen = Math.max(seen, in.distance(query.determined(x), query.determined(y)));
          }
        }
        String what = "seed " + seed + ", eps " + eps + ": " + found + " but " + seen;
        assertTrue(seen <= found.most(), what);
        Witness pair = found.witness().orElseThrow();
        double[] fx = query.f().evaluate(pair.x());
        assertEquals(
            0, Math.max(eps, in.distance(fx, query.f().evaluate(pair.xPrime()))) - eps, 1e-6);
        double apart = in.distance(query.determined(pair.x()), query.determined(pair.xPrime()));
        assertEquals(found.least(), apart, 1e-6, what);
        assertTrue(found.most() - found.least() <= 1e-9, what);
      }
    }
  }

  private static double[] point(Query query, Random random, double radius) {
    double[] x = query.f().inputs() == query.dimension() ? query.center() : new double[2];
    for (int j = 0; j < x.length; j++) {
      Interval shared = query.shared().get(j);
      x[j] =
          shared != null
              ? shared.lower() + random.nextDouble() * (shared.upper() - shared.lower())
              : query.center()[Math.min(j, query.dimension() - 1)]
                  + radius * (2 * random.nextDouble() - 1);
    }
    return x;
  }

  private static double[] near(Query query, double[] x, Random random, double apart) {
    double size = query.g().isPresent() ? 0.4 : 1.2 * apart;
    double[] y = x.clone();
    for (int j = 0; j < y.length; j++) {
      y[j] += size * (2 * random.nextDouble() - 1);
    }
    return y;
  }

  @Test
  void growsWithNoiseAndRadiusAndFitsTheRadius() {
    for (long seed = 30; seed < 34; seed++) {
      Query query = Query.local(Networks.random(seed, 2, 6, 2), Norm.LINF, 0.1, 0.3);
      double last = 0;
      for (double eps : new double[] {0.001, 0.01, 0.1}) {
        for (double r : new double[] {0.1, 0.3}) {
          SpreadResult found = omega(query, eps, r);
          if (r > 0.1) {
            assertTrue(found.most() >= last, seed + ": " + found);
            double here = found.most();
            assertTrue(radius(query, eps, here * 1.001).certified() >= r, seed + ": " + found);
          }
          last = found.least();
        }
      }
    }
  }

  @Test
  void spreadsWithoutNoiseAreAsBefore() {
    ReluNetwork f = Networks.absolute(3, 0.25);
    Query query = Query.local(f, Norm.LINF, 1);
    assertEquals(1, omega(query, 0, 1.25).most(), 1e-12);
    // The value is 3 |x - 1/4|: 0.03 of noise are 0.01 of x, and a little beside the fold.
    assertEquals(0.01, omega(query, 0.03, 0.5).most(), 1e-12);
    // 1/4 - d and 1/4 + e may have d + e = 0.02 and e - d = 0.01.
    RadiusResult found = radius(query, 0.03, 0.02);
    assertEquals(0.755, found.certified(), 1e-9);
    assertEquals(0.755, found.refuted().orElseThrow(), 1e-9);
    // Collisions that are apart by more than is allowed: those of 1/4 - d and 1/4 + d.
    assertEquals(0.85, radius(query, 0, 0.2).certified(), 1e-12);
  }

  @Test
  void othersRefuseByName() {
    ReluNetwork f = Networks.random(3, 2, 4, 2);
    Noise noise = new Noise(0.1, 0.2);
    Query sum = Query.local(f, Norm.L1, 0, 0).with(noise);
    assertRefused("tree", sum, "answers no questions in norm 1 with noise");
    Query two = Query.transformation(f, f, Norm.LINF, 0, 0).with(noise);
    assertRefused("tree", two, "answers no questions of two networks with noise");
    assertRefused("splitting", two, "answers no questions of two networks with noise");
    Query none = Query.local(f, Norm.LINF, 0, 0).with(new Noise(0.1, 0));
    assertRefused("tree", none, "with noise no two states are the same");
  }

  private static void assertRefused(String id, Query query, String why) {
    CertifierRegistry registry = CertifierRegistry.discover(ConfigFactory.load());
    Unsupported refused =
        assertThrows(
            Unsupported.class,
            () ->
                registry
                    .select(id, query, OPTIONS)
                    .certifier()
                    .radius(query, OPTIONS, CertifyListener.none()));
    assertTrue(refused.getMessage().contains(why), refused::toString);
  }

  @ParameterizedTest
  @EnumSource
  void splittingAgreesWithGeometry(Norm norm) {
    CertifierRegistry registry = CertifierRegistry.discover(ConfigFactory.load());
    CertifyOptions options = CertifyOptions.builder().relativeGap(0.01).build();
    int closed = 0;
    for (long seed = 0; seed < 2; seed++) {
      ReluNetwork f = Networks.random(seed, 2, 4, 2);
      for (Query query :
          List.of(Query.local(f, norm, 0.2, -0.1).scaled(0.5, 1.5), Query.pseudo(f, norm, 0, 0))) {
        Query noisy = query.with(new Noise(0.01, 0.4)).upTo(1);
        RadiusResult exact = new RegionsCertifier().radius(noisy, OPTIONS, CertifyListener.none());
        RadiusResult found =
            registry
                .select("splitting", noisy, options)
                .certifier()
                .radius(noisy, options, CertifyListener.none());
        String both = exact + " and " + found;
        assertTrue(found.certified() <= exact.refuted().orElse(1), both);
        assertTrue(found.refuted().orElse(1) >= exact.certified(), both);
        closed += found.stop() == StopReason.COMPLETE ? 1 : 0;
      }
    }
    assertTrue(closed >= 3, closed + " closed");
  }

  /** How far apart states may be, by halving what is not decided. */
  @ParameterizedTest
  @EnumSource(names = {"L2", "LINF"})
  void treesBracketSpreads(Norm norm) {
    Random random = new Random(23);
    CertifierRegistry registry = CertifierRegistry.discover(ConfigFactory.load());
    for (long seed = 0; seed < 2; seed++) {
      ReluNetwork f = Networks.random(seed, 2, 4, 2);
      for (Query query :
          List.of(
              Query.pseudo(f, norm, 0.2, -0.1),
              Query.local(f, norm, 0, 0).sharing(Map.of(1, new Interval(-0.25, 0.5)), 0.2))) {
        double eps = seed == 0 ? 0 : 0.02 + 0.1 * random.nextDouble();
        SpreadResult exact = omega(query, eps, 0.8);
        Query noisy = query.with(new Noise(eps, 0));
        CertifyOptions options = CertifyOptions.builder().nodeLimit(300).build();
        SpreadResult found =
            registry
                .select("tree", noisy, options)
                .certifier()
                .spread(noisy, 0.8, options, CertifyListener.none());
        String both = exact + " and " + found;
        assertTrue(found.most() >= exact.least() * (1 - 1e-12), both);
        assertTrue(found.least() <= exact.most() * (1 + 1e-12), both);
        assertEquals(exact.most(), found.most(), 1e-5, both);
        assertEquals(exact.most(), found.least(), 1e-5, both);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ortools-highs, big-m",
    "ortools-scip, indicator",
    "ortools-scip, big-m",
    "scip, sos1",
    "ortools-cbc, big-m"
  })
  void solversClaimWhatGeometryProves(String solver, String encoding) {
    CertifierRegistry registry = CertifierRegistry.discover(ConfigFactory.load());
    Assumptions.assumeTrue(
        registry.solvers().all().stream()
            .anyMatch(
                s -> s.id().equals(solver) && s.availability() instanceof Availability.Available),
        solver + " cannot run here");
    CertifyOptions options = CertifyOptions.builder().encoding(encoding).build();
    Random random = new Random(17);
    for (long seed = 0; seed < 2; seed++) {
      Norm norm = seed % 2 == 0 ? Norm.LINF : Norm.L1;
      ReluNetwork f = Networks.random(seed, 2, 4, 2);
      ReluNetwork g = Networks.random(~seed, 2, 3, 1);
      for (Query query :
          List.of(
              Query.local(f, norm, 0.2, -0.1).scaled(0.5, 1.5),
              Query.pseudo(f, norm, 0.2, -0.1),
              Query.transformation(f, g, norm, 0.2, -0.1),
              Query.local(f, norm, 0, 0).sharing(Map.of(1, new Interval(-0.25, 0.5)), 0.2))) {
        double eps = 0.02 + 0.1 * random.nextDouble();
        SpreadResult exact = omega(query, eps, 0.8);
        Certifier certifier = registry.select(solver, query, options).certifier();
        SpreadResult found =
            certifier.spread(query.with(new Noise(eps, 0)), 0.8, options, CertifyListener.none());
        String both = exact + " and " + found;
        double claimed = found.claimed().orElse(found.most());
        assertTrue(claimed >= exact.least() * (1 - 1e-9) - 1e-9, both);
        assertEquals(exact.most(), claimed, 1e-3 * (1 + exact.most()), both);
        assertTrue(found.least() <= exact.most(), both);
        assertEquals(exact.most(), found.least(), 1e-3 * (1 + exact.most()), both);

        double within = 0.5 * exact.most();
        if (within == 0) {
          continue;
        }
        Query allowed = query.with(new Noise(eps, within)).upTo(2);
        RadiusResult proved =
            new RegionsCertifier().radius(allowed, OPTIONS, CertifyListener.none());
        RadiusResult said = certifier.radius(allowed, options, CertifyListener.none());
        String all = proved + " and " + said;
        assertEquals(0, said.certified(), all);
        assertTrue(said.said() <= proved.refuted().orElse(2) * (1 + 1e-5) + 1e-5, all);
        assertTrue(said.said() >= proved.certified() - 1e-3, all);
        assertTrue(said.refuted().orElse(2) >= proved.certified(), all);
        assertEquals(proved.refuted().orElse(2), said.refuted().orElse(2), 1e-2, all);
      }
    }
  }

  @Test
  void inManyInputsAutoAsksASolver() {
    ReluNetwork f =
        ReluNetwork.of("identity", List.of(Layer.linear(Matrix.identity(4), 0, 0, 0, 0)));
    Query query = Query.local(f, Norm.L1, 0, 0, 0, 0).with(new Noise(0.1, 0.2));
    CertifierRegistry registry = CertifierRegistry.discover(ConfigFactory.load());
    RadiusResult found =
        registry
            .select(CertifierRegistry.AUTO, query, OPTIONS)
            .certifier()
            .radius(query, OPTIONS, CertifyListener.none());
    assertEquals(0, found.certified());
    assertEquals(10, found.said());
  }

  @Test
  void lipschitzConstantsHaveNoNoiseOfTheirOwn() {
    Query query = Query.local(Networks.random(3, 2, 4, 2), Norm.LINF, 0, 0);
    List<Interval> box = List.of(new Interval(-1, 1), new Interval(-1, 1));
    for (Query part : List.of(query.with(new Noise(0.1, 0)), query.in(box))) {
      for (String id : List.of("regions", "splitting")) {
        Certifier certifier =
            CertifierRegistry.discover(ConfigFactory.load()).select(id, query, OPTIONS).certifier();
        assertThrows(
            Unsupported.class, () -> certifier.lipschitz(part, 1, OPTIONS, CertifyListener.none()));
      }
    }
  }

  /** Whatever cannot say that there was noise or a domain must not answer as if there were none. */
  @Test
  void whatCannotSayItIsRefused() {
    Query query = Query.local(Networks.random(3, 2, 4, 2), Norm.LINF, 0, 0);
    List<Interval> box = List.of(new Interval(-1, 1), new Interval(-1, 1));
    CertifierRegistry registry = CertifierRegistry.discover(ConfigFactory.load());
    Query noisy = query.with(new Noise(0.1, 0.2));
    assertThrows(Unsupported.class, () -> Formulations.nearest(noisy, OPTIONS));
    assertThrows(Unsupported.class, () -> Formulations.furthest(noisy, OPTIONS));
    for (Query part : List.of(noisy, query.in(box))) {
      assertTrue(registry.regions().refusal(part).isPresent());
    }
    assertTrue(registry.regions().refusal(query).isEmpty());
  }

  private static CommandRun run(String command) {
    List<String> all = new ArrayList<>(List.of(command.trim().split(" +")));
    all.addAll(List.of("--network", "../examples/vanderpol.onnx", "--center", "0,0"));
    return CommandRun.of(all.toArray(String[]::new));
  }

  @Test
  void commandsTakeNoise() {
    CommandRun spread = run("spread local --radius 0.5 --noise 0.01 --json -");
    assertEquals(0, spread.code(), spread.err());
    assertTrue(spread.out().contains("\"noise\" : 0.01"), spread.out());
    CommandRun radius = run("radius local --noise 0.01 --within 0.05 --max-radius 1");
    assertEquals(0, radius.code(), radius.err());
    assertTrue(radius.out().contains("norm inf, noise 0.01, within 0.05\n"), radius.out());
    assertTrue(
        radius.out().contains("no two points of this ball that may share an output are further"),
        radius.out());
    CommandRun check = run("check local --noise 0.01 --within 0.001 --radius 0.1");
    assertEquals(1, check.code(), check.err());
    assertTrue(check.out().startsWith("REFUTED at 0.1\n"), check.out());
    assertTrue(check.out().contains("by points that the noise confuses"), check.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "radius local --noise 0.1                                 | --noise needs --within DELTA",
        "radius local --within 0.1                                | --within needs --noise EPS",
        "check local --radius 1 --noise 0.1                       | --noise needs --within DELTA",
        "radius local --noise -1 --within 1                       | --noise: the noise cannot be -1",
        "radius local --noise NaN --within 1                      | --noise: the noise cannot be",
        "radius local --noise 1 --within -1                       | --within: noise cannot be",
        "spread local --radius 1 --noise 1 --within 1             | --within goes with crease",
        "radius local --noise 1 --within 1 --norm 1 --solver tree | answers no questions in norm 1",
        "radius local --noise 1 --within 1 --strategy paper       | strategy paper answers no"
      })
  void whatDoesNotFitIsRefusedInALine(String command, String message) {
    CommandRun run = run(command);
    assertTrue(run.code() == 65 || run.code() == 69, run.code() + ": " + run.err());
    assertTrue(run.err().contains(message), run.err());
    assertEquals(1, run.err().lines().filter(line -> line.startsWith("crease:")).count());
    assertEquals(List.of(), Stream.of(run.out()).filter(text -> !text.isEmpty()).toList());
  }
}
