package dev.crease.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ModelTest {

  private static final double INF = Double.POSITIVE_INFINITY;

  @Test
  void expressionsMergeRepeatedTermsAndDropZeros() {
    Model.Builder m = Model.builder("m");
    Variable x = m.continuous("x", 0, 1);
    Variable y = m.continuous("y", 0, 1);
    LinearExpression e =
        LinearExpression.builder().add(2, y).add(1, x).add(3, y).add(-1, x).addConstant(4).build();
    assertEquals(1, e.size());
    assertEquals(1, e.variable(0));
    assertEquals(5, e.coefficient(0));
    assertEquals(4, e.constant());
    assertEquals(14, e.valueAt(new double[] {9, 2}));
    assertEquals(LinearExpression.zero(), e.minus(e));
    assertTrue(e.times(0).isConstant());
    assertEquals(e.plus(e), e.times(2));
    assertEquals(e.hashCode(), e.times(1).hashCode());
  }

  @Test
  void aBuilderCanBeUsedOn() {
    Model.Builder m = Model.builder("m");
    Variable x = m.continuous("x", 0, 1);
    Variable y = m.continuous("y", 0, 1);
    LinearExpression.Builder b = LinearExpression.builder().add(1, y).add(1, x);
    LinearExpression first = b.build();
    assertEquals(first, b.build());
    assertEquals(first.plus(LinearExpression.of(x)), b.add(1, x).build());
    assertEquals(2, first.size());
  }

  @Test
  void numbersThatAreNotFiniteAreRefused() {
    Model.Builder m = Model.builder("m");
    Variable x = m.continuous("x", 0, 1);
    for (double bad : new double[] {Double.NaN, INF, -INF}) {
      assertSays("not finite", () -> LinearExpression.term(bad, x));
      assertSays("not finite", () -> LinearExpression.constant(bad));
      assertSays("not finite", () -> LinearExpression.of(x).times(bad));
      assertSays("not finite", () -> new QuadraticExpression.Term(0, 0, bad));
    }
    assertSays("not finite", () -> LinearExpression.term(1e200, x).times(1e200));
  }

  @Test
  void sumsThatOverflowAreRefused() {
    Model.Builder m = Model.builder("m");
    Variable x = m.continuous("x", 0, 1);
    LinearExpression huge = LinearExpression.term(Double.MAX_VALUE, x);
    assertThrows(IllegalArgumentException.class, () -> huge.plus(huge));
    LinearExpression constant = LinearExpression.constant(Double.MAX_VALUE);
    assertThrows(IllegalArgumentException.class, () -> constant.plus(constant));
  }

  @Test
  void rangesAndBoundsAreChecked() {
    Model.Builder m = Model.builder("m");
    Variable x = m.continuous("x", 0, 1);
    LinearExpression e = LinearExpression.of(x);
    assertSays("row", () -> m.range("row", 2, e, 1));
    assertSays("row", () -> m.range("row", Double.NaN, e, 1));
    assertSays("row", () -> m.range("row", 0, e, Double.NaN));
    assertSays("row", () -> m.range("row", INF, e, INF));
    assertSays("row", () -> m.range("row", -INF, e, -INF));
    assertSays("variable v", () -> m.continuous("v", 1, 0));
    assertSays("variable v", () -> m.continuous("v", Double.NaN, 0));
    assertSays("variable v", () -> m.continuous("v", INF, INF));
    assertSays("binary variable v", () -> m.add("v", VariableType.BINARY, 0, 2));
    assertSays("not binary", () -> new IndicatorConstraint("i", x, true, row(e)));
    assertSays("SOS1", () -> new Sos1Constraint("s", List.of()));
    assertSays("SOS1", () -> new Sos1Constraint("s", List.of(x, x)));
    assertEquals(1, m.variableCount());
    assertEquals(0, m.build().constraints().size());
  }

  private static LinearConstraint row(LinearExpression e) {
    return new LinearConstraint("row", e, 0, 1);
  }

  @Test
  void constantsMoveIntoTheRange() {
    Model.Builder m = Model.builder("m");
    Variable x = m.continuous("x", 0, 1);
    LinearExpression e = LinearExpression.of(x).plus(LinearExpression.constant(3));
    LinearConstraint c = new LinearConstraint("c", e, 4, INF);
    assertEquals(1, c.lower());
    assertEquals(INF, c.upper());
    assertEquals(0, c.expression().constant());
    QuadraticConstraint q =
        new QuadraticConstraint("q", QuadraticExpression.sumOfSquares(List.of(e)), -INF, 16);
    assertEquals(7, q.upper());
    assertEquals(0, q.expression().linear().constant());
  }

  @Test
  void squaresAreMultipliedOut() {
    Model.Builder m = Model.builder("m");
    Variable x = m.continuous("x", 0, 9);
    Variable y = m.continuous("y", 0, 9);
    LinearExpression a = LinearExpression.builder().add(2, x).add(-3, y).addConstant(5).build();
    LinearExpression b = LinearExpression.builder().add(1, y).addConstant(-1).build();
    QuadraticExpression q = QuadraticExpression.sumOfSquares(List.of(a, b));
    for (double[] at : new double[][] {{0, 0}, {1, 2}, {-3, 0.5}}) {
      double va = a.valueAt(at);
      double vb = b.valueAt(at);
      assertEquals(va * va + vb * vb, q.valueAt(at), 1e-12);
    }
    assertFalse(q.isLinear());
    assertTrue(QuadraticExpression.of(a).isLinear());
  }

  @Test
  void violationIsTheLargestOne() {
    Model.Builder m = Model.builder("m");
    Variable x = m.continuous("x", 0, 10);
    Variable y = m.continuous("y", -10, 10);
    Variable n = m.integer("n", 0, 10);
    Variable b = m.binary("b");
    m.range("row", 1, LinearExpression.builder().add(1, x).add(1, y).build(), 5);
    m.add(new IndicatorConstraint("i", b, true, row(LinearExpression.of(x))));
    m.add(
        new IndicatorConstraint(
            "j", b, false, new LinearConstraint("r", LinearExpression.of(n), 2, INF)));
    m.add(new Sos1Constraint("s", List.of(y, n)));
    m.add(
        new QuadraticConstraint(
            "q", QuadraticExpression.sumOfSquares(List.of(LinearExpression.of(x))), -INF, 25));
    Model model = m.build();
    assertEquals(0, model.violation(new double[] {4, 0, 2, 0}));
    assertEquals(0, model.violation(new double[] {1, 0, 0, 1}));
    assertEquals(3, model.violation(new double[] {4, 0, 2, 1}), "the implied row of i");
    assertEquals(2, model.violation(new double[] {4, 0, 0, 0}), "the implied row of j");
    assertEquals(1, model.violation(new double[] {4, 1, 2, 0}), "SOS1");
    assertEquals(11, model.violation(new double[] {6, -6, 0, 1}), "the disc");
    assertEquals(0.25, model.violation(new double[] {4, 0, 2.25, 0}), "integrality");
    assertEquals(INF, model.violation(new double[] {Double.NaN, 0, 2, 0}));
    assertEquals(INF, model.violation(new double[] {4, 0, Double.NaN, 0}));
  }

  @Test
  void aModelCountsWhatItHas() {
    Model.Builder m = Model.builder("m");
    Variable x = m.continuous("x", 0, 10);
    assertTrue(m.build().isLinearProgram());
    m.add(new Sos1Constraint("s", List.of(x)));
    assertFalse(m.build().isLinearProgram());
    m.binary("b");
    m.integer("n", 0, 3);
    assertEquals(2, m.build().integralCount());
  }

  @Test
  void aBuiltModelStaysAsItIs() {
    Model.Builder m = Model.builder("m");
    Variable x = m.continuous("x", 0, 10);
    Model model = m.build();
    m.atMost("later", LinearExpression.of(x), 1);
    assertEquals(0, model.constraints().size());
    assertThrows(UnsupportedOperationException.class, () -> model.constraints().clear());
  }

  @Test
  void manyConstraintsAreBuiltInOneGo() {
    Model.Builder m = Model.builder("many");
    Variable[] x = new Variable[1000];
    for (int i = 0; i < x.length; i++) {
      x[i] = m.continuous("x" + i, 0, 1);
    }
    for (int r = 0; r < 100_000; r++) {
      LinearExpression.Builder row = LinearExpression.builder();
      for (int k = 9; k >= 0; k--) {
        row.add(k + 1, x[(r * 7 + k * 31) % x.length]);
      }
      m.atMost("row" + r, row.build(), 100);
    }
    Model model = m.build();
    assertEquals(100_000, model.constraints().size());
    assertEquals(0, model.violation(new double[1000]));
  }

  private static void assertSays(String part, org.junit.jupiter.api.function.Executable call) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}
