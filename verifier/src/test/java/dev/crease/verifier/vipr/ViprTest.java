package dev.crease.verifier.vipr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.Unsupported;
import dev.crease.network.ReluNetwork;
import dev.crease.testkit.Networks;
import dev.crease.verifier.Certificate;
import dev.crease.verifier.Verification;
import dev.crease.verifier.proof.Ball;
import dev.crease.verifier.tree.Sample;
import dev.crease.verifier.tree.TreeFile;
import dev.crease.verifier.tree.TreeMaker;
import dev.crease.verifier.tree.TreeVerifierTest;
import dev.crease.verifier.vipr.ViprCheck.Constraint;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.hipparchus.fraction.BigFraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees as VIPR proofs; {@code ClaimsTest} has more of them. */
class ViprTest {

  private static final ReluNetwork FOLDED = Networks.absolute(3, 0.25);

  /** From 1, the kink of {@code 3 |x - 1/4|} is 3/4 away. */
  private static TreeFile local(double radius, String steps) {
    Ball ball = new Ball("inf", new double[] {1}, new double[] {1}, new boolean[1], radius, false);
    String faces = "[{\"input\":0,\"sign\":1,\"node\":[" + steps + "]}]";
    return TreeFile.of("local", "inf", FOLDED, ball, radius, faces);
  }

  @Test
  void aProofIsAboutASlightlySmallerBall() {
    String text = local(0.75, "{\"direction\":{\"mu\":[1]}}").vipr();
    ViprCheck check = ViprCheck.check(text);
    assertTrue(text.startsWith("% two points with one output, t apart, no further than 0.74999"));
    assertTrue(text.contains("\nRTP range 0 0\n"), text);
    assertEquals(List.of("t", "x0", "z0", "y0", "p0"), check.variables.subList(0, 5));
    BigFraction highest =
        check.rows.stream()
            .filter(row -> row.sense() < 0 && row.terms().keySet().equals(Set.of(1)))
            .map(Constraint::rhs)
            .findFirst()
            .orElseThrow();
    assertTrue(highest.doubleValue() < 1.75 && highest.doubleValue() > 1.75 - 1e-11, text);
  }

  @Test
  void aCentreThatIsNoDoubleHasTheDoublesAroundIt() {
    for (String norm : List.of("\"inf\"", "\"1\"")) {
      String center = "\"center\":[\"10/9\"]";
      TreeFile file = local(0.75, "{\"direction\":{\"mu\":[1]}}").with("\"inf\"", norm);
      ViprCheck.check(file.with("\"center\":[\"1\"]", center).vipr());
    }
  }

  @Test
  void boundsThatCrossAndDeepTreesAreWritten() {
    String crossed =
        "{\"split\":0,\"copy\":0,\"active\":[{\"direction\":{\"mu\":[1]}}],"
            + "\"inactive\":[{\"inactive\":0,\"copy\":1,\"by\":{\"mu\":[0]}},{\"empty\":true}]}";
    ViprCheck.check(local(0.5, crossed).vipr());
    ViprCheck.check(
        local(0.5, crossed.replace("{\"empty\":true}", "{\"near\":{\"mu\":[0]}}")).vipr());
    // What comes behind bounds that have crossed is not written.
    ViprCheck.check(
        local(
                0.5,
                crossed.replace(
                    "{\"empty\":true}",
                    "{\"split\":1,\"copy\":0,\"active\":[{\"empty\":true}],"
                        + "\"inactive\":[{\"empty\":true}]}"))
            .vipr());
    ViprCheck.check(
        local(
                0.75,
                "{\"split\":0,\"copy\":0,\"active\":[".repeat(1000)
                    + "{\"direction\":{\"mu\":[1]}}"
                    + "],\"inactive\":[{\"direction\":{\"mu\":[1]}}]}".repeat(1000))
            .vipr());
  }

  @Test
  void whatIsNotAcceptedIsNotWritten() {
    TreeFile refused = local(0.76, "{\"direction\":{\"mu\":[1]}}");
    assertInstanceOf(Verification.Refused.class, refused.verify());
    assertThrows(AssertionError.class, refused::vipr);
  }

  @Test
  void whatViprCannotSayIsRefused() {
    String split =
        "{\"split\":2,\"copy\":0,\"active\":[{\"direction\":{\"mu\":[1]}}],"
            + "\"inactive\":[{\"direction\":{\"mu\":[1]}}]}";
    TreeFile file = local(0.5, split);
    assertInstanceOf(Verification.Accepted.class, file.verify());
    Unsupported e = assertThrows(Unsupported.class, file::vipr);
    assertEquals("--vipr: neuron 2 is no ReLU, and VIPR has no cases for it", e.getMessage());

    TreeFile round = local(0.5, "{\"direction\":{\"mu\":[1]}}").with("\"inf\"", "\"2\"");
    assertInstanceOf(Verification.Accepted.class, round.verify());
    assertTrue(assertThrows(Unsupported.class, round::vipr).getMessage().contains("norm 2"));

    String text = round.text();
    String without = text.substring(0, text.indexOf(",\"lower\"")) + "}";
    Certificate none =
        Certificate.read(new ByteArrayInputStream(new TreeFile(FOLDED, without).zipped()));
    assertTrue(none.whyNoVipr().orElseThrow().contains("none"));
  }

  /** Of every kind of network: ReLUs at the end, neurons without one, weights of 0. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void treesOfRandomNetworks(long seed) {
    Random random = new Random(seed);
    int written = 0;
    for (int i = 0; i < 60; i++) {
      Sample sample = new Sample(random, false);
      Ball ball = sample.ball;
      for (double radius = ball.radius; radius > 0.01 && !sample.norm.equals("2"); radius /= 4) {
        Ball smaller =
            new Ball(sample.norm, ball.low, ball.high, ball.shared, radius, ball.isPseudo);
        Optional<String> faces = TreeMaker.faces(sample.f, smaller, radius);
        if (faces.isPresent()) {
          String problem = ball.isPseudo ? "pseudo" : "local";
          ViprCheck.check(
              TreeFile.of(problem, sample.norm, sample.f, smaller, radius, faces.get()).vipr());
          written++;
          break;
        }
      }
    }
    assertTrue(written >= 4, written + " were written");
  }

  /** No pair of points of the ball is left out: with equal outputs it would be a solution. */
  @Test
  void theProgramHasAllPairs() {
    Random random = new Random(7);
    int seen = 0;
    for (int i = 0; i < 400; i++) {
      Sample sample = new Sample(random, false);
      if (!sample.norm.equals("2")) {
        seen++;
        // In the norm 1 the sample's points may be outside by rounding.
        double radius = Math.max(sample.ball.radius, Math.nextUp(sample.distance.doubleValue()));
        ViprProblem problem = new ViprProblem(sample.net, sample.ball, radius);
        Map<Integer, BigDecimal> point = point(sample, problem);
        for (Row row : problem.rows()) {
          if (!List.of(problem.outputs).contains(row)) {
            int sign = value(row, point, problem).signum();
            assertTrue(row.sense() == 'E' ? sign == 0 : sign >= 0, row + " at " + point);
          }
        }
      }
    }
    assertTrue(seen > 100);
  }

  private static Map<Integer, BigDecimal> point(Sample sample, ViprProblem problem) {
    Map<Integer, BigDecimal> point = new TreeMap<>();
    point.put(problem.t, sample.t);
    for (int copy = 0; copy < 2; copy++) {
      for (int k = 0; k < sample.net.inputs(); k++) {
        point.put(problem.x[copy][k], sample.x[copy][k]);
        if (!sample.ball.shared[k] && !problem.isBox(copy)) {
          BigDecimal center = new BigDecimal(sample.ball.low[k]);
          point.put(problem.s[copy][k], sample.x[copy][k].subtract(center).abs());
        }
      }
      for (int h = 0; h < sample.net.neurons(); h++) {
        BigDecimal z = sample.z[copy][h];
        point.put(problem.z[copy][h], z);
        if (sample.net.relu[h]) {
          point.put(problem.y[copy][h], z.max(BigDecimal.ZERO));
          point.put(problem.p[copy][h], z.signum() > 0 ? BigDecimal.ONE : BigDecimal.ZERO);
        }
      }
    }
    int face = problem.faces.indexOf(new ViprProblem.Face(sample.input, sample.sign));
    point.put(problem.faceVariable(face), BigDecimal.ONE);
    return point;
  }

  private static BigDecimal decimal(Dyadic value) {
    BigDecimal two = BigDecimal.valueOf(2).pow(Math.abs(value.exponent()));
    BigDecimal mantissa = new BigDecimal(value.mantissa());
    return value.exponent() < 0 ? mantissa.divide(two) : mantissa.multiply(two);
  }

  private static BigDecimal value(Row row, Map<Integer, BigDecimal> point, ViprProblem problem) {
    BigDecimal value = decimal(row.rhs()).negate();
    for (Map.Entry<Integer, Dyadic> term : row.form().terms().entrySet()) {
      int id = term.getKey();
      BigDecimal v = point.getOrDefault(id % problem.variables(), BigDecimal.ZERO);
      if (id >= problem.variables()) {
        v = v.subtract(point.getOrDefault(problem.second(id), BigDecimal.ZERO));
      }
      value = value.add(v.multiply(decimal(term.getValue())));
    }
    return value;
  }

  @Test
  void filesThatWereChangedAreRefused() {
    String text = TreeVerifierTest.PSEUDO.vipr();
    ViprCheck.check(text);
    List<String> changed = new ArrayList<>();
    changed.add(text.replace("RTP range 0 0", "RTP range 0 -1"));
    changed.add(text.replace("RTP range 0 0", "RTP range 1 1"));
    changed.add(text.substring(0, text.lastIndexOf("\nD")));
    changed.add(text + "D99999 L 0 0 { lin 0 } -1\n");
    // Each multiplier, each case, each assumption.
    String[] lines = text.split("\n");
    for (int line = 0; line < lines.length; line++) {
      if (lines[line].contains("{ lin ")) {
        String[] words = lines[line].split(" ");
        int first = List.of(words).indexOf("lin") + 3;
        for (int word = first; word < words.length - 2; word += 2) {
          changed.add(with(lines, line, words, word, words[word] + "1"));
        }
      } else if (lines[line].contains("{ uns ")) {
        String[] words = lines[line].split(" ");
        int first = List.of(words).indexOf("uns") + 1;
        changed.add(with(lines, line, words, first + 1, words[first + 3]));
      } else if (lines[line].startsWith("D") && lines[line].contains("asm")) {
        changed.add(text.replace(lines[line], lines[line].replace("asm", "lin 0")));
      }
    }
    assertTrue(changed.size() > 100);
    for (String file : changed) {
      assertFalse(file.equals(text));
      assertThrows(ViprCheck.Refused.class, () -> ViprCheck.check(file), file);
    }
  }

  private static String with(String[] lines, int line, String[] words, int word, String other) {
    String[] changedWords = words.clone();
    changedWords[word] = other;
    String[] changedLines = lines.clone();
    changedLines[line] = String.join(" ", changedWords);
    return String.join("\n", changedLines) + "\n";
  }

  @Test
  void dyadicNumbers() {
    for (double value : new double[] {0, -0.0, 1, -3, 0.375, -1e100, 1e-300, 4.9e-324, 6, -0.1}) {
      assertEquals(0, decimal(Dyadic.of(value)).compareTo(new BigDecimal(value)));
      for (double other : new double[] {0, 2.5, -0.1, 1e-320, 7e22}) {
        BigDecimal a = new BigDecimal(value);
        BigDecimal b = new BigDecimal(other);
        Dyadic x = Dyadic.of(value);
        Dyadic y = Dyadic.of(other);
        assertEquals(0, decimal(x.plus(y)).compareTo(a.add(b)));
        assertEquals(0, decimal(x.minus(y)).compareTo(a.subtract(b)));
        assertEquals(0, decimal(x.times(y)).compareTo(a.multiply(b)));
      }
    }
    assertEquals("-3/8", Dyadic.of(-0.375).toString());
    assertEquals("24", Dyadic.of(24).toString());
    assertEquals("0", Dyadic.ONE.minus(Dyadic.ONE).toString());
    assertEquals("8/3", Dyadic.of(0.375).inverse());
    assertEquals("1/24", Dyadic.of(24).inverse());
    assertEquals("4", Dyadic.of(3).powerAbove().toString());
    assertEquals("4", Dyadic.of(4).powerAbove().toString());
    assertEquals("1/2", new Dyadic(BigInteger.valueOf(3), -3).powerAbove().toString());
  }
}
