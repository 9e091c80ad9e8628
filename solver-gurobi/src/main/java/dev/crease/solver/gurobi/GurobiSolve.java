package dev.crease.solver.gurobi;

import com.gurobi.gurobi.GRB;
import com.gurobi.gurobi.GRBEnv;
import com.gurobi.gurobi.GRBException;
import com.gurobi.gurobi.GRBModel;
import dev.crease.BackendUnavailable;
import dev.crease.Cancellation;
import dev.crease.Unsupported;
import dev.crease.model.Model;
import dev.crease.solver.SolveListener;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/** One solve on an environment and a model of its own. */
final class GurobiSolve {

  private final Model model;
  private final SolveOptions options;
  private final SolveListener listener;
  private final long start;

  private GurobiSolve(Model model, SolveOptions options, SolveListener listener, long start) {
    this.model = model;
    this.options = options;
    this.listener = listener;
    this.start = start;
  }

  /**
   * Builds, solves and frees.
   *
   * @throws dev.crease.BadInput if a parameter of the user's is unknown or has a bad value
   * @throws BackendUnavailable if there is no licence after all
   * @throws Unsupported if the licence is for smaller models
   */
  static SolveResult run(Model model, SolveOptions options, SolveListener listener, long start) {
    return new GurobiSolve(model, options, listener, start).run();
  }

  private SolveResult run() {
    try (GurobiEnvironment environment = GurobiEnvironment.prepare(options)) {
      return run(started(environment, options));
    } catch (GRBException e) {
      Optional<Unsupported> tooLarge = tooLarge(e);
      if (tooLarge.isPresent()) {
        throw tooLarge.get();
      }
      return without(SolveStatus.ERROR, "Gurobi: " + GurobiLicence.reason(e));
    }
  }

  /** What a failure says where the licence is for smaller models. */
  static Optional<Unsupported> tooLarge(GRBException e) {
    return e.getErrorCode() == GRB.Error.SIZE_LIMIT_EXCEEDED
        ? Optional.of(
            new Unsupported(
                "solver "
                    + GurobiSolver.ID
                    + " cannot take the model: "
                    + GurobiLicence.reason(e)
                    + "; get a licence without a size limit",
                e))
        : Optional.empty();
  }

  /**
   * An environment with its licence.
   *
   * @throws BackendUnavailable if there is none after all
   */
  static GRBEnv started(GurobiEnvironment environment, SolveOptions options) {
    try {
      return environment.start(options);
    } catch (GRBException e) {
      throw new BackendUnavailable(
          "solver "
              + GurobiSolver.ID
              + " is unavailable: "
              + GurobiLicence.reason(e)
              + "; "
              + GurobiLicence.REMEDY,
          e);
    }
  }

  @SuppressWarnings("try") // the registration is there to be closed
  private SolveResult run(GRBEnv env) throws GRBException {
    GRBModel grb = new GRBModel(env);
    StopSwitch stop = new StopSwitch(grb::terminate);
    try {
      GurobiSink sink = new GurobiSink(grb);
      ModelTranslation.translate(model, options, sink);
      GurobiCallback callback = new GurobiCallback(model, options, listener, start);
      grb.setCallback(callback);
      try (Cancellation.Registration registration =
          options.limits().cancellation().onCancel(stop::stop)) {
        if (options.limits().cancellation().isCancelled()) {
          return without(SolveStatus.INTERRUPTED, "cancelled before Gurobi began");
        }
        optimize(grb);
        if (grb.get(GRB.IntAttr.Status) == GRB.Status.INF_OR_UNBD
            && !options.limits().cancellation().isCancelled()) {
          // Reductions by duality leave open which of the two it is: once more without them.
          grb.set(GRB.IntParam.DualReductions, 0);
          grb.reset();
          optimize(grb);
        }
      }
      callback.end();
      return outcome(grb, sink).result(model, options, elapsed());
    } finally {
      stop.close();
      grb.dispose();
    }
  }

  private void optimize(GRBModel grb) throws GRBException {
    OptionalDouble left = GurobiParameters.secondsLeft(options, elapsed());
    if (left.isPresent()) {
      grb.set(GRB.DoubleParam.TimeLimit, left.getAsDouble());
    }
    grb.optimize();
  }

  private static GurobiOutcome outcome(GRBModel grb, GurobiSink sink) throws GRBException {
    boolean solved = grb.get(GRB.IntAttr.SolCount) > 0;
    return new GurobiOutcome(
        grb.get(GRB.IntAttr.Status),
        grb.get(GRB.IntAttr.IsMIP) != 0,
        attribute(grb, GRB.DoubleAttr.ObjBound, Double.NaN),
        solved ? Optional.of(grb.get(GRB.DoubleAttr.X, sink.variables())) : Optional.empty(),
        (long) attribute(grb, GRB.DoubleAttr.NodeCount, -1),
        // As they are in the end, the user's own parameters included.
        Math.max(
            grb.get(GRB.DoubleParam.MIPGap),
            Math.max(grb.get(GRB.DoubleParam.BarConvTol), grb.get(GRB.DoubleParam.BarQCPConvTol))),
        grb.get(GRB.DoubleParam.MIPGapAbs),
        grb.get(GRB.DoubleParam.Cutoff));
  }

  /** An attribute, which Gurobi refuses where the algorithm does not give it. */
  private static double attribute(GRBModel grb, GRB.DoubleAttr attribute, double otherwise) {
    try {
      return grb.get(attribute);
    } catch (GRBException e) {
      return otherwise;
    }
  }

  private SolveResult without(SolveStatus status, String message) {
    return SolveResult.without(status, model.objective().sense(), -1, elapsed(), message);
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
