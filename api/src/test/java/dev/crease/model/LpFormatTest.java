package dev.crease.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LpFormatTest {

  private static final double INF = Double.POSITIVE_INFINITY;

  @Test
  void everyKindIsWrittenAsInTheGoldenFile() throws IOException {
    Model.Builder m = Model.builder("every kind\nof thing");
    Variable x = m.continuous("x", 0, 4.5);
    Variable y = m.continuous("a b", -INF, INF);
    Variable e = m.continuous("e1", -1e-7, 1e20);
    Variable same = m.continuous("x", 2, 2);
    Variable n = m.integer("n", -3, INF);
    Variable b = m.binary("free");
    m.range("ranged", -1, LinearExpression.builder().add(1, x).add(-2.5, y).build(), 7);
    m.equal("equal", LinearExpression.builder().add(1e-6, e).add(1, same).build(), 2);
    m.atLeast("empty", LinearExpression.zero(), -1);
    m.range("free", -INF, LinearExpression.of(n), INF);
    m.add(
        new IndicatorConstraint(
            "on", b, true, new LinearConstraint("r", LinearExpression.of(x), -INF, 1)));
    m.add(
        new IndicatorConstraint(
            "off", b, false, new LinearConstraint("r", LinearExpression.of(n), 1, 2)));
    m.add(new Sos1Constraint("set", List.of(x, n)));
    m.add(
        new QuadraticConstraint(
            "disc",
            QuadraticExpression.sumOfSquares(
                List.of(LinearExpression.of(x).minus(LinearExpression.of(y)))),
            -INF,
            9));
    m.objective(
        new Objective(
            Objective.Sense.MAXIMIZE,
            new QuadraticExpression(
                List.of(new QuadraticExpression.Term(0, 0, 1.5)),
                LinearExpression.builder().add(-1, y).addConstant(0.25).build())));
    assertEquals(golden(), LpFormat.write(m.build()));
  }

  private static String golden() throws IOException {
    try (InputStream in = LpFormatTest.class.getResourceAsStream("every-kind.lp")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void namesThatTheFormatDoesNotAllowAreReplaced() {
    Model.Builder m = Model.builder("names");
    List<String> names =
        List.of(
            "", "3x", "e7", "E7", "x y", "é", "inf", "Infinity", "st", "x#1", "ok_1.a", "ok_1.a");
    for (String name : names) {
      m.continuous(name, 0, 1);
    }
    String text = LpFormat.write(m.build());
    assertTrue(text.contains("<= ok_1.a <="));
    assertFalse(text.contains("é"));
    for (int i : new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11}) {
      assertTrue(text.contains("<= x#" + i + " <="), () -> i + " in\n" + text);
    }
  }

  @Test
  void anEmptyModelIsWritten() {
    String text = LpFormat.write(Model.builder("empty").build());
    assertTrue(text.startsWith("\\ empty\nMinimize\n"));
    assertTrue(text.endsWith("End\n"));
  }
}
