package dev.crease.testkit;

import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Objective;
import dev.crease.model.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Families of models whose answer is known by construction. */
public final class Models {

  /** What an item of {@link #correlated} is worth beyond its weight. */
  private static final int CORRELATION = 1430;

  private Models() {}

  /**
   * A market-split model (Cornuejols and Dawande, A Class of Hard Small 0-1 Programs, 1998): seven
   * equations over sixty binaries, coefficients below 100, with integer slacks whose sum is the
   * objective. A point without slack is planted, so the optimum is {@code offset}; no
   * branch-and-bound code finds and proves it within minutes. All variables are integral.
   *
   * @param sense to minimise the slack, or to maximise minus the slack
   * @param offset constant of the objective, and its optimum
   */
  public static Model marketSplit(Objective.Sense sense, double offset, long seed) {
    int rows = 7;
    int items = 10 * (rows - 1);
    Random random = new Random(seed);
    Model.Builder model = Model.builder("market-split-" + seed);
    List<Variable> take = new ArrayList<>();
    boolean[] planted = new boolean[items];
    for (int j = 0; j < items; j++) {
      take.add(model.binary("take" + j));
      planted[j] = random.nextBoolean();
    }
    LinearExpression.Builder slack = LinearExpression.builder().addConstant(0);
    for (int i = 0; i < rows; i++) {
      Variable under = model.integer("under" + i, 0, 10_000);
      Variable over = model.integer("over" + i, 0, 10_000);
      LinearExpression.Builder row = LinearExpression.builder().add(1, under).add(-1, over);
      double side = 0;
      for (int j = 0; j < items; j++) {
        int weight = random.nextInt(100);
        row.add(weight, take.get(j));
        side += planted[j] ? weight : 0;
      }
      model.equal("market" + i, row.build(), side);
      slack.add(1, under).add(1, over);
    }
    LinearExpression total = slack.build();
    return model
        .objective(
            sense == Objective.Sense.MINIMIZE
                ? Objective.minimize(total.plus(LinearExpression.constant(offset)))
                : Objective.maximize(total.times(-1).plus(LinearExpression.constant(offset))))
        .build();
  }

  /**
   * A model and its optimum.
   *
   * @param model the model
   * @param optimum its optimal value
   */
  public record Known(Model model, double optimum) {}

  /** A 0-1 knapsack of some items with integer weights and values. */
  public static Known knapsack(int items, long seed) {
    Random random = new Random(seed);
    int[] weight = new int[items];
    int[] value = new int[items];
    int total = 0;
    Model.Builder model = Model.builder("knapsack-" + seed);
    LinearExpression.Builder load = LinearExpression.builder();
    LinearExpression.Builder worth = LinearExpression.builder();
    for (int j = 0; j < items; j++) {
      weight[j] = 1 + random.nextInt(20);
      value[j] = 1 + random.nextInt(20);
      total += weight[j];
      Variable take = model.binary("take" + j);
      load.add(weight[j], take);
      worth.add(value[j], take);
    }
    int capacity = total / 2;
    model.atMost("capacity", load.build(), capacity);
    int best = 0;
    for (int set = 0; set < 1 << items; set++) {
      int w = 0;
      int v = 0;
      for (int j = 0; j < items; j++) {
        if ((set >> j & 1) == 1) {
          w += weight[j];
          v += value[j];
        }
      }
      best = w <= capacity ? Math.max(best, v) : best;
    }
    return new Known(model.objective(Objective.maximize(worth.build())).build(), best);
  }

  /**
   * A strongly correlated 0-1 knapsack of large weights: each item is worth its weight and a
   * constant, so that points come soon and get better slowly. All its values are whole numbers.
   *
   * @param sense to take the most within a capacity, or the least that reaches a demand
   */
  public static Known correlated(Objective.Sense sense, int items, long seed) {
    Random random = new Random(seed + items);
    boolean isCover = sense == Objective.Sense.MINIMIZE;
    int[] weight = new int[items];
    int total = 0;
    Model.Builder model = Model.builder("correlated-" + seed);
    LinearExpression.Builder load = LinearExpression.builder();
    LinearExpression.Builder worth = LinearExpression.builder();
    for (int j = 0; j < items; j++) {
      weight[j] = 20 + random.nextInt(10_000);
      total += weight[j];
      Variable take = model.binary("take" + j);
      load.add(weight[j], take);
      worth.add(weight[j] + CORRELATION, take);
    }
    int side = total / 2;
    if (isCover) {
      model.atLeast("demand", load.build(), side);
    } else {
      model.atMost("capacity", load.build(), side);
    }
    // What is left out of a cover is a knapsack.
    int best = mostWithin(weight, isCover ? total - side : side);
    return isCover
        ? new Known(
            model.objective(Objective.minimize(worth.build())).build(),
            total + CORRELATION * items - best)
        : new Known(model.objective(Objective.maximize(worth.build())).build(), best);
  }

  private static int mostWithin(int[] weight, int capacity) {
    int[] best = new int[capacity + 1];
    for (int w : weight) {
      for (int room = capacity; room >= w; room--) {
        best[room] = Math.max(best[room], best[room - w] + w + CORRELATION);
      }
    }
    return best[capacity];
  }

  /** A linear program whose rows are all tight at its optimum, one after the other. */
  public static Known chain(int length, long seed) {
    Random random = new Random(seed);
    Model.Builder model = Model.builder("chain-" + seed);
    LinearExpression.Builder sum = LinearExpression.builder();
    double optimum = 0;
    double level = 0;
    Variable before = null;
    for (int j = 0; j < length; j++) {
      Variable x = model.continuous("x" + j, 0, Double.POSITIVE_INFINITY);
      // x_j >= x_{j-1} / 2 + step, so that the least x is reached by taking each row tight.
      double step = 1 + random.nextInt(5);
      LinearExpression.Builder row = LinearExpression.builder().add(1, x);
      if (before != null) {
        row.add(-0.5, before);
      }
      model.atLeast("row" + j, row.build(), step);
      level = level / 2 + step;
      optimum += level;
      sum.add(1, x);
      before = x;
    }
    return new Known(model.objective(Objective.minimize(sum.build())).build(), optimum);
  }

  /**
   * A badly scaled linear model with a point that satisfies it exactly, so that whoever calls it
   * infeasible, or bounds its objective past that point, has proved what is not so. Rows and
   * columns are integers times powers of two, so every row holds in floating point without
   * rounding; a third of the rows are equations, half of the columns have no bounds. All objective
   * values are bounded by rows.
   *
   * @param binaryExponents rows and columns are scaled by up to this power of two, up and down
   * @return the model, to minimise, and the objective of the planted point: the optimum is at most
   *     that
   */
  public static Known planted(int binaryExponents, long seed) {
    Random random = new Random(seed);
    int columns = 6;
    int rows = 6;
    Model.Builder model = Model.builder("planted-" + seed);
    List<Variable> x = new ArrayList<>();
    double[] point = new double[columns];
    double[] scale = new double[columns];
    for (int j = 0; j < columns; j++) {
      scale[j] = Math.scalb(1.0, random.nextInt(2 * binaryExponents + 1) - binaryExponents);
      point[j] = (random.nextInt(11) - 5) / scale[j];
      boolean free = random.nextBoolean();
      x.add(
          model.continuous(
              "x" + j,
              free ? Double.NEGATIVE_INFINITY : point[j] - random.nextInt(3) / scale[j],
              free ? Double.POSITIVE_INFINITY : point[j] + random.nextInt(3) / scale[j]));
    }
    for (int i = 0; i < rows; i++) {
      double height = Math.scalb(1.0, random.nextInt(2 * binaryExponents + 1) - binaryExponents);
      LinearExpression.Builder row = LinearExpression.builder();
      double side = 0;
      for (int j = 0; j < columns; j++) {
        double a = (random.nextInt(13) - 6) * scale[j] * height;
        row.add(a, x.get(j));
        side += a * point[j];
      }
      if (i % 3 == 0) {
        model.equal("row" + i, row.build(), side);
      } else {
        model.atMost("row" + i, row.build(), side + random.nextInt(3) * height);
      }
    }
    LinearExpression.Builder cost = LinearExpression.builder();
    double value = 0;
    for (int j = 0; j < columns; j++) {
      double c = (random.nextInt(7) - 3) * scale[j];
      cost.add(c, x.get(j));
      value += c * point[j];
    }
    // Not unbounded: the cost may fall by 100 at the most.
    model.atLeast("floor", cost.build(), value - 100);
    return new Known(model.objective(Objective.minimize(cost.build())).build(), value);
  }
}
