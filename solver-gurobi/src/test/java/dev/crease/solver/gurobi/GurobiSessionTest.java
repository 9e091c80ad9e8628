package dev.crease.solver.gurobi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.gurobi.gurobi.GRB;
import dev.crease.BackendUnavailable;
import dev.crease.Cancellation;
import dev.crease.model.Model;
import dev.crease.solver.Availability;
import dev.crease.solver.LinearSession;
import dev.crease.solver.SolveOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What a session makes of what Gurobi says; needs no licence. */
class GurobiSessionTest {

  /** Answers as it is told, and writes down what it is asked. */
  private static final class Scripted implements GurobiProgram {
    private OptionalInt status = OptionalInt.of(GRB.Status.OPTIMAL);
    private Optional<double[]> farkasDual = Optional.empty();
    private final List<String> asked = new ArrayList<>();

    @Override
    public void setCosts(double[] costs) {
      asked.add("costs");
    }

    @Override
    public void setBounds(double[] lower, double[] upper) {
      asked.add("bounds");
    }

    @Override
    public void setSides(double[] lower, double[] upper) {
      asked.add("sides");
    }

    @Override
    public void setCoefficient(int row, int variable, double value) {
      asked.add("coefficient " + row + " " + variable + " " + value);
    }

    @Override
    public OptionalInt minimize() {
      asked.add("minimize");
      return status;
    }

    @Override
    public double[] values() {
      return new double[] {1, 2};
    }

    @Override
    public double[] multipliers() {
      return new double[] {3};
    }

    @Override
    public Optional<double[]> farkasDual() {
      return farkasDual;
    }

    @Override
    public void stop() {
      asked.add("stop");
    }

    @Override
    public void close() {
      asked.add("close");
    }
  }

  private final Scripted program = new Scripted();
  private final Cancellation cancellation = new Cancellation();
  private final LinearSession session = new GurobiSession(program, 2, 1, cancellation);

  private LinearSession.Outcome solve() {
    return session.solve(new double[2]);
  }

  @Test
  void anOptimumIsAsGurobiHasIt() {
    LinearSession.Optimum optimum = assertInstanceOf(LinearSession.Optimum.class, solve());
    assertArrayEquals(new double[] {1, 2}, optimum.values());
    assertArrayEquals(new double[] {3}, optimum.multipliers());
    assertEquals(List.of("costs", "minimize"), program.asked);
  }

  @Test
  void multipliersOfInfeasibilityHaveTheOtherSign() {
    program.status = OptionalInt.of(GRB.Status.INFEASIBLE);
    program.farkasDual = Optional.of(new double[] {-4});
    LinearSession.Infeasible proof = assertInstanceOf(LinearSession.Infeasible.class, solve());
    assertArrayEquals(new double[] {4}, proof.multipliers());
    program.farkasDual = Optional.empty();
    assertInstanceOf(LinearSession.Undecided.class, solve());
  }

  @Test
  void whateverElseGurobiSaysDecidesNothing() {
    for (int code = 1; code <= 20; code++) {
      if (code != GRB.Status.OPTIMAL && code != GRB.Status.INFEASIBLE) {
        program.status = OptionalInt.of(code);
        assertInstanceOf(LinearSession.Undecided.class, solve(), "status " + code);
      }
    }
    program.status = OptionalInt.empty();
    assertInstanceOf(LinearSession.Undecided.class, solve());
  }

  @Test
  void aCancellationStopsGurobiUntilTheSessionIsClosed() {
    cancellation.cancel();
    assertEquals(List.of("stop"), program.asked);
    assertInstanceOf(LinearSession.Undecided.class, solve());
    assertEquals(List.of("stop"), program.asked);
    Cancellation later = new Cancellation();
    Scripted other = new Scripted();
    new GurobiSession(other, 2, 1, later).close();
    later.cancel();
    assertEquals(List.of("close"), other.asked);
  }

  @Test
  void wrongSizesAndUseAfterTheEndReachNoGurobi() {
    double[] one = {0};
    double[] two = {0, 0};
    assertThrows(IllegalArgumentException.class, () -> session.solve(one));
    assertThrows(IllegalArgumentException.class, () -> session.setBounds(two, one));
    assertThrows(IllegalArgumentException.class, () -> session.setSides(one, two));
    assertThrows(IllegalArgumentException.class, () -> session.setCoefficient(1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> session.setCoefficient(0, 2, 1));
    assertEquals(List.of(), program.asked);
    session.setCoefficient(0, 1, 5);
    session.close();
    session.close();
    assertThrows(IllegalStateException.class, () -> session.solve(two));
    assertThrows(IllegalStateException.class, () -> session.setBounds(two, two));
    assertThrows(IllegalStateException.class, () -> session.setSides(one, one));
    assertThrows(IllegalStateException.class, () -> session.setCoefficient(0, 1, 5));
    assertEquals(List.of("coefficient 0 1 5.0", "close"), program.asked);
  }

  @Test
  void withoutALicenceThereIsNoSession() {
    GurobiSolver solver = new GurobiSolver(() -> Availability.unavailable("no licence", "get one"));
    Model model = Model.builder("nothing").build();
    BackendUnavailable no =
        assertThrows(
            BackendUnavailable.class, () -> solver.linearSession(model, SolveOptions.defaults()));
    assertTrue(no.getMessage().contains("no licence"), no.getMessage());
  }
}
