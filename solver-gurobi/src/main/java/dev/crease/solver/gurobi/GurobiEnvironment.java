package dev.crease.solver.gurobi;

import com.gurobi.gurobi.GRB;
import com.gurobi.gurobi.GRBEnv;
import com.gurobi.gurobi.GRBException;
import dev.crease.BadInput;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.guard.ReservedParameters;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A silent environment of Gurobi's, with the parameters set; it holds the licence. */
final class GurobiEnvironment implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GurobiEnvironment.class);

  /** Gurobi's names know no case. */
  private static final ReservedParameters RESERVED =
      new ReservedParameters(
          "Gurobi", "(?i)(.*Tol|Cutoff|MIPGap|MIPGapAbs|BestObjStop|BestBdStop|LogToConsole)");

  private final GRBEnv env;

  private GurobiEnvironment(GRBEnv env) {
    this.env = env;
  }

  /**
   * An environment that has not asked for its licence yet. It checks parameters all the same.
   *
   * @throws BadInput if a parameter of the user's is unknown or has a bad value
   * @throws GRBException if there is none to be had
   */
  static GurobiEnvironment prepare(SolveOptions options) throws GRBException {
    GurobiEnvironment made = new GurobiEnvironment(new GRBEnv(true));
    boolean done = false;
    try {
      made.set(options);
      done = true;
      return made;
    } finally {
      if (!done) {
        made.close();
      }
    }
  }

  private void set(SolveOptions options) throws GRBException {
    // Standard output is the program's, and a log file nobody asked for.
    env.set(GRB.IntParam.OutputFlag, 0);
    env.set(GRB.IntParam.LogToConsole, 0);
    env.set(GRB.StringParam.LogFile, "");
    GurobiParameters parameters = GurobiParameters.of(options);
    for (Map.Entry<String, Integer> p : parameters.integers().entrySet()) {
      env.set(GRB.IntParam.valueOf(p.getKey()), p.getValue());
    }
    for (Map.Entry<String, Double> p : parameters.reals().entrySet()) {
      env.set(GRB.DoubleParam.valueOf(p.getKey()), p.getValue());
    }
    RESERVED.refuse(options.parameters().keySet());
    new TreeMap<>(options.parameters()).forEach(this::setByUser);
  }

  /** Numbers are read here: Gurobi takes {@code 0,5} for 0 and {@code 0.5x} for 0.5. */
  private void setByUser(String name, String value) {
    try {
      Optional<GRB.DoubleParam> real = find(GRB.DoubleParam.values(), name);
      Optional<GRB.IntParam> integer = find(GRB.IntParam.values(), name);
      if (real.isPresent()) {
        double number = Double.parseDouble(value);
        if (Double.isNaN(number)) {
          throw new NumberFormatException(value);
        }
        env.set(real.get(), number);
      } else if (integer.isPresent()) {
        env.set(integer.get(), Integer.parseInt(value));
      } else {
        env.set(name, value);
      }
    } catch (NumberFormatException e) {
      throw new BadInput(
          "Gurobi parameter " + Text.oneLine(name) + " cannot be " + Text.oneLine(value), e);
    } catch (GRBException e) {
      throw new BadInput(
          "Gurobi refused parameter " + Text.oneLine(name) + ": " + Text.oneLine(e), e);
    }
  }

  private static <P extends Enum<P>> Optional<P> find(P[] parameters, String name) {
    return Stream.of(parameters).filter(p -> p.name().equalsIgnoreCase(name)).findFirst();
  }

  /**
   * Asks for the licence.
   *
   * @throws GRBException if there is none
   */
  GRBEnv start(SolveOptions options) throws GRBException {
    env.start();
    // Only now, so that what Gurobi says of the licence stays out of the log of the solve.
    if (options.logSink().isPresent() && !GurobiParameters.isSetByUser(options, "OutputFlag")) {
      env.set(GRB.IntParam.OutputFlag, 1);
    }
    return env;
  }

  @Override
  public void close() {
    try {
      env.dispose();
    } catch (GRBException e) {
      LOG.debug("Gurobi's environment does not close: {}", Text.oneLine(e));
    }
  }
}
