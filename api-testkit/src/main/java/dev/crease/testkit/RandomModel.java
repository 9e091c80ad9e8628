package dev.crease.testkit;

import dev.crease.model.IndicatorConstraint;
import dev.crease.model.LinearConstraint;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Objective;
import dev.crease.model.Sos1Constraint;
import dev.crease.model.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;

/**
 * A small random model of small whole numbers, so that what is true of it is not a matter of
 * tolerances: mixed-integer rows, indicator constraints and special ordered sets, all variables
 * bounded. Two thirds have a point that satisfies them exactly; a quarter is badly scaled, by
 * powers of two, which round nothing.
 *
 * @param model the model
 * @param planted the objective of a point that satisfies it exactly, if one was planted
 * @param isScaled whether its numbers differ in size
 */
record RandomModel(Model model, OptionalDouble planted, boolean isScaled) {

  private static final int MOST_EXPONENT = 6;

  /** The model of a seed: the same each time. */
  static RandomModel of(long seed) {
    return new Maker(new Random(seed), "random-" + seed).make();
  }

  private static final class Maker {
    private final Random random;
    private final Model.Builder model;
    private final boolean isPlanted;
    private final boolean isScaled;
    private final List<Variable> variables = new ArrayList<>();
    private final List<Variable> binaries = new ArrayList<>();
    private double[] point = {};
    private double[] scale = {};

    Maker(Random random, String name) {
      this.random = random;
      this.model = Model.builder(name);
      this.isPlanted = random.nextInt(3) > 0;
      this.isScaled = random.nextInt(4) == 0;
    }

    RandomModel make() {
      boolean isLinear = random.nextInt(5) == 0;
      int columns = 2 + random.nextInt(6);
      point = new double[columns];
      scale = new double[columns];
      // Sets first: at most one of their variables is not 0 at the planted point.
      Optional<int[]> set =
          !isLinear && columns > 2 && random.nextInt(3) == 0
              ? Optional.of(new int[] {0, 1, 2})
              : Optional.empty();
      int nonzero = random.nextInt(3);
      for (int j = 0; j < columns; j++) {
        column(j, isLinear, set.isPresent() && j < 3 && j != nonzero);
      }
      set.ifPresent(
          s -> model.add(new Sos1Constraint("set", List.copyOf(variables.subList(0, s.length)))));
      int rows = 1 + random.nextInt(5);
      for (int i = 0; i < rows; i++) {
        model.add(row("row" + i, true, i == 0));
      }
      if (!binaries.isEmpty()) {
        int indicators = random.nextInt(4);
        for (int i = 0; i < indicators; i++) {
          indicator("indicator" + i);
        }
      }
      double value = objective();
      return new RandomModel(
          model.build(), isPlanted ? OptionalDouble.of(value) : OptionalDouble.empty(), isScaled);
    }

    /** Sets an objective, and gives its value at the planted point. */
    private double objective() {
      LinearExpression.Builder cost = LinearExpression.builder();
      double value = random.nextInt(7) - 3;
      cost.addConstant(value);
      for (Variable v : variables) {
        double c = (random.nextInt(9) - 4) * scale[v.index()];
        cost.add(c, v);
        value += c * point[v.index()];
      }
      model.objective(
          random.nextBoolean()
              ? Objective.minimize(cost.build())
              : Objective.maximize(cost.build()));
      return value;
    }

    private void column(int j, boolean isLinear, boolean isZero) {
      int kind = isLinear ? 0 : random.nextInt(3);
      scale[j] = isScaled && kind == 0 ? power() : 1;
      if (kind == 2) {
        point[j] = isZero ? 0 : random.nextInt(2);
        Variable binary = model.binary("b" + j);
        variables.add(binary);
        binaries.add(binary);
        return;
      }
      int at = isZero ? 0 : random.nextInt(9) - 4;
      int lower = Math.min(0, at) - random.nextInt(4);
      int upper = Math.max(0, at) + random.nextInt(4);
      point[j] = at / scale[j];
      variables.add(
          kind == 0
              ? model.continuous("x" + j, lower / scale[j], upper / scale[j])
              : model.integer("n" + j, lower, upper));
    }

    private double power() {
      return Math.scalb(1.0, random.nextInt(2 * MOST_EXPONENT + 1) - MOST_EXPONENT);
    }

    /** A row; one that the planted point satisfies where it must. */
    private LinearConstraint row(String name, boolean holds, boolean mayBeEquation) {
      double height = isScaled ? power() : 1;
      LinearExpression.Builder sum = LinearExpression.builder();
      double value = 0;
      for (Variable v : variables) {
        int a = random.nextInt(3) == 0 ? 0 : random.nextInt(11) - 5;
        if (a != 0) {
          sum.add(a * scale[v.index()] * height, v);
          value += a * scale[v.index()] * point[v.index()];
        }
      }
      double side = isPlanted && holds ? value : random.nextInt(21) - 10;
      int kind = random.nextInt(mayBeEquation ? 4 : 3);
      double lower = kind == 0 ? Double.NEGATIVE_INFINITY : side - random.nextInt(3);
      double upper = kind == 1 ? Double.POSITIVE_INFINITY : side + random.nextInt(3);
      return new LinearConstraint(
          name,
          sum.build(),
          (kind == 3 ? side : lower) * height,
          (kind == 3 ? side : upper) * height);
    }

    private void indicator(String name) {
      Variable binary = binaries.get(random.nextInt(binaries.size()));
      boolean active = random.nextBoolean();
      boolean isOn = point[binary.index()] == (active ? 1 : 0);
      model.add(new IndicatorConstraint(name, binary, active, row(name + "'s", isOn, true)));
    }
  }
}
