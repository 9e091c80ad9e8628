package dev.crease.verifier.proof;

/**
 * What holds of the collisions at a node: {@code l <= dz <= u} by neuron, {@code a <= z <= b} by
 * copy and neuron, and the face. Once bounds have crossed there are none, and all holds of them.
 */
public final class Node {

  /** Triangles this much alike are the same, however they were rounded. */
  private static final double TIE = 1e-9;

  public final double[] l;
  public final double[] u;
  public final double[][] a;
  public final double[][] b;
  private final boolean[] relu;

  /** The input in which the points differ most, and whether the first is larger (1) or smaller. */
  public final int input;

  public final int sign;
  private final Ball ball;
  private boolean isEmpty;

  /** The root of a face; {@code dz} is not bounded yet. */
  public Node(Layers net, Ball ball, double[][][] positions, int input, int sign) {
    this.l = new double[net.neurons()];
    this.u = new double[net.neurons()];
    this.a = new double[][] {positions[0][0].clone(), positions[0][1].clone()};
    this.b = new double[][] {positions[1][0].clone(), positions[1][1].clone()};
    this.relu = net.relu;
    this.input = input;
    this.sign = sign;
    this.ball = ball;
  }

  private Node(Node node) {
    this.l = node.l.clone();
    this.u = node.u.clone();
    this.a = new double[][] {node.a[0].clone(), node.a[1].clone()};
    this.b = new double[][] {node.b[0].clone(), node.b[1].clone()};
    this.relu = node.relu;
    this.input = node.input;
    this.sign = node.sign;
    this.ball = node.ball;
    this.isEmpty = node.isEmpty;
  }

  public Node copy() {
    return new Node(this);
  }

  /** Whether bounds have crossed. */
  public boolean isEmpty() {
    return isEmpty;
  }

  /** The least of an input's {@code d}. */
  public double leastD(int k) {
    return ball.shared[k] ? 0 : k == input ? sign : -1;
  }

  public double mostD(int k) {
    return ball.shared[k] ? 0 : k == input ? sign : 1;
  }

  public void narrow(int h, double least, double most) {
    l[h] = Math.max(l[h], least);
    u[h] = Math.min(u[h], most);
    isEmpty |= l[h] > u[h];
  }

  /** For one copy {@code z >= 0}, or {@code z <= 0}. */
  public void decide(int h, int copy, boolean active) {
    if (active) {
      a[copy][h] = Math.max(0, a[copy][h]);
    } else {
      b[copy][h] = Math.min(0, b[copy][h]);
    }
    isEmpty |= a[copy][h] > b[copy][h];
    order(h);
  }

  /** What the copies' bounds say of the sign of {@code dz}. */
  public void order(int h) {
    if (a[0][h] >= b[1][h]) {
      narrow(h, 0, u[h]);
    }
    if (b[0][h] <= a[1][h]) {
      narrow(h, l[h], 0);
    }
  }

  public boolean isActive(int copy, int h) {
    return !relu[h] || a[copy][h] >= 0;
  }

  public boolean isInactive(int copy, int h) {
    return !isActive(copy, h) && b[copy][h] <= 0;
  }

  /** Whether the least or the greatest {@code dy} is {@code dz}, at a {@code dz} of this sign. */
  private boolean isDz(int h, double dz, boolean isUpper) {
    if (isUpper) {
      return dz < 0 ? isActive(0, h) : !isInactive(0, h);
    }
    return dz < 0 ? !isInactive(1, h) : isActive(1, h);
  }

  /** The line above or below {@code dy} over {@code [l, u]}. */
  public Line line(int h, boolean isUpper) {
    return Line.chord(l[h], isDz(h, l[h], isUpper), u[h], isDz(h, u[h], isUpper), isUpper);
  }

  /**
   * Of {@code y >= 0} and {@code y >= z}, below a free neuron, the latter has the smaller triangle.
   */
  public boolean isHigh(int copy, int h) {
    return b[copy][h] > -a[copy][h] * (1 + TIE);
  }

  /** The chord above the {@code y} of a copy that is free. */
  public Line chord(int copy, int h) {
    return Line.chord(a[copy][h], false, b[copy][h], true, true);
  }

  public double leastDy(int h) {
    return Math.min(isDz(h, l[h], false) ? l[h] : 0, isDz(h, u[h], false) ? u[h] : 0);
  }

  public double mostDy(int h) {
    return Math.max(isDz(h, l[h], true) ? l[h] : 0, isDz(h, u[h], true) ? u[h] : 0);
  }

  /** The largest size of {@code dz} and {@code dy}. */
  public double sizeD(int h) {
    return Math.max(-l[h], u[h]);
  }

  /** The largest size of a copy's {@code z} and {@code y}. */
  public double size(int copy, int h) {
    return Math.max(-a[copy][h], b[copy][h]);
  }
}
