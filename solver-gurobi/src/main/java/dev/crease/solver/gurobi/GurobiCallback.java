package dev.crease.solver.gurobi;

import com.gurobi.gurobi.GRB;
import com.gurobi.gurobi.GRBCallback;
import com.gurobi.gurobi.GRBException;
import dev.crease.model.Model;
import dev.crease.solver.LogLines;
import dev.crease.solver.SolveListener;
import dev.crease.solver.SolveOptions;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Log, progress and cancellation. Gurobi calls it from one thread at a time. */
final class GurobiCallback extends GRBCallback {

  private static final Logger LOG = LoggerFactory.getLogger(GurobiCallback.class);

  private final SolveOptions options;
  private final SolveListener listener;
  private final ProgressMeter meter;
  private final Optional<LogLines> log;
  private final long start;
  private Optional<Throwable> failure = Optional.empty();

  GurobiCallback(Model model, SolveOptions options, SolveListener listener, long start) {
    this.options = options;
    this.listener = listener;
    this.meter = new ProgressMeter(model.objective().sense());
    this.log = options.logSink().map(LogLines::new);
    this.start = start;
  }

  @Override
  protected void callback() {
    try {
      // A stop that came before Gurobi had begun is lost on it, so it is asked for again.
      if (failure.isPresent() || options.limits().cancellation().isCancelled()) {
        abort();
      }
      if (where == GRB.CB_MESSAGE && log.isPresent()) {
        log.get().add(getStringInfo(GRB.CB_MSG_STRING));
      } else if (where == GRB.CB_MIP) {
        meter
            .next(
                getDoubleInfo(GRB.CB_MIP_OBJBST),
                getDoubleInfo(GRB.CB_MIP_OBJBND),
                getDoubleInfo(GRB.CB_MIP_NODCNT),
                Duration.ofNanos(System.nanoTime() - start))
            .ifPresent(listener::progress);
      }
    } catch (GRBException e) {
      LOG.debug("Gurobi tells nothing in its callback: {}", Text.oneLine(e));
    } catch (RuntimeException | Error e) {
      // Not through native code: kept, and thrown when Gurobi has come back.
      failure = Optional.of(e);
      abort();
    }
  }

  /** Sends the last line of the log, and throws what a listener or a sink has thrown. */
  void end() {
    if (failure.isEmpty()) {
      log.ifPresent(LogLines::end);
    } else if (failure.get() instanceof Error error) {
      throw error;
    } else {
      throw (RuntimeException) failure.get();
    }
  }
}
