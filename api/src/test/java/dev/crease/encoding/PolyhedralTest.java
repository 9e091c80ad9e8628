package dev.crease.encoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.model.LinearConstraint;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Polyhedra in place of the ball and the sphere of the norm 2. */
class PolyhedralTest {

  private static final double ROUNDING = 1e-12;

  @Test
  void inOneDimensionTheBallIsAnInterval() {
    Model.Builder m = Model.builder("interval");
    Variable x = m.continuous("x", -9, 9);
    PolyhedralBall.outer()
        .add(m, "b", List.of(LinearExpression.of(x)), LinearExpression.constant(2));
    assertEquals(
        List.of(
            new LinearConstraint("b.up", LinearExpression.of(x), Double.NEGATIVE_INFINITY, 2),
            new LinearConstraint("b.lo", LinearExpression.of(x), -2, Double.POSITIVE_INFINITY)),
        m.build().constraints());
    assertEquals(1, PolyhedralBall.error(1));
  }

  @Test
  void inThePlaneTheRowsAreThoseOfARegularPolygon() {
    Model model = ball(PolyhedralBall.outer(), 2);
    assertEquals(128, model.constraints().size());
    for (int k = 0; k < 64; k++) {
      // Written by hand: cos(pi k / 64) x + sin(pi k / 64) y - rho <= 0, and >= 0 with + rho.
      LinearConstraint up = (LinearConstraint) model.constraints().get(2 * k);
      LinearConstraint lo = (LinearConstraint) model.constraints().get(2 * k + 1);
      double[] atX = {1, 0, 0};
      double[] atY = {0, 1, 0};
      double[] atRho = {0, 0, 1};
      for (LinearConstraint row : List.of(up, lo)) {
        assertEquals(Math.cos(Math.PI * k / 64), row.expression().valueAt(atX), ROUNDING);
        assertEquals(Math.sin(Math.PI * k / 64), row.expression().valueAt(atY), ROUNDING);
      }
      assertEquals(-1, up.expression().valueAt(atRho));
      assertEquals(0, up.upper());
      assertEquals(1, lo.expression().valueAt(atRho));
      assertEquals(0, lo.lower());
    }
    assertEquals(1 / Math.cos(Math.PI / 128), PolyhedralBall.error(2), 1e-10);
  }

  @Test
  void theBallLiesBetweenTheTwoPolyhedra() {
    Random random = new Random(1);
    for (int n = 1; n <= 4; n++) {
      Model outer = ball(PolyhedralBall.outer(), n);
      Model inner = ball(PolyhedralBall.inner(), n);
      double error = PolyhedralBall.error(n);
      assertTrue(error >= 1 && error < 1.001, "error " + error);
      for (int trial = 0; trial < 500; trial++) {
        double[] d = direction(n, random);
        double rho = 0.1 + 3 * random.nextDouble();
        // Not even rounding may cut a point of the ball off, which lies on the border of it.
        assertEquals(0, outer.violation(point(outer, d, rho, norm(d, n) * rho)), 1e-15);
        if (n > 1) {
          assertTrue(outer.violation(point(outer, d, rho, 1.0001 * error * rho)) > 0);
        }
        assertEquals(0, inner.violation(point(inner, d, rho, rho / error * (1 - 1e-9))), 1e-15);
        assertTrue(inner.violation(point(inner, d, rho, 1.0001 * rho)) > 0);
      }
    }
  }

  private static Model ball(PolyhedralBall ball, int n) {
    Model.Builder m = Model.builder("ball");
    List<LinearExpression> d = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      d.add(LinearExpression.of(m.continuous("d" + i, -99, 99)));
    }
    Variable rho = m.continuous("rho", 0, 9);
    ball.add(m, "b", d, LinearExpression.of(rho));
    return m.build();
  }

  /** Values of a ball's model at {@code size} times a direction; radii on the way are the least. */
  private static double[] point(Model model, double[] direction, double rho, double size) {
    double[] values = new double[model.variables().size()];
    int n = direction.length;
    for (int i = 0; i < n; i++) {
      values[i] = size * direction[i];
    }
    values[n] = rho;
    double soFar = values[0];
    for (int i = 1; i < n - 1; i++) {
      double most = 0;
      for (int k = 0; k < Polygon.directions(); k++) {
        double[] u = Polygon.direction(k);
        most = Math.max(most, Math.abs(u[0] * soFar + u[1] * values[i]));
      }
      values[n + i] = most;
      soFar = most;
    }
    return values;
  }

  private static double[] direction(int n, Random random) {
    double[] d = random.doubles(n, -1, 1).toArray();
    double size = norm(d, n);
    return Arrays.stream(d).map(v -> v / size).toArray();
  }

  private static double norm(double[] d, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += d[i] * d[i];
    }
    return Math.sqrt(sum);
  }
}
