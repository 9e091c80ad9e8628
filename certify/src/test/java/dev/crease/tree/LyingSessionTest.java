package dev.crease.tree;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.bounds.Norm;
import dev.crease.certify.Backends;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.ForwardingSession;
import dev.crease.certify.RadiusResult;
import dev.crease.model.Model;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.solver.LinearSession;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.guard.ForwardingSolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a linear session says, no radius is certified that an exact collision refutes. */
class LyingSessionTest {

  private static final int NETWORKS = 3;

  private static final int MOST_NODES = 200;

  private enum Lie {
    NOISE,
    NEGATED,
    NOT_A_NUMBER,
    INFINITE,
    SHUFFLED,
    HUGE,
    ALWAYS_INFEASIBLE,
    ALWAYS_OPTIMAL,
    NOTHING
  }

  private static final class Liar extends ForwardingSolver {
    private final Lie lie;

    Liar(MipSolver solver, Lie lie) {
      super(solver);
      this.lie = lie;
    }

    @Override
    public Optional<LinearSession> linearSession(Model model, SolveOptions options) {
      return super.linearSession(model, options).map(s -> new Session(s, lie));
    }
  }

  private static final class Session extends ForwardingSession {
    private final Lie lie;
    private final Random random = new Random(3);

    Session(LinearSession session, Lie lie) {
      super(session);
      this.lie = lie;
    }

    @Override
    public Outcome solve(double[] cost) {
      Outcome outcome = super.solve(cost);
      if (random.nextInt(3) == 0 && lie != Lie.NOTHING) {
        return outcome;
      }
      if (outcome instanceof Optimum optimum) {
        double[] y = spoiled(optimum.multipliers());
        return switch (lie) {
          case NOTHING -> new Undecided();
          case ALWAYS_INFEASIBLE -> new Infeasible(y);
          default -> new Optimum(optimum.values(), y);
        };
      }
      if (outcome instanceof Infeasible infeasible) {
        double[] y = spoiled(infeasible.multipliers());
        return switch (lie) {
          case NOTHING -> new Undecided();
          case ALWAYS_OPTIMAL -> new Optimum(new double[cost.length], y);
          default -> new Infeasible(y);
        };
      }
      return outcome;
    }

    private double[] spoiled(double[] multipliers) {
      double[] y = multipliers.clone();
      for (int i = 0; i < y.length; i++) {
        y[i] =
            switch (lie) {
              case NOISE -> y[i] * (1 + random.nextGaussian()) + 0.1 * random.nextGaussian();
              case NEGATED -> -y[i];
              case NOT_A_NUMBER -> i % 3 == 0 ? Double.NaN : y[i];
              case INFINITE -> i % 5 == 0 ? Double.POSITIVE_INFINITY : y[i];
              case SHUFFLED -> multipliers[random.nextInt(y.length)];
              case HUGE -> y[i] * 1e300;
              default -> y[i];
            };
      }
      return y;
    }
  }

  private static ReluNetwork network(Random random) {
    List<Layer> layers = new ArrayList<>();
    int[] shape = {2, 4, 4, 2};
    for (int k = 1; k < shape.length; k++) {
      double[][] rows = new double[shape[k]][shape[k - 1]];
      double[] bias = new double[shape[k]];
      for (int i = 0; i < rows.length; i++) {
        bias[i] = random.nextGaussian() / 2;
        for (int j = 0; j < rows[i].length; j++) {
          rows[i][j] = random.nextGaussian() * Math.sqrt(2.0 / shape[k - 1]);
        }
      }
      Matrix weights = Matrix.of(rows);
      layers.add(k < shape.length - 1 ? Layer.relu(weights, bias) : Layer.linear(weights, bias));
    }
    return ReluNetwork.of("random", layers);
  }

  private static RadiusResult ask(MipSolver solver, Query query) {
    return TreeCertifier.on(solver)
        .radius(
            query, CertifyOptions.builder().nodeLimit(MOST_NODES).build(), CertifyListener.none());
  }

  @ParameterizedTest
  @EnumSource(Lie.class)
  void noLieIsCertified(Lie lie) {
    MipSolver honest = Backends.REGISTRY.select("ortools-highs");
    for (int seed = 0; seed < NETWORKS; seed++) {
      ReluNetwork f = network(new Random(seed));
      Query query =
          seed % 2 == 0
              ? Query.local(f, Norm.values()[seed % 3], 0.1, -0.2).upTo(3)
              : Query.pseudo(f, Norm.values()[seed % 3], 0.1, -0.2).upTo(3);
      RadiusResult truth = ask(honest, query);
      RadiusResult lied = ask(new Liar(honest, lie), query);
      double refuted = truth.refuted().orElse(3);
      assertTrue(lied.certified() <= refuted, () -> lie + ": " + lied + " against " + truth);
      assertTrue(
          lied.refuted().isEmpty() || lied.refuted().getAsDouble() >= truth.certified(),
          () -> lie + ": " + lied + " against " + truth);
    }
  }
}
