package dev.crease.verifier.tree;

import dev.crease.network.ReluNetwork;
import dev.crease.verifier.proof.Ball;
import dev.crease.verifier.proof.Layers;
import dev.crease.verifier.proof.Multipliers;
import dev.crease.verifier.proof.Node;
import dev.crease.verifier.proof.Proofs;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoublePredicate;
import java.util.function.ToDoubleFunction;

/**
 * Makes trees of small networks, without an engine: splits whatever is free, and finds multipliers
 * by trial. What it finds is what the checker says proves something, so that a tree for what is not
 * true would be a hole in the checker.
 */
public final class TreeMaker {

  private static final int TRIALS = 1500;
  private static final int MOST_NODES = 400;

  private final Layers net;
  private final double claim;
  private final Proofs proofs;
  private final Random random = new Random(5);
  private int nodes;

  private TreeMaker(ReluNetwork f, Ball ball, double claim) {
    this.net = new Layers(f);
    this.claim = claim;
    this.proofs = new Proofs(net, ball);
  }

  /** No tree was found. */
  private static final class NoTree extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** The faces of a tree that proves a claim, if one is found. */
  public static Optional<String> faces(ReluNetwork f, Ball ball, double claim) {
    TreeMaker maker = new TreeMaker(f, ball, claim);
    double[][][] positions = maker.proofs.positions();
    StringBuilder faces = new StringBuilder("[");
    try {
      for (int j = 0; j < f.inputs(); j++) {
        for (int sign = 1; sign >= (ball.isPseudo ? -1 : 1); sign -= 2) {
          if (!ball.shared[j]) {
            Node root = maker.proofs.root(positions, j, sign);
            faces.append(faces.length() > 1 ? "," : "");
            faces.append("{\"input\":" + j + ",\"sign\":" + sign + ",\"node\":");
            faces.append(maker.node(root)).append("}");
          }
        }
      }
    } catch (NoTree e) {
      return Optional.empty();
    }
    return Optional.of(faces.append("]").toString());
  }

  private String node(Node node) {
    if (node.isEmpty()) {
      return "[{\"empty\":true}]";
    }
    if (++nodes > MOST_NODES) {
      throw new NoTree();
    }
    String narrowed = narrow(node);
    if (node.isEmpty()) {
      return "[" + narrowed + "{\"empty\":true}]";
    }
    Optional<Multipliers> direction = search(false, by -> proofs.directions(node, by));
    if (direction.isPresent()) {
      return "[" + narrowed + "{\"direction\":" + text(direction.get(), false) + "}]";
    }
    Optional<Multipliers> near = near(node);
    if (near.isPresent()) {
      return "[" + narrowed + "{\"near\":" + text(near.get(), true) + "}]";
    }
    return "[" + narrowed + split(node) + "]";
  }

  private String split(Node node) {
    int best = -1;
    for (int h = 0; h < net.neurons(); h++) {
      for (int copy = 0; copy < 2; copy++) {
        if (!node.isActive(copy, h)
            && !node.isInactive(copy, h)
            && (best < 0 || area(node, copy, h) > area(node, best % 2, best / 2))) {
          best = 2 * h + copy;
        }
      }
    }
    if (best < 0) {
      throw new NoTree();
    }
    int h = best / 2;
    int copy = best % 2;
    Node active = node.copy();
    active.decide(h, copy, true);
    Node inactive = node.copy();
    inactive.decide(h, copy, false);
    Optional<Multipliers> not = active.isEmpty() ? Optional.empty() : near(active);
    if (not.isPresent()) {
      node.decide(h, copy, false);
      return "{\"inactive\":"
          + (h + ",\"copy\":" + copy + ",\"by\":" + text(not.get(), true) + "},")
          + inner(node(node));
    }
    return "{\"split\":"
        + (h + ",\"copy\":" + copy + ",\"active\":" + node(active))
        + (",\"inactive\":" + node(inactive) + "}");
  }

  private static String inner(String list) {
    return list.substring(1, list.length() - 1);
  }

  private static double area(Node node, int copy, int h) {
    return Math.min(-node.a[copy][h], node.b[copy][h]);
  }

  /** Bounds that need no multipliers, where they are better than those there. */
  private String narrow(Node node) {
    StringBuilder steps = new StringBuilder();
    Multipliers none = Multipliers.none(net);
    for (int h = 0; h < net.neurons(); h++) {
      for (int sign = 1; sign >= -1; sign -= 2) {
        double bound = proofs.directions(node, none, h, sign);
        if (bound > (sign > 0 ? node.l[h] : -node.u[h]) + 1e-9) {
          node.narrow(h, sign > 0 ? bound : node.l[h], sign > 0 ? node.u[h] : -bound);
          steps.append(sign > 0 ? "{\"least\":" : "{\"most\":").append(h);
          steps.append(",\"by\":" + text(none, false) + "},");
        }
      }
    }
    return steps.toString();
  }

  private Optional<Multipliers> near(Node node) {
    return search(
        true,
        by -> {
          Proofs.Far far = proofs.positions(node, by);
          return far.radius() >= claim ? 1 : Math.min(0, far.value() - claim * far.slope());
        });
  }

  /** Multipliers at which something is positive, by steps at random that do not make it worse. */
  private Optional<Multipliers> search(boolean ofPositions, ToDoubleFunction<Multipliers> proved) {
    Multipliers best = Multipliers.none(net);
    double value = Double.NEGATIVE_INFINITY;
    double step = 1;
    for (int i = 0; i < TRIALS; i++) {
      Multipliers next = copy(best);
      if (i < 4 * net.outputs() || i % 300 == 0) {
        next = Multipliers.none(net);
        change(next.mu(), 2, true);
        value = i % 300 == 0 ? Double.NEGATIVE_INFINITY : value;
        step = 1;
      }
      for (int changes = random.nextInt(3); changes >= 0; changes--) {
        switch (random.nextInt(ofPositions ? 8 : 2)) {
          case 0 -> change(next.mu(), step, true);
          case 1 -> {
            if (ofPositions) {
              changeLeft(next.pair(), next.pair(), step);
            } else {
              changeLeft(next.pass()[0], proofs.taken[0], step);
            }
          }
          case 2 -> change(next.low(), step, false);
          case 3 -> change(next.up(), step, false);
          case 4 -> change(next.inputs(), step, true);
          case 5 -> change(next.above()[random.nextInt(2)], step, false);
          default -> {
            int copy = random.nextInt(2);
            changeLeft(next.pass()[copy], proofs.taken[copy], step);
          }
        }
      }
      double size = size(next.mu());
      double found = size == 0 ? Double.NEGATIVE_INFINITY : proved.applyAsDouble(next) / size;
      if (found > 0) {
        return Optional.of(next);
      }
      step = found > value ? Math.min(4, 2 * step) : Math.max(1e-3, 0.93 * step);
      if (found >= value) {
        best = next;
        value = found;
      }
    }
    return Optional.empty();
  }

  private static double size(double[] mu) {
    double size = 0;
    for (double value : mu) {
      size += Math.abs(value);
    }
    return size;
  }

  private void change(double[] numbers, double step, boolean mayBeNegative) {
    int i = random.nextInt(numbers.length);
    numbers[i] =
        random.nextInt(8) == 0 && numbers.length > 1
            ? 0
            : numbers[i] + step * random.nextGaussian();
    numbers[i] = mayBeNegative ? numbers[i] : Math.max(0, numbers[i]);
  }

  /** Changes what is left of a coefficient, from what there was. */
  private void changeLeft(double[] left, double[] before, double step) {
    int i = random.nextInt(left.length);
    double from = Double.isNaN(before[i]) ? 0 : before[i];
    left[i] = random.nextInt(8) == 0 ? Double.NaN : from + step * random.nextGaussian();
  }

  public static Multipliers copy(Multipliers by) {
    return new Multipliers(
        by.mu().clone(),
        by.low().clone(),
        by.up().clone(),
        by.pair().clone(),
        new double[][] {by.above()[0].clone(), by.above()[1].clone()},
        new double[][] {by.pass()[0].clone(), by.pass()[1].clone()},
        by.inputs().clone(),
        new double[][] {by.ball()[0].clone(), by.ball()[1].clone()});
  }

  private static String text(Multipliers by, boolean ofPositions) {
    StringBuilder mu = new StringBuilder();
    for (double value : by.mu()) {
      mu.append(mu.isEmpty() ? "" : ",").append(value);
    }
    if (!ofPositions) {
      return "{\"mu\":[" + mu + "],\"pass\":" + left(by.pass()[0]) + "}";
    }
    return "{\"mu\":["
        + (mu + "],\"low\":" + sparse(by.low()) + ",\"up\":" + sparse(by.up()))
        + (",\"pair\":" + left(by.pair()))
        + (",\"above\":[" + sparse(by.above()[0]) + "," + sparse(by.above()[1]))
        + ("],\"pass\":[" + left(by.pass()[0]) + "," + left(by.pass()[1]))
        + ("],\"input\":" + sparse(by.inputs()) + "}");
  }

  private static String sparse(double[] numbers) {
    return list(numbers, v -> v != 0);
  }

  private static String left(double[] numbers) {
    return list(numbers, v -> !Double.isNaN(v));
  }

  private static String list(double[] numbers, DoublePredicate isThere) {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < numbers.length; i++) {
      if (isThere.test(numbers[i])) {
        list.append(list.isEmpty() ? "" : ",").append(i).append(",").append(numbers[i]);
      }
    }
    return "[" + list + "]";
  }
}
