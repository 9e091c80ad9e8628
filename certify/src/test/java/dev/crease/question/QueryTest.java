package dev.crease.question;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.bounds.Interval;
import dev.crease.bounds.Norm;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.witness.Witness;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueryTest {

  private static final ReluNetwork PLANE =
      ReluNetwork.of("plane", List.of(Layer.linear(Matrix.identity(2), 0, 0)));
  private static final ReluNetwork LINE =
      ReluNetwork.of("line", List.of(Layer.linear(Matrix.identity(1), 0)));

  @Test
  void saysWhatItAsks() {
    Query query = Query.transformation(PLANE, PLANE, Norm.L1, 1, 2).upTo(3);
    assertEquals(Problem.TRANSFORMATION, query.problem());
    assertEquals(3, query.maxRadius());
    assertEquals(2, query.dimension());
    assertFalse(query.isPinned());
    assertTrue(Query.pseudo(PLANE, Norm.L2, 0, 0).isPinned());
    assertTrue(query.toString().contains("plane"));
    Query shared = Query.local(PLANE, Norm.L2, 0, 0).sharing(Map.of(0, new Interval(1, 2)), 5);
    assertEquals(1, shared.dimension());
    assertEquals(5, shared.center()[0]);
    assertEquals(2, shared.inputs(1).upper(0), 1e-9);
    assertEquals(4, shared.inputs(1).lower(1), 1e-9);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertSays("takes 2 inputs, but the centre has 1", () -> Query.local(PLANE, Norm.L1, 1));
    assertSays("takes 2 inputs", () -> Query.pseudo(PLANE, Norm.L1, 1, 2, 3));
    assertSays("not finite", () -> Query.local(PLANE, Norm.L1, 1, Double.NaN));
    assertSays("not finite", () -> Query.local(PLANE, Norm.L1, 1, 1.0 / 0));
    assertSays("must be the same", () -> Query.transformation(PLANE, LINE, Norm.L1, 1, 1));
    for (double bad : new double[] {0, -1, Double.NaN, 1.0 / 0}) {
      assertSays("largest radius", () -> Query.local(LINE, Norm.L1, 1).upTo(bad));
    }
    Query query = Query.local(PLANE, Norm.L1, 0, 0);
    assertSays("does not exist", () -> query.sharing(Map.of(2, new Interval(0, 1)), 0));
    assertSays("shared", () -> query.sharing(Map.of(1, new Interval(0, 1)), 0, 0));
  }

  @Test
  void aWitnessIsOnlyWhatReplays() {
    ReluNetwork absolute =
        ReluNetwork.of(
            "absolute",
            List.of(
                Layer.relu(Matrix.of(new double[][] {{1}, {-1}}), 0, 0),
                Layer.linear(Matrix.of(new double[][] {{1, 1}}), 0)));
    Query query = Query.local(absolute, Norm.LINF, 1);
    Witness w = Witness.replay(query, new double[] {2}, new double[] {-2}).orElseThrow();
    assertEquals(4, w.separation());
    assertEquals(0, w.residual());
    assertTrue(w.radius() >= 3 && w.radius() <= 3 + 1e-12);
    assertTrue(Witness.replay(query, new double[] {2}, new double[] {2}).isEmpty());
    assertTrue(Witness.replay(query, new double[] {2}, new double[] {-2.0001}).isEmpty());
    assertTrue(Witness.replay(query, new double[] {1e-9}, new double[] {-1.1e-9}).isEmpty());
    assertTrue(Witness.replay(query, new double[] {Double.NaN}, new double[] {1}).isEmpty());
    Query pseudo = Query.pseudo(absolute, Norm.LINF, 1);
    assertTrue(Witness.replay(pseudo, new double[] {2}, new double[] {-2}).isEmpty());
    assertTrue(Witness.replay(pseudo, new double[] {-1}, new double[] {1}).isPresent());
    Query shared = Query.local(PLANE, Norm.L1, 0, 0).sharing(Map.of(0, new Interval(0, 1)), 0);
    assertTrue(Witness.replay(shared, new double[] {0, 1}, new double[] {1, 1}).isEmpty());
    assertTrue(Witness.replay(shared, new double[] {5, 1}, new double[] {5, 1}).isEmpty());
  }

  private static void assertSays(String part, org.junit.jupiter.api.function.Executable call) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}
