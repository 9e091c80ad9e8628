package dev.crease.choose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.BadInput;
import dev.crease.Cancellation;
import dev.crease.SolverFailure;
import dev.crease.Unsupported;
import dev.crease.bounds.Norm;
import dev.crease.certify.Assurance;
import dev.crease.certify.Certifier;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.Claim;
import dev.crease.certify.Note;
import dev.crease.certify.Proved;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.StopReason;
import dev.crease.certify.Terms;
import dev.crease.certify.Trust;
import dev.crease.certify.Verdict;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.solver.Tolerances;
import dev.crease.witness.Witness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who wins a race, and what happens when the racers disagree. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PortfolioCertifierTest {

  private static final ReluNetwork ABSOLUTE =
      ReluNetwork.of(
          "absolute",
          List.of(
              Layer.relu(Matrix.of(new double[][] {{1}, {-1}}), 0, 0),
              Layer.linear(Matrix.of(new double[][] {{1, 1}}), 0)));

  /** The truth is 1: points on both sides of 0 collide. */
  private static final Query QUERY = Query.local(ABSOLUTE, Norm.LINF, 1).upTo(4);

  private static final CertifyOptions OPTIONS = CertifyOptions.defaults();

  /** A certifier that does what a script says. */
  private record Scripted(String id, Script script) implements Certifier {

    @Override
    public Optional<String> refusal(Query query, CertifyOptions options) {
      return id.equals("picky") ? Optional.of("picky does not want to") : Optional.empty();
    }

    @Override
    public RadiusResult radius(Query query, CertifyOptions options, CertifyListener listener) {
      return script.run(id, options, listener);
    }

    @Override
    public RadiusResult check(
        Query query, double radius, CertifyOptions options, CertifyListener listener) {
      return script.run(id, options, listener);
    }
  }

  private interface Script {
    RadiusResult run(String id, CertifyOptions options, CertifyListener listener);
  }

  private static Script answers(double certified, double refuted, StopReason stop) {
    return (id, options, listener) -> result(id, certified, refuted, stop);
  }

  /** Works until it is told to stop, then answers. */
  private static Script waits(double certified, double refuted) {
    return (id, options, listener) -> {
      CountDownLatch stopped = new CountDownLatch(1);
      Cancellation.Registration registration =
          options.limits().cancellation().onCancel(stopped::countDown);
      try (registration) {
        stopped.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return result(id, certified, refuted, StopReason.INTERRUPTED);
    };
  }

  private static RadiusResult result(String id, double certified, double refuted, StopReason stop) {
    // 1 - r and r - 1 collide for r > 1, at distance r of the centre.
    Optional<Witness> witness =
        Double.isFinite(refuted)
            ? Witness.replay(QUERY, new double[] {refuted - 1}, new double[] {1 - refuted})
            : Optional.empty();
    return RadiusResult.of(QUERY, Proved.outright(certified).onASolversWord().ofFarPairs())
        .trust(Trust.SOLVER)
        .witness(witness)
        .by(id, id + " 1.0", "scripted")
        .delta(1e-3, false)
        .terms(new Terms(Tolerances.defaults(), 0, 0))
        .stop(stop)
        .build();
  }

  /** What a solver gives whose word is not taken. */
  private static RadiusResult claim(String id, double claimed, double refuted, StopReason stop) {
    RadiusResult word = result(id, 0, refuted, stop);
    return word.toBuilder()
        .trust(Trust.PROOF)
        .proved(Proved.outright(0.125))
        .delta(0, true)
        .terms(Terms.none())
        .claimed(
            Optional.of(new Claim(claimed, Assurance.SOLVER, id, id, 1e-3, false, word.terms())))
        .build();
  }

  private static Script claims(double claimed, double refuted) {
    return (id, options, listener) -> claim(id, claimed, refuted, StopReason.CLAIMED);
  }

  /** Proves when it is told to stop. */
  private static RadiusResult proof(double certified, double refuted, StopReason stop) {
    return result("proof", certified, refuted, stop).toBuilder()
        .trust(Trust.PROOF)
        .proved(Proved.outright(certified))
        .delta(0, true)
        .terms(Terms.none())
        .build();
  }

  /** A member that can do no more than claim. */
  private record Solver(String id, Script script) implements Certifier {

    @Override
    public boolean asksSolver() {
      return true;
    }

    @Override
    public Optional<String> refusal(Query query, CertifyOptions options) {
      return Optional.empty();
    }

    @Override
    public RadiusResult radius(Query query, CertifyOptions options, CertifyListener listener) {
      return script.run(id, options, listener);
    }

    @Override
    public RadiusResult check(
        Query query, double radius, CertifyOptions options, CertifyListener listener) {
      return script.run(id, options, listener);
    }
  }

  private static RadiusResult race(Certifier... members) {
    return new PortfolioCertifier(List.of(members)).radius(QUERY, OPTIONS, CertifyListener.none());
  }

  private static Scripted member(String id, Script script) {
    return new Scripted(id, script);
  }

  @Test
  void aClaimStopsThoseThatCouldOnlyClaim() {
    RadiusResult won = race(new Solver("slow", waits(0, 2)), new Solver("fast", claims(1, 1.0625)));
    assertEquals(StopReason.CLAIMED, won.stop());
    assertEquals(0.125, won.certified());
    assertEquals("fast", won.claimed().orElseThrow().engine());
  }

  @Test
  void aProofIsWaitedForThoughSomebodyClaims() {
    RadiusResult won =
        race(
            new Solver("fast", claims(1, 1.0625)),
            member("proof", (id, o, l) -> proof(1, 1.03125, StopReason.COMPLETE)));
    assertEquals("proof", won.engine());
    assertEquals(StopReason.COMPLETE, won.stop());
    assertEquals(1, won.certified());
    assertTrue(won.claimed().isEmpty(), won::toString);
  }

  @Test
  void theBestProofAndTheBestClaimAreInTheAnswer() {
    RadiusResult won =
        race(
            new Solver("one", claims(0.75, 1.25)),
            new Solver(
                "two", (id, o, l) -> claim(id, 1, Double.POSITIVE_INFINITY, StopReason.LIMIT)),
            member("proof", (id, o, l) -> proof(0.5, 1.5, StopReason.TIME_LIMIT)));
    assertEquals(0.5, won.certified());
    assertEquals(1.25, won.refuted().orElseThrow(), 1e-9);
    assertEquals(1, won.claimed().orElseThrow().radius());
    assertEquals("two", won.claimed().orElseThrow().engine());
    assertEquals(StopReason.CLAIMED, won.stop());
  }

  @Test
  void aClaimThatAnotherRefutesIsDroppedAndNamed() {
    RadiusResult won =
        race(
            new Solver("liar", claims(2, 2.5)),
            member("proof", (id, o, l) -> proof(0.5, 1.0625, StopReason.TIME_LIMIT)));
    assertEquals(0.5, won.certified());
    assertEquals(1.0625, won.refuted().orElseThrow(), 1e-9);
    assertTrue(won.claimed().isEmpty(), won::toString);
    assertEquals(StopReason.TIME_LIMIT, won.stop());
    assertTrue(
        won.notes().stream()
            .anyMatch(n -> n instanceof Note.ClaimDropped d && d.solver().equals("liar")),
        won::toString);
  }

  @Test
  void theFirstThatDecidesStopsTheOthers() {
    RadiusResult won =
        race(
            member("slow", waits(0.25, 2)),
            member("fast", answers(1, 1.0625, StopReason.COMPLETE)));
    assertEquals("fast", won.engine());
    assertEquals(1, won.certified());
    assertEquals(StopReason.COMPLETE, won.stop());
    assertTrue(won.notes().get(0).text().contains("slow,fast, fast decided first"), won::toString);
    assertTrue(won.notes().get(1).text().contains("slow had [0.25, 2.0"), won::toString);
  }

  @Test
  void aCheckIsDecidedByAVerdict() {
    // Not complete, but the collision within 4 is the answer.
    RadiusResult refuted =
        new PortfolioCertifier(
                List.of(
                    member("slow", waits(0, Double.NaN)),
                    member("fast", answers(0, 2, StopReason.LIMIT))))
            .check(QUERY, 4, OPTIONS, CertifyListener.none());
    assertEquals("fast", refuted.engine());
    assertEquals(Verdict.REFUTED, Certifier.verdict(refuted));
  }

  @Test
  void withoutADecisionTheNarrowestBracketIsTheAnswer() {
    RadiusResult none =
        race(
            member("a", answers(0.5, Double.NaN, StopReason.TIME_LIMIT)),
            member("b", answers(0.25, 1.5, StopReason.TIME_LIMIT)),
            member("c", answers(0.75, 1.75, StopReason.TIME_LIMIT)));
    assertEquals("c", none.engine());
    assertEquals(StopReason.TIME_LIMIT, none.stop());
    assertTrue(none.notes().get(0).text().contains("none decided"), none::toString);
  }

  @Test
  void answersThatContradictAreAnErrorAndNoChoice() {
    for (boolean liarFirst : new boolean[] {true, false}) {
      Scripted liar = member("liar", answers(3, Double.NaN, StopReason.COMPLETE));
      Scripted honest = member("honest", waits(0.5, 1.5));
      RadiusResult none = liarFirst ? race(liar, honest) : race(honest, liar);
      assertEquals(StopReason.FAILED, none.stop(), none::toString);
      assertEquals(0, none.certified());
      assertEquals(1.5, none.refuted().orElseThrow(), 1e-12);
      String note = none.notes().get(0).text();
      assertTrue(note.contains("liar says [3.0, -]"), note);
      assertTrue(note.contains("honest [0.5, 1.5"), note);
    }
  }

  @Test
  void aCollisionCloserThanDeltaContradictsNoClaimThatIsOffByLess() {
    RadiusResult claim = result("a", 3, Double.NaN, StopReason.COMPLETE);
    RadiusResult close = result("b", 0.5, 1.0001, StopReason.COMPLETE);
    assertEquals(0.0002, close.witness().orElseThrow().separation(), 1e-9);
    assertTrue(PortfolioCertifier.contradict(claim, close));
    RadiusResult little = result("a", 1.0005, 2, StopReason.COMPLETE);
    assertFalse(PortfolioCertifier.contradict(little, close));
    RadiusResult both =
        race(member("a", answers(1.0005, 2, StopReason.COMPLETE)), member("b", waits(0.5, 1.0001)));
    assertEquals(StopReason.COMPLETE, both.stop(), both::toString);
    assertEquals(1.0001, both.certified(), 1e-9);
    assertEquals(1.0001, both.refuted().orElseThrow(), 1e-9);
    assertTrue(PortfolioCertifier.contradict(claim, result("b", 0.5, 1.01, StopReason.COMPLETE)));
    assertFalse(
        PortfolioCertifier.contradict(
            result("a", 1.0, 1.5, StopReason.COMPLETE),
            result("b", 1.0, 1.01, StopReason.COMPLETE)));
  }

  @Test
  void aMemberThatFailsIsNotedAndTheOthersGoOn() {
    Script throwsBad =
        (id, options, listener) -> {
          throw new BadInput("no such parameter");
        };
    Script breaks =
        (id, options, listener) -> {
          throw new IllegalStateException("broken");
        };
    RadiusResult won =
        race(
            member("bad", throwsBad),
            member("broken", breaks),
            member("good", waits(1, 1.5)),
            member("failed", answers(0, Double.NaN, StopReason.FAILED)),
            member("fast", answers(1, 1.25, StopReason.COMPLETE)));
    assertEquals("fast", won.engine());
    String notes = String.join("\n", won.notes().stream().map(Note::text).toList());
    assertFalse(notes.contains("contradict"), notes);
    assertThrows(BadInput.class, () -> race(member("bad", throwsBad), member("worse", throwsBad)));
    SolverFailure failed =
        assertThrows(
            SolverFailure.class, () -> race(member("broken", breaks), member("too", breaks)));
    assertTrue(failed.getMessage().contains("broken"), failed.getMessage());
  }

  @Test
  void cancellingTheRaceStopsEveryMember() {
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();
    RadiusResult stopped =
        new PortfolioCertifier(List.of(member("a", waits(0.5, 2)), member("b", waits(0.25, 3))))
            .radius(
                QUERY,
                OPTIONS.toBuilder().cancellation(cancellation).build(),
                CertifyListener.none());
    assertEquals(StopReason.INTERRUPTED, stopped.stop());
    assertEquals("a", stopped.engine());
  }

  @Test
  void refusesWhatAMemberRefuses() {
    Certifier race =
        new PortfolioCertifier(
            List.of(
                member("good", answers(1, 2, StopReason.COMPLETE)),
                member("picky", answers(1, 2, StopReason.COMPLETE))));
    assertEquals("good,picky", race.id());
    Unsupported refused =
        assertThrows(Unsupported.class, () -> race.radius(QUERY, OPTIONS, CertifyListener.none()));
    assertEquals("picky does not want to", refused.getMessage());
  }

  @Test
  void progressAndLogsOfAllComeTogether() {
    List<CertifyListener.Bracket> seen = Collections.synchronizedList(new ArrayList<>());
    List<String> log = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch told = new CountDownLatch(1);
    Script first =
        (id, options, listener) -> {
          options.logSink().orElseThrow().accept("hello");
          listener.progress(
              new CertifyListener.Bracket(
                  0.5, java.util.OptionalDouble.empty(), 1, 10, java.time.Duration.ZERO));
          told.countDown();
          return waits(0.5, 2).run(id, options, listener);
        };
    Script second =
        (id, options, listener) -> {
          try {
            told.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          listener.progress(
              new CertifyListener.Bracket(
                  0.25, java.util.OptionalDouble.of(2), 2, 5, java.time.Duration.ZERO));
          return result(id, 1, 1.5, StopReason.COMPLETE);
        };
    new PortfolioCertifier(List.of(member("one", first), member("two", second)))
        .radius(QUERY, OPTIONS.toBuilder().logSink(log::add).build(), seen::add);
    assertEquals(List.of("[one] hello"), log);
    CertifyListener.Bracket last = seen.get(seen.size() - 1);
    assertEquals(0.5, last.certified());
    assertEquals(2, last.refuted().orElseThrow());
    assertEquals(15, last.nodes());
  }

  @Test
  void aMemberThatDiesOfAnErrorIsNoted() {
    Script dies =
        (id, options, listener) -> {
          throw new StackOverflowError("deep");
        };
    RadiusResult won =
        race(member("dead", dies), member("fast", answers(1, 1.25, StopReason.COMPLETE)));
    assertEquals("fast", won.engine());
    assertThrows(SolverFailure.class, () -> race(member("dead", dies), member("too", dies)));
  }

  @Test
  void aMemberThatNeverReturnsIsNotWaitedFor() {
    CountDownLatch never = new CountDownLatch(1);
    Script sleeps =
        (id, options, listener) -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return result(id, 0, 2, StopReason.COMPLETE);
        };
    List<Certifier> members =
        List.of(member("asleep", sleeps), member("slow", answers(0.5, 2, StopReason.TIME_LIMIT)));
    RadiusResult late =
        new PortfolioCertifier(members, Duration.ofMillis(100))
            .radius(
                QUERY,
                OPTIONS.toBuilder().timeLimit(Duration.ofMillis(100)).build(),
                CertifyListener.none());
    assertEquals("slow", late.engine());
    assertTrue(late.notes().contains(new Note.NotAllStopped()), late::toString);
    PortfolioCertifier alone =
        new PortfolioCertifier(List.of(member("asleep", sleeps)), Duration.ofMillis(100));
    CertifyOptions hurried = OPTIONS.toBuilder().timeLimit(Duration.ofMillis(100)).build();
    assertThrows(SolverFailure.class, () -> alone.radius(QUERY, hurried, CertifyListener.none()));
    never.countDown();
  }
}
