package dev.crease.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import dev.crease.bounds.Interval;
import dev.crease.bounds.Norm;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.Trust;
import dev.crease.choose.CertifierRegistry;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.testkit.Networks;
import dev.crease.witness.ExactRadius;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.hipparchus.fraction.BigFraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Balls in units of their own, and whole boxes, whoever answers. */
class UnitsTest {

  private static final String VANDERPOL = "../examples/vanderpol.onnx";

  private static final CertifierRegistry REGISTRY =
      CertifierRegistry.discover(ConfigFactory.load());

  @TempDir private Path folder;

  private static RadiusResult answer(String solver, Query query) {
    CertifyOptions options = CertifyOptions.builder().trust(Trust.SOLVER).nodeLimit(400).build();
    return REGISTRY
        .select(solver, query, options)
        .certifier()
        .radius(query, options, CertifyListener.none());
  }

  /** The same network in other units, by hand: exact where these are powers of two. */
  private static ReluNetwork times(ReluNetwork f, double... scale) {
    List<Layer> layers = new ArrayList<>(f.layers());
    Layer first = layers.get(0);
    double[][] rows = new double[first.outputs()][];
    boolean[] relu = new boolean[rows.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = first.weights().row(i).clone();
      relu[i] = first.isRelu(i);
      for (int j = 0; j < scale.length; j++) {
        rows[i][j] *= scale[j];
      }
    }
    layers.set(0, Layer.of(Matrix.of(rows), first.bias(), relu));
    return ReluNetwork.of(f.name(), layers);
  }

  @ParameterizedTest
  @EnumSource
  void powersOfTwoAreWeights(Norm norm) {
    for (long seed = 0; seed < 6; seed++) {
      ReluNetwork f = Networks.random(seed, 2, 5, 4, 2);
      ReluNetwork g = Networks.random(~seed, 2, 4, 1);
      double[] s = {4, 0.5};
      List<Query> scaled =
          List.of(
              Query.local(f, norm, 0.25, -0.5).scaled(s),
              Query.pseudo(f, norm, 0.25, -0.5).scaled(s),
              Query.transformation(f, g, norm, 0.25, -0.5).scaled(s),
              Query.local(f, norm, 0, 0)
                  .sharing(Map.of(0, new Interval(-0.25, 0.5)), -0.5)
                  .scaled(0.5));
      List<Query> byHand =
          List.of(
              Query.local(times(f, s), norm, 0.0625, -1),
              Query.pseudo(times(f, s), norm, 0.0625, -1),
              Query.transformation(times(f, s), times(g, s), norm, 0.0625, -1),
              Query.local(times(f, 1, 0.5), norm, 0, 0)
                  .sharing(Map.of(0, new Interval(-0.25, 0.5)), -1));
      for (int i = 0; i < scaled.size(); i++) {
        RadiusResult one = answer("regions", scaled.get(i));
        RadiusResult other = answer("regions", byHand.get(i));
        assertEquals(
            other.evidence().radius().map(ExactRadius::lower),
            one.evidence().radius().map(ExactRadius::lower),
            one + " and " + other);
        assertEquals(other.certified(), one.certified(), one + " and " + other);
      }
    }
  }

  @Test
  void twiceTheUnitsAreHalfTheRadius() {
    BigFraction two = BigFraction.TWO;
    for (long seed = 20; seed < 26; seed++) {
      Query query = Query.local(Networks.random(seed, 2, 6, 2), Norm.LINF, 0.3, 0.1);
      RadiusResult once = answer("regions", query.scaled(0.3, 1.7));
      RadiusResult twice = answer("regions", query.scaled(0.6, 3.4));
      assertEquals(
          once.evidence().radius().map(ExactRadius::lower),
          twice.evidence().radius().map(r -> r.lower().multiply(two)));
    }
  }

  @ParameterizedTest
  @CsvSource({"tree", "splitting", "ortools-scip", "ortools-highs"})
  void othersAgreeWithGeometry(String solver) {
    Random random = new Random(7);
    for (long seed = 40; seed < 43; seed++) {
      double[] scale = {0.2 + random.nextDouble(), 1 + random.nextDouble()};
      Query query =
          Query.local(Networks.random(seed, 2, 4, 2), Norm.LINF, 0.3, 0.1).scaled(scale).upTo(1.5);
      RadiusResult exact = answer("regions", query);
      RadiusResult other = answer(solver, query);
      String both = exact + " and " + other;
      double room = other.deltaIsRigorous() ? 1e-5 : other.delta() + 1e-5;
      assertTrue(other.certified() <= exact.refuted().orElse(1.5) + room, both);
      assertTrue(exact.certified() <= other.refuted().orElse(1.5), both);
    }
  }

  @Test
  void pointsAreInputs() {
    ReluNetwork f = Networks.random(3, 2, 6, 2);
    Query query = Query.local(f, Norm.LINF, 0.3, 0.1).scaled(0.5, 3);
    RadiusResult result = answer("regions", query);
    assertTrue(result.isRefuted(), result::toString);
    double[] x = query.units().point(result.witness().orElseThrow().x());
    double[] y = query.units().point(result.witness().orElseThrow().xPrime());
    double[] fx = f.evaluate(x);
    double[] fy = f.evaluate(y);
    assertEquals(fx[0], fy[0], 1e-9);
    assertEquals(fx[1], fy[1], 1e-9);
    double far = Math.max(Math.abs(x[0] - 0.3) / 0.5, Math.abs(x[1] - 0.1) / 3);
    assertTrue(far <= result.refuted().orElseThrow() + 1e-6, far + " and " + result);
    List<BigFraction> p = result.evidence().collision().orElseThrow().in(query.units()).p();
    assertEquals(0.3, p.get(0).doubleValue(), 0.5 * result.refuted().orElseThrow() + 1e-9);
  }

  @Test
  void aCommandTakesUnitsAndItsCertificateIsAudited() throws IOException {
    Path json = folder.resolve("a.json");
    Path certificate = folder.resolve("a.json.gz");
    CommandRun run =
        CommandRun.of(
            "radius",
            "local",
            "--network",
            VANDERPOL,
            "--center",
            "0.5,0.5",
            "--scale",
            "3,0.1",
            "--max-radius",
            "0.5",
            "--json",
            json.toString(),
            "--certificate",
            certificate.toString());
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("at (0.5, 0.5), norm inf, scale (3, 0.1)"), run.out());
    JsonNode tree = new ObjectMapper().readTree(Files.readString(json));
    assertEquals("[0.5,0.5]", tree.get("center").toString());
    assertEquals("[3.0,0.1]", tree.get("scale").toString());
    CommandRun audit = CommandRun.of("audit", certificate.toString(), "--network", VANDERPOL);
    assertEquals(0, audit.code(), audit.out() + audit.err());
    assertTrue(audit.out().contains("at (0.5, 0.5), norm inf, scale (3.0, 0.1)"), audit.out());
    CommandRun proof =
        CommandRun.of(
            "radius",
            "local",
            "--network",
            VANDERPOL,
            "--center",
            "0.5,0.5",
            "--scale",
            "0.5",
            "--solver",
            "tree",
            "--max-radius",
            "0.05",
            "--certificate",
            certificate.toString());
    assertEquals(0, proof.code(), proof.err());
    assertTrue(proof.out().contains("scale (0.5, 0.5)"), proof.out());
    audit = CommandRun.of("audit", certificate.toString(), "--network", VANDERPOL);
    assertEquals(0, audit.code(), audit.out() + audit.err());
  }

  private static CommandRun check(String... more) {
    return CommandRun.of(
        Stream.concat(Stream.of("check", "local", "--network", VANDERPOL), Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void aDomainIsChecked() {
    CommandRun run = check("--domain", "-3:3,-4:4");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().startsWith("HOLDS on the domain\n"), run.out());
    assertTrue(
        run.out().contains("note: the ball of radius 1 is the domain [-3, 3] x [-4, 4]\n"),
        run.out());
    // The example's own file says the same.
    assertEquals(run.stableOut(), check("--domain", "sidecar").stableOut());
    assertTrue(
        CommandRun.of("info", VANDERPOL)
            .out()
            .contains("trained on [-3, 3] x [-4, 4], says vanderpol.json\n"));
    CommandRun odd = check("--domain", "-0.1:0.30000000000000004,0:0.1");
    assertTrue(odd.out().contains("HOLDS on the domain"), odd.out());
    CommandRun part = check("--domain", "-30:30,-40:40", "--radius", "0.5");
    assertEquals(1, part.code(), part.out());
    assertTrue(part.out().startsWith("REFUTED at 0.5\n"), part.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--domain 0:4                              | 65 | --domain has 1 side, but there are 2",
        "--domain 0:4,4:0                          | 65 | --domain: 4:0 is not the side of a box",
        "--domain 0:4,1:1                          | 65 | --domain: 1:1 is not the side of a box",
        "--domain 0:4,1                            | 65 | --domain: 1 is not the side of a box",
        "--domain 0:4,x:1                          | 65 | --domain: x:1 is not the side of a box",
        "--domain 0:4,0:1e400                      | 65 | is not the side of a box",
        "--domain 0:4,0:4 --norm 2                 | 65 | --domain is a box, the ball of norm inf",
        "--domain 0:4,0:4 --scale 2                | 65 | leave out --scale",
        "--domain 0:4,0:4 --radius 1.5             | 65 | --radius 1.5 is beyond the domain",
        "--domain 0:4,0:4 --center 0,5 --radius 1  | 65 | the centre's 5.0 does not lie in the",
        "--domain 0:4 --center 0,0 --radius 1      | 65 | the domain has 1 side, the centre 2 entries",
        "--radius 1                                | 64 | where? --center X,... is a point",
        "--center 0,0                              | 64 | Missing required option: '--radius=R'",
        "--center 0,0 --radius 1 --scale 1,2,3     | 65 | the centre has 2 entries, the scale 3",
        "--center 0,0 --radius 1 --scale 1,0       | 65 | the scale [1.0, 0.0] is not of positive",
        "--center 0,0 --radius 1 --scale 1,-2      | 65 | is not of positive numbers",
        "--center 0,0 --radius 1 --scale NaN       | 65 | is not of positive numbers"
      })
  void whatDoesNotFitIsRefusedInALine(String flags, int code, String message) {
    CommandRun run = check(flags.trim().split(" +"));
    assertEquals(code, run.code(), run.err());
    assertTrue(run.err().contains(message), run.err());
    assertEquals("", run.out());
  }

  @Test
  void aSidecarMustBeOne() throws IOException {
    Path network = Files.copy(Path.of(VANDERPOL), folder.resolve("f.onnx"));
    String[] command = {"check", "local", "--domain", "sidecar", "--network", network.toString()};
    CommandRun none = CommandRun.of(command);
    assertEquals(65, none.code());
    assertTrue(none.err().contains("is no JSON file of its name"), none.err());
    Path sidecar = folder.resolve("f.json");
    Files.writeString(sidecar, "{\"inputs\": [{\"range\": [0, 1]}, {\"range\": [2, 1]}]}");
    CommandRun bad = CommandRun.of(command);
    assertEquals(65, bad.code());
    assertTrue(bad.err().contains("inputs[1].range is no interval"), bad.err());
    Files.writeString(sidecar, "{\"inputs\": [{\"range\": [0, 0.1]}, {\"range\": [0, 0.2]}]}");
    assertEquals(0, CommandRun.of(command).code());
    Files.writeString(sidecar, "not JSON");
    assertEquals(65, CommandRun.of(command).code());
    assertEquals(0, CommandRun.of("info", network.toString()).code());
  }

  /** (x, y) -> (|x|, y) around (1, 0): the fold at x = 0 may lie outside the domain. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-1:3,-1:1      | 1     | 1",
        "-1:3,-0.5:0.5  | 1     | 1",
        "0.25:3,-1:1    | 10    | ",
        "0:3,-1:1       | 10    | ",
        "-0.5:1.25,-9:9 | 1     | 1",
        "1:2,0:1        | 10    | ",
      })
  void aDomainCutsTheBall(String domain, double certified, Double refuted) throws IOException {
    Path fold = Files.writeString(folder.resolve("fold.json"), CommandRun.FOLD);
    for (String norm : List.of("1", "2", "inf")) {
      for (String scale : List.of("1", "0.5")) {
        CommandRun run =
            CommandRun.of(
                "radius",
                "local",
                "--network",
                fold.toString(),
                "--center",
                "1,0",
                "--domain",
                domain,
                "--norm",
                norm,
                "--scale",
                scale,
                "--json",
                "-");
        assertEquals(0, run.code(), run.err());
        JsonNode json = new ObjectMapper().readTree(run.out().substring(run.out().indexOf('{')));
        double by = refuted == null ? 1 : Double.parseDouble(scale);
        assertEquals(certified / by, json.get("certified").asDouble(), 1e-9, run.out());
        assertEquals(refuted == null, json.get("refuted").isNull(), run.out());
        assertEquals(2, json.get("domain").size());
      }
    }
  }

  @Test
  void aDomainNeverMakesTheRadiusSmaller() {
    Random random = new Random(5);
    for (long seed = 60; seed < 72; seed++) {
      ReluNetwork f = Networks.random(seed, 2, 6, 4, 2);
      Norm norm = Norm.values()[(int) (seed % 3)];
      Query all = Query.local(f, norm, 0.1, 0.2).upTo(2);
      RadiusResult whole = answer("regions", all);
      for (double size : new double[] {2, 1, 0.5, 0.25}) {
        double left = size * random.nextDouble();
        List<Interval> box =
            List.of(new Interval(0.1 - left, 0.1 + size), new Interval(0.2 - size, 0.2 + left));
        RadiusResult part = answer("regions", all.in(box));
        assertTrue(part.certified() >= whole.certified(), seed + ": " + part + " in " + whole);
        if (part.isRefuted()) {
          for (int j = 0; j < 2; j++) {
            double x = part.evidence().collision().orElseThrow().u().get(j).doubleValue();
            assertTrue(x >= box.get(j).lower() - 1e-12 && x <= box.get(j).upper() + 1e-12);
          }
          // What refutes in a part refutes in the whole.
          assertTrue(
              whole.refuted().orElseThrow() <= part.refuted().orElseThrow(), whole + " " + part);
        }
      }
    }
  }

  @Test
  void othersAnswerWithinADomainToo() throws IOException {
    String[] ask = {
      "radius", "local", "--network", VANDERPOL, "--center", "0,0", "--domain", "-1:1,-1:1", "", ""
    };
    ask[8] = "--plot";
    ask[9] = folder.resolve("c.svg").toString();
    CommandRun plot = CommandRun.of(ask);
    assertEquals(0, plot.code(), plot.err());
    assertTrue(plot.out().contains("all of the domain is within that radius"), plot.out());
    Random random = new Random(5);
    for (long seed = 60; seed < 61; seed++) {
      Query query = Query.local(Networks.random(seed, 2, 4, 2), Norm.LINF, 0.3, 0.1);
      List<Interval> box =
          List.of(
              new Interval(0.3 - random.nextDouble(), 0.4),
              new Interval(0.1, 0.2 + random.nextDouble()));
      for (Query part : List.of(query.in(box).upTo(2), query.scaled(0.5, 2).in(box).upTo(2))) {
        RadiusResult exact = answer("regions", part);
        for (String solver : List.of("tree", "splitting", "ortools-highs")) {
          RadiusResult other = answer(solver, part);
          String both = exact + " and " + other;
          double upper = exact.refuted().orElse(2);
          // These take a solver at its word, and the separation that it leaves out.
          double room = solver.startsWith("ortools") ? 1e-3 : 0;
          assertTrue(other.certified() <= upper + room, both);
          assertTrue(other.refuted().orElse(2) >= exact.certified(), both);
          assertEquals(upper, other.said(), 0.02, both);
        }
      }
    }
  }

  /** |x + 0.2| folds at the border of [-1, -0.2], whose middle is no double. */
  @Test
  void whatLiesBesideADomainDoesNotRefuteIt() throws IOException {
    Path fold =
        Files.writeString(
            folder.resolve("at.json"),
            """
            {"layers": [
              {"weights": [[1], [-1]], "bias": [0.2, -0.2], "activation": "relu"},
              {"weights": [[1, 1]], "bias": [0], "activation": "linear"}
            ]}
            """);
    String[] ask = {"check", "local", "--network", fold.toString(), "--domain", "-1:-0.2"};
    CommandRun border = CommandRun.of(ask);
    assertTrue(border.code() != 1, border.out());
    ask[5] = "-1:-0.1";
    assertEquals(1, CommandRun.of(ask).code());
    ask[5] = "-1:-0.25";
    assertEquals(0, CommandRun.of(ask).code());
  }
}
