package dev.crease.verifier.proof;

/** What multipliers prove on a network, and bounds that need none; the package says why. */
public final class Proofs {

  private final Layers net;
  private final Ball ball;

  /**
   * By copy and neuron: the coefficients of {@code z} that the last proof took on to the layers
   * before, those of directions in the first copy's.
   */
  public final double[][] taken;

  /** By neuron: the multiplier of a bound on its pair that the last proof used. */
  public final double[] paired;

  public Proofs(Layers net, Ball ball) {
    this.net = net;
    this.ball = ball;
    this.taken = new double[2][net.neurons()];
    this.paired = new double[net.neurons()];
  }

  /** By copy, {@code z} of each neuron over the ball: from below ({@code [0]}) and above. */
  public double[][][] positions() {
    Node node = new Node(net, ball, new double[2][2][net.neurons()], 0, 1);
    for (int copy = 0; copy < (ball.isPseudo ? 2 : 1); copy++) {
      double[] from = new double[net.inputs()];
      double[] to = new double[net.inputs()];
      for (int j = 0; j < from.length; j++) {
        from[j] = ball.least(copy, j);
        to[j] = ball.most(copy, j);
      }
      for (int k = 0; k < net.depth(); k++) {
        double[] least = least(net.weights[k], net.bias[k], 1, from, to);
        double[] most = least(net.weights[k], net.bias[k], -1, from, to);
        from = new double[least.length];
        to = new double[least.length];
        for (int i = 0; i < from.length; i++) {
          int h = net.first[k] + i;
          node.a[copy][h] = Math.max(least[i], position(node, copy, k, i, 1));
          node.b[copy][h] = -Math.max(most[i], position(node, copy, k, i, -1));
          from[i] = net.relu[h] ? Math.max(0, node.a[copy][h]) : node.a[copy][h];
          to[i] = net.relu[h] ? Math.max(0, node.b[copy][h]) : node.b[copy][h];
        }
      }
    }
    int second = ball.isPseudo ? 1 : 0;
    return new double[][][] {{node.a[0], node.a[second]}, {node.b[0], node.b[second]}};
  }

  /** By interval arithmetic, bounds from below on {@code sign (W v + b)}. */
  private static double[] least(
      double[][] weights, double[] bias, int sign, double[] from, double[] to) {
    double[] least = new double[weights.length];
    for (int i = 0; i < least.length; i++) {
      Bound bound = new Bound();
      bound.plus(sign, bias[i]);
      for (int j = 0; j < from.length; j++) {
        bound.plus(sign * weights[i][j], from[j], to[j]);
      }
      least[i] = bound.value();
    }
    return least;
  }

  /** A bound on {@code sign z} of neuron i of layer k, given those of the layers before. */
  public double position(Node node, int copy, int k, int i, int sign) {
    Bound bound = new Bound();
    bound.plus(sign, net.bias[k][i]);
    double[] y = new double[net.weights[k][i].length];
    for (int j = 0; j < y.length; j++) {
      y[j] = sign * net.weights[k][i][j];
    }
    for (int layer = k - 1; layer >= 0; layer--) {
      double[] z = new double[y.length];
      for (int j = 0; j < y.length; j++) {
        int h = net.first[layer] + j;
        z[j] = throughRelu(bound, node, copy, h, y[j], node.isHigh(copy, h));
        taken[copy][h] = z[j];
        bound.plus(z[j], net.bias[layer][j]);
      }
      y = before(bound, node, copy, layer, z);
    }
    Bound inBox = bound.copy();
    for (int j = 0; j < y.length; j++) {
      bound.plus(y[j], ball.low[j], ball.high[j]);
      inBox.plus(y[j], ball.least(copy, j), ball.most(copy, j));
    }
    bound.plus(-ball.radius(copy), ball.dual(y));
    return Math.max(bound.value(), inBox.value());
  }

  private double[] before(Bound bound, Node node, int copy, int layer, double[] z) {
    return bound.before(
        net.weights[layer],
        z,
        j -> layer == 0 ? ball.size(copy, j) : node.size(copy, net.first[layer - 1] + j));
  }

  /**
   * The coefficient of {@code z} that bounds {@code e y} from below.
   *
   * @param isHigh whether {@code y} is to be at least {@code z} where it might as well be 0
   */
  private double throughRelu(Bound bound, Node node, int copy, int h, double e, boolean isHigh) {
    if (node.isActive(copy, h)) {
      return e;
    }
    if (node.isInactive(copy, h)) {
      return 0;
    }
    if (e >= 0) {
      return isHigh ? e : 0;
    }
    Line chord = node.chord(copy, h);
    bound.plus(e, chord.constant());
    return bound.sum(0, e, chord.slope(), node.size(copy, h));
  }

  /** The root of a face; {@code dz} is bounded layer by layer. */
  public Node root(double[][][] positions, int input, int sign) {
    Node node = new Node(net, ball, positions, input, sign);
    Multipliers none = Multipliers.none(net);
    double[] from = new double[net.inputs()];
    double[] to = new double[net.inputs()];
    for (int j = 0; j < from.length; j++) {
      from[j] = node.leastD(j);
      to[j] = node.mostD(j);
    }
    for (int k = 0; k < net.depth(); k++) {
      double[] least = least(net.weights[k], new double[net.bias[k].length], 1, from, to);
      double[] most = least(net.weights[k], new double[net.bias[k].length], -1, from, to);
      from = new double[least.length];
      to = new double[least.length];
      for (int i = 0; i < least.length; i++) {
        int h = net.first[k] + i;
        node.l[h] = least[i];
        node.u[h] = -most[i];
        node.narrow(h, directions(node, none, k, h, 1), -directions(node, none, k, h, -1));
        node.order(h);
        from[i] = node.leastDy(h);
        to[i] = node.mostDy(h);
      }
    }
    return node;
  }

  /** A bound on {@code sign dz_goal} at the collisions of a node. */
  public double directions(Node node, Multipliers by, int goal, int sign) {
    return directions(node, by, net.depth() - 1, goal, sign);
  }

  /** With no goal (-1): above 0 if there are no collisions. */
  public double directions(Node node, Multipliers by) {
    return directions(node, by, -1, 0);
  }

  /** The same, of a goal in a layer that need not be the last; {@code mu} counts in the last. */
  public double directions(Node node, Multipliers by, int layer, int goal, int sign) {
    Bound bound = new Bound();
    for (double mu : by.mu()) {
      bound.plus(-Math.abs(mu), ball.noise());
    }
    double[] dy = layer == net.depth() - 1 ? by.mu() : new double[net.bias[layer].length];
    for (int k = layer; k >= 0; k--) {
      double[] dz = new double[dy.length];
      for (int i = 0; i < dz.length; i++) {
        int h = net.first[k] + i;
        Line line = node.line(h, dy[i] < 0);
        bound.plus(dy[i], line.constant());
        double c = bound.sum(h == goal ? sign : 0, dy[i], line.slope(), node.sizeD(h));
        double s = Multipliers.taken(c, by.pass()[0][h]);
        bound.plus(s, s > 0 ? node.l[h] : node.u[h]);
        dz[i] = bound.sum(c, -s, 1, node.sizeD(h));
        taken[0][h] = dz[i];
      }
      int previous = k - 1;
      dy =
          bound.before(
              net.weights[k], dz, j -> previous < 0 ? 1 : node.sizeD(net.first[previous] + j));
    }
    for (int j = 0; j < dy.length; j++) {
      bound.plus(dy[j], node.leastD(j), node.mostD(j));
    }
    return bound.value();
  }

  /** That the collisions at a node are far. */
  public Far positions(Node node, Multipliers by) {
    Bound bound = new Bound();
    double t = 0;
    double[][] y = {by.mu(), new double[by.mu().length]};
    for (int i = 0; i < y[1].length; i++) {
      y[1][i] = -y[0][i];
      bound.plus(-Math.abs(y[0][i]), ball.eps);
    }
    for (int k = net.depth() - 1; k >= 0; k--) {
      double[][] z = new double[2][y[0].length];
      for (int i = 0; i < z[0].length; i++) {
        int h = net.first[k] + i;
        Line low = node.line(h, false);
        Line up = node.line(h, true);
        double s =
            Multipliers.taken(by.low()[h] * low.slope() - by.up()[h] * up.slope(), by.pair()[h]);
        paired[h] = s;
        t = Round.sumDown(t, Round.productDown(by.low()[h], low.constant()));
        t = Round.sumDown(t, -Round.productUp(by.up()[h], up.constant()));
        t = Round.sumDown(t, Round.productDown(s, s > 0 ? node.l[h] : node.u[h]));
        for (int copy = 0; copy < 2; copy++) {
          double sign = copy == 0 ? 1 : -1;
          double size = node.size(copy, h);
          double alpha = by.above()[copy][h];
          double e = bound.sum(y[copy][i], -sign, by.low()[h], size);
          e = bound.sum(e, sign, by.up()[h], size);
          e = bound.sum(e, -1, alpha, size);
          double c = throughRelu(bound, node, copy, h, e, false);
          c = bound.sum(c, sign * by.low()[h], low.slope(), size);
          c = bound.sum(c, -sign * by.up()[h], up.slope(), size);
          c = bound.sum(c, -sign, s, size);
          c = bound.sum(c, 1, alpha, size);
          double side = Multipliers.taken(c, by.pass()[copy][h]);
          c = bound.sum(c, -1, side, size);
          bound.plus(side, side > 0 ? node.a[copy][h] : node.b[copy][h]);
          bound.plus(c, net.bias[k][i]);
          z[copy][i] = c;
          taken[copy][h] = c;
        }
      }
      y[0] = before(bound, node, 0, k, z[0]);
      y[1] = before(bound, node, 1, k, z[1]);
    }
    return far(bound, node, by, t, y[0], y[1]);
  }

  /** The same, of what is left on {@code t} and on the inputs of both copies. */
  private Far far(Bound bound, Node node, Multipliers by, double t, double[] x, double[] x1) {
    for (int j = 0; j < x.length; j++) {
      double w = by.inputs()[j];
      t = Round.sumDown(t, Round.productDown(w, w > 0 ? node.leastD(j) : node.mostD(j)));
      x[j] = bound.sum(x[j], -1, w, ball.size(0, j));
      x1[j] = bound.sum(x1[j], 1, w, ball.size(1, j));
    }
    if (t >= 0) {
      bound.plus(t, ball.within);
    } else {
      int j = node.input;
      x[j] = bound.sum(x[j], node.sign, t, ball.size(0, j));
      x1[j] = bound.sum(x1[j], -node.sign, t, ball.size(1, j));
    }
    for (int j = 0; j < x.length; j++) {
      if (ball.shared[j]) {
        x[j] = bound.sum(x[j], 1, x1[j], ball.size(0, j));
        x1[j] = 0;
      } else {
        x[j] = inDomain(bound, 0, j, x[j], by.ball()[0][j]);
        x1[j] = inDomain(bound, 1, j, x1[j], by.ball()[1][j]);
      }
      bound.plus(x[j], ball.low[j], ball.high[j]);
      bound.plus(x1[j], ball.low[j], ball.high[j]);
    }
    return new Far(bound.value(), Round.sumUp(ball.dual(x), ball.isPseudo ? 0 : ball.dual(x1)));
  }

  /**
   * What is left of an input's coefficient to the ball, the sides of the domain taking the rest.
   */
  private double inDomain(Bound bound, int copy, int j, double c, double left) {
    double side = Multipliers.taken(c, left);
    if (side != 0) {
      bound.plus(side, side > 0 ? ball.from(j) : ball.to(j));
    }
    return bound.sum(c, -1, side, ball.size(copy, j));
  }

  /** Collisions have {@code r slope >= value}. */
  public record Far(double value, double slope) {

    /** No collision is nearer than this; 0 if nothing is proved. */
    public double radius() {
      if (!(value > 0)) {
        return 0;
      }
      return slope == 0 ? Double.POSITIVE_INFINITY : Round.quotientDown(value, slope);
    }
  }
}
