package dev.crease.engine.regions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.bounds.Norm;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.LipschitzResult;
import dev.crease.certify.Note;
import dev.crease.certify.RadiusResult;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.testkit.Networks;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MagnificationTest {

  private static RadiusResult radius(Query query) {
    return new RegionsCertifier().radius(query, CertifyOptions.defaults(), CertifyListener.none());
  }

  private static Optional<Note.Magnified> magnified(RadiusResult result) {
    return result.notes().stream()
        .filter(Note.Magnified.class::isInstance)
        .map(Note.Magnified.class::cast)
        .findFirst();
  }

  @Test
  void theRegionBeyondTheFoldDoesNotCount() {
    // Slope 2 up to the kink at 0.5, then -1/8.
    ReluNetwork f =
        ReluNetwork.of(
            "bent",
            List.of(
                Layer.relu(Matrix.of(new double[][] {{1}, {-1}, {1}}), new double[] {0, 0, -0.5}),
                Layer.linear(Matrix.of(new double[][] {{2, -2, -2.125}}), new double[1])));
    RadiusResult result = radius(Query.local(f, Norm.LINF, 0));
    assertEquals(0.5, result.certified(), 1e-12);
    assertEquals(0.5, magnified(result).orElseThrow().times(), 1e-11);
    assertTrue(magnified(radius(Query.pseudo(f, Norm.LINF, 0))).isEmpty());
    assertTrue(magnified(radius(Query.local(f, Norm.LINF, 0.5))).isEmpty());
  }

  @ParameterizedTest
  @EnumSource(Norm.class)
  void isAtMostTheLowerConstantsInverse(Norm norm) {
    int found = 0;
    for (int seed = 0; seed < 9; seed++) {
      // Radii of norm 2 in three inputs take long.
      int m = 1 + seed % (norm == Norm.L2 ? 2 : 3);
      Query query = Query.local(Networks.random(seed, m, 6, 5, m), norm, new double[m]).upTo(0.5);
      RadiusResult result = radius(query);
      if (result.certified() == 0) {
        continue;
      }
      double times = magnified(result).orElseThrow().times();
      // Just inside of the certified ball, where the far side of the fold is out.
      double inside = result.certified() * (1 - 1e-6);
      LipschitzResult.Ends alpha =
          new RegionsCertifier()
              .lipschitz(query, inside, CertifyOptions.defaults(), CertifyListener.none())
              .alpha();
      assertTrue(1 / times >= alpha.least() * (1 - 1e-9), seed + ": " + times + " " + alpha);
      // Where no gap counts, the two are one number.
      found += 1 / times <= alpha.most() * 1.001 ? 1 : 0;
    }
    assertTrue(found >= 3, "alike: " + found);
  }
}
