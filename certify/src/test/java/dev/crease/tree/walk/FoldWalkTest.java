package dev.crease.tree.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.bounds.Interval;
import dev.crease.bounds.Norm;
import dev.crease.certify.Backends;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.RadiusResult;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveOptions;
import dev.crease.testkit.Networks;
import dev.crease.tree.TreeCertifier;
import dev.crease.witness.Witness;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FoldWalkTest {

  private static final MipSolver SOLVER = Backends.REGISTRY.select("ortools-highs");

  private static Optional<Witness> walk(Query query) {
    return FoldWalk.nearest(
        query,
        new FoldWalk.Means(SOLVER, SolveOptions.builder().build(), 1, () -> false),
        Optional.empty());
  }

  @ParameterizedTest
  @EnumSource(Norm.class)
  void mostlyFindsTheNearestFold(Norm norm) {
    int found = 0;
    int nearest = 0;
    for (int seed = 0; seed < 12; seed++) {
      Query query = Query.local(Networks.random(seed, 3, 8, 8, 3), norm, 0.2, 0.1, -0.1).upTo(3);
      RadiusResult tree =
          TreeCertifier.on(SOLVER)
              .radius(
                  query, CertifyOptions.builder().nodeLimit(400).build(), CertifyListener.none());
      Optional<Witness> walked = walk(query);
      // In a centre's own region that loses a direction no fold is needed.
      if (walked.isPresent() && tree.certified() > 0) {
        found++;
        double radius = walked.get().radius();
        assertTrue(radius >= tree.certified(), () -> walked + " against " + tree);
        assertTrue(walked.get().exact().isPresent());
        nearest += radius <= tree.refuted().orElse(3) * (1 + 1e-5) ? 1 : 0;
      }
    }
    assertTrue(found >= 5, "found only " + found);
    assertTrue(3 * nearest >= 2 * found, "nearest only " + nearest + " of " + found);
  }

  @Test
  void findsTheFoldOfAnAbsoluteValue() {
    // (|x - 1| , y), with a third input that both points share.
    ReluNetwork f =
        ReluNetwork.of(
            "fold",
            List.of(
                Layer.relu(
                    Matrix.of(new double[][] {{1, 0, 0.5}, {-1, 0, -0.5}, {0, 1, 0}, {0, -1, 0}}),
                    new double[] {-1, 1, 0, 0}),
                Layer.linear(
                    Matrix.of(new double[][] {{1, 1, 0, 0}, {0, 0, 1, -1}}), new double[2])));
    Query query =
        Query.local(f, Norm.LINF, 0, 0, 0).sharing(Map.of(2, new Interval(-1, 1)), 0, 0).upTo(3);
    // x = 1 - s / 2 is nearest for s = 1.
    assertEquals(0.5, walk(query).orElseThrow().radius(), 1e-6);
  }

  @Test
  void findsNothingWhereThereIsNothing() {
    ReluNetwork f =
        ReluNetwork.of(
            "monotone",
            List.of(
                Layer.relu(Matrix.of(new double[][] {{1}, {-1}}), new double[] {-1, 1}),
                Layer.linear(Matrix.of(new double[][] {{2, -1}}), new double[1])));
    assertTrue(walk(Query.local(f, Norm.LINF, 0).upTo(5)).isEmpty());
  }
}
