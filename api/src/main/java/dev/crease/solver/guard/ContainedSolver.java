package dev.crease.solver.guard;

import dev.crease.BadInput;
import dev.crease.SolverFailure;
import dev.crease.Unsupported;
import dev.crease.model.Model;
import dev.crease.solver.LinearSession;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveListener;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what a backend breaks to the backend. Whatever a solve throws, is an answer with status
 * {@link SolveStatus#ERROR} that names the solver and the root cause, so that what was proved
 * before is not lost; only {@link BadInput} and {@link Unsupported} come through, which are the
 * caller's. Whatever a linear session throws is a {@link SolverFailure}: whoever uses one can do
 * without.
 */
public final class ContainedSolver extends ForwardingSolver {

  private static final Logger LOG = LoggerFactory.getLogger(ContainedSolver.class);

  public ContainedSolver(MipSolver delegate) {
    super(delegate);
  }

  @Override
  public SolveResult solve(Model model, SolveOptions options, SolveListener listener) {
    long start = System.nanoTime();
    String why;
    try {
      return super.solve(model, options, listener);
    } catch (BadInput | Unsupported e) {
      throw e;
    } catch (Throwable e) {
      // Errors too: of the stack, of memory, of linking.
      LOG.debug("solver {} failed", id(), e);
      why = failed(ForeignCode.reason(e));
    }
    return SolveResult.without(
        SolveStatus.ERROR,
        model.objective().sense(),
        -1,
        Duration.ofNanos(System.nanoTime() - start),
        why);
  }

  private String failed(String reason) {
    String prefix = "solver " + id() + " failed: ";
    return reason.startsWith(prefix) ? reason : prefix + reason;
  }

  /**
   * Opens a session that gives what a session promises.
   *
   * @throws IllegalArgumentException if the model is no linear program
   * @throws SolverFailure if the backend fails
   */
  @Override
  public Optional<LinearSession> linearSession(Model model, SolveOptions options) {
    if (!model.isLinearProgram()) {
      throw new IllegalArgumentException(model.name() + " is no linear program");
    }
    return contained(() -> super.linearSession(model, options))
        .map(session -> new Session(session, model.variables().size(), model.constraints().size()));
  }

  private <T> T contained(Supplier<@Nullable T> call) {
    @Nullable T answer;
    try {
      answer = call.get();
    } catch (Throwable e) {
      throw new SolverFailure(failed(ForeignCode.reason(e)), e);
    }
    if (answer == null) {
      throw new SolverFailure(failed("its linear session gave null"));
    }
    return answer;
  }

  private final class Session implements LinearSession {
    private final LinearSession session;
    private final int columns;
    private final int rows;
    private boolean closed;

    Session(LinearSession session, int columns, int rows) {
      this.session = session;
      this.columns = columns;
      this.rows = rows;
    }

    @Override
    public Outcome solve(double[] cost) {
      refuse(cost.length, columns, "costs", "variables");
      Outcome outcome = contained(() -> session.solve(cost));
      if (outcome instanceof Optimum optimum) {
        check(optimum.values().length, columns, "values", "variables");
        check(optimum.multipliers().length, rows, "multipliers", "rows");
      } else if (outcome instanceof Infeasible infeasible) {
        check(infeasible.multipliers().length, rows, "multipliers", "rows");
      }
      return outcome;
    }

    private void check(int given, int wanted, String what, String of) {
      if (given != wanted) {
        throw new SolverFailure(
            failed("its linear session gave " + given + " " + what + " for " + wanted + " " + of));
      }
    }

    private void refuse(int given, int wanted, String what, String of) {
      if (closed) {
        throw new IllegalStateException("the session is closed");
      }
      if (given != wanted) {
        throw new IllegalArgumentException(given + " " + what + " for " + wanted + " " + of);
      }
    }

    @Override
    public void setBounds(double[] lower, double[] upper) {
      refuse(lower.length, columns, "bounds", "variables");
      refuse(upper.length, columns, "bounds", "variables");
      change(() -> session.setBounds(lower, upper));
    }

    @Override
    public void setSides(double[] lower, double[] upper) {
      refuse(lower.length, rows, "sides", "constraints");
      refuse(upper.length, rows, "sides", "constraints");
      change(() -> session.setSides(lower, upper));
    }

    @Override
    public void setCoefficient(int row, int variable, double value) {
      if (row < 0 || row >= rows || variable < 0 || variable >= columns) {
        throw new IllegalArgumentException(
            "there is no row " + row + " with a variable " + variable);
      }
      refuse(1, 1, "", "");
      change(() -> session.setCoefficient(row, variable, value));
    }

    private void change(Runnable call) {
      contained(
          () -> {
            call.run();
            return true;
          });
    }

    @Override
    public void close() {
      if (closed) {
        return;
      }
      closed = true;
      try {
        session.close();
      } catch (Throwable e) {
        // It has given its answers, which stand.
        LOG.debug("solver {} could not close a linear session", id(), e);
      }
    }
  }
}
