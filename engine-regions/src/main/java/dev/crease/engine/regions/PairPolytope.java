package dev.crease.engine.regions;

import dev.crease.bounds.Norm;
import dev.crease.question.Noise;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hipparchus.fraction.BigFraction;

/**
 * The pairs {@code (x, x')} of a leaf each with {@code f(x) = f(x')}, as the rows of a linear
 * program in {@code x}, {@code x'} and {@code rho}.
 */
final class PairPolytope {

  private static final int CUT_BITS = 60;

  private final Question question;
  private final int m;
  private final int variables;
  private final int rho;
  private final LinearProgram program;
  private final List<Difference> differences = new ArrayList<>();
  private final List<BigInteger[]> cellRows = new ArrayList<>();

  /**
   * What may differ between the two points.
   *
   * @param row its value, times two to a power
   * @param scale that power
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Difference(BigInteger[] row, int scale) {

    /** The value at a point. */
    BigFraction at(LinearProgram.Point point) {
      BigInteger[] y = point.homogeneous();
      return Rationals.fraction(ExactRow.times(row, y), scale)
          .divide(new BigFraction(y[y.length - 1]));
    }
  }

  /**
   * @param second for a pinned question a leaf that holds the second point
   */
  PairPolytope(Question question, Leaf first, Leaf second) {
    this.question = question;
    this.m = question.inputs();
    this.variables = 2 * m + 1;
    this.rho = 2 * m;
    this.program = new LinearProgram(variables, question.bound());
    facets(first, 0);
    boolean isPoint = question.isPinned() && question.shared().isEmpty();
    if (!isPoint) {
      facets(second, m);
    }
    if (question.isPinned()) {
      for (int k : question.ball()) {
        BigInteger[] row = zeros();
        row[m + k] = BigInteger.ONE;
        program.equal(row);
      }
    }
    List<Difference> outputs = outputs(first, second, 0);
    // Shared inputs stand behind the outputs: they are the same whatever the noise.
    int own = outputs.size() - question.shared().size();
    double eps = question.query().noise().eps();
    outputs.subList(eps == 0 ? 0 : own, outputs.size()).forEach(d -> program.equal(d.row()));
    if (eps > 0) {
      noise(outputs.subList(0, own), eps);
    }
    if (question.g().isPresent()) {
      differences.addAll(outputs(first, second, 1));
    } else {
      for (int k : question.ball()) {
        differences.add(difference(k));
      }
    }
  }

  /** Demands that the outputs differ by no more than the noise. */
  private void noise(List<Difference> outputs, double eps) {
    BigFraction most = Rationals.fraction(eps);
    for (BigInteger[] row : faces(outputs, Noise.norm(question.norm()))) {
      for (int k = 0; k < row.length; k++) {
        row[k] = row[k].multiply(most.getDenominator());
      }
      row[variables] = row[variables].add(most.getNumerator().shiftLeft(scale(outputs)));
      program.atLeast(row);
    }
  }

  /** To what power of two the {@link #faces} of the differences are scaled. */
  int scaleOfDifferences() {
    return scale(differences);
  }

  private static int scale(List<Difference> differences) {
    return differences.stream().mapToInt(Difference::scale).max().orElse(0);
  }

  /**
   * For each face of a norm the sum of differences with signs that is the norm there, all times two
   * to the largest scale.
   *
   * @param norm 1 or infinity
   */
  List<BigInteger[]> faces(List<Difference> differences, Norm norm) {
    int scale = scale(differences);
    List<BigInteger[]> rows = new ArrayList<>();
    if (norm == Norm.LINF) {
      for (Difference d : differences) {
        for (int side : new int[] {1, -1}) {
          BigInteger[] row = zeros();
          add(row, d, scale, side);
          rows.add(row);
        }
      }
      return rows;
    }
    for (int signs = 0; signs < 1 << differences.size(); signs++) {
      BigInteger[] row = zeros();
      for (int i = 0; i < differences.size(); i++) {
        add(row, differences.get(i), scale, (signs >> i & 1) == 0 ? 1 : -1);
      }
      rows.add(row);
    }
    return rows;
  }

  private static void add(BigInteger[] row, Difference d, int scale, int sign) {
    for (int k = 0; k < row.length; k++) {
      BigInteger term = d.row()[k].shiftLeft(scale - d.scale());
      row[k] = sign > 0 ? row[k].add(term) : row[k].subtract(term);
    }
  }

  int inputs() {
    return m;
  }

  int variables() {
    return variables;
  }

  /** Which variable rho is. */
  int rho() {
    return rho;
  }

  LinearProgram program() {
    return program;
  }

  /** What of the two points must not be the same. */
  List<Difference> differences() {
    return differences;
  }

  /** The rows of the two leaves. */
  List<BigInteger[]> cellRows() {
    return cellRows;
  }

  BigInteger[] zeros() {
    BigInteger[] row = new BigInteger[variables + 1];
    Arrays.fill(row, BigInteger.ZERO);
    return row;
  }

  private Difference difference(int k) {
    BigInteger[] row = zeros();
    row[k] = BigInteger.ONE;
    row[m + k] = BigInteger.ONE.negate();
    return new Difference(row, 0);
  }

  private void facets(Leaf leaf, int offset) {
    Hyperplane[] facets = leaf.cell().facets();
    for (int f = 0; f < facets.length; f++) {
      BigInteger[] exact = facets[f].exact();
      BigInteger[] row = zeros();
      for (int k = 0; k <= m; k++) {
        int column = k < m ? offset + k : variables;
        row[column] = leaf.cell().side(f) > 0 ? exact[k] : exact[k].negate();
      }
      program.atLeast(row);
      cellRows.add(row);
    }
  }

  /** The differences of a network's outputs. */
  private List<Difference> outputs(Leaf first, Leaf second, int network) {
    ExactRow[] a = first.exactRows(network);
    ExactRow[] b = second.exactRows(network);
    List<Difference> rows = new ArrayList<>();
    for (int i = 0; i < a.length; i++) {
      int scale = Math.max(a[i].scale(), b[i].scale());
      BigInteger[] ra = a[i].at(scale);
      BigInteger[] rb = b[i].at(scale);
      BigInteger[] row = zeros();
      for (int k = 0; k < m; k++) {
        row[k] = ra[k];
        row[m + k] = rb[k].negate();
      }
      row[variables] = ra[m].subtract(rb[m]);
      rows.add(new Difference(row, scale));
    }
    return rows;
  }

  /** Demands that rho is the radius of both points; for the norm 2 that of the box around. */
  void addBall() {
    for (int offset = 0; offset <= m; offset += m) {
      for (BigInteger[] row : signed(offset)) {
        program.atLeast(row);
      }
    }
  }

  /** {@code rho >= s x} for the signs that make up the dual ball's corners. */
  private List<BigInteger[]> signed(int offset) {
    int[] ball = question.ball();
    List<BigInteger[]> rows = new ArrayList<>();
    if (question.norm() != Norm.L1) {
      for (int k : ball) {
        for (int side : new int[] {1, -1}) {
          BigInteger[] row = zeros();
          row[rho] = BigInteger.ONE;
          row[offset + k] = BigInteger.valueOf(side);
          rows.add(row);
        }
      }
      return rows;
    }
    for (int signs = 0; signs < 1 << ball.length; signs++) {
      BigInteger[] row = zeros();
      row[rho] = BigInteger.ONE;
      for (int k = 0; k < ball.length; k++) {
        row[offset + ball[k]] = BigInteger.valueOf((signs >> k & 1) == 0 ? 1 : -1);
      }
      rows.add(row);
    }
    return rows;
  }

  /** The tangent {@code |u| rho >= u x} at a point, with |u| rounded up. */
  Optional<BigInteger[]> tangent(LinearProgram.Point point, int offset) {
    BigInteger[] y = point.homogeneous();
    int bits = 0;
    for (int k : question.ball()) {
      bits = Math.max(bits, y[offset + k].abs().bitLength());
    }
    if (bits == 0) {
      return Optional.empty();
    }
    BigInteger[] row = zeros();
    BigInteger sum = BigInteger.ZERO;
    for (int k : question.ball()) {
      BigInteger u = y[offset + k].shiftLeft(CUT_BITS).shiftRight(bits);
      row[offset + k] = u.negate();
      sum = sum.add(u.multiply(u));
    }
    BigInteger root = sum.sqrt();
    row[rho] = root.multiply(root).equals(sum) ? root : root.add(BigInteger.ONE);
    return Optional.of(row);
  }
}
