package dev.crease.verifier;

import dev.crease.network.Layer;
import dev.crease.network.ReluNetwork;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Checks that a network {@code f: R^m -> R^m} is one-to-one on all of {@code R^m}, from a tree of
 * its activation patterns.
 *
 * <p><b>The tree.</b> A path from the root holds affine functions {@code g_i}, which mean the open
 * set {@code P} where all of them are positive. The layers are gone through in order: when all
 * ReLUs of a layer are decided, the pre-activations of the next are affine on {@code P}. A ReLU is
 * decided where its pre-activation {@code g} is a constant; by a <i>split</i>, where {@code g} is
 * none and the two subtrees have {@code g} and {@code -g} on their paths; and as <i>implied</i>:
 * with {@code h} the negated pre-activation if the ReLU is said to be active, and the
 * pre-activation if not, {@code own h + sum lambda_i g_i} is a constant {@code <= 0}, with {@code
 * own > 0} and {@code lambda_i >= 0}, so that {@code h <= 0} on {@code P}: the ReLU acts as is
 * said. At a <i>cell</i> all are decided, and {@code f(x) = A x + b} on {@code P}.
 *
 * <p><b>Nothing is left out.</b> A split takes from {@code P} no more than a hyperplane. So the
 * sets {@code P} of the cells cover all but finitely many hyperplanes, and their closures, of which
 * there are finitely many, cover {@code R^m}; a closure lies where all {@code g_i >= 0}. Each
 * full-dimensional linear region is thus one of affine maps that the cells have. A cell may be
 * empty without anybody knowing: it then only adds to what is required.
 *
 * <p><b>What is required.</b> All {@code det A} are of one sign, none 0; and of the points {@code
 * A^-1 (y - b)}, where {@code y} is the image of the certificate's point, each is outside of its
 * cell, some {@code g_i} being negative there, but for one, which is inside, all being positive. So
 * {@code y} has exactly one preimage, {@code f} is affine around it and its determinant is not 0.
 *
 * <p><b>Then f is one-to-one.</b> It is piecewise linear with finitely many pieces, none of them
 * singular, so it is proper, and its degree, the sum of the determinants' signs over the preimages
 * of {@code y}, is +1 or -1. If two points had one image, then, since a piecewise-linear map whose
 * determinants have one sign is open, some point near it that is on no border's image would have
 * preimages near both; all of one sign, their sum would be 2 or more in size.
 */
final class WholeSpaceCheck {

  /** Paths are gone down by recursion. */
  private static final int MOST_RELUS = 2000;

  private final ExactNetwork network;
  private final List<Layer> layers;
  private final Cells steps;
  private final Effort effort;
  private final int inputs;
  private final int relus;
  private final BigInteger[] image;
  private final List<Side> path = new ArrayList<>();
  private int sign;
  private long cells;
  private long preimages;

  private WholeSpaceCheck(ReluNetwork f, BigInteger[] point, Cells steps, Effort effort) {
    this.network = new ExactNetwork(f);
    this.layers = f.layers();
    this.steps = steps;
    this.effort = effort;
    this.inputs = f.inputs();
    this.relus = f.reluCount();
    this.image = network.evaluate(point, 0, new BitSet(), new BitSet());
  }

  /**
   * Checks a tree.
   *
   * @param point in homogeneous coordinates
   * @return how many cells there are
   * @throws Refusal if it proves nothing
   */
  static long check(ReluNetwork f, BigInteger[] point, Cells steps, Effort effort) {
    if (f.inputs() != f.outputs() || f.inputs() == 0) {
      throw new Refusal("network: on the whole space, outputs are to be as many as inputs");
    }
    if (point.length != f.inputs() + 1) {
      throw new Refusal("lower.point does not have an entry for each input");
    }
    if (f.reluCount() > MOST_RELUS) {
      throw new Refusal("network: on the whole space, up to " + MOST_RELUS + " ReLUs are checked");
    }
    WholeSpaceCheck check = new WholeSpaceCheck(f, point, steps, effort);
    check.node(check.first());
    steps.end();
    if (check.preimages != 1) {
      throw new Refusal(
          "lower.cells: the image of lower.point has " + check.preimages + " preimages, not 1");
    }
    return check.cells;
  }

  /**
   * A function that is positive on the path.
   *
   * @param denominator of its layer
   */
  private record Side(BigInteger denominator, BigInteger[] function) {}

  /** What is known of a ReLU. */
  private enum Phase {
    OPEN,
    ACTIVE,
    INACTIVE
  }

  /**
   * A layer on the path.
   *
   * @param firstNeuron number of its first ReLU
   * @param functions the common denominator, then the pre-activations, on {@code (d, x_1, ...,
   *     x_m)}
   * @param phases of its neurons
   */
  private record Stage(int layer, int firstNeuron, BigInteger[][] functions, Phase[] phases) {

    BigInteger denominator() {
      return functions[0][0];
    }
  }

  private Stage first() {
    BigInteger[][] identity = new BigInteger[inputs + 1][inputs + 1];
    for (int i = 0; i <= inputs; i++) {
      Arrays.fill(identity[i], BigInteger.ZERO);
      identity[i][i] = BigInteger.ONE;
    }
    return stage(0, 0, identity);
  }

  private Stage stage(int layer, int firstNeuron, BigInteger[][] before) {
    effort.at("linear regions", (long) layers.get(layer).outputs() * before.length * before.length);
    Phase[] phases = new Phase[layers.get(layer).outputs()];
    Arrays.fill(phases, Phase.OPEN);
    return new Stage(layer, firstNeuron, network.composed(layer, before), phases);
  }

  /** Checks a subtree. */
  private void node(Stage at) {
    Cells.Step step = steps.next();
    if (step instanceof Cells.Cell) {
      cell(at);
    } else if (step instanceof Cells.Split split) {
      Stage stage = reach(at, split.neuron());
      int i = place(stage, split.neuron());
      BigInteger[] function = stage.functions()[i + 1];
      path.add(new Side(stage.denominator(), function));
      stage.phases()[i] = Phase.ACTIVE;
      node(stage);
      path.set(path.size() - 1, new Side(stage.denominator(), negated(function)));
      stage.phases()[i] = Phase.INACTIVE;
      node(stage);
      path.remove(path.size() - 1);
      stage.phases()[i] = Phase.OPEN;
    } else if (step instanceof Cells.Implied implied) {
      Stage stage = reach(at, implied.neuron());
      int i = place(stage, implied.neuron());
      checkImplied(implied, stage.denominator(), stage.functions()[i + 1]);
      stage.phases()[i] = implied.isActive() ? Phase.ACTIVE : Phase.INACTIVE;
      node(stage);
      stage.phases()[i] = Phase.OPEN;
    }
  }

  /** The layer of a ReLU; all those before it are to be decided. */
  private Stage reach(Stage at, int neuron) {
    if (neuron >= relus) {
      throw refused("there is no ReLU " + neuron);
    }
    Stage stage = at;
    while (neuron >= stage.firstNeuron() + layers.get(stage.layer()).reluCount()) {
      stage = next(stage);
    }
    if (neuron < stage.firstNeuron()) {
      throw refused("ReLU " + neuron + " is of a layer that is decided already");
    }
    return stage;
  }

  private Stage next(Stage stage) {
    int relus = layers.get(stage.layer()).reluCount();
    return stage(stage.layer() + 1, stage.firstNeuron() + relus, outputs(stage));
  }

  /** The place of a ReLU in its layer, where it is not decided. */
  private int place(Stage stage, int neuron) {
    Layer layer = layers.get(stage.layer());
    int next = stage.firstNeuron();
    int place = 0;
    while (!layer.isRelu(place) || next < neuron) {
      next += layer.isRelu(place) ? 1 : 0;
      place++;
    }
    if (stage.phases()[place] != Phase.OPEN || isConstant(stage.functions()[place + 1])) {
      throw refused("ReLU " + neuron + " is decided already");
    }
    return place;
  }

  /** What a layer gives, after the common denominator; all its ReLUs are to be decided. */
  private BigInteger[][] outputs(Stage stage) {
    Layer layer = layers.get(stage.layer());
    BigInteger[][] outputs = stage.functions().clone();
    for (int i = 0; i < layer.outputs(); i++) {
      BigInteger[] function = stage.functions()[i + 1];
      boolean isActive = true;
      if (layer.isRelu(i) && isConstant(function)) {
        isActive = function[0].signum() > 0;
      } else if (layer.isRelu(i)) {
        if (stage.phases()[i] == Phase.OPEN) {
          throw refused("neuron " + i + " of layer " + stage.layer() + " is not decided");
        }
        isActive = stage.phases()[i] == Phase.ACTIVE;
      }
      if (!isActive) {
        outputs[i + 1] = new BigInteger[inputs + 1];
        Arrays.fill(outputs[i + 1], BigInteger.ZERO);
      }
    }
    return outputs;
  }

  private static boolean isConstant(BigInteger[] function) {
    return Arrays.stream(function, 1, function.length).allMatch(entry -> entry.signum() == 0);
  }

  /** Checks that {@code own h + sum lambda_i g_i} is a constant that is not positive. */
  private void checkImplied(Cells.Implied implied, BigInteger denominator, BigInteger[] function) {
    effort.at("linear regions", (long) (implied.multipliers().size() + 1) * (inputs + 1));
    if (implied.own().signum() == 0) {
      throw refused("the multiplier of the ReLU itself is 0");
    }
    BigInteger own = implied.isActive() ? implied.own().negate() : implied.own();
    BigInteger[] sum = new BigInteger[inputs + 1];
    for (int k = 0; k <= inputs; k++) {
      sum[k] = function[k].multiply(own);
    }
    for (Cells.Multiplier multiplier : implied.multipliers()) {
      if (multiplier.split() >= path.size()) {
        throw refused("there is no split " + multiplier.split() + " on the path");
      }
      Side side = path.get(multiplier.split());
      // Denominators grow from layer to layer, by factors that are integers.
      BigInteger unit = denominator.divide(side.denominator());
      BigInteger factor = multiplier.factor().multiply(unit);
      for (int k = 0; k <= inputs; k++) {
        sum[k] = sum[k].add(side.function()[k].multiply(factor));
      }
    }
    if (!isConstant(sum) || sum[0].signum() > 0) {
      throw refused("the multipliers do not show which phase ReLU " + implied.neuron() + " has");
    }
  }

  private void cell(Stage at) {
    Stage stage = at;
    while (stage.layer() < layers.size() - 1) {
      stage = next(stage);
    }
    BigInteger[][] map = outputs(stage);
    cells++;
    effort.at("linear regions", (long) (path.size() + inputs * inputs) * (inputs + 1));
    BigInteger[][] matrix = new BigInteger[inputs][];
    BigInteger[][] atImage = new BigInteger[inputs][];
    for (int i = 0; i < inputs; i++) {
      matrix[i] = Arrays.copyOfRange(map[i + 1], 1, inputs + 1);
      atImage[i] = map[i + 1].clone();
      for (int k = 0; k <= inputs; k++) {
        // Zero where the output is that of the point, both over their denominators.
        atImage[i][k] = map[i + 1][k].multiply(image[0]).subtract(map[0][k].multiply(image[i + 1]));
      }
    }
    int own = new Elimination(matrix, inputs).determinantSign();
    if (own == 0 || (sign != 0 && own != sign)) {
      throw refused(
          own == 0
              ? "the determinant of a cell is 0"
              : "the determinant of a cell has another sign than those before");
    }
    sign = own;
    BigInteger[] preimage = new Elimination(atImage, inputs + 1).kernel().orElseThrow();
    if (preimage[0].signum() < 0) {
      preimage = negated(preimage);
    }
    int least = 1;
    for (Side side : path) {
      least = Math.min(least, Elimination.dot(side.function(), preimage).signum());
    }
    if (least == 0) {
      throw refused("the image of lower.point has a preimage on the border of a cell");
    }
    preimages += least > 0 ? 1 : 0;
  }

  private static BigInteger[] negated(BigInteger[] vector) {
    return Arrays.stream(vector).map(BigInteger::negate).toArray(BigInteger[]::new);
  }

  private Refusal refused(String why) {
    return new Refusal(steps.place() + ": " + why);
  }
}
