package dev.crease.engine.regions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.Cancellation;
import dev.crease.Unsupported;
import dev.crease.bounds.Norm;
import dev.crease.certify.Certifier;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.StopReason;
import dev.crease.certify.Verdict;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.regions.Preimage;
import dev.crease.regions.Window;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.fraction.BigFraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers near the ends of the doubles, and regions with more facets than a word has bits. */
class ExtremesTest {

  /** {@code (|x - h|, y)}: around 0 it is one-to-one up to the distance h, in every norm. */
  private static ReluNetwork fold(double h) {
    return ReluNetwork.of(
        "fold",
        List.of(
            Layer.of(
                Matrix.of(new double[][] {{1, 0}, {-1, 0}, {0, 1}}),
                new double[] {-h, h, 0},
                new boolean[] {true, true, false}),
            Layer.linear(Matrix.of(new double[][] {{1, 1, 0}, {0, 0, 1}}), 0, 0)));
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        1e-310, 1e-300, 1e-295, 1e-200, 1e-170, 1e-163, 1e-162, 1e-160, 1e-150, 1e-100, 1e100, 5e149
      })
  void aFoldIsFoundAtEveryScale(double h) {
    for (Norm norm : Norm.values()) {
      for (double most : new double[] {1.1, 1.5, 2}) {
        Query query = Query.local(fold(h), norm, 0, 0).upTo(most * h);
        assertTimeoutPreemptively(
            Duration.ofSeconds(30),
            () -> {
              assertEquals(h, Proofs.radius(Proofs.proved(query)));
              assertEquals(2 * h, Proofs.radius(Proofs.proved(pseudo(h, norm))));
            });
      }
    }
  }

  /** The mirror image of 0 is (2 h, 0). */
  private static Query pseudo(double h, Norm norm) {
    return Query.pseudo(fold(h), norm, 0, 0).upTo(h < 1e149 ? 3 * h : 2 * h);
  }

  @Test
  void whatIsBeyondTheScaleIsRefusedInOneLine() {
    RegionsCertifier certifier = new RegionsCertifier();
    CertifyOptions options = CertifyOptions.defaults();
    for (double h : new double[] {1e154, 1e160, 1e300, Double.MAX_VALUE / 2}) {
      for (Norm norm : Norm.values()) {
        Query query = Query.pseudo(fold(h), norm, h, -h).upTo(1);
        Unsupported refusal =
            assertThrows(
                Unsupported.class, () -> certifier.radius(query, options, CertifyListener.none()));
        assertEquals(1, refusal.getMessage().lines().count());
        assertTrue(certifier.refusal(query, options).isPresent());
        // A radius beyond it is asked for, not looked at.
        Query near = Query.local(fold(h), norm, 0, 0).upTo(1.5 * h);
        RadiusResult result = certifier.radius(near, options, CertifyListener.none());
        assertEquals(1e150, result.certified());
        assertEquals(StopReason.LIMIT, result.stop());
        RadiusResult checked = certifier.check(near, 1.5 * h, options, CertifyListener.none());
        assertEquals(Verdict.UNDECIDED, Certifier.verdict(checked));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {1e-300, 1e-200, 1e-163, 1e-162, 1e-100, 1, 1e100, 1e153, 1e154, 1e160, 1e300})
  void theNearestPointOfASideIsFoundAtEveryScale(double h) {
    for (Norm norm : Norm.values()) {
      Distances distances = new Distances(new Question(Query.local(fold(1), norm, 0, 0)));
      Cell away =
          Cell.box(
              2,
              Question.side(2, 0, h),
              Question.side(2, 0, 2 * h),
              Question.side(2, 1, -h),
              Question.side(2, 1, h));
      assertTrue(distances.of(away) <= h, () -> distances.of(away) + " in norm " + norm);
      assertTrue(distances.of(away) >= h * (1 - 1e-6), () -> "" + distances.of(away));
      assertTrue(distances.atMost(away) >= h);
    }
  }

  @Test
  void aConstantWithoutASignInDoublesIsDecidedExactly() {
    // x + 1 >= 0 in a box, whose constant came out as an infinity of the wrong sign, or as NaN.
    for (double constant : new double[] {Double.NEGATIVE_INFINITY, Double.NaN, -1e-3}) {
      double blur = constant == -1e-3 ? 2 : Double.POSITIVE_INFINITY;
      BigInteger[] exact = {BigInteger.ONE, BigInteger.ZERO, BigInteger.ONE};
      Hyperplane plane =
          new Hyperplane(
              new double[] {1, 0, constant},
              new double[] {0, 0, blur},
              0,
              () -> new ExactRow(exact, 0));
      Cell cell =
          Cell.box(
              2, plane, Question.side(2, 0, 2), Question.side(2, 1, -1), Question.side(2, 1, 1));
      for (Norm norm : Norm.values()) {
        Distances distances = new Distances(new Question(Query.local(fold(1), norm, 0, 0)));
        assertEquals(0, distances.of(cell));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 1e-290, 1e-295, 1e-300, 1e-306, 1e-310, 1e300})
  void preimagesOfTinyAndHugeOutputsAreFound(double size) {
    // size x + 5 size, the image of 0.
    ReluNetwork f =
        ReluNetwork.of("line", List.of(Layer.linear(Matrix.of(new double[][] {{size}}), 5 * size)));
    List<List<Preimage>> found =
        new ExactRegions()
            .preimages(
                f,
                List.of(List.of(Rationals.fraction(5 * size))),
                Window.around(new double[] {0}, 1),
                new Cancellation());
    assertEquals(List.of(List.of(new Preimage(List.of(List.of(BigFraction.ZERO))))), found);
  }

  /** The identity, bent a little along tangents of the unit circle. */
  private static ReluNetwork rounded(int facets) {
    double[][] hidden = new double[facets + 2][2];
    double[] bias = new double[facets + 2];
    boolean[] relu = new boolean[facets + 2];
    double[][] out = new double[2][facets + 2];
    Arrays.fill(relu, 0, facets, true);
    for (int i = 0; i < facets; i++) {
      hidden[i][0] = Math.cos(2 * Math.PI * i / facets);
      hidden[i][1] = Math.sin(2 * Math.PI * i / facets);
      bias[i] = -1;
      out[0][i] = i == 0 ? -3 : 0.01;
    }
    hidden[facets][0] = 1;
    hidden[facets + 1][1] = 1;
    out[0][facets] = 1;
    out[1][facets + 1] = 1;
    return ReluNetwork.of(
        "rounded",
        List.of(Layer.of(Matrix.of(hidden), bias, relu), Layer.linear(Matrix.of(out), 0, 0)));
  }

  @ParameterizedTest
  @ValueSource(ints = {61, 64, 65, 70, 130})
  void aRegionMayHaveAnyNumberOfFacets(int facets) {
    ReluNetwork f = rounded(facets);
    List<Cell> cells = new java.util.ArrayList<>();
    double[] origin = new double[2];
    Subdivision subdivision = new Subdivision(new Stages(List.of(f), origin), origin, c -> 0);
    Cell box = new Question(Query.local(f, Norm.LINF, origin)).window(1.25);
    assertTrue(subdivision.forEach(box, leaf -> cells.add(leaf.cell())));
    Cell round =
        cells.stream().max(java.util.Comparator.comparing(c -> c.facets().length)).orElseThrow();
    assertEquals(facets, round.facets().length);
    assertEquals(facets, round.vertices().length);
    int[] around = round.around();
    for (int i = 0; i < around.length; i++) {
      assertTrue(round.shareFacet(around[i], around[(i + 1) % around.length]));
      assertFalse(round.shareFacet(around[i], around[(i + 2) % around.length]));
    }
  }

  @Test
  void theRadiusOfARegionWithManyFacetsIsProved() {
    // Behind x = 1 the first output turns back.
    RadiusResult result = Proofs.proved(Query.local(rounded(70), Norm.L2, 0, 0).upTo(1.25));
    assertEquals(1, Proofs.radius(result));
    assertTrue(Proofs.proved(Query.local(rounded(70), Norm.L2, 0, 0).upTo(1)).holdsEverywhere());
  }
}
