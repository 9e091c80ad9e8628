package dev.crease.verifier.tree;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.network.Layer;
import dev.crease.network.ReluNetwork;
import dev.crease.testkit.Networks;
import dev.crease.verifier.Verification;
import dev.crease.verifier.proof.Ball;
import dev.crease.verifier.vipr.ViprCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On networks of known radius: claims below it are proved, claims above it never. */
class ClaimsTest {

  private static final double REACH = 3;

  /** What trees prove of a question, and do not. */
  private static boolean provesWhatIsTrue(
      String problem, String norm, ReluNetwork f, double[] low, double[] high, double truth) {
    boolean[] shared = new boolean[low.length];
    for (int k = 0; k < low.length; k++) {
      shared[k] = low[k] < high[k];
    }
    boolean isPseudo = problem.equals("pseudo");
    Ball above = new Ball(norm, low, high, shared, 1.01 * truth, isPseudo);
    assertTrue(TreeMaker.faces(f, above, 1.001 * truth).isEmpty(), f + ", " + truth);
    // Once in a ball of the claim, once in a larger one.
    for (double larger : new double[] {1, 1.05}) {
      double claim = 0.85 * truth;
      Ball ball = new Ball(norm, low, high, shared, larger * claim, isPseudo);
      Optional<String> faces = TreeMaker.faces(f, ball, claim);
      if (faces.isEmpty()) {
        return false;
      }
      TreeFile file = TreeFile.of(problem, norm, f, ball, claim, faces.get());
      Verification.Accepted accepted =
          assertInstanceOf(Verification.Accepted.class, file.verify(), file.text());
      assertTrue(accepted.isComplete());
      if (!norm.equals("2")) {
        ViprCheck.check(file.vipr());
      }
      TreeFile claimed = TreeFile.of(problem, norm, f, above, 1.001 * truth, faces.get());
      assertInstanceOf(Verification.Refused.class, claimed.verify(), claimed.text());
      TreeFile bold = TreeFile.of(problem, norm, f, ball, Math.nextUp(ball.radius), faces.get());
      assertInstanceOf(Verification.Refused.class, bold.verify(), bold.text());
    }
    return true;
  }

  /** On a line: the function bends at these points only. */
  private static List<Double> bends(ReluNetwork f, double center) {
    TreeSet<Double> points = new TreeSet<>(List.of(center - REACH, center + REACH));
    for (int k = 0; k < f.layers().size(); k++) {
      Layer layer = f.layers().get(k);
      for (int i = 0; i < layer.outputs(); i++) {
        List<Double> old = new ArrayList<>(points);
        for (int p = 0; layer.isRelu(i) && p + 1 < old.size(); p++) {
          double from = f.preActivations(old.get(p)).get(k)[i];
          double to = f.preActivations(old.get(p + 1)).get(k)[i];
          if (from * to < 0) {
            points.add(old.get(p) + (old.get(p + 1) - old.get(p)) * from / (from - to));
          }
        }
      }
    }
    return new ArrayList<>(points);
  }

  /** The distance of the nearest point where a function of one input turns, or stands still. */
  private static double localRadius(ReluNetwork f, double center) {
    List<Double> bends = bends(f, center);
    double radius = REACH;
    double last = 0;
    for (int p = 0; p + 1 < bends.size(); p++) {
      double rise = f.evaluate(bends.get(p + 1))[0] - f.evaluate(bends.get(p))[0];
      if (Math.abs(rise) < 1e-9 * (bends.get(p + 1) - bends.get(p))) {
        radius =
            center > bends.get(p) && center < bends.get(p + 1)
                ? 0
                : Math.min(
                    radius,
                    Math.min(Math.abs(bends.get(p) - center), Math.abs(bends.get(p + 1) - center)));
      } else if (rise * last < 0) {
        radius = Math.min(radius, Math.abs(bends.get(p) - center));
      }
      last = rise;
    }
    return radius;
  }

  /** The distance of the nearest other point with the centre's value. */
  private static double pseudoRadius(ReluNetwork f, double center) {
    List<Double> bends = bends(f, center);
    double value = f.evaluate(center)[0];
    double radius = localRadius(f, center) == 0 ? 0 : REACH;
    for (int p = 0; p + 1 < bends.size(); p++) {
      double from = f.evaluate(bends.get(p))[0] - value;
      double to = f.evaluate(bends.get(p + 1))[0] - value;
      double x = bends.get(p) + (bends.get(p + 1) - bends.get(p)) * from / (from - to);
      if (from * to <= 0 && from != to && Math.abs(x - center) > 1e-9) {
        radius = Math.min(radius, Math.abs(x - center));
      }
    }
    return radius;
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "pseudo"})
  void onALine(String problem) {
    int asked = 0;
    int proved = 0;
    for (long seed = 0; seed < 60; seed++) {
      ReluNetwork f =
          seed % 2 == 0
              ? Networks.random(seed, 1, 2 + (int) (seed % 3), 1)
              : Networks.random(seed, 1, 2, 2, 1);
      double center = new Random(seed).nextGaussian() / 2;
      double truth = problem.equals("local") ? localRadius(f, center) : pseudoRadius(f, center);
      if (truth > 1e-3 && truth < REACH) {
        asked++;
        String norm = List.of("1", "2", "inf").get((int) (seed % 3));
        double[] point = {center};
        proved += provesWhatIsTrue(problem, norm, f, point, point, truth) ? 1 : 0;
      }
    }
    assertTrue(asked >= 10, asked + " were asked");
    assertTrue(proved > 0.7 * asked, proved + " of " + asked + " were proved");
  }

  private static double length(String norm, double x, double y) {
    return switch (norm) {
      case "1" -> Math.abs(x) + Math.abs(y);
      case "2" -> Math.hypot(x, y);
      default -> Math.max(Math.abs(x), Math.abs(y));
    };
  }

  private static String dual(String norm) {
    return norm.equals("1") ? "inf" : norm.equals("inf") ? "1" : "2";
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "inf, 3", "1, 4", "2, 5", "inf, 6"})
  void folds(String norm, long seed) {
    Random random = new Random(seed);
    int proved = 0;
    for (int i = 0; i < 4; i++) {
      double[] u = {random.nextGaussian(), random.nextGaussian()};
      double[] w = {random.nextGaussian(), random.nextGaussian()};
      double[] c = {random.nextGaussian(), random.nextGaussian()};
      ReluNetwork f = Networks.fold(u, w);
      double height = u[0] * c[0] + u[1] * c[1];
      double truth = Math.abs(height) / length(dual(norm), u[0], u[1]);
      proved += provesWhatIsTrue("local", norm, f, c, c, truth) ? 1 : 0;
      // The point on the other side of the fold: u d = -2 height, w d = 0.
      double scale = -2 * height / (u[0] * w[1] - u[1] * w[0]);
      double mirrored = length(norm, scale * w[1], scale * w[0]);
      proved += provesWhatIsTrue("pseudo", norm, f, c, c, mirrored) ? 1 : 0;
    }
    assertTrue(proved >= 6, proved + " of 8 were proved");
  }

  @Test
  void foldsThatASharedInputMoves() {
    // x folds at -s/2, for a shared s between 0 and 1.
    ReluNetwork f = Networks.fold(new double[] {1, 0.5}, new double[] {0, 1});
    for (String norm : List.of("1", "2", "inf")) {
      double[] low = {0.75, 0};
      double[] high = {0.75, 1};
      assertTrue(provesWhatIsTrue("local", norm, f, low, high, 0.75));
      assertTrue(provesWhatIsTrue("pseudo", norm, f, low, high, 1.5));
      assertTrue(
          provesWhatIsTrue(
              "local", norm, f, new double[] {-1.25, 0}, new double[] {-1.25, 1}, 0.75));
    }
  }
}
