package dev.crease.solver.scip;

import static dev.crease.solver.scip.ScipError.check;

import dev.crease.Cancellation;
import dev.crease.model.Model;
import dev.crease.model.Objective;
import dev.crease.solver.LogLines;
import dev.crease.solver.Progress;
import dev.crease.solver.SolveListener;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import dev.crease.solver.scip.jni.Scip;
import dev.crease.solver.scip.jni.ScipFunctions;
import dev.crease.solver.scip.jni.ScipMessagehdlr;
import dev.crease.solver.scip.jni.ScipSol;
import java.time.Duration;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FunctionPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerScope;

/** One solve on one SCIP, which is created, used and freed by the thread that calls. */
final class ScipRun {

  /** SCIP's stages from which bounds and solutions may be asked for (scip/type_set.h). */
  private static final int TRANSFORMED = 3;

  private static final int PRESOLVING = 5;
  private static final int SOLVING = 9;

  /** How often progress without news is told. */
  private static final long QUIET_NANOS = 200_000_000;

  private final Model model;
  private final SolveOptions options;
  private final SolveListener listener;
  private final Objective.Sense sense;
  private final long start = System.nanoTime();

  private final Scip scip = new Scip(null);
  private final ScipMessagehdlr messages = new ScipMessagehdlr(null);
  private final LogLines log;

  /** Not 0 when the copies of SCIP that its heuristics work on must stop. */
  private final IntPointer stop = new IntPointer(1).put(0);

  private final Object alive = new Object();
  private boolean canInterrupt;
  private volatile boolean cancelled;

  private double incumbent;
  private double bound;
  private long told = Long.MIN_VALUE;
  private volatile Optional<Throwable> failure = Optional.empty();

  ScipRun(Model model, SolveOptions options, SolveListener listener) {
    this.model = model;
    this.options = options;
    this.listener = listener;
    this.sense = model.objective().sense();
    this.log = new LogLines(options.logSink().orElse(line -> {}));
    this.incumbent = -SolveResult.noBound(sense);
    this.bound = SolveResult.noBound(sense);
  }

  SolveResult solve() {
    ScipFunctions.creaseForgetErrors();
    // Everything native that Java allocates on the way is freed with the scope.
    PointerScope scope = new PointerScope();
    try (scope) {
      check("SCIPcreate", ScipFunctions.SCIPcreate(scip));
      try {
        return onScip();
      } catch (ScipError e) {
        return SolveResult.without(SolveStatus.ERROR, sense, -1, elapsed(), e.getMessage());
      } finally {
        free();
      }
    } catch (ScipError e) {
      return SolveResult.without(SolveStatus.ERROR, sense, -1, elapsed(), e.getMessage());
    }
  }

  private void free() {
    synchronized (alive) {
      canInterrupt = false;
    }
    ScipFunctions.SCIPfree(scip);
    stop.close();
    if (!messages.isNull()) {
      ScipFunctions.SCIPmessagehdlrRelease(messages);
    }
    log.end();
  }

  private SolveResult onScip() {
    long scipAddress = scip.address();
    listenToMessages();
    long messagesAddress = messages.address();
    try {
      check("SCIPincludeDefaultPlugins", ScipFunctions.SCIPincludeDefaultPlugins(scip));
      ScipParameters.set(scip, options);
      ScipProblem problem = ScipProblem.of(scip, model);
      try {
        problem.build();
        problem.start(options.warmStart());
        return run(problem);
      } finally {
        problem.release();
      }
    } finally {
      ScipCallbacks.shared().forget(scipAddress, messagesAddress);
    }
  }

  private void listenToMessages() {
    var message = registered(ScipCallbacks.shared().message());
    check(
        "SCIPmessagehdlrCreate",
        ScipFunctions.SCIPmessagehdlrCreate(
            messages,
            0,
            (BytePointer) null,
            options.logSink().isPresent() ? 0 : 1,
            message,
            message,
            message,
            null,
            null));
    ScipCallbacks.shared().onMessage(messages, this::onMessage);
    check("SCIPsetMessagehdlr", ScipFunctions.SCIPsetMessagehdlr(scip, messages));
  }

  private static <T extends FunctionPointer> T registered(T callback) {
    if (callback.isNull()) {
      throw new IllegalStateException("JavaCPP has no entry point left for " + callback);
    }
    return callback;
  }

  private SolveResult run(ScipProblem problem) {
    check(
        "creaseListen",
        ScipFunctions.creaseListen(scip, registered(ScipCallbacks.shared().event()), stop));
    ScipCallbacks.shared().onEvent(scip, this::onEvent);
    synchronized (alive) {
      canInterrupt = true;
    }
    Cancellation.Registration interrupts =
        options.limits().cancellation().onCancel(this::interrupt);
    try (interrupts) {
      // SCIPsolve forgets an interrupt that came before it.
      if (cancelled) {
        return SolveResult.without(
            SolveStatus.INTERRUPTED, sense, 0, elapsed(), "cancelled before SCIP began");
      }
      check("SCIPsolve", ScipFunctions.SCIPsolve(scip));
      throwFailure();
      return result(problem);
    }
  }

  /** May be called from any thread, also when the solve is over. */
  private void interrupt() {
    cancelled = true;
    halt();
  }

  /** Stops this SCIP and its copies, while there is one. */
  private void halt() {
    synchronized (alive) {
      if (canInterrupt) {
        stop.put(1);
        ScipFunctions.SCIPinterruptSolve(scip);
      }
    }
  }

  /** On the thread that solves. */
  private void onEvent() {
    if (cancelled || failure.isPresent()) {
      halt();
      return;
    }
    try {
      tell();
    } catch (RuntimeException | Error e) {
      fail(e);
      halt();
    }
  }

  /** Nothing is thrown through native code: it is kept, and thrown when SCIP has come back. */
  private void fail(Throwable e) {
    if (failure.isEmpty()) {
      failure = Optional.of(e);
    }
  }

  private void onMessage(String text) {
    if (failure.isEmpty()) {
      try {
        log.add(text);
      } catch (RuntimeException | Error e) {
        fail(e);
      }
    }
  }

  private void throwFailure() {
    if (failure.isPresent()) {
      if (failure.get() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) failure.get();
    }
  }

  private void tell() {
    if (ScipFunctions.SCIPgetStage(scip) != SOLVING) {
      return;
    }
    double newIncumbent = better(incumbent, finite(ScipFunctions.SCIPgetPrimalbound(scip)), true);
    double newBound = better(bound, finite(ScipFunctions.SCIPgetDualbound(scip)), false);
    long now = System.nanoTime();
    if (newIncumbent != incumbent || newBound != bound || now - told > QUIET_NANOS) {
      incumbent = newIncumbent;
      bound = newBound;
      told = now;
      listener.progress(
          new Progress(incumbent, bound, ScipFunctions.SCIPgetNTotalNodes(scip), elapsed()));
    }
  }

  /** The better incumbent, or the tighter bound: neither goes back when SCIP restarts. */
  private double better(double old, double now, boolean ofIncumbents) {
    boolean least = ofIncumbents == (sense == Objective.Sense.MINIMIZE);
    return least ? Math.min(old, now) : Math.max(old, now);
  }

  private double finite(double value) {
    double infinity = ScipFunctions.SCIPinfinity(scip);
    return value >= infinity
        ? Double.POSITIVE_INFINITY
        : value <= -infinity ? Double.NEGATIVE_INFINITY : value;
  }

  private SolveResult result(ScipProblem problem) {
    int code = ScipFunctions.SCIPgetStatus(scip);
    SolveStatus status = ScipStatus.of(code, cancelled);
    int stage = ScipFunctions.SCIPgetStage(scip);
    String message = "SCIP: " + ScipStatus.words(code).orElse("status " + code);
    long nodes = stage >= TRANSFORMED ? ScipFunctions.SCIPgetNTotalNodes(scip) : 0;
    boolean hasPoint =
        switch (status) {
          case INFEASIBLE, UNBOUNDED, INFEASIBLE_OR_UNBOUNDED, ERROR -> false;
          default -> true;
        };
    Optional<SolveResult.Solution> solution = Optional.empty();
    double dual = SolveResult.noBound(sense);
    if (hasPoint && stage >= TRANSFORMED) {
      solution = solution(problem);
      if (stage >= PRESOLVING) {
        dual = finite(ScipFunctions.SCIPgetDualbound(scip));
      }
    }
    return new SolveResult(status, solution, dual, nodes, elapsed(), message);
  }

  private Optional<SolveResult.Solution> solution(ScipProblem problem) {
    if (ScipFunctions.SCIPgetNSols(scip) == 0) {
      return Optional.empty();
    }
    ScipSol best = ScipFunctions.SCIPgetBestSol(scip);
    double[] values = problem.values(best);
    return Optional.of(
        new SolveResult.Solution(values, model.objective().expression().valueAt(values)));
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
