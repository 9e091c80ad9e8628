package dev.crease.verifier.vipr;

import dev.crease.verifier.proof.Ball;
import dev.crease.verifier.proof.Layers;
import dev.crease.verifier.proof.Line;
import dev.crease.verifier.proof.Multipliers;
import dev.crease.verifier.proof.Node;
import dev.crease.verifier.proof.Proofs;
import dev.crease.verifier.vipr.Facts.Drawn;
import dev.crease.verifier.vipr.Row.Form;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The proofs of {@code Proofs} as sums of rows of a VIPR file, without rounding.
 *
 * <p>A multiple of a layer's row is the double that {@code Proofs} takes on; what is then missing
 * of {@code z} or {@code dz} is taken of its bounds. That is what {@code Proofs} charges, or less.
 * Multiples of all other rows are whatever is missing, exactly.
 */
final class ViprProofs {

  private final Layers net;
  private final Ball ball;
  private final ViprProblem problem;
  private final ViprFile file;
  private final Proofs proofs;
  private final Row[] layers;
  private final Map<Integer, Row> ones = new HashMap<>();
  private final Map<Integer, Row> zeros = new HashMap<>();

  ViprProofs(Layers net, Ball ball, ViprProblem problem, ViprFile file) {
    this.net = net;
    this.ball = ball;
    this.problem = problem;
    this.file = file;
    this.proofs = new Proofs(net, ball);
    this.layers = new Row[net.neurons()];
  }

  private int dz(int h) {
    return problem.difference(problem.z[0][h]);
  }

  private int dy(int h) {
    return problem.difference(problem.y[0][h]);
  }

  private int dx(int k) {
    return problem.difference(problem.x[0][k]);
  }

  private int before(int k, int j) {
    return k == 0 ? problem.x[0][j] : problem.y[0][net.first[k - 1] + j];
  }

  private Sum sum() {
    return new Sum(problem);
  }

  /** The assumption that a binary is 1, or 0; made once. */
  Row assumed(int variable, boolean isOne) {
    return (isOne ? ones : zeros).computeIfAbsent(variable, v -> file.assume(v, isOne));
  }

  /** The form {@code -t}, of the rows that end nodes. */
  private Form minusT() {
    return new Form().plus(problem.t, -1);
  }

  /** {@code t <= 0}, if so in both cases. */
  Row either(Row one, Row ifOne, Row two, Row ifTwo) {
    return file.either(minusT(), Dyadic.ZERO, one, ifOne, two, ifTwo);
  }

  /** Takes {@code z - y >= 0} where a binary is 1, or {@code -y >= 0} where it is 0. */
  private void takePhase(Sum sum, int copy, int h, boolean isActive) {
    sum.take(isActive ? problem.ifActive[copy][h] : problem.ifInactive[copy][h]);
    sum.take(assumed(problem.p[copy][h], isActive), problem.big[h]);
  }

  // Positions.

  /** All that the bounds of positions over the ball say, of both copies. */
  void positions(Facts facts, Node node) {
    for (int copy = 0; copy < 2; copy++) {
      for (int k = 0; k < net.depth(); k++) {
        for (int i = 0; i < net.bias[k].length; i++) {
          int h = net.first[k] + i;
          facts.a[copy][h] = position(facts, node, copy, k, i, 1);
          facts.b[copy][h] = position(facts, node, copy, k, i, -1);
          if (net.relu[h] && (node.isActive(copy, h) || node.isInactive(copy, h))) {
            int slope = node.isActive(copy, h) ? 1 : 0;
            facts.phases[copy][h] = chord(facts, copy, h, new Line(slope, 0));
          }
        }
      }
    }
    for (int k = 0; k < net.depth(); k++) {
      for (int i = 0; i < net.bias[k].length; i++) {
        layers[net.first[k] + i] = layer(k, i);
      }
    }
  }

  /** {@code dz = W dy}. */
  private Row layer(int k, int i) {
    int h = net.first[k] + i;
    Sum sum = sum().states(dz(h), 1);
    sum.part(dz(h));
    for (int j = 0; j < net.weights[k][i].length; j++) {
      if (k > 0 || !ball.shared[j]) {
        int id = problem.difference(before(k, j));
        sum.states(id, Dyadic.of(net.weights[k][i][j]).negate());
        sum.part(id);
      }
    }
    sum.take(problem.layer[0][h]).take(problem.layer[1][h], Dyadic.ONE.negate());
    return file.equal(sum);
  }

  /** A bound on {@code sign z}, by the better of two ways. */
  private Row position(Facts facts, Node node, int copy, int k, int i, int sign) {
    int h = net.first[k] + i;
    double bound = sign > 0 ? node.a[copy][h] : -node.b[copy][h];
    // The copies have the same bounds where both are free.
    int one = ball.isPseudo ? copy : 0;
    boolean isProof = k == 0 || proofs.position(node, one, k, i, sign) >= bound;
    Sum sum = sum().states(problem.z[copy][h], sign);
    sum.take(problem.layer[copy][h], Dyadic.of(sign));
    for (int layer = k - 1; layer >= 0 && (isProof || layer == k - 1); layer--) {
      for (int j = 0; j < net.bias[layer].length; j++) {
        int before = net.first[layer] + j;
        if (!isProof) {
          takeRange(sum, facts, node, copy, before);
        } else {
          throughRelu(sum, facts, node, copy, before, node.isHigh(copy, before));
          through(sum, facts, copy, before, proofs.taken[one][before]);
        }
      }
    }
    if (isProof) {
      takePoint(sum, copy);
    }
    return file.derive(sum, Dyadic.of(bound));
  }

  /** Of what is missing of {@code z} takes so much by the layer's row, and the rest by bounds. */
  private void through(Sum sum, Facts facts, int copy, int h, double c) {
    sum.take(problem.layer[copy][h], Dyadic.of(c));
    sum.absorb(problem.z[copy][h], facts.a[copy][h], facts.b[copy][h]);
  }

  /** What is missing of {@code y} by what holds of it and {@code z}. */
  private void throughRelu(Sum sum, Facts facts, Node node, int copy, int h, boolean isHigh) {
    int y = problem.y[copy][h];
    int sign = sum.missing(y).sign();
    if (net.relu[h] && sign != 0) {
      boolean isActive = node.isActive(copy, h);
      boolean isInactive = node.isInactive(copy, h);
      Row below =
          isActive || (isHigh && !isInactive)
              ? problem.above[copy][h]
              : problem.notNegative[copy][h];
      if (sign > 0) {
        sum.absorb(y, below, below);
      } else {
        Row over =
            isActive || isInactive
                ? facts.phases[copy][h]
                : chord(facts, copy, h, node.chord(copy, h));
        sum.absorb(y, over, over);
      }
    }
  }

  /** What is missing of {@code y} by its range. */
  private void takeRange(Sum sum, Facts facts, Node node, int copy, int h) {
    boolean isPositive = sum.missing(problem.y[copy][h]).sign() > 0;
    if (net.relu[h] && !isPositive && !node.isActive(copy, h) && !node.isInactive(copy, h)) {
      Row flat = chord(facts, copy, h, new Line(0, node.b[copy][h]));
      sum.absorb(problem.y[copy][h], flat, flat);
    } else {
      throughRelu(sum, facts, node, copy, h, node.a[copy][h] > 0);
    }
    sum.absorb(problem.z[copy][h], facts.a[copy][h], facts.b[copy][h]);
  }

  /** What is missing of a copy's inputs by the ball. */
  private void takePoint(Sum sum, int copy) {
    Dyadic most = Dyadic.ZERO;
    for (int k = 0; k < net.inputs(); k++) {
      Dyadic c = sum.missing(problem.x[copy][k]).abs();
      most = ball.shared[k] || c.minus(most).sign() < 0 ? most : c;
      sum.absorb(problem.x[copy][k], problem.lowest[copy][k], problem.highest[copy][k]);
    }
    if (!problem.isBox(copy) && most.sign() != 0) {
      sum.take(problem.sumS[copy], most);
      for (int k = 0; k < net.inputs(); k++) {
        if (!ball.shared[k]) {
          Row row = problem.notNegativeS[copy][k];
          sum.absorb(problem.s[copy][k], row, row);
        }
      }
    }
  }

  private Row either(Row[] cases, int binary) {
    Row no = assumed(binary, false);
    Row yes = assumed(binary, true);
    return file.either(cases[0].form(), cases[0].rhs(), cases[0], no, cases[1], yes);
  }

  /** {@code y <= slope z + constant}: at either end of {@code [a, b]}, so in either phase. */
  private Row chord(Facts facts, int copy, int h, Line line) {
    Drawn last = facts.chords[copy][h];
    if (last != null && last.line().equals(line)) {
      return last.row();
    }
    Row[] cases = new Row[2];
    for (int p = 0; p < 2; p++) {
      Sum sum = sum().states(problem.y[copy][h], -1);
      sum.states(problem.z[copy][h], Dyadic.of(line.slope()));
      takePhase(sum, copy, h, p == 1);
      sum.absorb(problem.z[copy][h], facts.a[copy][h], facts.b[copy][h]);
      cases[p] = file.derive(sum, Dyadic.of(line.constant()).negate());
    }
    Row row = either(cases, problem.p[copy][h]);
    facts.chords[copy][h] = new Drawn(line, row);
    return row;
  }

  // Directions.

  /** That a face is the one that was chosen: {@code sign (x_j - x'_j) >= t}. */
  Row face(int i) {
    Sum sum = sum().states(problem.t, -1);
    sum.states(dx(problem.faces.get(i).input()), problem.faces.get(i).sign());
    sum.take(problem.face[i]).take(assumed(problem.faceVariable(i), true), problem.far);
    return file.derive(sum, Dyadic.ZERO);
  }

  /** All that is known of differences at the root of a face, unless bounds cross. */
  void root(Facts facts, Node node, Row face) {
    for (int k = 0; k < net.depth() && facts.end == null; k++) {
      for (int i = 0; i < net.bias[k].length && facts.end == null; i++) {
        int h = net.first[k] + i;
        facts.l[h] = direction(facts, node, face, k, h, 1);
        facts.u[h] = direction(facts, node, face, k, h, -1);
        cross(facts, h, node.l[h], node.u[h]);
      }
    }
  }

  private Row direction(Facts facts, Node node, Row face, int k, int h, int sign) {
    double bound = sign > 0 ? node.l[h] : -node.u[h];
    int larger = sign > 0 ? 0 : 1;
    if (bound == 0 && node.a[larger][h] >= node.b[1 - larger][h]) {
      return ordered(facts, h, sign);
    }
    Multipliers none = Multipliers.none(net);
    if (k == 0 || proofs.directions(node, none, k, h, sign) >= bound) {
      return narrowed(facts, node, face, k, h, sign, none, bound);
    }
    Sum sum = bounding(h, sign, bound).take(layers[h], Dyadic.of(sign));
    for (int before = net.first[k - 1]; before < net.first[k]; before++) {
      int positive = sum.missing(dy(before)).sign();
      if (net.relu[before] && positive != 0) {
        boolean isUpper = positive < 0;
        double constant = isUpper ? node.mostDy(before) : node.leastDy(before);
        Row flat = line(facts, node, before, isUpper, new Line(0, constant));
        sum.absorb(dy(before), flat, flat);
      }
      sum.absorb(dz(before), facts.l[before], facts.u[before]);
    }
    return bounded(sum);
  }

  private Sum bounding(int h, int sign, double bound) {
    return sum().states(dz(h), sign).states(problem.t, Dyadic.of(bound).negate());
  }

  private Row bounded(Sum sum) {
    if (sum.missing(problem.t).sign() < 0) {
      throw ViprFile.lost();
    }
    sum.take(problem.tNotNegative, sum.missing(problem.t));
    return file.derive(sum, Dyadic.ZERO);
  }

  /** What the order of the copies says: {@code sign dz >= 0}. */
  Row ordered(Facts facts, int h, int sign) {
    Sum sum = sum().states(dz(h), sign);
    sum.part(dz(h));
    int larger = sign > 0 ? 0 : 1;
    return file.derive(sum.take(facts.a[larger][h]).take(facts.b[1 - larger][h]), Dyadic.ZERO);
  }

  /** A bound on {@code sign dz} that a proof about directions gives. */
  Row narrowed(
      Facts facts, Node node, Row face, int k, int h, int sign, Multipliers by, double bound) {
    proofs.directions(node, by, k, h, sign);
    Sum sum = bounding(h, sign, bound);
    directions(sum, facts, node, face, by, k);
    return bounded(sum);
  }

  /** That no direction is left. */
  Row direction(Facts facts, Node node, Row face, Multipliers by) {
    proofs.directions(node, by);
    Sum sum = sum();
    directions(sum, facts, node, face, by, net.depth() - 1);
    return atMostZero(sum, sum.missing(problem.t));
  }

  /** Of a sum of which {@code c t} is missing. */
  private Row atMostZero(Sum sum, Dyadic c) {
    if (c.sign() <= 0) {
      throw ViprFile.lost();
    }
    sum.states(problem.t, c.negate());
    return file.divided(file.derive(sum, Dyadic.ZERO), minusT(), c);
  }

  private void directions(Sum sum, Facts facts, Node node, Row face, Multipliers by, int top) {
    for (int i = 0; i < by.mu().length && top == net.depth() - 1; i++) {
      sum.take(problem.outputs[i], Dyadic.of(-by.mu()[i]));
    }
    for (int k = top; k >= 0; k--) {
      for (int h = net.first[k]; h < net.first[k + 1]; h++) {
        int sign = sum.missing(dy(h)).sign();
        if (net.relu[h] && sign != 0) {
          Row line = line(facts, node, h, sign < 0, node.line(h, sign < 0));
          sum.absorb(dy(h), line, line);
        }
        sum.take(layers[h], Dyadic.of(proofs.taken[0][h]));
        sum.absorb(dz(h), facts.l[h], facts.u[h]);
      }
    }
    for (int j = 0; j < net.inputs(); j++) {
      if (!ball.shared[j]) {
        sum.absorb(dx(j), leastD(node, face, j), mostD(node, face, j));
      }
    }
  }

  private static void takeSide(Sum sum, double c, Row least, Row most) {
    Row row = c > 0 ? least : most;
    if (c != 0) {
      sum.take(row, Dyadic.of(Math.abs(c)));
    }
  }

  /** {@code dx_j - q t >= 0}. */
  private Row leastD(Node node, Row face, int j) {
    return j == node.input && node.sign > 0 ? face : problem.leastD[j];
  }

  private Row mostD(Node node, Row face, int j) {
    return j == node.input && node.sign < 0 ? face : problem.mostD[j];
  }

  /**
   * A line below or above {@code dy}. Below, the second copy's phase decides: if it is inactive,
   * {@code y' <= 0 <= y} and so {@code dy >= 0}; if it is active, {@code y' <= z'} and {@code y >=
   * z}, so that {@code dy >= dz}. A line that is not above 0 at {@code u}, nor above {@code u} or
   * {@code l} at these, is below in both cases. Above, it is the first copy's.
   */
  private Row line(Facts facts, Node node, int h, boolean isUpper, Line line) {
    int side = isUpper ? 1 : 0;
    Drawn last = facts.lines[side][h];
    if (last != null && last.line().equals(line)) {
      return last.row();
    }
    int copy = 1 - side;
    Row row;
    if (node.isActive(copy, h)) {
      row = line(facts, h, isUpper, line, true, facts.phases[copy][h]);
    } else if (node.isInactive(copy, h)) {
      row = line(facts, h, isUpper, line, false, facts.phases[copy][h]);
    } else {
      Row no = line(facts, h, isUpper, line, false, null);
      Row yes = line(facts, h, isUpper, line, true, null);
      row = either(new Row[] {no, yes}, problem.p[copy][h]);
    }
    facts.lines[side][h] = new Drawn(line, row);
    return row;
  }

  /** In one phase of the copy that decides, which is known or assumed. */
  private Row line(
      Facts facts, int h, boolean isUpper, Line line, boolean isActive, @Nullable Row phase) {
    int copy = isUpper ? 0 : 1;
    int sign = isUpper ? -1 : 1;
    Sum sum = sum().states(dy(h), sign);
    sum.states(dz(h), Dyadic.of(-sign * line.slope()));
    sum.states(problem.t, Dyadic.of(-sign * line.constant()));
    sum.part(dy(h));
    if (phase == null) {
      takePhase(sum, copy, h, isActive);
    } else {
      sum.take(phase);
    }
    sum.take(isActive ? problem.above[1 - copy][h] : problem.notNegative[1 - copy][h]);
    if (isActive) {
      // The two rows hold of z and z' what is 1 of dz.
      sum.join(dz(h));
    }
    sum.absorb(dz(h), facts.l[h], facts.u[h]);
    return bounded(sum);
  }

  // Both.

  /** That no collision is near: 0 is at least a positive number. */
  Row near(Facts facts, Node node, Row face, Multipliers by) {
    proofs.positions(node, by);
    Sum sum = sum();
    for (int i = 0; i < by.mu().length; i++) {
      sum.take(problem.outputs[i], Dyadic.of(-by.mu()[i]));
      sum.part(dy(net.first[net.depth() - 1] + i));
    }
    for (int h = net.neurons() - 1; h >= 0; h--) {
      takePair(sum, facts, node, by, h);
      for (int copy = 0; copy < 2; copy++) {
        if (net.relu[h]) {
          sum.take(problem.above[copy][h], Dyadic.of(by.above()[copy][h]));
          throughRelu(sum, facts, node, copy, h, false);
        }
        through(sum, facts, copy, h, proofs.taken[copy][h]);
      }
    }
    for (int j = 0; j < net.inputs(); j++) {
      if (!ball.shared[j]) {
        takeSide(sum, by.inputs()[j], leastD(node, face, j), mostD(node, face, j));
      }
    }
    Dyadic c = sum.missing(problem.t);
    sum.take(c.sign() > 0 ? problem.tNotNegative : face, c.abs());
    for (int j = 0; j < net.inputs(); j++) {
      if (!ball.shared[j]) {
        sum.part(dx(j));
      }
    }
    takePoint(sum, 0);
    takePoint(sum, 1);
    return contradiction(sum);
  }

  private void takePair(Sum sum, Facts facts, Node node, Multipliers by, int h) {
    if (net.relu[h]) {
      double low = by.low()[h];
      double up = by.up()[h];
      if (low != 0) {
        sum.take(line(facts, node, h, false, node.line(h, false)), Dyadic.of(low));
      }
      if (up != 0) {
        sum.take(line(facts, node, h, true, node.line(h, true)), Dyadic.of(up));
      }
      sum.part(dy(h));
    }
    takeSide(sum, proofs.paired[h], facts.l[h], facts.u[h]);
    sum.part(dz(h));
  }

  private Row contradiction(Sum sum) {
    if (sum.rhs().sign() <= 0) {
      throw ViprFile.lost();
    }
    return file.derive(sum, sum.rhs());
  }

  // Bounds that change.

  /** Where the bounds of a difference cross, the node ends. */
  void cross(Facts facts, int h, double l, double u) {
    if (l > u && facts.end == null) {
      Sum sum = sum().take(facts.l[h]).take(facts.u[h]);
      facts.end = atMostZero(sum, sum.missing(problem.t));
    }
  }

  /** What changes where a phase is assumed. */
  void assume(Facts facts, Node before, int h, int copy, boolean isActive) {
    Node node = before.copy();
    node.decide(h, copy, isActive);
    if (isActive ? !before.isActive(copy, h) : node.isInactive(copy, h)) {
      Sum sum = sum().states(problem.y[copy][h], -1);
      sum.states(problem.z[copy][h], isActive ? 1 : 0);
      takePhase(sum, copy, h, isActive);
      facts.phases[copy][h] = file.derive(sum, Dyadic.ZERO);
    }
    if (isActive ? before.a[copy][h] < 0 : before.b[copy][h] > 0) {
      Sum sum = sum().states(problem.z[copy][h], isActive ? 1 : -1);
      takePhase(sum, copy, h, isActive);
      sum.take(isActive ? problem.notNegative[copy][h] : problem.above[copy][h]);
      (isActive ? facts.a : facts.b)[copy][h] = file.derive(sum, Dyadic.ZERO);
    }
    if (node.a[copy][h] > node.b[copy][h]) {
      facts.end = contradiction(sum().take(facts.a[copy][h]).take(facts.b[copy][h]));
      return;
    }
    if (node.l[h] > before.l[h]) {
      facts.l[h] = ordered(facts, h, 1);
    }
    if (node.u[h] < before.u[h]) {
      facts.u[h] = ordered(facts, h, -1);
    }
    cross(facts, h, node.l[h], node.u[h]);
  }

  /** The end: that one of the faces is chosen, and what holds of each. */
  void ends(Row[] faces) {
    Sum sum = sum().take(problem.oneFace);
    for (int i = 0; i < faces.length; i++) {
      sum.take(assumed(problem.faceVariable(i), false));
    }
    Row end = contradiction(sum);
    for (int i = 0; i < faces.length; i++) {
      int variable = problem.faceVariable(i);
      end = either(end, assumed(variable, false), faces[i], assumed(variable, true));
    }
    file.ends(end);
  }
}
