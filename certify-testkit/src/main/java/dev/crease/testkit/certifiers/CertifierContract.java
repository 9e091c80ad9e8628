package dev.crease.testkit.certifiers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.crease.BadInput;
import dev.crease.Cancellation;
import dev.crease.Unsupported;
import dev.crease.bounds.Interval;
import dev.crease.bounds.Norm;
import dev.crease.certify.Assurance;
import dev.crease.certify.Certifier;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.StopReason;
import dev.crease.certify.Trust;
import dev.crease.certify.Verdict;
import dev.crease.encoding.ReluEncoding;
import dev.crease.mip.MipCertifier;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.testkit.Networks;
import dev.crease.witness.Witness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.opentest4j.TestAbortedException;

/**
 * What a {@link Certifier} promises, as tests on networks whose radii are known in closed form.
 *
 * <p>A certified radius may exceed the true one only by what {@code delta} hides: collisions closer
 * together than that are not looked for. A question that the certifier refuses is skipped with its
 * refusal as the reason.
 */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class CertifierContract {

  private static final Duration REGRESSION_LIMIT = Duration.ofSeconds(1);
  private static final double[] U = {0.8, -0.6};
  private static final double[] W = {0.6, 0.8};

  /** The certifier. */
  protected abstract Certifier certifier();

  /**
   * The options that every test starts from. They take a solver's word, so that what a backend says
   * is tested too; {@link #whatIsCertifiedRestsOnNoSolver} asks for proofs alone.
   */
  protected CertifyOptions options() {
    return CertifyOptions.builder().trust(Trust.SOLVER).timeLimit(Duration.ofSeconds(60)).build();
  }

  /** How wide the bracket of a finished answer may be, besides what delta hides. */
  protected double resolution() {
    return 1e-4;
  }

  /** Whether it proves radii, or only refutes. */
  protected boolean certifies() {
    return true;
  }

  /**
   * Whether it comes to a close on every question here. One that may give up, saying so with {@link
   * StopReason#LIMIT}, is held to closing its bracket only where it says {@link
   * StopReason#COMPLETE}.
   */
  protected boolean alwaysCloses() {
    return true;
  }

  /**
   * The encodings to ask in, by id: all of them for a certifier on a solver; for others they make
   * no difference. One that is refused is left out.
   */
  protected List<String> encodings() {
    return certifier() instanceof MipCertifier
        ? ReluEncoding.choices().names()
        : List.of(ReluEncoding.bigM().id());
  }

  // ---- encodings

  @Test
  void theTruthIsTheSameInEveryEncoding() {
    int asked = 0;
    for (String encoding : encodings()) {
      for (Known known : solved()) {
        Optional<RadiusResult> result = inModels(known.query(), encoding);
        if (result.isPresent()) {
          asked++;
          assertSound(known, encoding, result.get());
          if (certifies()) {
            // Giving up is a limit; claims that had to be dropped are a fault.
            assertNotEquals(
                StopReason.FAILED, result.get().stop(), () -> encoding + ": " + result.get());
          }
          if (closes(result.get())) {
            assertEquals(
                StopReason.COMPLETE, result.get().stop(), () -> encoding + ": " + result.get());
            assertTrue(
                result.get().certified() >= known.truth() - resolution(),
                () -> encoding + ": the truth is " + known.truth() + ", not " + result.get());
          }
        }
      }
    }
    assumeTrue(asked > 0, "refuses every encoding");
  }

  /** A backend whose answers are all refused is sound, and of no use. */
  @Test
  void somethingIsProved() {
    assumeTrue(certifies(), "it certifies nothing");
    List<String> without = new ArrayList<>();
    for (Known known : solved()) {
      for (String encoding : encodings()) {
        Optional<RadiusResult> result = inModels(known.query(), encoding);
        if (result.isPresent()) {
          assertSound(known, encoding, result.get());
          if (result.get().certified() >= known.truth() - resolution()) {
            return;
          }
          without.add(encoding + ": " + result.get());
        }
      }
    }
    fail("nothing at all is proved: " + without);
  }

  /** A question and the radius that is its answer. */
  private record Known(Query query, double truth) {}

  /** Questions that models are made of: what can be known without a solver does not answer them. */
  private static List<Known> solved() {
    ReluNetwork deep = Networks.fold(U, W).then(Networks.oneToOne(1, 5));
    return List.of(
        new Known(Query.pseudo(deep, Norm.LINF, 1, -0.5), pseudoTruth(Norm.LINF, 1, -0.5)),
        new Known(Query.local(deep, Norm.LINF, 1, -0.5), localTruth(Norm.LINF, 1, -0.5)),
        new Known(Query.local(Networks.residual(2, 4, 1), Norm.LINF, 0.3, -0.2).upTo(0.5), 0.5));
  }

  /** The answer where the solver is asked for all of it; empty when the encoding is refused. */
  private Optional<RadiusResult> inModels(Query query, String encoding) {
    CertifyOptions options =
        options().toBuilder().strategy("direct").bounds("interval").encoding(encoding).build();
    if (certifier().refusal(query, options).isPresent()) {
      return Optional.empty();
    }
    try {
      return Optional.of(certifier().radius(query, options, CertifyListener.none()));
    } catch (Unsupported e) {
      // As cuts without linear sessions.
      return Optional.empty();
    }
  }

  private void assertSound(Known known, String encoding, RadiusResult result) {
    double most = known.truth() + slack(result);
    assertTrue(
        result.certified() <= most,
        () -> encoding + ": certified is above the truth " + known.truth() + ": " + result);
    result
        .witness()
        .ifPresent(
            w -> {
              assertTrue(w.radius() >= known.truth() - 1e-9, () -> encoding + ": " + result);
              assertWitness(result, w);
            });
  }

  // ---- what was once wrong

  /** Stopped early as well as at the end, no answer contradicts the truth. */
  @TestFactory
  List<DynamicTest> nothingThatWasOnceWrongIsWrongAgain() {
    CertifyOptions options = options().toBuilder().timeLimit(REGRESSION_LIMIT).build();
    List<DynamicTest> tests = new ArrayList<>();
    for (Regressions.Regression r : Regressions.all()) {
      tests.add(
          DynamicTest.dynamicTest(
              r.name(),
              () -> {
                Optional<String> refusal = certifier().refusal(r.query(), options);
                assumeTrue(refusal.isEmpty(), () -> "refuses: " + refusal.orElse(""));
                RadiusResult result;
                try {
                  result = certifier().radius(r.query(), options, CertifyListener.none());
                } catch (BadInput e) {
                  throw new TestAbortedException("refuses: " + e.getMessage(), e);
                }
                assertTrue(
                    result.certified() <= r.truth() + slack(result)
                        && result.refuted().orElse(r.truth()) >= r.truth() - 1e-9,
                    () -> "the truth is " + r.truth() + ", not " + result);
              }));
    }
    return tests;
  }

  // ---- problem 1

  @Test
  void localRadiusOfTheAbsoluteValue() {
    assertRadius(Query.local(Networks.absolute(1, 0), Norm.LINF, 1), 1);
    assertRadius(Query.local(Networks.absolute(3, -0.5), Norm.L1, 1), 1.5);
    assertRadius(Query.local(Networks.absolute(0.01, 2), Norm.LINF, 1.25), 0.75);
  }

  @Test
  void localRadiusOfAFoldIsTheDistanceToItsLine() {
    for (Norm norm : accepted(Norm.values())) {
      assertRadius(Query.local(Networks.fold(U, W), norm, 1, -0.5), localTruth(norm, 1, -0.5));
    }
  }

  @Test
  void localRadiusIsScaledWithTheWeightsButNotByThem() {
    double[] u = {8, -6};
    double[] w = {0.06, 0.08};
    assertRadius(
        Query.local(Networks.fold(u, w), Norm.LINF, 1, -0.5), localTruth(Norm.LINF, 1, -0.5));
  }

  @Test
  void aOneToOneMapAfterwardsChangesNothing() {
    ReluNetwork deep = Networks.fold(U, W).then(Networks.oneToOne(2, 5));
    assertRadius(Query.local(deep, Norm.LINF, 1, -0.5), localTruth(Norm.LINF, 1, -0.5));
  }

  @Test
  void aCentreOnTheFoldHasRadiusZero() {
    assertRadius(Query.local(Networks.absolute(1, 0), Norm.LINF, 0), 0);
  }

  @Test
  void aResidualBlockIsOneToOneEverywhere() {
    assertHoldsEverywhere(Query.local(Networks.residual(2, 4, 1), Norm.LINF, 0.3, -0.2).upTo(3));
    assertHoldsEverywhere(Query.local(Networks.residual(3, 5, 2), Norm.L1, 0, 0, 0).upTo(2));
  }

  @Test
  void anAffineMapIsOneToOneEverywhere() {
    ReluNetwork rotation =
        ReluNetwork.of("rotation", List.of(Layer.linear(Matrix.of(new double[][] {U, W}), 1, 2)));
    assertHoldsEverywhere(Query.local(rotation, Norm.LINF, 5, 5));
  }

  @Test
  void aConstantRegionHasRadiusZero() {
    ReluNetwork hinge =
        ReluNetwork.of(
            "hinge",
            List.of(
                Layer.relu(Matrix.of(new double[][] {{1}}), -1),
                Layer.linear(Matrix.of(new double[][] {{1}}), 0)));
    assertDegenerate(Query.local(hinge, Norm.LINF, 0));
    assertDegenerate(Query.pseudo(hinge, Norm.LINF, 0));
  }

  @Test
  void fewerOutputsThanInputsHaveRadiusZero() {
    ReluNetwork narrow = Networks.fold(U, W).selectOutputs(1);
    assertDegenerate(Query.local(narrow, Norm.LINF, 1, -0.5));
  }

  private void assertDegenerate(Query query) {
    RadiusResult result = answer(query);
    assertBracket(result, 0);
    assertTrue(result.witness().isPresent(), result::toString);
    assertTrue(result.refuted().getAsDouble() <= 0.01, result::toString);
  }

  // ---- problem 2

  @Test
  void pseudoRadiusOfTheAbsoluteValue() {
    assertRadius(Query.pseudo(Networks.absolute(1, 0), Norm.LINF, 1), 2);
    assertRadius(Query.pseudo(Networks.absolute(2, 0.5), Norm.L1, 2), 3);
  }

  @Test
  void pseudoRadiusOfAFoldIsTheDistanceToTheMirrorImage() {
    for (Norm norm : accepted(Norm.values())) {
      assertRadius(Query.pseudo(Networks.fold(U, W), norm, 1, -0.5), pseudoTruth(norm, 1, -0.5));
    }
  }

  @Test
  void aPseudoRadiusOfAResidualBlockIsNotFound() {
    assertHoldsEverywhere(Query.pseudo(Networks.residual(2, 4, 3), Norm.LINF, 0, 0).upTo(3));
  }

  // ---- problem 3

  @Test
  void anOutputDeterminesWhatIsComputedFromIt() {
    ReluNetwork f1 = Networks.absolute(1, 0);
    ReluNetwork f2 = f1.then(affine(-3, 1));
    assertHoldsEverywhere(Query.transformation(f1, f2, Norm.LINF, 1).upTo(4));
    assertHoldsEverywhere(Query.transformation(f2, f1, Norm.LINF, 1).upTo(4));
    assertHoldsEverywhere(Query.transformation(f1, f1, Norm.LINF, 1).upTo(4));
    // What is lost on the way is not determined, but what is lost afterwards is no matter.
    assertHoldsEverywhere(
        Query.transformation(affine(1, 0), Networks.absolute(1, 0), Norm.LINF, 1).upTo(4));
  }

  @Test
  void anOutputDoesNotDetermineWhatItLost() {
    assertRadius(
        Query.transformation(Networks.absolute(1, 0), affine(1, 0), Norm.LINF, 1).upTo(4), 1);
    assertRadius(
        Query.transformation(Networks.absolute(1, 0), affine(5, 1), Norm.L1, 1.5).upTo(4), 1.5);
  }

  @Test
  void anotherFoldIsDeterminedUpToTheNearerLine() {
    // |x| tells |x - 1| apart only where x keeps its sign.
    assertRadius(
        Query.transformation(Networks.absolute(1, 0), Networks.absolute(1, 1), Norm.LINF, 2)
            .upTo(5),
        2);
  }

  // ---- parameters, compositions, chosen outputs

  @Test
  void anInputCanBeFixed() {
    assertRadius(Query.local(shifted().fixInputs(Map.of(1, 0.5)), Norm.LINF, 2), 1.5);
    assertRadius(Query.pseudo(shifted().fixInputs(Map.of(1, -0.5)), Norm.LINF, 2), 5);
  }

  @Test
  void anInputCanBeSharedWithinAnInterval() {
    Map<Integer, Interval> range = Map.of(1, new Interval(0, 0.5));
    assertRadius(shared(Query.local(shifted(), Norm.LINF, 0, 0), range), 1.5);
    assertRadius(shared(Query.pseudo(shifted(), Norm.LINF, 0, 0), range), 3);
    assertRadius(
        shared(Query.local(shifted(), Norm.LINF, 0, 0), Map.of(1, new Interval(0.5, 0.5))), 1.5);
  }

  private static Query shared(Query query, Map<Integer, Interval> range) {
    return query.sharing(range, 2);
  }

  @Test
  void stepsCanBeComposed() {
    // x -> |x| - 1 folds at 0; its square also at -1 and 1.
    ReluNetwork step = Networks.absolute(1, 0).then(affine(1, -1));
    assertRadius(Query.local(step, Norm.LINF, 3), 3);
    assertRadius(Query.local(step.iterate(2), Norm.LINF, 3), 2);
    assertRadius(Query.local(step.iterate(3), Norm.LINF, 3), 1);
    // ||x| - 1| - 1 = 1 at 3 and -3 only.
    assertRadius(Query.pseudo(step.iterate(2), Norm.LINF, 3), 6);
  }

  @Test
  void outputsCanBeChosen() {
    ReluNetwork both =
        ReluNetwork.of(
            "both",
            List.of(
                Layer.of(
                    Matrix.of(new double[][] {{1}, {-1}, {1}}),
                    new double[3],
                    new boolean[] {true, true, false}),
                Layer.linear(Matrix.of(new double[][] {{1, 1, 0}, {0, 0, 1}}), 0, 0)));
    assertHoldsEverywhere(Query.local(both, Norm.LINF, 1).upTo(4));
    assertRadius(Query.local(both.selectOutputs(0), Norm.LINF, 1).upTo(4), 1);
    assertHoldsEverywhere(Query.local(both.selectOutputs(1), Norm.LINF, 1).upTo(4));
  }

  // ---- how the answers relate

  @Test
  void theLocalRadiusIsNotAboveThePseudoRadius() {
    for (long seed = 1; seed <= 3; seed++) {
      ReluNetwork f = Networks.random(seed, 2, 4, 2);
      RadiusResult local = answer(Query.local(f, Norm.LINF, 0.1, 0.2).upTo(4));
      RadiusResult pseudo = answer(Query.pseudo(f, Norm.LINF, 0.1, 0.2).upTo(4));
      if (pseudo.witness().isPresent()) {
        assertTrue(
            local.certified() <= pseudo.refuted().getAsDouble() + slack(local),
            () -> local + " " + pseudo);
      }
    }
  }

  @Test
  void aLargerNormGivesALargerRadius() {
    // B_1 is within B_2 within B_inf.
    List<RadiusResult> results = new ArrayList<>();
    for (Norm norm : accepted(Norm.LINF, Norm.L2, Norm.L1)) {
      results.add(answer(Query.local(Networks.fold(U, W), norm, 1.5, 0.5)));
    }
    for (int k = 1; k < results.size(); k++) {
      RadiusResult smaller = results.get(k - 1);
      RadiusResult larger = results.get(k);
      assertTrue(
          smaller.certified() <= larger.refuted().getAsDouble() + slack(smaller),
          () -> smaller + " " + larger);
      if (closes(larger)) {
        assertTrue(smaller.certified() <= larger.certified() + slack(smaller));
      }
    }
  }

  @Test
  void checkDecidesBelowAndAbove() {
    Query local = Query.local(Networks.fold(U, W), Norm.LINF, 1, -0.5);
    double truth = localTruth(Norm.LINF, 1, -0.5);
    assertHolds(local, 0.6 * truth);
    assertVerdict(Verdict.REFUTED, local, 1.4 * truth);
    Query pseudo = Query.pseudo(Networks.absolute(1, 0), Norm.LINF, 1);
    assertVerdict(Verdict.REFUTED, pseudo, 2.5);
    Query two = Query.transformation(Networks.absolute(1, 0), affine(1, 0), Norm.LINF, 1);
    assertHolds(two, 0.6);
    assertVerdict(Verdict.REFUTED, two, 1.4);
    if (certifies()) {
      assertVerdict(Verdict.HOLDS, pseudo, 1.5);
    }
  }

  /** Where a backend certifies nothing, what is tried before it may still prove it. */
  private void assertHolds(Query query, double radius) {
    accept(query);
    RadiusResult checked = certifier().check(query, radius, options(), CertifyListener.none());
    Verdict verdict = Certifier.verdict(checked);
    assertTrue(
        verdict == Verdict.HOLDS || (!certifies() && verdict == Verdict.UNDECIDED),
        checked::toString);
    assertEquals(radius, checked.query().maxRadius());
  }

  private void assertVerdict(Verdict expected, Query query, double radius) {
    accept(query);
    RadiusResult checked = certifier().check(query, radius, options(), CertifyListener.none());
    assertEquals(expected, Certifier.verdict(checked), checked::toString);
    assertEquals(radius, checked.query().maxRadius());
    checked.witness().ifPresent(w -> assertWitness(checked, w));
  }

  // ---- stops

  @Test
  void aShortTimeLeavesABracketThatHoldsTheTruth() {
    ReluNetwork deep = Networks.fold(U, W).then(Networks.oneToOne(4, 8));
    for (Duration limit : List.of(Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(100))) {
      CertifyOptions hurried = options().toBuilder().timeLimit(limit).build();
      Query query = Query.local(deep, Norm.LINF, 1, -0.5);
      long start = System.nanoTime();
      RadiusResult result = certifier().radius(query, hurried, CertifyListener.none());
      assertTrue(System.nanoTime() - start < 30e9, "a limit of " + limit + " was not kept");
      assertBracket(result, localTruth(Norm.LINF, 1, -0.5));
    }
  }

  @Test
  void cancellingLeavesABracketThatHoldsTheTruth() {
    ReluNetwork deep = Networks.fold(U, W).then(Networks.oneToOne(4, 8));
    Query query = Query.local(deep, Norm.LINF, 1, -0.5);
    Cancellation before = new Cancellation();
    before.cancel();
    RadiusResult result =
        certifier()
            .radius(
                query, options().toBuilder().cancellation(before).build(), CertifyListener.none());
    assertBracket(result, localTruth(Norm.LINF, 1, -0.5));
    assertNotEquals(StopReason.FAILED, result.stop(), result::toString);
    assertFalse(result.holdsEverywhere());
    RadiusResult checked =
        certifier().check(query, 0.1, options().toBuilder().cancellation(before).build(), b -> {});
    assertNotEquals(Verdict.REFUTED, Certifier.verdict(checked));
  }

  @Test
  void progressNarrowsTheBracket() {
    List<CertifyListener.Bracket> seen = Collections.synchronizedList(new ArrayList<>());
    Query query = Query.local(Networks.fold(U, W), Norm.LINF, 1, -0.5);
    RadiusResult result = certifier().radius(query, options(), seen::add);
    double certified = 0;
    double refuted = Double.POSITIVE_INFINITY;
    for (CertifyListener.Bracket bracket : List.copyOf(seen)) {
      double upper = bracket.refuted().orElse(Double.POSITIVE_INFINITY);
      // A collision that is found below what was claimed under a delta takes the claim with it.
      assertTrue(bracket.certified() >= Math.nextDown(Math.min(certified, upper)), seen::toString);
      assertTrue(upper <= refuted, seen::toString);
      assertTrue(bracket.certified() <= upper, bracket::toString);
      certified = bracket.certified();
      refuted = upper;
    }
    assertFalse(seen.isEmpty(), "nothing was reported");
    assertTrue(result.certified() >= certified, () -> result + " after " + seen);
    assertTrue(result.refuted().getAsDouble() <= refuted, () -> result + " after " + seen);
  }

  @Test
  void aRefusalIsOneLineAndIsThrown() {
    for (Norm norm : Norm.values()) {
      Query query = Query.local(Networks.fold(U, W), norm, 1, -0.5);
      Optional<String> why = certifier().refusal(query, options());
      if (why.isPresent()) {
        assertEquals(1, why.get().lines().count(), why.get());
        Unsupported refused =
            assertThrows(
                Unsupported.class,
                () -> certifier().radius(query, options(), CertifyListener.none()));
        assertEquals(why.get(), refused.getMessage());
        assertThrows(
            Unsupported.class,
            () -> certifier().check(query, 1, options(), CertifyListener.none()));
      }
    }
  }

  // ---- the report

  @Test
  void anAnswerSaysWhatItRestsOn() {
    RadiusResult result = answer(Query.local(Networks.absolute(1, 0), Norm.LINF, 1));
    assertEquals(certifier().id(), result.engine());
    assertFalse(result.solver().isBlank());
    assertFalse(result.strategy().isBlank());
    assertTrue(result.seconds() >= 0);
    assertTrue(result.delta() >= 0);
    Witness witness = result.witness().orElseThrow();
    assertEquals(1, witness.x().length);
    assertEquals(1, witness.xPrime().length);
    assertTrue(witness.separation() > 0);
    assertTrue(witness.residual() >= 0);
  }

  @Test
  void nothingIsRefutedWhereNothingCollides() {
    RadiusResult result = answer(Query.local(affine(2, 0), Norm.L1, 1).upTo(1));
    assertTrue(result.refuted().isEmpty(), result::toString);
    assertTrue(result.witness().isEmpty(), result::toString);
  }

  /** Unless a solver's word is to be taken, what is certified is proved, of all pairs. */
  @Test
  void whatIsCertifiedRestsOnNoSolver() {
    CertifyOptions options = options().toBuilder().trust(Trust.PROOF).build();
    int asked = 0;
    for (Known known : solved()) {
      if (certifier().refusal(known.query(), options).isPresent()) {
        continue;
      }
      asked++;
      List<CertifyListener.Bracket> seen = Collections.synchronizedList(new ArrayList<>());
      RadiusResult result = certifier().radius(known.query(), options, seen::add);
      assertIsProved(known, result);
      for (CertifyListener.Bracket bracket : List.copyOf(seen)) {
        assertTrue(bracket.certified() <= known.truth() * (1 + 1e-9), bracket::toString);
      }
      double below = known.truth() / 2;
      RadiusResult checked =
          certifier().check(known.query(), below, options, CertifyListener.none());
      assertIsProved(new Known(known.query(), below), checked);
      assertEquals(
          checked.certified() >= below,
          Certifier.verdict(checked) == Verdict.HOLDS,
          checked::toString);
    }
    assumeTrue(asked > 0, "refuses every question");
  }

  private void assertIsProved(Known known, RadiusResult result) {
    assertNotEquals(Assurance.SOLVER, result.assurance(), result::toString);
    assertEquals(Trust.PROOF, result.trust(), result::toString);
    assertTrue(result.delta() == 0 && result.deltaIsRigorous(), result::toString);
    assertTrue(result.certified() <= known.truth() * (1 + 1e-9), result::toString);
    if (result.stop() == StopReason.COMPLETE && certifies()) {
      assertTrue(result.certified() >= known.truth() - resolution(), result::toString);
    }
    if (result.stop() == StopReason.CLAIMED) {
      assertTrue(result.said() >= known.truth() - resolution(), result::toString);
    }
    result
        .claimed()
        .ifPresent(
            claim -> {
              assertTrue(certifier().asksSolver(), () -> "whose word is it? " + result);
              double hidden =
                  claim.deltaIsRigorous() ? 0 : claim.delta() * result.query().dimension();
              assertTrue(claim.radius() <= known.truth() + hidden + resolution(), result::toString);
            });
  }

  // ---- closed forms and checks

  /** {@code x -> scale x + offset}. */
  private static ReluNetwork affine(double scale, double offset) {
    return ReluNetwork.of(
        "affine", List.of(Layer.linear(Matrix.of(new double[][] {{scale}}), offset)));
  }

  /** {@code (x, p) -> |x - p|}. */
  private static ReluNetwork shifted() {
    return ReluNetwork.of(
        "shifted",
        List.of(
            Layer.relu(Matrix.of(new double[][] {{1, -1}, {-1, 1}}), 0, 0),
            Layer.linear(Matrix.of(new double[][] {{1, 1}}), 0)));
  }

  /** The distance of a point to the line {@code U . v = 0}. */
  private static double localTruth(Norm norm, double x, double y) {
    return Math.abs(U[0] * x + U[1] * y) / norm.dual().of(U);
  }

  /** The distance of a point to its mirror image; {@code U} has length 1. */
  private static double pseudoTruth(Norm norm, double x, double y) {
    return 2 * Math.abs(U[0] * x + U[1] * y) * norm.of(U);
  }

  /** What delta may hide: a collision whose points are closer than that lies this much nearer. */
  private double slack(RadiusResult result) {
    double hidden = result.deltaIsRigorous() ? 0 : result.delta() * result.query().dimension();
    return hidden + resolution();
  }

  private void accept(Query query) {
    Optional<String> refusal = certifier().refusal(query, options());
    assumeTrue(refusal.isEmpty(), () -> query + ": " + refusal.orElse(""));
  }

  /** The norms that the certifier accepts; a test about norms is skipped only when none is left. */
  private List<Norm> accepted(Norm... norms) {
    List<Norm> accepted = new ArrayList<>();
    for (Norm norm : norms) {
      if (certifier()
          .refusal(Query.local(Networks.fold(U, W), norm, 1, -0.5), options())
          .isEmpty()) {
        accepted.add(norm);
      }
    }
    assumeTrue(!accepted.isEmpty(), "no norm is accepted");
    return accepted;
  }

  private RadiusResult answer(Query query) {
    accept(query);
    return certifier().radius(query, options(), CertifyListener.none());
  }

  private void assertRadius(Query query, double truth) {
    RadiusResult result = answer(query);
    assertBracket(result, truth);
    if (closes(result)) {
      assertEquals(StopReason.COMPLETE, result.stop(), result::toString);
      assertTrue(
          result.certified() >= truth - resolution(),
          () -> "certified is not close to " + truth + ": " + result);
      assertTrue(result.witness().isPresent(), () -> "nothing is refuted: " + result);
    }
    if (result.witness().isPresent() && closes(result)) {
      assertTrue(
          result.refuted().getAsDouble() <= truth + slack(result) + resolution(),
          () -> "refuted is not close to " + truth + ": " + result);
    }
  }

  private boolean closes(RadiusResult result) {
    return certifies() && (alwaysCloses() || result.stop() == StopReason.COMPLETE);
  }

  /** Sound whatever happened: the truth is within the bracket, but for what delta hides. */
  private void assertBracket(RadiusResult result, double truth) {
    assertTrue(
        result.certified() <= truth + slack(result),
        () -> "certified is above the truth " + truth + ": " + result);
    result
        .witness()
        .ifPresent(
            w -> {
              assertTrue(
                  w.radius() >= truth - 1e-9,
                  () -> "refuted is below the truth " + truth + ": " + result);
              assertWitness(result, w);
            });
  }

  private static void assertWitness(RadiusResult result, Witness w) {
    Query query = result.query();
    assertTrue(w.residual() <= 1e-6 * w.separation(), () -> "residual " + w.residual());
    double residual = Norm.LINF.distance(query.f().evaluate(w.x()), query.f().evaluate(w.xPrime()));
    assertEquals(w.residual(), residual);
    assertTrue(w.separation() > 0);
    for (double[] point : List.of(w.x(), w.xPrime())) {
      double[] ball = new double[query.dimension()];
      int next = 0;
      for (int i = 0; i < point.length; i++) {
        if (query.shared().containsKey(i)) {
          Interval range = query.shared().get(i);
          assertTrue(point[i] >= range.lower() && point[i] <= range.upper());
          assertEquals(w.x()[i], w.xPrime()[i]);
        } else {
          ball[next++] = point[i];
        }
      }
      // Collisions that are known exactly may come nearer than what doubles show.
      assertTrue(
          w.exact().isPresent() || query.norm().distance(ball, query.center()) <= w.radius());
    }
    assertTrue(w.radius() <= query.maxRadius());
    assertTrue(result.certified() <= w.radius());
  }

  private void assertHoldsEverywhere(Query query) {
    RadiusResult result = answer(query);
    assertTrue(result.witness().isEmpty(), () -> "a false witness: " + result);
    if (closes(result)) {
      assertTrue(result.holdsEverywhere(), result::toString);
      assertEquals(StopReason.COMPLETE, result.stop(), result::toString);
    }
  }
}
