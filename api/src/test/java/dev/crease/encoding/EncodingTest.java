package dev.crease.encoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.BadInput;
import dev.crease.bounds.BoundsMethod;
import dev.crease.bounds.InputSet;
import dev.crease.bounds.Interval;
import dev.crease.bounds.Norm;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Variable;
import dev.crease.network.ActivationPattern;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.solver.Capability;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EncodingTest {

  private static final double[] GRID = {-2, -1, -0.5, 0, 0.25, 1, 1.5, 3};

  @Test
  void theFeasiblePointsOfAnEncodingAreTheGraphOfTheRelu() {
    for (ReluEncoding encoding : ReluEncoding.choices().all()) {
      Model.Builder m = Model.builder(encoding.id());
      Variable z = m.continuous("z", -2, 3);
      Variable y = m.continuous("y", 0, 3);
      PreActivation row =
          new PreActivation(
              z,
              new double[] {1},
              List.of(LinearExpression.of(z)),
              List.of(new Interval(-2, 3)),
              0);
      encoding.encode(m, "n", row, y);
      Model model = m.build();
      for (double atZ : GRID) {
        for (double atY : GRID) {
          // Each variable of the encoding's own is one of these wherever the rest is feasible.
          double off = leastViolation(model, new double[] {atZ, atY}, 0, 1, atZ, atY - atZ);
          String point = encoding.id() + ": z " + atZ + ", y " + atY;
          if (atY == Math.max(0, atZ)) {
            assertTrue(off < 1e-12, point);
          } else {
            assertTrue(off > 0.1, point);
          }
        }
      }
    }
  }

  private static double leastViolation(Model model, double[] values, double... candidates) {
    if (values.length == model.variables().size()) {
      return model.violation(values);
    }
    double least = Double.POSITIVE_INFINITY;
    for (double candidate : candidates) {
      double[] longer = Arrays.copyOf(values, values.length + 1);
      longer[values.length] = candidate;
      least = Math.min(least, leastViolation(model, longer, candidates));
    }
    return least;
  }

  @Test
  void encodingsAreFoundById() {
    assertEquals("big-m", ReluEncoding.choices().named("big-m").id());
    assertEquals("indicator", ReluEncoding.choices().named("indicator").id());
    assertEquals(Optional.empty(), ReluEncoding.bigM().needs());
    assertEquals(Optional.of(Capability.INDICATOR), ReluEncoding.indicator().needs());
    BadInput e = assertThrows(BadInput.class, () -> ReluEncoding.choices().named("magic"));
    assertTrue(e.getMessage().contains("big-m") && e.getMessage().contains("indicator"));
  }

  private static ReluNetwork network(Random random) {
    int[] widths = {2, 5, 6, 4, 2};
    List<Layer> layers = new ArrayList<>();
    for (int k = 1; k < widths.length; k++) {
      Matrix w =
          Matrix.ofRowMajor(
              widths[k],
              widths[k - 1],
              random.doubles((long) widths[k] * widths[k - 1], -1, 1).toArray());
      boolean[] relu = new boolean[widths[k]];
      for (int i = 0; i < relu.length; i++) {
        relu[i] = k < widths.length - 1 && random.nextInt(4) > 0;
      }
      layers.add(Layer.of(w, random.doubles(widths[k], -1, 1).toArray(), relu));
    }
    return ReluNetwork.of("random", layers);
  }

  @Test
  void anEncodedNetworkIsTheNetwork() {
    for (long seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      ReluNetwork f = network(random);
      double[] center = random.doubles(2, -1, 1).toArray();
      InputSet set = InputSet.ball(Norm.LINF, center, 1);
      Model.Builder m = Model.builder("m");
      List<LinearExpression> inputs = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        inputs.add(LinearExpression.of(m.continuous("x" + i, set.lower(i), set.upper(i))));
      }
      EncodedNetwork encoded =
          new NetworkEncoder(ReluEncoding.bigM())
              .encode(m, "f", BoundsMethod.symbolic().bounds(f, set), inputs);
      Model model = m.build();
      assertEquals(encoded.neurons().size(), model.integralCount());
      for (int k = 0; k < 20; k++) {
        double[] x = {
          center[0] + 2 * random.nextDouble() - 1, center[1] + 2 * random.nextDouble() - 1
        };
        double[] values = complete(f, encoded, model, x);
        assertTrue(model.violation(values) <= 1e-9, "seed " + seed);
        double[] outputs = encoded.outputs().stream().mapToDouble(e -> e.valueAt(values)).toArray();
        assertArrayEquals(f.evaluate(x), outputs, 1e-9);
      }
    }
  }

  /** The point of the model that belongs to an input. */
  private static double[] complete(ReluNetwork f, EncodedNetwork encoded, Model model, double[] x) {
    double[] values = new double[model.variables().size()];
    values[0] = x[0];
    values[1] = x[1];
    List<double[]> z = f.preActivations(x);
    ActivationPattern pattern = f.pattern(x);
    for (EncodedNetwork.Neuron n : encoded.neurons()) {
      double at = z.get(n.layer())[n.index()];
      values[n.z().index()] = at;
      values[n.y().index()] = Math.max(0, at);
      values[n.t().orElseThrow().index()] = pattern.isActive(n.layer(), n.index()) ? 1 : 0;
    }
    // Long rows without a ReLU have a variable by the name of their place.
    for (Variable v : model.variables()) {
      if (v.name().startsWith("zf_")) {
        String[] place = v.name().split("_", -1);
        values[v.index()] = z.get(Integer.parseInt(place[1]))[Integer.parseInt(place[2])];
      }
    }
    return values;
  }

  @Test
  void aWrongNumberOfInputsIsRefused() {
    ReluNetwork f = network(new Random(1));
    Model.Builder m = Model.builder("m");
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new NetworkEncoder(ReluEncoding.bigM())
                .encode(
                    m,
                    "f",
                    BoundsMethod.interval().bounds(f, InputSet.ball(Norm.L1, new double[2], 1)),
                    List.of()));
  }

  @Test
  void aBallHoldsWhatItsNormSays() {
    Random random = new Random(4);
    for (Norm norm : Norm.values()) {
      assertEquals(norm == Norm.L2, NormBall.isQuadratic(norm));
      for (int k = 0; k < 200; k++) {
        double[] d = random.doubles(3, -2, 2).toArray();
        double size = norm.of(d);
        double rho = 3 * random.nextDouble();
        if (Math.abs(size - rho) < 1e-6) {
          continue;
        }
        assertEquals(size <= rho, isInBall(norm, d, rho, false), norm + " number");
        assertEquals(size <= rho, isInBall(norm, d, rho, true), norm + " variable");
      }
      double[] unit = {1, 0, 0};
      assertTrue(isInBall(norm, unit, 1, true), "the ball is closed");
    }
  }

  private static boolean isInBall(Norm norm, double[] d, double rho, boolean variable) {
    double[] center = {1, -2, 0.5};
    Model.Builder m = Model.builder("ball");
    List<LinearExpression> offsets = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Variable x = m.continuous("x" + i, -100, 100);
      offsets.add(LinearExpression.of(x).minus(LinearExpression.constant(center[i])));
    }
    Variable r = m.continuous("rho", 0, 100);
    NormBall.add(
        m,
        "ball",
        norm,
        offsets,
        variable ? LinearExpression.of(r) : LinearExpression.constant(rho));
    Model model = m.build();
    double[] values = new double[model.variables().size()];
    for (int i = 0; i < 3; i++) {
      values[i] = center[i] + d[i];
    }
    values[r.index()] = rho;
    // The least that the sizes of the coordinates can be.
    for (int i = r.index() + 1; i < values.length; i++) {
      values[i] = Math.abs(d[i - r.index() - 1]);
    }
    return model.violation(values) <= 1e-12;
  }

  @Test
  void aSeparationAsksForWhatItsNormSays() {
    Random random = new Random(5);
    for (Norm norm : Norm.values()) {
      for (boolean symmetric : new boolean[] {false, true}) {
        for (int k = 0; k < 200; k++) {
          double[] d = random.doubles(2, -2, 2).toArray();
          double p = 4 * random.nextDouble();
          double size = norm.of(d);
          boolean expected = p <= size;
          boolean mirrored = p <= size;
          if (Math.abs(p - size) < 1e-6) {
            continue;
          }
          boolean here = isSeparated(norm, symmetric, d, p);
          if (symmetric && norm == Norm.LINF) {
            // One of the point and its mirror image is enough, and neither may be too much.
            boolean there = isSeparated(norm, true, new double[] {-d[0], -d[1]}, p);
            assertEquals(mirrored, here || there, norm + " " + d[0] + " " + d[1] + " " + p);
          } else {
            assertEquals(expected, here, norm + " " + d[0] + " " + d[1] + " " + p);
          }
        }
      }
    }
  }

  private static boolean isSeparated(Norm norm, boolean symmetric, double[] d, double atP) {
    Model.Builder m = Model.builder("separation");
    List<LinearExpression> difference = new ArrayList<>();
    List<Interval> ranges = List.of(new Interval(-2, 2.5), new Interval(-3, 2));
    Separation separation = Separation.in(norm);
    if (symmetric) {
      separation = separation.symmetric();
    }
    for (int i = 0; i < 2; i++) {
      difference.add(LinearExpression.of(m.continuous("d" + i, -3, 3)));
    }
    Variable p = m.continuous("p", 0, separation.largest(ranges));
    if (atP > p.upper()) {
      return false;
    }
    separation.add(m, "sep", difference, ranges, LinearExpression.of(p));
    Model model = m.build();
    List<Variable> free = model.variables().subList(3, model.variables().size());
    List<Variable> binaries = free.stream().filter(Variable::isIntegral).toList();
    for (int choice = 0; choice < 1 << binaries.size(); choice++) {
      double[] values = new double[model.variables().size()];
      values[0] = d[0];
      values[1] = d[1];
      values[2] = atP;
      for (int b = 0; b < binaries.size(); b++) {
        values[binaries.get(b).index()] = choice >> b & 1;
      }
      int next = 0;
      for (Variable v : free) {
        if (!v.isIntegral()) {
          values[v.index()] = Math.abs(d[next++]);
        }
      }
      if (model.violation(values) <= 1e-9) {
        return true;
      }
    }
    return false;
  }

  @Test
  void theLargestSeparationIsNotBelowTheTruth() {
    List<Interval> ranges = List.of(new Interval(-2, 3), new Interval(-4, 1));
    assertEquals(7, Separation.in(Norm.L1).largest(ranges), 1e-12);
    assertEquals(5, Separation.in(Norm.L2).largest(ranges), 1e-12);
    assertEquals(4, Separation.in(Norm.LINF).largest(ranges), 1e-12);
    for (Norm norm : Norm.values()) {
      assertTrue(Separation.in(norm).largest(ranges) >= norm.of(new double[] {3, 4}));
    }
  }
}
