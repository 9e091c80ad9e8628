package dev.crease.solver.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.BadInput;
import dev.crease.Cancellation;
import dev.crease.SolverFailure;
import dev.crease.model.Model;
import dev.crease.solver.Capability;
import dev.crease.solver.FakeSolver;
import dev.crease.solver.Progress;
import dev.crease.solver.SolveListener;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WatchdogSolverTest {

  private static final Model MODEL = Model.builder("m").build();
  private static final Duration GRACE = Duration.ofMillis(200);
  private static final SolveOptions SHORT =
      SolveOptions.builder().timeLimit(Duration.ofMillis(50)).build();

  private static SolveResult watched(FakeSolver solver, SolveOptions options) {
    return new WatchdogSolver(solver, GRACE).solve(MODEL, options, SolveListener.none());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void passesOnAnAnswerInTime() {
    SolveResult told = FakeSolver.result(SolveStatus.OPTIMAL, 0, 0);
    assertSame(told, watched(FakeSolver.of((m, o, l) -> told), SHORT));
    assertSame(told, watched(FakeSolver.of((m, o, l) -> told), SolveOptions.defaults()));
  }

  @Test
  void leavesASolveThatIgnoresItsLimit() {
    CountDownLatch release = new CountDownLatch(1);
    FakeSolver deaf =
        FakeSolver.of(
            (m, o, l) -> {
              await(release);
              return FakeSolver.result(SolveStatus.OPTIMAL, 0, 0);
            });
    for (FakeSolver solver : List.of(deaf, deaf.without(Capability.INTERRUPT))) {
      SolveResult result = watched(solver, SHORT);
      assertEquals(SolveStatus.TIME_LIMIT, result.status());
      assertTrue(result.solution().isEmpty());
      assertEquals(Double.NEGATIVE_INFINITY, result.dualBound());
      assertTrue(result.message().contains("fake"));
    }
    release.countDown();
  }

  @Test
  void interruptsASolveThatReactsAndTakesItsAnswer() {
    FakeSolver reacts =
        FakeSolver.of(
            (m, o, l) -> {
              CountDownLatch told = new CountDownLatch(1);
              var registration = o.limits().cancellation().onCancel(told::countDown);
              try (registration) {
                await(told);
              }
              return FakeSolver.result(SolveStatus.INTERRUPTED, 4, 3);
            });
    assertEquals(3, watched(reacts, SHORT).dualBound());
  }

  @Test
  void aCancellationComesThrough() throws InterruptedException {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    FakeSolver deaf =
        FakeSolver.of(
            (m, o, l) -> {
              running.countDown();
              await(release);
              return FakeSolver.result(SolveStatus.OPTIMAL, 0, 0);
            });
    Cancellation cancellation = new Cancellation();
    Thread canceller =
        new Thread(
            () -> {
              await(running);
              cancellation.cancel();
            });
    canceller.start();
    SolveResult result = watched(deaf, SolveOptions.builder().cancellation(cancellation).build());
    assertEquals(SolveStatus.INTERRUPTED, result.status());
    assertTrue(result.solution().isEmpty());
    canceller.join();
    // Cancelled before: the same.
    SolveResult again = watched(deaf, SolveOptions.builder().cancellation(cancellation).build());
    assertEquals(SolveStatus.INTERRUPTED, again.status());
    release.countDown();
  }

  @Test
  void anInterruptedCallerComesBackAndStaysInterrupted() {
    CountDownLatch release = new CountDownLatch(1);
    FakeSolver deaf =
        FakeSolver.of(
            (m, o, l) -> {
              await(release);
              return FakeSolver.result(SolveStatus.OPTIMAL, 0, 0);
            });
    Thread.currentThread().interrupt();
    SolveResult result = watched(deaf, SolveOptions.defaults());
    assertTrue(Thread.interrupted());
    assertEquals(SolveStatus.INTERRUPTED, result.status());
    release.countDown();
  }

  @Test
  void exceptionsComeThrough() {
    FakeSolver refuses =
        FakeSolver.of(
            (m, o, l) -> {
              throw new BadInput("a parameter");
            });
    assertEquals(
        "a parameter", assertThrows(BadInput.class, () -> watched(refuses, SHORT)).getMessage());
    for (Throwable thrown : List.of(new IllegalStateException("boom"), new LinkageError("boom"))) {
      FakeSolver breaks =
          FakeSolver.of(
              (m, o, l) -> {
                if (thrown instanceof RuntimeException e) {
                  throw e;
                }
                throw (Error) thrown;
              });
      SolverFailure failure =
          assertThrows(SolverFailure.class, () -> watched(breaks, SolveOptions.defaults()));
      assertTrue(failure.getMessage().contains("boom"));
      assertTrue(failure.getMessage().contains("fake"));
      assertSame(thrown, failure.getCause());
    }
  }

  @Test
  void nothingIsReportedAfterTheAnswer() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch reported = new CountDownLatch(1);
    FakeSolver late =
        FakeSolver.of(
            (m, o, l) -> {
              l.progress(new Progress(1, 0, 1, Duration.ZERO));
              await(release);
              l.progress(new Progress(2, 0, 1, Duration.ZERO));
              reported.countDown();
              return FakeSolver.result(SolveStatus.OPTIMAL, 0, 0);
            });
    List<Progress> seen = Collections.synchronizedList(new ArrayList<>());
    new WatchdogSolver(late, GRACE).solve(MODEL, SHORT, seen::add);
    release.countDown();
    assertTrue(reported.await(30, TimeUnit.SECONDS));
    assertEquals(1, seen.size());
  }

  @Test
  void aVeryLongLimitIsNoTrouble() {
    SolveResult told = FakeSolver.result(SolveStatus.OPTIMAL, 0, 0);
    SolveOptions forever = SolveOptions.builder().timeLimit(Duration.ofDays(365L * 1000)).build();
    assertSame(told, watched(FakeSolver.of((m, o, l) -> told), forever));
  }

  @Test
  void aCancellationRunsItsActionsOnce() {
    Cancellation cancellation = new Cancellation();
    List<String> ran = new ArrayList<>();
    cancellation.onCancel(() -> ran.add("a"));
    cancellation.onCancel(() -> ran.add("taken back")).close();
    assertFalse(cancellation.isCancelled());
    cancellation.cancel();
    cancellation.cancel();
    cancellation.onCancel(() -> ran.add("late"));
    assertEquals(List.of("a", "late"), ran);
    assertTrue(cancellation.isCancelled());
  }
}
