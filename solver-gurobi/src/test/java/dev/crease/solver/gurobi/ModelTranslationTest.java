package dev.crease.solver.gurobi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.Unsupported;
import dev.crease.model.IndicatorConstraint;
import dev.crease.model.LinearConstraint;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Objective;
import dev.crease.model.QuadraticConstraint;
import dev.crease.model.QuadraticExpression;
import dev.crease.model.QuadraticExpression.Term;
import dev.crease.model.Sos1Constraint;
import dev.crease.model.Variable;
import dev.crease.model.VariableType;
import dev.crease.solver.SolveOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelTranslationTest {

  private static final double INF = Double.POSITIVE_INFINITY;

  @Test
  void variablesComeWithTypeAndBounds() {
    Model.Builder m = Model.builder("variables");
    m.continuous("free", -INF, INF);
    m.integer("half", 0.5, INF);
    m.binary("");
    m.add("same", VariableType.BINARY, 1, 1);
    m.continuous("same", -1e25, 1e20);
    m.continuous("wide", -9e19, 9e19);
    assertEquals(
        List.of(
            "variables [-1.0E100, 0.5, 0.0, 1.0, -1.0E100, -9.0E19]"
                + " [1.0E100, 1.0E100, 1.0, 1.0, 1.0E100, 9.0E19] CIBBCC",
            "minimize 0.0"),
        translated(m));
  }

  @Test
  void rangesAreTwoRowsAndEqualitiesOne() {
    Model.Builder m = Model.builder("rows");
    Variable x = m.continuous("x", 0, 1);
    Variable y = m.continuous("y", 0, 1);
    LinearExpression e = LinearExpression.builder().add(2, x).add(-3, y).build();
    m.range("range", -1, e, 4);
    m.equal("equal", e, 5);
    m.atMost("most", e, 6);
    m.atLeast("least", e, 7);
    m.range("moved", 0, e.plus(LinearExpression.constant(10)), 1);
    m.range("free", -INF, e, INF);
    m.range("as good as free", -1e30, e, 1e30);
    String row = "row 2.0 x0 + -3.0 x1 + 0.0 ";
    assertEquals(
        List.of(
            row + "> -1.0",
            row + "< 4.0",
            row + "= 5.0",
            row + "< 6.0",
            row + "> 7.0",
            row + "> -10.0",
            row + "< -9.0"),
        rows(m));
  }

  @Test
  void rowsWithoutVariablesAreLeftOut() {
    Model.Builder m = Model.builder("empty");
    Variable x = m.continuous("x", 0, 1);
    m.range("empty", -1, LinearExpression.zero(), 1);
    m.range("cancelled", -1, LinearExpression.of(x).minus(LinearExpression.of(x)), 1);
    m.add(new QuadraticConstraint("q", QuadraticExpression.of(LinearExpression.zero()), 0, 1));
    assertEquals(List.of(), rows(m));
  }

  @Test
  void indicatorsKeepTheirValueAndTheirSides() {
    Model.Builder m = Model.builder("indicators");
    Variable x = m.continuous("x", 0, 1);
    Variable b = m.binary("b");
    LinearExpression e = LinearExpression.of(x);
    m.add(new IndicatorConstraint("i", b, true, new LinearConstraint("l", e, 3, INF)));
    m.add(new IndicatorConstraint("i", b, false, new LinearConstraint("u", e, -INF, 4)));
    m.add(new IndicatorConstraint("i", b, true, new LinearConstraint("r", e, 5, 6)));
    m.add(new IndicatorConstraint("i", b, false, new LinearConstraint("e", e, 7, 7)));
    m.add(new IndicatorConstraint("i", b, false, new LinearConstraint("f", e, -INF, INF)));
    assertEquals(
        List.of(
            "x1 = 1 -> 1.0 x0 + 0.0 > 3.0",
            "x1 = 0 -> 1.0 x0 + 0.0 < 4.0",
            "x1 = 1 -> 1.0 x0 + 0.0 > 5.0",
            "x1 = 1 -> 1.0 x0 + 0.0 < 6.0",
            "x1 = 0 -> 1.0 x0 + 0.0 = 7.0"),
        rows(m));
  }

  @Test
  void anIndicatorOfTheImpossibleIsFixed() {
    Model.Builder m = Model.builder("fixed");
    Variable on = m.binary("on");
    Variable off = m.binary("off");
    LinearConstraint impossible = new LinearConstraint("no", LinearExpression.zero(), 1, 2);
    LinearConstraint trivial = new LinearConstraint("yes", LinearExpression.zero(), -1, 2);
    m.add(new IndicatorConstraint("a", on, true, impossible));
    m.add(new IndicatorConstraint("b", off, false, impossible));
    m.add(new IndicatorConstraint("c", on, true, trivial));
    assertEquals(List.of("row 1.0 x0 + 0.0 = 0.0", "row 1.0 x1 + 0.0 = 1.0"), rows(m));
  }

  @Test
  void specialOrderedSetsKeepTheirOrder() {
    Model.Builder m = Model.builder("sos");
    Variable x = m.continuous("x", 0, 1);
    Variable y = m.continuous("y", 0, 1);
    Variable z = m.continuous("z", 0, 1);
    m.add(new Sos1Constraint("one", List.of(z, x, y)));
    m.add(new Sos1Constraint("alone", List.of(y)));
    assertEquals(List.of("sos1 [2, 0, 1] [1.0, 2.0, 3.0]", "sos1 [1] [1.0]"), rows(m));
  }

  @Test
  void quadraticRowsAreNeitherHalvedNorDoubled() {
    Model.Builder m = Model.builder("quadratic");
    Variable x = m.continuous("x", 0, 1);
    Variable y = m.continuous("y", 0, 1);
    QuadraticExpression square =
        QuadraticExpression.sumOfSquares(
            List.of(LinearExpression.builder().add(1, x).add(2, y).addConstant(3).build()));
    m.add(new QuadraticConstraint("range", square, 10, 20));
    m.add(new QuadraticConstraint("equal", square, 9, 9));
    m.add(
        new QuadraticConstraint("linear", QuadraticExpression.of(LinearExpression.of(y)), -INF, 2));
    // (x + 2y + 3)^2 = x^2 + 4xy + 4y^2 + 6x + 12y + 9
    String q = "quadratic 1.0 x0 x0 + 4.0 x0 x1 + 4.0 x1 x1 + 6.0 x0 + 12.0 x1 + 0.0 ";
    assertEquals(
        List.of(q + "> 1.0", q + "< 11.0", q + "= 0.0", "row 1.0 x1 + 0.0 < 2.0"), rows(m));
  }

  @Test
  void theObjectiveKeepsItsSenseAndItsOffset() {
    Model.Builder m = Model.builder("objective");
    Variable x = m.continuous("x", 0, 1);
    m.objective(Objective.maximize(LinearExpression.of(x).plus(LinearExpression.constant(-0.25))));
    assertEquals("maximize 1.0 x0 + -0.25", last(translated(m)));
    m.objective(
        new Objective(
            Objective.Sense.MINIMIZE,
            new QuadraticExpression(
                List.of(new Term(0, 0, 3), new Term(0, 0, -1)), LinearExpression.constant(7))));
    assertEquals("minimize 3.0 x0 x0 + -1.0 x0 x0 + 7.0", last(translated(m)));
  }

  @Test
  void aStartIsAHint() {
    Model.Builder m = Model.builder("start");
    m.continuous("x", 0, 1);
    m.integer("y", 0, 1);
    Model model = m.build();
    Recorder recorder = new Recorder();
    ModelTranslation.translate(
        model,
        SolveOptions.builder().warmStart(Map.of(1, -7.5, -1, 1.0, 2, 1.0, 0, Double.NaN)).build(),
        recorder);
    assertEquals("start x1 -7.5", last(recorder.calls));
    assertEquals(3, recorder.calls.size(), recorder.calls::toString);
  }

  @Test
  void whatGurobiWouldMisreadIsRefused() {
    Model.Builder far = Model.builder("far");
    far.continuous("x", 1e20, INF);
    Model.Builder row = Model.builder("row");
    row.atLeast("big\nrow", LinearExpression.of(row.continuous("x", 0, INF)), 1e21);
    Model.Builder equal = Model.builder("equal");
    equal.equal("big", LinearExpression.of(equal.continuous("x", -INF, INF)), -1e22);
    for (Model.Builder m : List.of(far, row, equal)) {
      Unsupported refused = assertThrows(Unsupported.class, () -> translated(m));
      assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
      assertTrue(refused.getMessage().contains("solver gurobi"), refused.getMessage());
    }
  }

  private static List<String> translated(Model.Builder model) {
    Recorder recorder = new Recorder();
    ModelTranslation.translate(model.build(), SolveOptions.defaults(), recorder);
    return recorder.calls;
  }

  /** Without the variables, which come first, and the objective, which comes last. */
  private static List<String> rows(Model.Builder model) {
    List<String> calls = translated(model);
    assertTrue(calls.get(0).startsWith("variables"), calls::toString);
    return calls.subList(1, calls.size() - 1);
  }

  private static String last(List<String> calls) {
    return calls.get(calls.size() - 1);
  }

  private static final class Recorder implements GurobiModelSink<RuntimeException> {
    private final List<String> calls = new ArrayList<>();

    @Override
    public void variables(double[] lower, double[] upper, char[] types) {
      calls.add(
          "variables "
              + Arrays.toString(lower)
              + " "
              + Arrays.toString(upper)
              + " "
              + new String(types));
    }

    @Override
    public void row(LinearExpression expression, char sense, double side) {
      calls.add("row " + expression + " " + sense + " " + side);
    }

    @Override
    public void indicator(
        int binary, boolean activeValue, LinearExpression expression, char sense, double side) {
      calls.add(
          "x"
              + binary
              + " = "
              + (activeValue ? 1 : 0)
              + " -> "
              + expression
              + " "
              + sense
              + " "
              + side);
    }

    @Override
    public void sos1(int[] variables, double[] weights) {
      calls.add("sos1 " + Arrays.toString(variables) + " " + Arrays.toString(weights));
    }

    @Override
    public void quadratic(QuadraticExpression expression, char sense, double side) {
      calls.add("quadratic " + text(expression) + " " + sense + " " + side);
    }

    @Override
    public void objective(QuadraticExpression expression, boolean minimize) {
      calls.add((minimize ? "minimize " : "maximize ") + text(expression));
    }

    @Override
    public void start(int variable, double value) {
      calls.add("start x" + variable + " " + value);
    }

    private static String text(QuadraticExpression expression) {
      StringBuilder text = new StringBuilder();
      for (Term t :
          expression.terms().stream()
              .sorted(
                  (a, b) ->
                      a.first() != b.first() ? a.first() - b.first() : a.second() - b.second())
              .toList()) {
        text.append(t.coefficient() + " x" + t.first() + " x" + t.second() + " + ");
      }
      return text.append(expression.linear()).toString();
    }
  }
}
