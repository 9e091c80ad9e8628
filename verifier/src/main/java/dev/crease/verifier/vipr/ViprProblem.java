package dev.crease.verifier.vipr;

import dev.crease.verifier.proof.Ball;
import dev.crease.verifier.proof.Layers;
import dev.crease.verifier.vipr.Row.Form;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The mixed-integer program of a question, on the layers as they are: two points of the ball with
 * equal outputs, as far apart as can be in the maximum norm.
 *
 * <p>For each copy of each ReLU {@code y = max(0, z)} there is a binary {@code p}, and {@code y >=
 * 0}, {@code y >= z}, {@code y <= M p}, {@code y <= z + M (1 - p)}, with {@code M} a power of two
 * that is not below {@code |b| + sum |w| M}, the sum being over the layer before; for an input,
 * {@code M} is the largest size it has in the ball. So {@code |z| <= M} at every point of the ball,
 * and {@code p} says its phase.
 *
 * <p>{@code t >= |x_k - x'_k|} for all inputs that are not shared. A face has a binary of its own,
 * one of which is 1: {@code t <= sign (x_j - x'_j) + F (1 - face)}, where {@code F} is not below
 * what {@code t} and {@code x_j - x'_j} can sum up to.
 */
final class ViprProblem {

  /** A face: an input, and which point is the larger one there. */
  record Face(int input, int sign) {}

  final int t = 0;
  final int[][] x;
  final int[][] s;
  final int[][] z;
  final int[][] y;
  final int[][] p;
  final List<Face> faces = new ArrayList<>();

  final Row tNotNegative;
  final Row[][] lowest = new Row[2][];
  final Row[][] highest = new Row[2][];
  final Row[][] notNegativeS = new Row[2][];
  final Row[] sumS = new Row[2];
  final Row[][] layer;
  final Row[][] notNegative;
  final Row[][] above;
  final Row[][] ifActive;
  final Row[][] ifInactive;
  final Row[] outputs;
  final Row[] leastD;
  final Row[] mostD;
  final Row[] face;
  final Row oneFace;
  final Dyadic[] big;
  final Dyadic far;

  private final Layers net;
  private final Ball ball;
  private final double radius;
  private final List<String> names = new ArrayList<>(List.of("t"));
  private final List<Integer> binaries = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private final Map<Integer, Integer> seconds = new TreeMap<>();
  private final int[] faceVariables;
  private final int bounds;

  ViprProblem(Layers net, Ball ball, double radius) {
    this.net = net;
    this.ball = ball;
    this.radius = radius;
    int inputs = net.inputs();
    int n = net.neurons();
    x = new int[2][inputs];
    s = new int[2][inputs];
    z = new int[2][n];
    y = new int[2][n];
    p = new int[2][n];
    for (int copy = 0; copy < 2; copy++) {
      variables(copy);
    }
    for (int j = 0; j < inputs; j++) {
      for (int sign = 1; sign >= (ball.isPseudo ? -1 : 1) && !ball.shared[j]; sign -= 2) {
        faces.add(new Face(j, sign));
      }
    }
    faceVariables = new int[faces.size()];
    Arrays.setAll(faceVariables, i -> variable("face" + i, true));
    for (int h = 0; h < n; h++) {
      seconds.put(z[0][h], z[1][h]);
      seconds.put(y[0][h], y[1][h]);
    }
    for (int k = 0; k < inputs; k++) {
      seconds.put(x[0][k], x[1][k]);
    }

    tNotNegative = row('G', new Form().plus(t, 1), Dyadic.ZERO);
    for (int binary : binaries) {
      row('G', new Form().plus(binary, 1), Dyadic.ZERO);
      row('L', new Form().plus(binary, -1), Dyadic.ONE.negate());
    }
    notNegative = new Row[2][n];
    for (int copy = 0; copy < 2; copy++) {
      notNegativeS[copy] = new Row[inputs];
      lowest[copy] = new Row[inputs];
      highest[copy] = new Row[inputs];
      bounds(copy);
    }
    bounds = rows.size();

    big = new Dyadic[n];
    far = sizes();
    layer = new Row[2][n];
    above = new Row[2][n];
    ifActive = new Row[2][n];
    ifInactive = new Row[2][n];
    for (int copy = 0; copy < 2; copy++) {
      if (!isBox(copy)) {
        cross(copy);
      }
      neurons(copy);
    }
    outputs = new Row[net.outputs()];
    int last = net.first[net.depth() - 1];
    Arrays.setAll(outputs, i -> row('E', difference(y[0][last + i], 1), Dyadic.ZERO));
    leastD = new Row[inputs];
    mostD = new Row[inputs];
    for (int k = 0; k < inputs; k++) {
      if (!ball.shared[k]) {
        leastD[k] = row('G', difference(x[0][k], 1).plus(t, 1), Dyadic.ZERO);
        mostD[k] = row('G', difference(x[0][k], -1).plus(t, 1), Dyadic.ZERO);
      }
    }
    face = new Row[faces.size()];
    Form sum = new Form();
    for (int i = 0; i < face.length; i++) {
      Form form = difference(x[0][faces.get(i).input()], faces.get(i).sign()).plus(t, -1);
      face[i] = row('G', form.plus(faceVariables[i], far.negate()), far.negate());
      sum.plus(faceVariables[i], 1);
    }
    oneFace = row('E', sum, Dyadic.ONE);
  }

  /** Whether a copy's inputs are bounded one by one, not by their sum. */
  boolean isBox(int copy) {
    return ball.isBox() || ball.radius(copy) == 0;
  }

  private double radius(int copy) {
    return ball.radius(copy) == 0 ? 0 : radius;
  }

  private int variable(String name, boolean isBinary) {
    names.add(name);
    if (isBinary) {
      binaries.add(names.size() - 1);
    }
    return names.size() - 1;
  }

  private void variables(int copy) {
    String mark = copy == 0 ? "" : "'";
    for (int k = 0; k < net.inputs(); k++) {
      x[copy][k] = ball.shared[k] && copy == 1 ? x[0][k] : variable("x" + k + mark, false);
    }
    for (int k = 0; k < net.inputs() && !isBox(copy); k++) {
      s[copy][k] = ball.shared[k] ? -1 : variable("s" + k + mark, false);
    }
    for (int h = 0; h < net.neurons(); h++) {
      z[copy][h] = variable("z" + h + mark, false);
      y[copy][h] = net.relu[h] ? variable("y" + h + mark, false) : z[copy][h];
      p[copy][h] = net.relu[h] ? variable("p" + h + mark, true) : -1;
    }
  }

  private Row row(char sense, Form form, Dyadic rhs) {
    rows.add(new Row(rows.size(), sense, form, rhs));
    return rows.get(rows.size() - 1);
  }

  private Form difference(int variable, int coefficient) {
    return new Form().plus(difference(variable), coefficient);
  }

  /** The number of {@code v - v'}, given that of {@code v}. */
  int difference(int variable) {
    return names.size() + variable;
  }

  /** The variable of the second copy in a difference. */
  int second(int difference) {
    return seconds.getOrDefault(difference - names.size(), -1);
  }

  int faceVariable(int i) {
    return faceVariables[i];
  }

  int variables() {
    return names.size();
  }

  List<Row> rows() {
    return rows;
  }

  private void bounds(int copy) {
    for (int h = 0; h < net.neurons(); h++) {
      if (net.relu[h]) {
        notNegative[copy][h] = row('G', new Form().plus(y[copy][h], 1), Dyadic.ZERO);
      }
    }
    for (int k = 0; k < net.inputs(); k++) {
      if (ball.shared[k] && copy == 1) {
        lowest[1][k] = lowest[0][k];
        highest[1][k] = highest[0][k];
      } else if (ball.shared[k] || isBox(copy)) {
        Dyadic reach = Dyadic.of(ball.shared[k] ? 0 : radius(copy));
        Dyadic from = Dyadic.of(ball.low[k]).minus(reach);
        Dyadic to = Dyadic.of(ball.high[k]).plus(reach);
        lowest[copy][k] = row('G', new Form().plus(x[copy][k], 1), from);
        highest[copy][k] = row('L', new Form().plus(x[copy][k], -1), to.negate());
      } else {
        notNegativeS[copy][k] = row('G', new Form().plus(s[copy][k], 1), Dyadic.ZERO);
      }
    }
  }

  /** The ball of the norm 1: {@code |x_k - c_k| <= s_k}, where the sum of {@code s} is bounded. */
  private void cross(int copy) {
    Form sum = new Form();
    for (int k = 0; k < net.inputs(); k++) {
      if (!ball.shared[k]) {
        Form low = new Form().plus(x[copy][k], 1).plus(s[copy][k], 1);
        Form high = new Form().plus(x[copy][k], -1).plus(s[copy][k], 1);
        lowest[copy][k] = row('G', low, Dyadic.of(ball.low[k]));
        highest[copy][k] = row('G', high, Dyadic.of(ball.high[k]).negate());
        sum.plus(s[copy][k], -1);
      }
    }
    sumS[copy] = row('L', sum, Dyadic.of(radius(copy)).negate());
  }

  /** Bounds on the sizes of neurons; gives one on that of a difference of inputs, and of t. */
  private Dyadic sizes() {
    Dyadic[] before = new Dyadic[net.inputs()];
    Dyadic widest = Dyadic.ONE;
    Dyadic reach = Dyadic.of(radius);
    for (int k = 0; k < before.length; k++) {
      before[k] = Dyadic.of(Math.max(-ball.low[k], ball.high[k])).plus(reach);
      Dyadic width = Dyadic.of(ball.high[k]).minus(Dyadic.of(ball.low[k])).plus(reach).plus(reach);
      widest = width.minus(widest).sign() > 0 && !ball.shared[k] ? width : widest;
    }
    for (int k = 0; k < net.depth(); k++) {
      Dyadic[] next = new Dyadic[net.bias[k].length];
      for (int i = 0; i < next.length; i++) {
        Dyadic size = Dyadic.of(net.bias[k][i]).abs();
        for (int j = 0; j < before.length; j++) {
          size = size.plus(Dyadic.of(net.weights[k][i][j]).abs().times(before[j]));
        }
        next[i] = size.sign() == 0 ? Dyadic.ONE : size.powerAbove();
        big[net.first[k] + i] = next[i];
      }
      before = next;
    }
    return widest.plus(widest).powerAbove();
  }

  private void neurons(int copy) {
    for (int k = 0; k < net.depth(); k++) {
      for (int i = 0; i < net.bias[k].length; i++) {
        int h = net.first[k] + i;
        Form form = new Form().plus(z[copy][h], 1);
        for (int j = 0; j < net.weights[k][i].length; j++) {
          int before = k == 0 ? x[copy][j] : y[copy][net.first[k - 1] + j];
          form.plus(before, Dyadic.of(net.weights[k][i][j]).negate());
        }
        layer[copy][h] = row('E', form, Dyadic.of(net.bias[k][i]));
        if (net.relu[h]) {
          Form less = new Form().plus(z[copy][h], -1).plus(y[copy][h], 1);
          above[copy][h] = row('G', less, Dyadic.ZERO);
          Form active = new Form().plus(z[copy][h], 1).plus(y[copy][h], -1);
          active.plus(p[copy][h], big[h].negate());
          ifActive[copy][h] = row('G', active, big[h].negate());
          Form inactive = new Form().plus(y[copy][h], -1).plus(p[copy][h], big[h]);
          ifInactive[copy][h] = row('G', inactive, Dyadic.ZERO);
        }
      }
    }
  }

  /** Everything before the constraints. */
  List<String> head() {
    StringBuilder integers = new StringBuilder();
    binaries.forEach(v -> integers.append(" ").append(v));
    return List.of(
        "% two points with one output, t apart, no further than " + radius + " from the centre\n",
        "VER 1.1\nVAR " + names.size() + "\n" + String.join(" ", names) + "\n",
        "INT " + binaries.size() + integers + "\nOBJ max\n1 " + t + " 1\n",
        "CON " + rows.size() + " " + bounds + "\n");
  }

  /** Both points at the centre: a solution, with t = 0. */
  Form solution() {
    Form values = new Form();
    for (int copy = 0; copy < 2; copy++) {
      Dyadic[] before = new Dyadic[net.inputs()];
      for (int k = 0; k < before.length; k++) {
        before[k] = Dyadic.of(ball.low[k]);
        if (copy == 0 || !ball.shared[k]) {
          values.plus(x[copy][k], before[k]);
        }
      }
      for (int k = 0; k < net.depth(); k++) {
        Dyadic[] next = new Dyadic[net.bias[k].length];
        for (int i = 0; i < next.length; i++) {
          int h = net.first[k] + i;
          next[i] = Dyadic.of(net.bias[k][i]);
          for (int j = 0; j < before.length; j++) {
            next[i] = next[i].plus(Dyadic.of(net.weights[k][i][j]).times(before[j]));
          }
          values.plus(z[copy][h], next[i]);
          if (net.relu[h]) {
            values.plus(p[copy][h], next[i].sign() > 0 ? 1 : 0);
            next[i] = next[i].sign() > 0 ? next[i] : Dyadic.ZERO;
            values.plus(y[copy][h], next[i]);
          }
        }
        before = next;
      }
    }
    return values.plus(faceVariables[0], 1);
  }
}
